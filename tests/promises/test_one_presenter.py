"""What the audience may not see is absent before any page, feed or file is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, template_rendered

from register.services.accounts import people
from register.standard import CURRENT
from register.storage.base import Base
from register.web.wiring import search_index
from tests.promises.conftest import PASSWORD, Office, sample_content
from tests.promises.sources import imported_names, modules

SECRET = "Xyzzyplugh"
PUBLIC_ADDRESSES = (
    "/",
    "/search",
    "/search.json",
    "/search.csv",
    "/search.atom",
    "/search/suggest?q=xyzz",
    "/search/suggest.json?q=xyzz",
    "/ur/search",
    "/disclosures/{reference}",
    "/ur/disclosures/{reference}",
    "/disclosures/{reference}.json",
    "/disclosures/{reference}/v/1",
    "/disclosures/{reference}/v/1.json",
    "/agencies/tax-office",
    "/agencies/tax-office.json",
    "/api/v1/disclosures",
    "/api/v1/disclosures/{reference}",
    "/api/v1/export.ndjson",
    "/api/v1/facets",
)


@pytest.fixture
def reference(office: Office) -> str:
    """A published filing with a secret in all that is withheld or not public."""
    content = sample_content()
    entry = {
        "field": "benefits",
        "ground": "commercial_confidence",
        "citation": "Information Act, section 7",
        "public_reason": {"en": "It would harm a supplier."},
        "decided_by": f"Director {SECRET}",
        "decided_on": "2026-01-05",
        "review_on": "2027-01-05",
    }
    secret = replace(content, withheld=(*content.withheld, entry))
    published = office.publish(
        secret,
        benefits={"en": f"It saves {SECRET}.", "ur": SECRET},
        filed_by={"name": SECRET, "email": f"{SECRET}@tax.example"},
    )
    search_index().drain()
    return published


def test_no_public_address_gives_away_what_is_not_public(app: Flask, reference: str) -> None:
    client = app.test_client()

    answers = {
        each: client.get(each.format(reference=reference), buffered=True)
        for each in PUBLIC_ADDRESSES
    }

    assert {each: answer.status_code for each, answer in answers.items()} == dict.fromkeys(
        PUBLIC_ADDRESSES, 200
    )
    said = {each: answer.get_data(as_text=True).casefold() for each, answer in answers.items()}
    assert [each for each, text in said.items() if SECRET.casefold() in text] == []


def test_nobody_finds_a_disclosure_by_what_is_not_public(app: Flask, reference: str) -> None:
    client = app.test_client()

    assert client.get("/search.json").get_json()["total"] == 1
    assert client.get(f"/search.json?q={SECRET}").get_json()["total"] == 0
    assert client.get(f"/api/v1/disclosures?q={SECRET}").get_json()["total"] == 0


def test_the_public_reads_that_an_answer_is_withheld_and_on_which_ground(
    app: Flask, reference: str
) -> None:
    told = app.test_client().get(f"/disclosures/{reference}.json").get_json()

    entry = next(each for each in told["withheld"] if each["field"] == "benefits")
    assert entry["ground"] == "commercial_confidence"
    assert "decided_by" not in entry
    assert "benefits" not in told["answers"]


def test_an_auditor_reads_all_of_it(app: Flask, reference: str) -> None:
    people.add_account("auditor@tax.example", "auditor", PASSWORD)
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"] = people.sign_in("auditor@tax.example", PASSWORD, address="127.0.0.1")

    told = client.get("/audit/export.ndjson").get_data(as_text=True)

    assert told.count(SECRET) >= 4


def test_every_public_field_and_no_other_can_be_presented(reference: str, app: Flask) -> None:
    told = app.test_client().get(f"/disclosures/{reference}.json").get_json()

    assert set(told["answers"]) <= {field.name for field in CURRENT if field.public}


def test_no_database_object_reaches_a_template(app: Flask, reference: str) -> None:
    found: list[str] = []

    def inspect(_app: Flask, template: Any, context: Mapping[str, Any], **_rest: Any) -> None:
        found.extend(
            f"{template.name}: {name}"
            for name, value in context.items()
            for each in within(value)
            if isinstance(each, Base)
        )

    with template_rendered.connected_to(inspect, app):
        for address in ("/", "/search", f"/disclosures/{reference}", "/agencies/tax-office"):
            assert app.test_client().get(address).status_code == 200

    assert found == []


def test_no_page_knows_a_table() -> None:
    guilty = {
        name
        for name, module in modules("register/web/")
        if any(n.startswith("register.storage.models") for n in imported_names(module))
    }

    assert guilty == set()


def within(value: Any, depth: int = 0) -> Iterator[Any]:
    """A value, and all that it holds."""
    yield value
    if depth > 8 or isinstance(value, str):
        return
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(inner, list | tuple | set | frozenset) or isinstance(value, Mapping):
        for each in inner:
            yield from within(each, depth + 1)
