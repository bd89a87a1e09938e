"""A program files with a token: the same deeds, the same judge, the same second person."""

from register import clock
from register.schemas import find_errors
from register.services.erasure import erasing
from register.services.erasure.erasing import Order
from register.services.filings import determinations, filing, publishing
from register.standard import CURRENT
from register.storage import disclosures
from tests.desk import NOTE
from tests.journeys.api.conftest import OFFICER, House, begun, refusal
from tests.journeys.programs import Program, whole_draft

MUST = {"name": "Risk of a return", "infers": "yes", "used": "yes", "touches": "serves"}


def test_a_draft_may_be_unfinished_and_says_what_is_missing_as_the_check_does(
    lasting_house: House,
) -> None:
    house = lasting_house
    answer = house.program.ask(
        "POST",
        "/disclosures",
        json={"answers": {"record_kind": "system"}, "withheld": [{"field": "benefits"}]},
        Idempotency_Key="k",
    )
    told = answer.get_json()
    refused = house.program.submit(told["reference"], answer.headers["ETag"])

    kept = house.filing(told["reference"])
    assert answer.status_code == 201
    assert kept.content.answers == {"record_kind": "system", "agency": "taxes"}
    assert set(told["to_mend"]) == set(find_errors(CURRENT, kept.content, filed_on=clock.today()))
    assert "withheld.benefits.ground" in told["to_mend"]
    assert refusal(refused, 422)["errors"] == told["to_mend"]


def test_a_program_files_as_an_officer_does_and_the_trail_names_its_token(
    lasting_house: House,
) -> None:
    house = lasting_house
    answer = house.program.begin()
    reference = answer.get_json()["reference"]
    read = house.program.get(f"/disclosures/{reference}/draft")
    waiting = house.program.submit(reference, read.headers["ETag"])

    with house.app.app_context():
        lock = int(waiting.headers["ETag"].strip('"'))
        decided = publishing.publish(house.desk["approver@taxes"], reference, lock_version=lock)
    public = Program(house.app).get(f"/disclosures/{reference}").get_json()
    token = {"token": house.program.number}

    assert answer.headers["Location"].endswith(f"/api/v1/disclosures/{reference}/draft")
    assert read.headers["Cache-Control"] == "no-store"
    assert read.get_json()["to_mend"] == {}
    assert waiting.get_json()["draft_state"] == "submitted"
    assert decided == 1
    assert public["answers"]["name"] == whole_draft()["answers"]["name"]
    assert [each for each in house.trail(reference) if each[0] != "published"] == [
        ("draft_started", token),
        ("draft_sent", token),
        ("submitted", token),
    ]


def test_whoever_files_by_a_program_may_not_publish_it(lasting_house: House) -> None:
    house = lasting_house
    program = Program(house.app, "approver@taxes")
    reference = program.begin().get_json()["reference"]
    etag = program.get(f"/disclosures/{reference}/draft").headers["ETag"]
    program.submit(reference, etag)

    with house.app.app_context():
        waiting = filing.get_filing(house.desk["approver@taxes"], reference)
        decisions = publishing.list_decisions(house.desk["approver@taxes"], waiting)

    assert waiting.draft_state == "submitted"
    assert decisions == frozenset()


def test_another_agency_s_filing_does_not_exist(lasting_house: House) -> None:
    house = lasting_house
    reference, etag = begun(house.program)
    stranger = Program(house.app, "officer@health")
    before = house.everything()

    answers = [
        stranger.get(f"/disclosures/{reference}/draft"),
        stranger.put(reference, etag, whole_draft()),
        stranger.submit(reference, etag),
        stranger.get("/disclosures/AIR-1999-00001/draft"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_json()["detail"] for answer in answers}) == 1
    assert house.everything() == before


def test_who_withholds_an_answer_is_noted_by_the_register_and_not_by_the_program(
    lasting_house: House,
) -> None:
    house = lasting_house
    entry = {
        "field": "benefits",
        "ground": "commercial_confidence",
        "citation": "Act, section 1",
        "public_reason": {"en": "It would harm a supplier."},
        "review_on": "2030-01-01",
        "decided_by": "somebody else",
        "decided_on": "1999-01-01",
    }
    sent = {**whole_draft(), "withheld": [entry]}
    reference, etag = begun(house.program)

    etag = house.program.put(reference, etag, sent).headers["ETag"]
    first = house.filing(reference).content.withheld[0]
    answers = {**sent["answers"], "phase": "pilot"}
    kept = {"answers": answers, "withheld": [{**first, "decided_by": "me"}]}
    house.program.put(reference, etag, kept)

    assert first["decided_by"] == OFFICER
    assert first["decided_on"] != "1999-01-01"
    assert house.filing(reference).content.withheld[0] == first


def test_sections_that_stay_as_they_are_stay_marked_as_complete(lasting_house: House) -> None:
    house = lasting_house
    reference, _etag = begun(house.program)
    with house.app.app_context():
        for name in ("purpose", "supply"):
            found = filing.get_filing(house.desk[OFFICER], reference)
            filing.save_section(
                house.desk[OFFICER],
                reference,
                CURRENT.section(name),
                found.content,
                lock_version=found.lock_version,
                is_complete=True,
            )
    etag = house.program.get(f"/disclosures/{reference}/draft").headers["ETag"]
    answers = {**whole_draft()["answers"], "purpose": {"en": "Another one."}}

    house.program.put(reference, etag, {**whole_draft(), "answers": answers})

    assert house.filing(reference).complete == ("supply",)


def test_of_what_is_published_a_new_version_is_begun_and_says_what_changed(
    lasting_house: House,
) -> None:
    house = lasting_house
    with house.app.app_context():
        reference = house.desk.publish()
    read = house.program.get(f"/disclosures/{reference}/draft")
    answers = {**whole_draft()["answers"], "phase": "pilot"}

    put = house.program.put(reference, read.headers["ETag"], {**whole_draft(), "answers": answers})
    silent = house.program.submit(reference, put.headers["ETag"])
    handed_in = house.program.submit(reference, put.headers["ETag"], json={"change_note": NOTE})

    assert read.get_json()["draft_state"] == "none"
    assert (put.status_code, put.get_json()["draft_state"]) == (200, "draft")
    assert set(refusal(silent, 422)["errors"]) == {"change_note"}
    assert handed_in.status_code == 200
    assert house.filing(reference).change_note == NOTE


def test_a_new_version_is_asked_anew_for_what_was_erased(house: House) -> None:
    with house.app.app_context():
        reference = house.desk.publish()
        erasing.erase(Order(reference=reference, field="purpose", basis="By order of a court"))

    read = house.program.get(f"/disclosures/{reference}/draft")
    sent = {name: read.get_json()[name] for name in ("answers", "withheld", "translations")}
    put = house.program.put(reference, read.headers["ETag"], sent)

    assert "erased" not in read.get_json()
    assert set(read.get_json()["to_mend"]) == set(put.get_json()["to_mend"]) == {"purpose"}


def test_what_waits_or_is_being_withdrawn_is_not_open_for_changes(lasting_house: House) -> None:
    house = lasting_house
    with house.app.app_context():
        waiting = house.desk.submit().reference
    etag = house.program.get(f"/disclosures/{waiting}/draft").headers["ETag"]
    before = house.everything()

    put = house.program.put(waiting, etag, whole_draft())
    submitted = house.program.submit(waiting, etag)

    assert "not open now" in refusal(put, 409)["detail"]
    assert "not open now" in refusal(submitted, 409)["detail"]
    assert house.everything() == before


def test_a_filing_begun_from_a_check_is_begun_once(lasting_house: House) -> None:
    house = lasting_house
    with house.app.app_context():
        said = {**MUST, "excluded": "no", "since": "2026"}
        number = determinations.check(house.desk[OFFICER], said).id

    begun_from = house.program.begin(determination=number)
    again = house.program.begin("other", determination=number)
    unknown = house.program.begin("third", determination=number + 1)

    assert begun_from.status_code == 201
    assert refusal(again, 409)
    assert refusal(unknown, 404)
    with house.app.app_context():
        found = disclosures.get_disclosure(begun_from.get_json()["reference"])
        assert found.matter is not None


def test_a_program_reads_what_is_wrong_in_urdu_where_it_asks_so(lasting_house: House) -> None:
    house = lasting_house
    answer = house.app.test_client().post(
        "/ur/api/v1/disclosures",
        json={"answers": {"name": {"en": ""}}},
        headers={**house.program.headers, "Idempotency-Key": "urdu"},
    )

    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]) == {"name.en"}
    assert answer.get_json()["errors"]["name.en"] != ["Answer this question."]
