"""The pages on an officer's file: sent with a real browser, and open to everybody."""

import pytest

from tests.browser.service import OFFICER
from tests.browser.visitor import WIDE, Visitor, faults, overflows, press
from tests.exchange.sheets import as_csv

pytestmark = pytest.mark.browser

NAMES = {"record_kind": "system", "name.en": "A machine", "name.ur": "ایک مشین"}


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_a_file_would_do_and_did_can_be_read_by_everybody(
    visitor: Visitor, language: str
) -> None:
    prefix = "" if language == "en" else f"/{language}"
    rows = [(f"{language}-1", NAMES), (f"{language}-2", {**NAMES, "phase": "flying"})]
    file = {"name": "ours.csv", "mimeType": "text/csv", "buffer": as_csv(rows)}
    found = {}

    with visitor.page(OFFICER) as visit:
        page = visit.page
        page.goto(visitor.service.url(f"{prefix}/filing/upload"))
        for step in ("refused", "report", "done"):
            if step == "report":
                page.set_input_files("#file", file)
            press(page, "main form button")
            found[step] = faults(page) + overflows(page) + visit.all_complaints()
            page.set_viewport_size(WIDE)
        shown = page.inner_text("main")

    assert found == {"refused": [], "report": [], "done": []}
    assert "AIR-" in shown
