"""The index can be deleted at any time: pages stay right, and a drain brings it back."""

import shutil

from flask import Flask
from flask.testing import FlaskClient

from register.config import Settings
from register.search import Query
from register.web.wiring import search_index
from tests.promises.conftest import Office


def references(client: FlaskClient, address: str = "/search.json") -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [item["reference"] for item in answer.get_json()["items"]]


def test_a_register_without_an_index_answers_from_the_database(
    context: Flask, office: Office, client: FlaskClient, settings: Settings
) -> None:
    reference = office.publish()
    shutil.rmtree(settings.index_folder, ignore_errors=True)

    found = references(client, "/search.json?q=tax")

    assert found == [reference]
    assert client.get("/search?q=tax").status_code == 200
    assert client.get(f"/disclosures/{reference}").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_deleted_index_is_built_anew_by_the_next_drain(
    context: Flask, office: Office, client: FlaskClient, settings: Settings
) -> None:
    reference = office.publish()
    search_index().drain()
    before = search_index().search(Query("tax"))
    shutil.rmtree(settings.index_folder)

    search_index().drain()

    after = search_index().search(Query("tax"))
    assert after.ids == before.ids == [reference]
    assert after.facets == before.facets
    assert client.get("/readyz").status_code == 200


def test_a_stale_index_never_shows_what_was_withdrawn(
    context: Flask, office: Office, client: FlaskClient
) -> None:
    reference = office.publish()
    search_index().drain()

    office.withdraw(reference)

    # Nobody has drained since: the index still names it, and what is shown must not.
    addresses = ("/search.json", "/search.json?q=tax", "/api/v1/disclosures")
    assert {each: references(client, each) for each in addresses} == {
        each: [] for each in addresses
    }


def test_the_index_keeps_no_text_that_is_withheld(
    context: Flask, office: Office, settings: Settings
) -> None:
    office.publish(filed_by={"name": "Xyzzyplugh", "email": "x@tax.example"})
    search_index().drain()

    files = [path for path in settings.index_folder.rglob("*") if path.is_file()]

    assert files
    assert not any(b"yzzyplu" in path.read_bytes().lower() for path in files)
