"""Every kind of page, in both languages: accessible, narrow enough, and without complaint."""

import pytest

from tests.browser.service import ADMINISTRATOR, APPROVER, AUDITOR, OFFICER
from tests.browser.visitor import Visitor, faults, overflows
from tests.journeys.answering import SECTIONS

pytestmark = pytest.mark.browser

NOBODY = ""
PUBLIC = (
    "/",
    "/search?q=health&phase=in_use",
    "/search?q=zzyzx&phase=planned&phase=pilot",
    "/disclosures/{high}",
    "/disclosures/{high}/v/1",
    "/disclosures/{withheld}",
    "/disclosures/{withdrawn}",
    "/disclosures/{nothing}",
    "/agencies",
    "/agencies/ministry-health",
    "/standard/v1",
    "/data",
    "/licences",
    "/accessibility",
    "/account/sign-in",
    "/nothing-is-here",
    "/search?nonsense=1",
)
OF_OFFICERS = (
    "/filing/",
    "/filing/new",
    "/filing/{high}",
    "/filing/{high}/check",
    *(f"/filing/{{high}}/{section.name}?check=1" for section in SECTIONS),
    "/filing/{high}/supply?add=suppliers",
    "/filing/{empty}",
    "/filing/{empty}/check",
    "/filing/{empty}/identity?check=1",
    "/filing/{waiting}",
    "/account/",
)
PAGES = (
    *((NOBODY, path) for path in PUBLIC),
    *((OFFICER, path) for path in OF_OFFICERS),
    (APPROVER, "/filing/"),
    (APPROVER, "/review/"),
    (APPROVER, "/review/{waiting}"),
    (APPROVER, "/review/{public}/withdraw"),
    (AUDITOR, "/audit/"),
    (ADMINISTRATOR, "/account/"),
)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(("email", "path"), PAGES)
def test_a_page_serves_everybody(visitor: Visitor, email: str, path: str, language: str) -> None:
    address = visitor.service.url(("" if language == "en" else f"/{language}") + path)

    with visitor.page(email) as visit:
        answer = visit.page.goto(address)
        found = {
            "lang": visit.page.get_attribute("html", "lang"),
            "complaints": visit.all_complaints(),
            "faults": faults(visit.page),
            "overflows": overflows(visit.page),
        }

    assert answer is not None
    assert answer.status < 500
    assert found == {"lang": language, "complaints": [], "faults": [], "overflows": []}
