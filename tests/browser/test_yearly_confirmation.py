"""A record should have been confirmed: section by section it is, and one of them is changed."""

import pytest

from tests.browser.filling import COMPLETE, called, publish
from tests.browser.prepared import a_bureau, an_old_record
from tests.browser.visitor import Visitor
from tests.browser.walker import SCRIPTED, Walker, Way, walking

pytestmark = pytest.mark.browser

NEW = {"en": "To find leaks before the street floods.", "ur": "سیلاب سے پہلے رساؤ ڈھونڈنا۔"}
NOTE = {"en": "Floods are what counts now.", "ur": "اب سیلاب اہم ہے۔"}
OVERDUE = ".app-box--warning"


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_an_overdue_record_is_confirmed_with_one_change(visitor: Visitor, way: Way) -> None:
    bureau = a_bureau(visitor.service, "well-office")
    content = called("tax-return-risk", f"Well {way}", "کنواں")
    reference = an_old_record(visitor.service, bureau, content)
    with walking(visitor, way) as reader:
        reader.go(f"/disclosures/{reference}")
        was_overdue = reader.page.locator(OVERDUE).count()

    with walking(visitor, way, bureau.officer) as officer:
        begin(officer, reference)
        confirm(officer, reference)
    with walking(visitor, way.other, bureau.approver) as approver:
        publish(approver, reference)
    with walking(visitor, way) as reader:
        reader.go(f"/disclosures/{reference}")
        text = reader.page.inner_text("main")
        is_overdue = reader.page.locator(OVERDUE).count()
        told = reader.page.request.get(f"/disclosures/{reference}.json").json()

    assert was_overdue == 1
    assert is_overdue == 0
    assert NEW[way.language] in text
    assert NOTE[way.language] in text
    assert told["version"] == 2


def begin(walker: Walker, reference: str) -> None:
    """Follow the reminder on the desk, and begin."""
    walker.go("/filing/")
    walker.press(f".app-agenda a[href='{walker.way.prefix}/filing/{reference}/renew']")
    walker.press("form[action$='/renew/begin'] button")


def confirm(walker: Walker, reference: str) -> None:
    """Say of each section that it is still correct, but for one that is changed; hand it in."""
    said = {name: ["yes"] for name in asked(walker)}
    walker.enter({**said, "confirm-purpose": ["change"]})
    assert "#confirm-purpose" in walker.press_in_vain("[name=submit]")
    walker.press(f"a[href='{walker.way.prefix}/filing/{reference}/purpose']")
    walker.enter({f"purpose-{code}": [text] for code, text in NEW.items()})
    walker.press(COMPLETE)
    assert walker.path == f"filing/{reference}/renew"
    assert walker.press_in_vain("[name=submit]") == ["#change_note-en"]
    walker.enter({f"change_note-{code}": [text] for code, text in NOTE.items()})
    walker.press("[name=submit]")
    assert walker.path == f"filing/{reference}"


def asked(walker: Walker) -> list[str]:
    """The questions whether a section is still correct."""
    radios = walker.page.locator("[name^=confirm-]")
    names = radios.evaluate_all("all => all.map((each) => each.name)")
    return list(dict.fromkeys(names))
