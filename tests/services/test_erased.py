"""What was erased is shown as that, to readers and to other registers, and stays so."""

import json
from pathlib import Path

import pytest
from flask import Flask

from register.errors import Conflict, Invalid
from register.schemas import present
from register.search import Query, SearchIndex
from register.services.erasure import erasing
from register.services.exports.exports import export_lines
from register.services.filings import filing
from register.standard import CURRENT
from register.standard.json_schema import json_schema
from register.storage import publications
from tests.desk import NOTE, Desk
from tests.services.erased import (
    BASIS,
    CANARY,
    OTHER,
    erase_for_good,
    index,
    order,
    published,
)
from tests.services.histories import exported, instance, taken_in
from tests.standard.meets import meets

__all__ = ["index", "published"]


def test_pages_json_and_exports_say_that_it_was_erased_and_the_search_finds_nothing(
    desk: Desk, published: str, context: Flask, index: SearchIndex
) -> None:
    index.drain()
    client = context.test_client()
    address = f"/disclosures/{published}"
    assert index.search(Query(text=CANARY)).total == 1
    seen = client.get(address)

    erase_for_good(index, order(published))

    assert index.search(Query(text=CANARY)).total == 0
    again = client.get(address, headers={"If-None-Match": seen.headers.get("ETag", "none")})
    assert again.status_code == 200
    for path in (address, f"{address}/v/1", f"/ur{address}"):
        page = client.get(path, follow_redirects=True).get_data(as_text=True)
        assert BASIS in page
        assert CANARY not in page
    assert "Erased by order of a court or a law." in again.get_data(as_text=True)
    shown = client.get(f"{address}.json").get_json()
    (marker,) = shown["erased"]
    assert (marker["field"], marker["basis"]) == ("purpose", BASIS)
    assert "purpose" not in shown["answers"]
    (line,) = (json.loads(each) for each in export_lines())
    assert line["erased"] == [marker]
    assert meets(publications.get_publication(published).content.to_json(), json_schema(CURRENT))


def test_another_register_takes_in_what_is_left_and_says_so_too(
    desk: Desk, published: str, context: Flask, other: tuple[Path, str]
) -> None:
    erasing.erase(order(published))
    erasing.erase(order(published, "change_note"))
    whole = exported()

    with instance(*other):
        report = taken_in(whole)
        again = exported()

    assert report.rejected == 0
    assert again == whole
    assert BASIS in whole


def test_only_the_versions_that_are_named_lose_it(desk: Desk, published: str) -> None:
    erasing.erase(order(published, versions=(1,)))

    first, second = (publications.get_publication(published, number) for number in (1, 2))
    assert "purpose" not in first.content.answers
    assert second.content.answers["purpose"] == OTHER
    assert second.content.erased == ()
    with pytest.raises(Conflict):
        erasing.erase(order(published, versions=(1,)))


def test_the_next_version_is_asked_anew(desk: Desk, published: str) -> None:
    erasing.erase(order(published))
    officer = desk["officer@taxes"]

    draft = filing.amend(officer, published)
    with pytest.raises(Invalid) as refused:
        filing.submit(officer, published, lock_version=draft.lock_version, change_note=NOTE)

    assert "purpose" in refused.value.errors
    assert draft.content.erased == ()


def test_what_is_withdrawn_afterwards_still_says_so(desk: Desk, published: str) -> None:
    erasing.erase(order(published))

    desk.withdraw(published)

    shown = present(publications.get_publication(published))
    assert [each["field"] for each in shown["erased"]] == ["purpose"]
