"""Every kind of page, in both languages: accessible, narrow enough, and without complaint."""

import pytest

from tests.browser.service import ADMINISTRATOR, APPROVER, AUDITOR, OFFICER, SECRETARIAT, WATER
from tests.browser.stages import POWER
from tests.browser.visitor import Visitor, faults, overflows
from tests.journeys.answering import SECTIONS

pytestmark = pytest.mark.browser

NOBODY = ""
PUBLIC = (
    "/",
    "/search?q=health&phase=in_use",
    "/search?q=zzyzx&phase=planned&phase=pilot",
    "/search?all=agency",
    "/search/suggest?q=insp",
    "/search/help",
    "/disclosures/{high}",
    "/disclosures/{high}/v/1",
    "/disclosures/{high}/history",
    "/disclosures/{high}/compare",
    "/disclosures/{withheld}",
    "/disclosures/{withdrawn}",
    "/disclosures/{nothing}",
    "/agencies",
    "/agencies/ministry-health",
    "/agencies/zarwan-railways",
    "/coverage",
    "/coverage?as_of=2026-02-01&level=federal&sector=health",
    "/quality",
    "/standard/v1",
    "/data",
    "/data/api",
    "/data/omb-2025",
    "/data/omb-2024",
    "/log",
    "/licences",
    "/accessibility",
    "/account/sign-in",
    "/account/welcome",
    "/account/invitation",
    "/nothing-is-here",
    "/search?nonsense=1",
)
OF_OFFICERS = (
    "/filing/",
    "/filing/must-disclose",
    "/filing/determinations",
    "/filing/determinations/{check}",
    "/filing/determinations/{no_check}",
    "/filing/new?check={check}",
    "/filing/new?check={check}&copy={public}",
    "/filing/nil",
    "/filing/templates",
    "/filing/templates?reference={public}",
    "/filing/upload",
    "/filing/upload?again=1",
    "/filing/{high}",
    "/filing/{high}/check",
    *(f"/filing/{{high}}/{section.name}?check=1" for section in SECTIONS),
    "/filing/{high}/supply?add=suppliers",
    "/filing/{empty}",
    "/filing/{empty}/check",
    "/filing/{empty}/identity?check=1",
    "/filing/{waiting}",
    "/filing/{waiting}/check",
    "/filing/{public}",
    "/filing/withholding",
    "/account/",
    "/account/tokens",
)
OF_SECRETARIAT = (
    "/review/",
    "/review/agencies",
    "/review/agencies?level=federal",
    "/review/agencies/revenue-service",
    "/review/determinations",
    "/review/determinations?must=no&agency=revenue-service",
    "/review/withholding",
    "/review/records",
    "/review/records/{withheld}",
    "/review/records/{withheld}?version=1",
    "/admin/accounts?agency=revenue-service",
)
OF_AUDITORS = (
    "/audit/",
    "/audit/records",
    "/audit/trail",
    "/audit/exceptions",
    "/audit/sample",
    "/audit/changes",
    "/review/determinations",
    "/review/withholding",
    "/review/records",
    "/review/records/{high}",
    "/account/",
)
OF_THE_RETURNED = (
    "/filing/{returned}",
    "/filing/{returned}/purpose",
    "/filing/{returned}/check",
    "/account/kept/{kept}",
)
PAGES = (
    *((NOBODY, path) for path in PUBLIC),
    *((OFFICER, path) for path in OF_OFFICERS),
    (APPROVER, "/filing/"),
    (APPROVER, "/review/"),
    (APPROVER, "/review/{waiting}"),
    (APPROVER, "/filing/{public}/withdraw"),
    (OFFICER, "/filing/{empty}/discard"),
    (OFFICER, "/filing/{high}/discard"),
    (OFFICER, "/filing/{discarded}"),
    (WATER, "/filing/{renewed}/renew"),
    (WATER, "/filing/{unrenewed}/renew"),
    *((POWER, path) for path in OF_THE_RETURNED),
    (SECRETARIAT, "/review/{endorsed}"),
    *((SECRETARIAT, path) for path in OF_SECRETARIAT),
    (SECRETARIAT, "/account/"),
    *((AUDITOR, path) for path in OF_AUDITORS),
    (ADMINISTRATOR, "/account/"),
    (ADMINISTRATOR, "/admin/accounts"),
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
