"""What is malformed is refused by the place of the fault, and nothing of it is kept."""

from typing import Any

from tests.journeys.api.conftest import OFFICER, House, begun, put_raw, refusal
from tests.journeys.programs import Program, whole_draft

MALFORMED: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"answers"}),
    ({"answers": None}, {"answers"}),
    ({"answers": []}, {"answers"}),
    ({"answers": {}, "lock_version": 1, "status": "published"}, {"lock_version", "status"}),
    ({"answers": {}, "withheld": {}}, {"withheld"}),
    ({"answers": {"colour": "red", "\u202e": 1}}, {"colour", "\u202e"}),
    ({"answers": {"name": "Text"}}, {"name"}),
    ({"answers": {"name": {"en": 5, "english": "x"}}}, {"name.en", "name.english"}),
    ({"answers": {"name": {"en": "a\0b"}}}, {"name.en"}),
    ({"answers": {"name": {"en": "x" * 10_000}}}, {"name.en"}),
    ({"answers": {"phase": "sleeping"}}, {"phase"}),
    ({"answers": {"risks": [{"text": 1}, 2]}}, {"risks.0.text", "risks.1"}),
    ({"answers": {"in_use_since": "2026-13-40"}}, {"in_use_since"}),
    ({"answers": {"agency": "health"}}, {"agency"}),
    ({"answers": {}, "withheld": [1, {"field": "name"}]}, {"withheld.0", "withheld.name"}),
    (
        {"answers": {}, "withheld": [{"field": "benefits", "ground": "x"}]},
        {"withheld.benefits.ground"},
    ),
    ({"answers": {}, "translations": {"name": {"en": "guessed"}}}, {"translations.name"}),
]


def test_without_a_token_of_this_scope_nothing_is_filed(lasting_house: House) -> None:
    house = lasting_house
    before = house.everything()
    nobody = Program(house.app)
    reading = Program(house.app, OFFICER, "read")
    auditing = Program(house.app, "auditor", "read:audit")

    for path in ("/disclosures", "/disclosures/X/submit", "/disclosures/X/draft"):
        method = "PUT" if path.endswith("draft") else "POST"
        told = nobody.ask(method, path, json=whole_draft())
        assert refusal(told, 401)["title"] == "A token is needed"
        assert told.headers["WWW-Authenticate"] == "Bearer"
        for program in (reading, auditing):
            told = program.ask(method, path, json=whole_draft())
            assert "does not go as far" in refusal(told, 403)["detail"]
            assert 'scope="file"' in told.headers["WWW-Authenticate"]

    assert {**house.everything(), "audit_event": []} == {**before, "audit_event": []}


def test_what_is_no_json_or_could_be_read_in_two_ways_is_refused(lasting_house: House) -> None:
    house = lasting_house
    reference, etag = begun(house.program)
    before = house.everything()
    bodies = {
        b"{": "no JSON",
        b"\xff{}": "no JSON",
        b'{"answers": NaN}': "no JSON",
        b'{"answers": 1e999}': "no JSON",
        b'{"answers": ' + b"9" * 5000 + b"}": "no JSON",
        b'{"answers": "\\ud800"}': "no JSON",
        b'{"answers": ' + b"[" * 100_000: "no JSON",
        b"[]": "set of named values",
        b"null": "set of named values",
        b'{"answers": {}, "answers": {}}': "stands twice",
        b'{"answers": {"name": {"en": "a", "\\u0065n": "b"}}}': "stands twice",
    }

    for body, sentence in bodies.items():
        answer = put_raw(house.program, reference, etag, body)
        assert sentence in refusal(answer, 400)["detail"], body[:40]
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        told = put_raw(house.program, reference, etag, b"{}", kind)
        assert "Content-Type: application/json" in refusal(told, 415)["detail"]

    assert house.everything() == before


def test_what_has_the_wrong_shape_is_named_by_its_path_and_nothing_is_kept(
    lasting_house: House,
) -> None:
    house = lasting_house
    reference, etag = begun(house.program)
    before = house.everything()

    for sent, paths in MALFORMED:
        put = house.program.put(reference, etag, sent)
        posted = house.program.ask("POST", "/disclosures", json=sent, Idempotency_Key="new")
        assert set(refusal(put, 422)["errors"]) >= paths, sent
        assert refusal(posted, 422)["errors"] == put.get_json()["errors"]

    assert house.everything() == before


def test_a_note_that_is_no_text_by_language_is_refused(lasting_house: House) -> None:
    house = lasting_house
    reference, etag = begun(house.program)
    notes: list[Any] = ["text", [], {"english": "x"}, {"en": ""}, {"en": 1}, {"e\n": "x"}]

    for note in [*notes, {"en": "x" * 2001}]:
        answer = house.program.submit(reference, etag, json={"change_note": note})
        errors = refusal(answer, 422)["errors"]
        assert errors
        assert all(path.startswith("change_note") for path in errors), note
    assert house.filing(reference).draft_state == "draft"


def test_a_body_that_is_too_large_is_refused(lasting_house: House) -> None:
    house = lasting_house
    reference, etag = begun(house.program)

    answer = put_raw(house.program, reference, etag, b'{"a": "' + b"x" * 800_000 + b'"}')

    assert refusal(answer, 413)
