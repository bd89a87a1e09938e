"""A session ends, a button is not pressed: what was typed is there all the same."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.filling import SAVE, called
from tests.browser.prepared import a_bureau, a_draft, count_kept, end_sessions, stored
from tests.browser.service import PASSWORD
from tests.browser.visitor import Visitor
from tests.browser.walker import WAYS, Walker, Way, walking

pytestmark = pytest.mark.browser

TYPED = {"purpose-en": ["To know the tide."], "legal_basis-0-title-en": ["Tide Act"]}
STATUS = ".app-autosave"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_is_sent_after_the_session_ended_is_kept_offered_and_stored(
    visitor: Visitor, way: Way
) -> None:
    bureau = a_bureau(visitor.service, "tide-office")
    content = called("tax-return-risk", f"Tide {way}", "جوار")
    reference = a_draft(visitor.service, bureau, content)
    with walking(visitor, way, bureau.officer) as officer:
        officer.go(f"/filing/{reference}/purpose")
        end_sessions(visitor.service, bureau.officer)
        officer.enter(TYPED)
        if way.has_script:
            says(officer, "ended")
            officer.forgive(401)

        officer.press(SAVE)
        officer.enter({"email": [bureau.officer], "password": [PASSWORD]})
        officer.press("main form.app-form button")
        shown = [each.input_value() for each in officer.page.locator("textarea").all()]
        officer.press("form[action*='kept='] button")

        assert officer.path == f"filing/{reference}"

    kept = stored(visitor.service, bureau, reference).answers
    assert {"To know the tide.", "Tide Act"} <= set(shown)
    assert kept["purpose"]["en"] == "To know the tide."
    assert kept["legal_basis"][0]["title"]["en"] == "Tide Act"
    assert count_kept(visitor.service, bureau.officer) == 0


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_is_typed_is_stored_when_typing_pauses(visitor: Visitor, language: str) -> None:
    bureau = a_bureau(visitor.service, "tide-office")
    content = called("tax-return-risk", f"Ebb {language}", "بھاٹا")
    reference = a_draft(visitor.service, bureau, content)
    with walking(visitor, Way(language, has_script=True), bureau.officer) as officer:
        officer.go(f"/filing/{reference}/purpose")
        officer.enter(TYPED)

        says(officer, "saved")

        officer.look()
        kept = stored(visitor.service, bureau, reference).answers
        officer.enter({"purpose-ur": ["جوار جاننا۔"]})
        officer.press(SAVE)

    assert kept["purpose"]["en"] == "To know the tide."
    assert kept["legal_basis"][0]["title"]["en"] == "Tide Act"
    after = stored(visitor.service, bureau, reference).answers
    assert after["purpose"] == {"en": "To know the tide.", "ur": "جوار جاننا۔"}


@pytest.mark.parametrize("language", ["en", "ur"])
def test_without_scripts_what_is_typed_is_stored_by_the_button(
    visitor: Visitor, language: str
) -> None:
    bureau = a_bureau(visitor.service, "tide-office")
    content = called("tax-return-risk", f"Neap {language}", "مد")
    reference = a_draft(visitor.service, bureau, content)
    with walking(visitor, Way(language, has_script=False), bureau.officer) as officer:
        officer.go(f"/filing/{reference}/purpose")
        officer.enter(TYPED)
        status = officer.page.locator(STATUS).inner_text()
        officer.press(SAVE)

    assert status == ""
    kept = stored(visitor.service, bureau, reference).answers
    assert kept["purpose"]["en"] == "To know the tide."


def says(walker: Walker, name: str) -> None:
    """Wait until the page says this of its saving, in its own language."""
    words = str(walker.page.get_attribute(STATUS, f"data-{name}"))
    pattern = ".+".join(map(re.escape, words.split("{time}")))
    expect(walker.page.locator(STATUS)).to_have_text(re.compile(f"^{pattern}$"))
