"""An auditor's program reads what is not public too, and each of its looks is recorded."""

from typing import Any

from sqlalchemy import select

from register import storage
from register.storage.database import db
from register.storage.models import AuditEvent
from tests.journeys.api.conftest import OFFICER, House, refusal, shared
from tests.journeys.programs import Program


def looks(house: House) -> list[tuple[str, dict[str, Any]]]:
    """Which looks at what is not public the trail tells of."""
    with house.app.app_context():
        storage.forget()
        query = select(AuditEvent).where(AuditEvent.action.like("non_public_%"))
        return [(e.action, e.details) for e in db.session.scalars(query.order_by(AuditEvent.id))]


def test_an_auditor_s_program_reads_what_is_not_public_in_its_place_and_each_look_is_recorded(
    house: House,
) -> None:
    with house.app.app_context():
        reference = house.desk.publish(filed_by={"name": "Xyzzy", "email": "x@tax.example"})
    program = Program(house.app, "auditor", "read:audit")
    token = {"token": program.number}

    whole = program.get(f"/disclosures/{reference}")
    past = program.get(f"/disclosures/{reference}?version=1")
    listed = program.get("/disclosures")
    of_day = program.get(f"/disclosures/{reference}?as_of={whole.get_json()['published_at'][:10]}")
    public = [
        each.get(f"/disclosures/{reference}").get_json()
        for each in (Program(house.app), Program(house.app, "auditor", "read"))
    ]

    read = whole.get_json()
    assert read["answers"]["filed_by"]["name"] == "Xyzzy"
    assert read["audit"]["author"] == OFFICER
    assert past.get_json() == of_day.get_json() == listed.get_json()["items"][0] == read
    for answer in (whole, past, listed, of_day):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert not shared(answer)
    for told in public:
        assert "audit" not in told
        assert "filed_by" not in told["answers"]
        assert told["answers"].items() <= read["answers"].items()
    one = ("non_public_read", {"version": 1, **token})
    assert looks(house) == [
        one,
        one,
        ("non_public_listed", {"versions": {reference: 1}, **token}),
        one,
    ]


def test_what_an_auditor_s_program_does_not_find_is_no_look(house: House) -> None:
    program = Program(house.app, "auditor", "read:audit")

    for path in ("/disclosures/AIR-1999-00001", "/disclosures/X?as_of=2026-01-01"):
        assert refusal(program.get(path), 404)

    assert looks(house) == []
