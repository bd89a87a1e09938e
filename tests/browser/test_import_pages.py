"""The pages of an import, from the file to what was made of it: open to everybody."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.service import SECRETARIAT
from tests.browser.visitor import WIDE, Visitor, faults, overflows, press
from tests.services.inventories import omb

pytestmark = pytest.mark.browser


NAMELESS = {"id": "", "use_case_name": ""}
STEPS = ["list", "refused", "read", "working", "report", "columns", "done"]


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_step_of_an_import_can_be_read_by_everybody(visitor: Visitor, language: str) -> None:
    prefix = "" if language == "en" else f"/{language}"
    found: dict[str, list[str]] = {}

    with visitor.page(SECRETARIAT) as visit:
        for step in steps(visit.page, visitor.service.url(f"{prefix}/review/imports"), language):
            found[step] = faults(visit.page) + overflows(visit.page) + visit.all_complaints()
            visit.page.set_viewport_size(WIDE)
        shown = visit.page.inner_text("main")

    assert found == {step: [] for step in STEPS}
    assert "AIR-" in shown


def steps(page: Page, address: str, language: str) -> Iterator[str]:
    """Go through an import; at each step the page is there to be looked at."""
    odd = {"development_stage": "Flying", "agency_name": "Weather office"}
    ids = [f"{language}-1", f"{language}-2"]  # in the second language they must be new again
    rows = [*({**odd, "id": each, "use_case_name": each} for each in ids), NAMELESS]
    file = {"name": "inventory.csv", "mimeType": "text/csv", "buffer": omb(*rows)}
    page.goto(address)
    yield "list"
    press(page, "main form button")
    yield "refused"
    page.set_input_files("#file", file)  # type: ignore[arg-type]
    page.select_option("#format", "omb-2025")
    press(page, "main form button")
    here = page.url
    yield "read"
    press(page, "form[action$='/try'] button")
    page.goto(f"{here}?still=1")
    yield "working"
    look_until(page, here, "form[action$='/apply']")
    yield "report"
    page.goto(f"{here}/columns")
    yield "columns"
    page.goto(here)
    press(page, "form[action$='/apply'] button")
    look_until(page, here, "a[href$='report.json']")
    yield "done"


def look_until(page: Page, address: str, there: str) -> None:
    """Load the page again until something is there."""
    page.goto(f"{address}?still=1")
    while page.locator(there).count() == 0:
        time.sleep(0.5)
        page.goto(f"{address}?still=1")
