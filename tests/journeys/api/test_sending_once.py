"""What is sent twice is done once, and what is changed is what its sender saw."""

import pytest
from werkzeug.test import TestResponse

from register import storage
from register.services.filings import filing
from register.standard import CURRENT
from register.standard.content import Content
from tests.journeys.api.conftest import (
    COLLEAGUE,
    OFFICER,
    House,
    at_once,
    begun,
    refusal,
)
from tests.journeys.programs import Program, whole_draft


def test_a_change_needs_the_state_that_its_sender_saw(house: House) -> None:
    reference, etag = begun(house.program)
    path = f"/disclosures/{reference}/draft"
    before = house.everything()

    for method, where in (("PUT", path), ("POST", f"/disclosures/{reference}/submit")):
        sent = whole_draft() if method == "PUT" else {}
        assert refusal(house.program.ask(method, where, json=sent), 428)["errors"]["If-Match"]
        for tag in ("*", "", "2", '"x"', '"1", "2"', '"-1"', '"99999999999"'):
            told = house.program.ask(method, where, json=sent, If_Match=tag)
            assert refusal(told, 428)["errors"]["If-Match"], tag
        told = house.program.ask(method, where, json=sent, If_Match='"1"')
        assert refusal(told, 412)["errors"]["If-Match"]
        assert told.headers["ETag"] == etag

    assert house.everything() == before
    weak = house.program.put(reference, f"W/{etag}", {"answers": {}})
    assert weak.status_code == 200


def test_what_a_colleague_saved_meanwhile_is_not_written_over(house: House) -> None:
    reference, etag = begun(house.program)
    with house.app.app_context():
        found = filing.get_filing(house.desk[COLLEAGUE], reference)
        section = CURRENT.section("purpose")
        said = Content(answers={"purpose": {"en": "A colleague's words."}})
        lock = found.lock_version
        filing.save_section(house.desk[COLLEAGUE], reference, section, said, lock_version=lock)

    refused = house.program.put(reference, etag, whole_draft())
    again = house.program.put(reference, refused.headers["ETag"], whole_draft())

    assert refusal(refused, 412)
    assert again.status_code == 200


def test_sending_the_same_draft_again_changes_nothing(house: House) -> None:
    reference, etag = begun(house.program)
    before = house.everything()

    same = house.program.put(reference, etag, whole_draft())

    assert (same.status_code, same.headers["ETag"]) == (200, etag)
    assert house.everything() == before


def test_a_new_filing_needs_a_key_and_a_key_has_a_shape(house: House) -> None:
    before = house.everything()

    missing = house.program.ask("POST", "/disclosures", json=whole_draft())
    wrong = [house.program.begin(key) for key in ("", "a b", "é", "x" * 256)]

    assert "sent twice is done once" in refusal(missing, 400)["errors"]["Idempotency-Key"][0]
    assert {answer.status_code for answer in wrong} == {400}
    assert house.everything() == before


def test_what_is_sent_twice_is_done_once_and_answered_as_it_was(house: House) -> None:
    first = house.program.begin("b")
    before = house.everything()
    again = house.program.begin("b")
    reference, etag = first.get_json()["reference"], first.headers["ETag"]
    submitted, repeated = (
        house.program.submit(reference, etag, Idempotency_Key="s") for _each in range(2)
    )

    for one, other in ((first, again), (submitted, repeated)):
        assert (one.status_code, one.get_data()) == (other.status_code, other.get_data())
        assert one.headers["ETag"] == other.headers["ETag"]
        assert "Idempotency-Replayed" not in one.headers
        assert other.headers["Idempotency-Replayed"] == "true"
    assert first.headers["Location"] == again.headers["Location"]
    assert len(before["disclosure"]) == 1


def test_a_key_under_which_something_else_was_sent_is_refused(house: House) -> None:
    reference = house.program.begin("k").get_json()["reference"]
    before = house.everything()

    other_body = house.program.begin("k", answers={})
    other_call = house.program.submit(reference, '"2"', Idempotency_Key="k")

    assert set(refusal(other_body, 422)["errors"]) == {"Idempotency-Key"}
    assert set(refusal(other_call, 422)["errors"]) == {"Idempotency-Key"}
    assert house.everything() == before


def test_a_key_says_on_which_state_something_was_to_be_done(house: House) -> None:
    reference, etag = begun(house.program)
    mine, other = {"answers": {"name": {"en": "Mine"}}}, {"answers": {"name": {"en": "Other"}}}
    first = house.program.put(reference, etag, mine, Idempotency_Key="k")
    between = house.program.put(reference, first.headers["ETag"], other)

    again = house.program.put(reference, between.headers["ETag"], mine, Idempotency_Key="k")

    assert set(refusal(again, 422)["errors"]) == {"Idempotency-Key"}
    assert house.filing(reference).content.answers["name"] == {"en": "Other"}


def test_a_key_is_its_account_s_own(house: House) -> None:
    first = house.program.begin("k")
    second = Program(house.app, COLLEAGUE).begin("k")
    own = Program(house.app, OFFICER).begin("k")

    assert first.get_json()["reference"] != second.get_json()["reference"]
    assert own.headers["Idempotency-Replayed"] == "true"


def test_a_key_under_which_nothing_was_done_can_be_used_again(house: House) -> None:
    refused = house.program.begin("k", answers={"colour": "red"})

    done = house.program.begin("k")

    assert refused.status_code == 422
    assert done.status_code == 201
    assert "Idempotency-Replayed" not in done.headers


def test_of_many_who_send_the_same_at_once_one_does_it(house: House) -> None:
    def send(number: int) -> TestResponse:
        answer = house.program.begin("k")
        with house.app.app_context():
            storage.forget()
        return answer

    answers = at_once(send, 8)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.get_data() for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert len(house.everything()["disclosure"]) == 1


@pytest.mark.parametrize("has_key", [False, True])
def test_of_many_who_change_one_state_at_once_one_succeeds_and_the_others_hear_of_it(
    house: House, has_key: bool
) -> None:
    reference, etag = begun(house.program)

    def change(number: int) -> TestResponse:
        sent = {"answers": {"name": {"en": f"Version of program {number}"}}}
        key = {"Idempotency_Key": f"key-{number}"} if has_key else {}
        return house.program.put(reference, etag, sent, **key)

    answers = at_once(change, 8)

    statuses = sorted(answer.status_code for answer in answers)
    (done,) = [answer for answer in answers if answer.status_code == 200]
    assert statuses == [200] + [412] * 7
    assert {answer.headers["ETag"] for answer in answers} == {done.headers["ETag"]}
