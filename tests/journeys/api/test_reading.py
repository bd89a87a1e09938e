"""Programs read what is public without a key."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from register import create_app, storage
from register.services.accounts.tokens import PREFIX
from register.storage import ledger
from register.web.wiring import search_index
from tests.journeys.api.conftest import OFFICER, House, opened, refusal, shared
from tests.journeys.programs import API, Program

READS = (
    "/disclosures",
    "/disclosures/{reference}",
    "/changes",
    "/agencies",
    "/obligations",
    "/facets",
    "/standards/v1",
    "/openapi.json",
    "/export.ndjson",
    "/export.json",
    "/export.csv",
    "/export",
)
TOKEN = PREFIX + "x" * 43
NO_BUNDLES = ("/bundle.zip", "/bundles/none.zip")
LISTS = ("/disclosures", "/changes", "/agencies", "/obligations")


@pytest.fixture(scope="module")
def filled(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Five disclosures, one of them amended and one withdrawn, and an index of them."""
    folder = tmp_path_factory.mktemp("filled")
    house = opened(create_app({"instance": folder, "database_url": new_database(folder)}))
    with house.app.app_context():
        slugs = ("taxes", "health", "schools", "courts", "taxes")
        references = [house.desk.publish(f"officer@{slug}") for slug in slugs]
        house.desk.withdraw(references[2])
        search_index().drain()
    yield house
    with house.app.app_context():
        search_index().close()
        storage.close()


def paths(house: House) -> list[str]:
    """Every reading call, of something that there is."""
    reference = Program(house.app).get("/changes").get_json()["items"][0]["reference"]
    return [path.format(reference=reference) for path in READS]


def every(house: House, path: str, program: Program | None = None) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    while path:
        answer = (program or Program(house.app)).get(path)
        assert answer.status_code == 200, answer.text
        told = answer.get_json()
        items += told["items"]
        assert len(items) < 100, "the pages have no end"
        link = answer.headers.get("Link", "")
        assert link == (f'<{told["next"]}>; rel="next"' if told["next"] else "")
        path = onward(told["next"])
    return items


def onward(url: str | None) -> str:
    if not url:
        return ""
    parts = urlsplit(url)
    assert parts.path.startswith(API)
    return f"{parts.path.removeprefix(API)}?{parts.query}"


def test_a_parameter_that_a_call_does_not_know_is_refused_by_name(filled: House) -> None:
    program = Program(filled.app)

    for path in paths(filled):
        for query in ("colour=red", "page[]=1", "Limit=1", "=", "%00=1", "x=1&x=2"):
            told = refusal(program.get(f"{path}?{query}"), 400)
            assert told["errors"], (path, query)
            assert "has no parameter called" in told["detail"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("/disclosures?limit=0", "limit"),
        ("/disclosures?limit=1001", "limit"),
        ("/disclosures?limit=٣", "limit"),
        ("/disclosures?limit=+1", "limit"),
        ("/disclosures?limit=1&limit=2", "limit"),
        ("/disclosures?q=a&q=b", "q"),
        ("/disclosures?cursor=x", "cursor"),
        ("/disclosures?cursor=WzFd", "cursor"),
        ("/disclosures?cursor=W10%3D", "cursor"),
        ("/disclosures?sort=best", "sort"),
        ("/disclosures?page=2", "page"),
        ("/disclosures?sort=name&cursor=WyJ4Il0%3D", "cursor"),
        ("/disclosures/AIR-2026-00001?version=0", "version"),
        ("/disclosures/AIR-2026-00001?version=1&as_of=2026-01-01", "version"),
        ("/disclosures/AIR-2026-00001?as_of=", "as_of"),
        ("/disclosures/AIR-2026-00001?as_of=2026-02-30", "as_of"),
        ("/disclosures/AIR-2026-00001?as_of=2026-01-01T25:00:00Z", "as_of"),
        ("/disclosures/AIR-2026-00001?as_of=2999-01-01", "as_of"),
        ("/changes?since=-1", "since"),
        ("/changes?since=99999999999999999", "since"),
        ("/obligations?kind=other", "kind"),
        ("/obligations?cursor=WyJ4Il0%3D", "cursor"),
        ("/obligations?as_of=2999-01-01T00:00:00Z", "as_of"),
        ("/export.json?as_of=soon", "as_of"),
        ("/export?as_of=", "as_of"),
        ("/bundle.zip?as_of=soon", "as_of"),
    ],
)
def test_a_value_that_a_call_does_not_take_is_refused_by_name(
    filled: House, query: str, name: str
) -> None:
    told = refusal(Program(filled.app).get(query), 400)

    assert set(told["errors"]) == {name}
    assert all(told["errors"][name])


def test_what_the_api_does_not_have_is_not_there(filled: House) -> None:
    program = Program(filled.app)

    assert refusal(program.get("/nothing"), 404)["detail"] == "The API has no such call."
    assert refusal(program.get("/disclosures/AIR-2026-00001/submit"), 405)
    assert refusal(program.ask("DELETE", "/disclosures"), 405)
    assert refusal(program.get("/disclosures/AIR-1999-00001"), 404)
    assert refusal(program.get("/disclosures/AIR-2026-00001?version=9"), 404)
    assert refusal(program.get("/standards/v9"), 404)
    for path in NO_BUNDLES:
        assert "bundle" in refusal(program.get(path), 404)["detail"]


def test_a_list_is_whole_and_the_same_however_it_is_cut(filled: House) -> None:
    for path in LISTS:
        whole = every(filled, path)
        assert len(whole) >= 4, path
        for limit in (1, 2, 3, len(whole)):
            assert every(filled, f"{path}?limit={limit}") == whole, (path, limit)


def test_what_is_searched_for_is_cut_in_the_same_way_and_an_order_can_be_asked_for(
    filled: House,
) -> None:
    found = every(filled, "/disclosures?q=tax+risk&limit=1")
    by_name = every(filled, "/disclosures?q=tax+risk&sort=updated&limit=1")

    references = [each["reference"] for each in found]
    assert len(references) > 2
    assert references == sorted(references)
    assert {each["reference"] for each in by_name} == set(references)
    days = [each["published_at"] for each in by_name]
    assert days == sorted(days, reverse=True)


def test_what_is_withdrawn_is_not_listed_and_is_among_the_changes(filled: House) -> None:
    listed = {each["reference"] for each in every(filled, "/disclosures")}
    changes = every(filled, "/changes")

    withdrawn = [each for each in changes if each["action"] == "withdraw"]
    assert [each["version"] for each in withdrawn] == [2]
    assert withdrawn[0]["reference"] not in listed
    seqs = [each["seq"] for each in changes]
    assert seqs == sorted(set(seqs))
    assert every(filled, f"/changes?since={seqs[1]}") == changes[2:]
    assert every(filled, f"/changes?since={seqs[-1]}") == []


def test_a_change_says_what_the_log_says_and_can_be_found_in_it(filled: House) -> None:
    for change in every(filled, "/changes"):
        path = f"/disclosures/{change['reference']}?version={change['version']}"
        version = Program(filled.app).get(path).get_json()
        with filled.app.app_context():
            (row,) = ledger.list_rows(change["seq"], 1)

        entry = json.loads(row.data)
        told = (change["reference"], change["version"], change["action"], change["at"])
        assert told == (entry["record"], entry["version"], entry["event"], entry["at"])
        assert (change["logged_at"], change["agency"]) == (entry["logged_at"], entry["agency"])
        assert change["hash"] == hashlib.sha256(b"\0" + row.data).hexdigest()
        of_version = {"index": change["seq"], "leaf_hash": written(change["hash"])}
        assert (version["ledger"] == of_version) is (change["action"] != "determine")
        assert filled.app.test_client().get(urlsplit(change["url"]).path).status_code == 200


def written(hash_: str) -> str:
    """A hash as a disclosure has it."""
    return base64.b64encode(bytes.fromhex(hash_)).decode()


def test_without_an_index_everything_is_still_listed_and_no_search_is_made_up(
    house: House,
) -> None:
    with house.app.app_context():
        references = [house.desk.publish() for _each in range(3)]
    program = Program(house.app)

    listed = every(house, "/disclosures?limit=2")
    searched, counted = program.get("/disclosures?q=tax"), program.get("/facets")

    assert [each["reference"] for each in listed] == references
    assert refusal(searched, 503)
    assert refusal(counted, 503)
    assert searched.headers["Retry-After"] == "10"


def test_nobody_is_sent_twice_what_they_have(filled: House) -> None:
    for program in (Program(filled.app), Program(filled.app, OFFICER, "read")):
        for path in paths(filled):
            first = program.get(path)
            again = program.get(path, If_None_Match=first.headers["ETag"])
            other = program.get(path, If_None_Match='"other"')
            assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
            assert again.get_data() == b""
            assert first.headers["Cache-Control"] == "public, no-cache"
            assert "Authorization" in first.headers["Vary"]
            assert program.ask("HEAD", path).headers["ETag"] == first.headers["ETag"]


def test_other_sites_pages_may_read_what_is_public_and_nothing_with_a_token(
    filled: House,
) -> None:
    anybody, reading = Program(filled.app), Program(filled.app, OFFICER, "read")

    for path in (*paths(filled), "/nothing", "/disclosures?colour=red"):
        assert shared(anybody.get(path, Origin="https://other.example")), path
        assert not shared(reading.get(path, Origin="https://other.example")), path
    asked = anybody.ask("OPTIONS", "/disclosures/X/draft", Access_Control_Request_Method="PUT")
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "authorization" not in asked.headers["Access-Control-Allow-Headers"].lower()
    assert not shared(anybody.ask("POST", "/disclosures", json={}))
    for path in ("/", "/search.json", "/disclosures/AIR-2026-00001.json"):
        assert not shared(filled.app.test_client().get(path)), path


def test_a_star_is_no_mark_of_what_is_not_there(filled: House) -> None:
    anybody = Program(filled.app)

    none = anybody.get("/disclosures/NOPE-1", If_None_Match="*")
    wrong = anybody.get("/agencies?bogus=1", If_None_Match="*")

    assert (none.status_code, wrong.status_code) == (404, 400)


@pytest.mark.parametrize("query", ["q=x&Access_Token=abc", f"q=x&{TOKEN}=1", f"q=x&r={TOKEN}"])
def test_a_token_in_an_address_is_refused_by_the_name_of_its_place(
    filled: House, query: str
) -> None:
    answer = Program(filled.app).get(f"/disclosures?{query}")

    told = refusal(answer, 400)
    assert "q" not in told["errors"]
    assert TOKEN not in answer.text
