"""A second person returns a filing with comments; it is mended, handed in again, and public."""

import pytest

from tests.browser.filling import COMPLETE, PUBLISH, called, hand_in, publish
from tests.browser.prepared import Bureau, a_bureau, a_waiting_one
from tests.browser.service import SECRETARIAT
from tests.browser.visitor import Visitor
from tests.browser.walker import SCRIPTED, Walker, Way, walking

pytestmark = pytest.mark.browser

COMMENTS = {"purpose": "Whose purpose is that?", "benefits": "کیا یہ ناپا گیا؟"}
MENDED = {"en": "To bring letters to the right door.", "ur": "خط صحیح در تک پہنچانا۔"}
ENDORSE = "form[action$='/endorse'] button"


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_comments_stand_beside_their_answers_until_it_is_handed_in_again(
    visitor: Visitor, way: Way
) -> None:
    bureau = a_bureau(visitor.service, f"letter-office-{way.slug}")
    content = called("tax-return-risk", "Letter", "خط")
    reference = a_waiting_one(visitor.service, bureau, content)

    with walking(visitor, way.other, bureau.approver) as approver:
        give_back(approver, reference)
    with walking(visitor, way, bureau.officer) as officer:
        mend(officer, reference)
    with walking(visitor, way.other, bureau.approver) as approver:
        publish(approver, reference)

    assert_public(visitor, way, reference)


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_where_two_approve_the_agency_endorses_and_the_secretariat_publishes(
    visitor: Visitor, way: Way
) -> None:
    bureau = a_bureau(visitor.service, f"stamp-office-{way.slug}", approval="both")
    content = called("tax-return-risk", "Stamp", "ٹکٹ")
    reference = a_waiting_one(visitor.service, bureau, content)

    endorse(visitor, way.other, bureau, reference)
    with walking(visitor, way.other, SECRETARIAT) as secretariat:
        give_back(secretariat, reference)
    with walking(visitor, way, bureau.officer) as officer:
        mend(officer, reference)
    endorse(visitor, way.other, bureau, reference)
    with walking(visitor, way, SECRETARIAT) as secretariat:
        secretariat.go("/review/")
        secretariat.press(f"main a[href='{way.prefix}/review/{reference}']")
        secretariat.press(PUBLISH)

    assert_public(visitor, way, reference)


def give_back(walker: Walker, reference: str) -> None:
    """Say nothing and be told; then comment on two answers, and return the filing."""
    walker.go(f"/review/{reference}")
    assert walker.press_in_vain("#return button") == ["#reason"]
    walker.enter({f"comment-{name}": [text] for name, text in COMMENTS.items()})
    walker.press("#return button")
    assert walker.path == "review"


def mend(walker: Walker, reference: str) -> None:
    """Find each comment beside its answer, mend one, and hand it in again."""
    walker.go("/filing/")
    walker.press(f"main a[href='{walker.way.prefix}/filing/{reference}']")
    assert walker.page.locator(".app-box--warning").count() == 1
    walker.press(f"main a[href='{walker.way.prefix}/filing/{reference}/purpose']")
    for name, text in COMMENTS.items():
        comment = walker.page.locator(f"#{name}-comment")
        asked = walker.page.locator(f"#{name}-question fieldset").first
        assert text in comment.inner_text()
        assert f"{name}-comment" in str(asked.get_attribute("aria-describedby"))
    walker.enter({f"purpose-{code}": [text] for code, text in MENDED.items()})
    walker.press(COMPLETE)
    hand_in(walker, reference)
    walker.go(f"/filing/{reference}/check")
    assert walker.page.locator(".app-comment").count() == 0


def endorse(visitor: Visitor, way: Way, bureau: Bureau, reference: str) -> None:
    """Approve for the agency; it is not public by that."""
    with walking(visitor, way, bureau.approver) as approver:
        approver.go(f"/review/{reference}")
        assert approver.page.locator(PUBLISH).count() == 0
        approver.press(ENDORSE)
        assert approver.page.request.get(f"/disclosures/{reference}").status == 404


def assert_public(visitor: Visitor, way: Way, reference: str) -> None:
    """Everybody reads what was mended, and nobody what was said of it."""
    with walking(visitor, way) as reader:
        reader.go(f"/disclosures/{reference}")
        html = reader.page.content()
        history = reader.page.request.get(f"/disclosures/{reference}/history").text()

    assert MENDED[way.language] in html
    assert [text for text in COMMENTS.values() if text in html + history] == []
