"""An agency without any system: declared, published, read, and counted as that."""

from typing import Any

import pytest

from register import clock
from tests.browser.filling import GO_ON, fill_in, hand_in, publish
from tests.browser.prepared import a_bureau
from tests.browser.visitor import Visitor
from tests.browser.walker import SCRIPTED, Walker, Way, walking
from tests.journeys.answering import sample

pytestmark = pytest.mark.browser

YEAR = str(clock.today().year)
FOURTH = 4  # overdue, late, filed, nil


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_a_nil_return_is_declared_published_and_counted_as_one(visitor: Visitor, way: Way) -> None:
    bureau = a_bureau(visitor.service, f"empty-office-{way.slug}")
    with walking(visitor, way) as reader:
        before = counted(reader, bureau.slug)

    with walking(visitor, way, bureau.officer) as officer:
        officer.go("/filing/")
        officer.press(f"main a[href='{way.prefix}/filing/nil']")
        assert officer.press_in_vain(GO_ON) == ["#period"]
        officer.enter({"period": [YEAR]})
        officer.press(GO_ON)
        reference = officer.path.rsplit("/", 1)[1]
        content = sample("national-archive-nil-return")
        kept = {"name": officer_reads(officer, reference), "agency": bureau.slug}
        fill_in(reference, content.with_answers(**kept), officer)
        hand_in(officer, reference)
    with walking(visitor, way.other, bureau.approver) as approver:
        publish(approver, reference)
    with walking(visitor, way) as reader:
        reader.go(f"/disclosures/{reference}")
        heading = reader.page.inner_text("h1")
        after = counted(reader, bureau.slug)

    assert YEAR in heading
    assert before["nil"] == 0
    assert after["nil"] == 1
    assert after["total"] == before["total"]


def officer_reads(walker: Walker, reference: str) -> dict[str, str]:
    """The name that the register gave the declaration, in each language."""
    walker.go(f"/filing/{reference}/identity")
    return {code: walker.control(f"name-{code}").input_value() for code in ("en", "ur")}


def counted(walker: Walker, slug: str) -> Any:
    """What the page of coverage counts for a public body, as its data say it, too."""
    walker.go("/coverage")
    row = walker.page.locator(f"tr:has(a[href='{walker.way.prefix}/agencies/{slug}'])").first
    shown = row.locator("td").nth(FOURTH - 1).inner_text()
    told = walker.page.request.get("/coverage.json").json()["agencies"]
    (found,) = [each for each in told if each["slug"] == slug]
    assert (shown.strip() == "1") is (found["nil"] == 1)
    return found
