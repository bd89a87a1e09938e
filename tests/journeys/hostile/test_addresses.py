"""No address breaks a page, whatever stands in it."""

from urllib.parse import quote

import pytest

from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import (
    DECIDED_ON,
    NOT_THERE,
    ODD_TEXTS,
    PUBLIC,
    SCRIPT,
    WORKED_ON,
    ask,
    section_data,
)
from tests.journeys.people import Person

QUERIES = (
    *ODD_TEXTS.values(),
    "*",
    "a*",
    "*:*",
    "?" * 100,
    "(((((((((",
    '"unfinished',
    "AND OR NOT",
    "NOT NOT -",
    "- -- ---",
    "name:secret agency:[a TO z]",
    "~~~ ^^^ tax~2 tax^1000",
    "\\",
    "/.*/",
    "a" * 5000,
    "a " * 5000,
    "ٹیکس" * 100,
    SCRIPT,
)
NUMBERS = ("0", "-1", "1.5", "۱", "²", "9" * 30, "9" * 5000, "0x10", "1e9", " 1", "NaN", "")


def test_bytes_that_are_no_text_in_an_address_do_not_break_it(town: Town, draft: str) -> None:
    for path in ("/%ff", "/disclosures/%ff", "/ur/%c3%28", "/agencies/%00", "/%e2%80%ae", "/%00"):
        assert raw(town.citizen, path) in NOT_THERE, path
        assert raw(town.officer, f"/filing{path}") in NOT_THERE, path
    for query in ("q=%ff", "q=%00", "q=%ed%a0%80", "%ff=%ff", "&&&", "q", "=", "page=%ff"):
        for path in ("/search", "/ur/search", "/search.json", "/agencies", "/api/v1/disclosures"):
            assert raw(town.citizen, path, query) in {200, 400}, (path, query)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_in_addresses_are_numbers_or_refused(
    town: Town, reference: str, number: str
) -> None:
    citizen, auditor = town.citizen.client, town.auditor.client

    for path in (
        f"/search?page={quote(number)}",
        f"/search.json?page={quote(number)}",
        f"/api/v1/disclosures?limit={quote(number)}",
        f"/api/v1/disclosures/{reference}?version={quote(number)}",
        f"/disclosures/{reference}/v/{quote(number)}",
        f"/disclosures/{reference}/v/{quote(number)}.json",
    ):
        assert citizen.get(path).status_code in {200, 400, 404}, path
    assert auditor.get(f"/audit/trail?before={quote(number)}").status_code in {200, 400}


@pytest.mark.parametrize("cursor", ["", "x", "é", "\0", "====", "4pyT", "AA==", "a" * 10_000])
def test_a_cursor_that_was_not_given_out_is_refused_or_harmless(town: Town, cursor: str) -> None:
    answer = town.citizen.client.get("/api/v1/disclosures", query_string={"cursor": cursor})

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("text", QUERIES)
def test_no_search_breaks_the_search(town: Town, reference: str, text: str) -> None:
    citizen = town.citizen.client

    for path in ("/search", "/ur/search", "/search.json", "/api/v1/disclosures", "/agencies"):
        answer = citizen.get(path, query_string={"q": text})
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text or answer.is_json
    filtered = citizen.get("/search", query_string={"q": "faults", "phase": text, "agency": text})
    assert filtered.status_code == 200
    assert "<script>alert" not in filtered.text


@pytest.mark.parametrize("name", ["zzz", "Q", "q[]", "<script>", "\0", "x" * 3000, "__class__"])
def test_an_unknown_search_parameter_is_named(town: Town, name: str) -> None:
    for path in ("/search", "/search.json", "/api/v1/disclosures", "/api/v1/facets"):
        answer = town.citizen.client.get(path, query_string={name: "1"})
        assert answer.status_code == 400, path
        assert "<script>" not in answer.text or answer.mimetype == "application/problem+json"


def test_an_unknown_section_is_not_found(town: Town, draft: str) -> None:
    for name in (
        "nothing",
        "publication",
        "disclosure_control",
        "amend",
        "__init__",
        "%00",
        "x" * 999,
    ):
        answer = town.officer.client.get(f"/filing/{draft}/{name}")
        assert answer.status_code in {400, 403, 404}, name
    sent = town.officer.post(f"/filing/{draft}/nothing", section_data(town, draft))
    assert sent.status_code == 404


def test_what_does_not_exist_is_not_found_by_anybody(town: Town) -> None:
    odd = ("NOPE", "AIR-2026-99999", "x" * 5000, "%00", "..%2f..", "%27", "1%20OR%201")

    for reference in odd:
        for path in PUBLIC:
            assert town.citizen.client.get(path.format(reference)).status_code in NOT_THERE
        assert town.citizen.client.get(f"/agencies/{reference}").status_code in NOT_THERE
        assert town.citizen.client.get(f"/standard/{reference}").status_code in NOT_THERE
        for method, path in WORKED_ON:
            answer = ask(town.officer, method, path.format(reference))
            assert answer.status_code in NOT_THERE, path
        for method, path in DECIDED_ON:
            answer = ask(town.approver, method, path.format(reference))
            assert answer.status_code in NOT_THERE, path


def raw(person: Person, path: str, query: str = "") -> int:
    """The status of an address whose bytes arrive as they are."""
    answer = person.client.get(f"{path}?{query}" if query else path)
    return int(answer.status_code)
