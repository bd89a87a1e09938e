"""Two answers are withheld: the public reads why and until when, the secretariat the answers."""

from dataclasses import replace

import pytest

from register.standard import CURRENT
from register.standard.content import Content
from register.web.languages import said_in
from tests.browser.filling import COMPLETE, called, hand_in, publish
from tests.browser.prepared import a_bureau, a_draft
from tests.browser.service import SECRETARIAT
from tests.browser.visitor import Visitor
from tests.browser.walker import SCRIPTED, Walker, Way, walking
from tests.journeys.answering import inputs_of

pytestmark = pytest.mark.browser

SECRET = "Xyzzyplugh"
REASONS = {"en": "A supplier would be harmed.", "ur": "فراہم کنندہ کو نقصان ہوگا۔"}
ENTRIES = {
    "benefits": {"ground": "commercial_confidence", "citation": "Act A, s. 7"},
    "suppliers": {"ground": "security_vulnerability", "citation": "Act B, s. 8"},
}
SECTIONS = {"benefits": "purpose", "suppliers": "supply"}
REVIEW_ON = "2030-01-05"


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_what_is_withheld_is_read_by_the_secretariat_and_its_reason_by_everybody(
    visitor: Visitor, way: Way
) -> None:
    bureau = a_bureau(visitor.service, "lock-office")
    content = secretive(f"Lock {way}")
    reference = a_draft(visitor.service, bureau, replace(content, withheld=()))

    with walking(visitor, way, bureau.officer) as officer:
        for name in ENTRIES:
            withhold(officer, reference, name, content)
        hand_in(officer, reference)
    with walking(visitor, way.other, bureau.approver) as approver:
        publish(approver, reference)
    with walking(visitor, way) as reader:
        reader.go(f"/disclosures/{reference}")
        for name in ENTRIES:
            assert_told(reader, name)
        data = reader.page.request.get(f"/disclosures/{reference}.json").text()
        seen = reader.page.content() + data
    with walking(visitor, way, SECRETARIAT) as secretariat:
        secretariat.go("/review/records")
        secretariat.enter({"reference": [reference]})
        secretariat.press("main form button")
        read = secretariat.page.inner_text("main")

    assert SECRET not in seen
    assert read.count(SECRET) >= len(ENTRIES)


def secretive(name: str) -> Content:
    """A filing with a word in two answers that nobody is to find."""
    content = called("tax-return-risk", name, "تالا")
    suppliers = [dict(each, name=SECRET) for each in content.answers["suppliers"]]
    content = content.with_answers(
        benefits={"en": f"It saves {SECRET}.", "ur": f"{SECRET} بچتا ہے۔"}, suppliers=suppliers
    )
    common = {"public_reason": REASONS, "review_on": REVIEW_ON}
    entries = tuple({"field": name, **entry, **common} for name, entry in ENTRIES.items())
    return replace(content, withheld=entries)


def withhold(walker: Walker, reference: str, name: str, content: Content) -> None:
    """Withhold an answer; be told what is missing before it is complete."""
    wanted = inputs_of(CURRENT.section(SECTIONS[name]), content)
    walker.go(f"/filing/{reference}/{SECTIONS[name]}")
    walker.enter({f"withhold-{name}": ["yes"]})
    targets = walker.press_in_vain(COMPLETE)
    assert any(target.startswith((f"#withhold-{name}", f"#{name}")) for target in targets)
    walker.enter(wanted, f"withhold-{name}")
    walker.press(COMPLETE)


def assert_told(walker: Walker, name: str) -> None:
    """In its place stand the ground, its citation, the reason, and the day of the next look."""
    place = walker.page.locator(f"#{name} .app-withheld")
    ground = CURRENT.field("withheld").part("ground").option(ENTRIES[name]["ground"])
    text = place.inner_text()

    assert said_in(ground.label, walker.way.language) in text
    assert ENTRIES[name]["citation"] in text
    assert REASONS[walker.way.language] in text
    assert place.locator("time").get_attribute("datetime") == REVIEW_ON
