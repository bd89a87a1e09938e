"""What a page saves by itself, and what two people save beside each other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from register import clock
from register.errors import Conflict
from register.services.filings import filing
from register.services.filings.filing import Filing, fingerprint
from register.standard import CURRENT
from register.standard.content import Content
from register.storage import disclosures
from register.storage.database import db
from register.storage.models import AuditEvent
from tests.desk import Desk, everything
from tests.services.deeds import SECTION

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
IDENTITY = CURRENT.section("identity")


def autosave(desk: Desk, found: Filing, text: str, by: str = "officer@taxes") -> Filing:
    return save(desk, found, found.content.with_answers(purpose={"en": text}), by, is_autosave=True)


def save(
    desk: Desk, found: Filing, written: Content, by: str = "officer@taxes", **given: Any
) -> Filing:
    given = {"lock_version": found.lock_version, **given}
    return filing.save_section(desk[by], found.reference, SECTION, written, **given)


def told() -> int:
    """How often the trail tells of a save."""
    query = select(func.count(AuditEvent.id)).where(AuditEvent.action == "draft_saved")
    return db.session.scalar(query) or 0


def test_a_page_that_saves_all_day_is_told_once_in_ten_minutes(desk: Desk) -> None:
    with clock.at(START):
        found = desk.start()
    for seconds in range(0, 1800, 10):
        with clock.at(START + timedelta(seconds=seconds)):
            found = autosave(desk, found, f"After {seconds} seconds")

    assert found.content.answers["purpose"] == {"en": "After 1790 seconds"}
    assert 3 <= told() <= 4


def test_each_person_and_each_section_is_told_of(desk: Desk) -> None:
    with clock.at(START):
        found = desk.start()
        for by in ("officer@taxes", "second-officer@taxes", "officer@taxes"):
            found = autosave(desk, found, f"By {by}", by)
        found = filing.save_section(
            desk["officer@taxes"],
            found.reference,
            IDENTITY,
            found.content.with_answers(name={"en": "Another"}),
            lock_version=found.lock_version,
            is_autosave=True,
        )

    assert told() == 3


def test_who_had_a_hand_in_it_is_noted_at_the_first_letter(desk: Desk) -> None:
    found = autosave(desk, desk.start(), "x", "approver@taxes")

    kept = disclosures.get_disclosure(found.reference)
    assert desk["approver@taxes"].account_id in disclosures.contributors(kept)


def test_saving_by_hand_is_told_each_time(desk: Desk) -> None:
    found = desk.start()
    for number in range(3):
        found = save(desk, found, found.content.with_answers(purpose={"en": f"Text {number}"}))

    assert told() == 3


def test_a_page_that_says_nothing_new_changes_nothing(desk: Desk) -> None:
    found = save(desk, desk.start(), desk.start().content, is_complete=True)
    before = everything()

    again = save(desk, found, found.content, "approver@taxes", is_autosave=True)

    assert again.lock_version == found.lock_version
    assert again.complete == ("purpose",)
    assert everything() == before


def test_saving_by_itself_never_says_that_a_section_is_complete(desk: Desk) -> None:
    found = save(desk, desk.start(), desk.start().content, is_complete=True)

    found = autosave(desk, found, "Not quite")

    assert found.complete == ()


def test_another_section_s_change_is_no_conflict_to_who_can_show_it(desk: Desk) -> None:
    found = desk.start()
    seen = fingerprint(found.content, SECTION)
    filing.save_section(
        desk["second-officer@taxes"],
        found.reference,
        IDENTITY,
        found.content.with_answers(name={"en": "Another"}),
        lock_version=found.lock_version,
    )
    written = found.content.with_answers(purpose={"en": "Mine"})

    with pytest.raises(Conflict):
        save(desk, found, written)
    saved = save(desk, found, written, section_seen=seen)

    assert saved.content.answers["purpose"] == {"en": "Mine"}
    assert saved.content.answers["name"] == {"en": "Another"}


@pytest.mark.parametrize("seen", ["", "x", "the one of before"])
def test_the_same_section_s_change_is_a_conflict_whatever_is_shown(desk: Desk, seen: str) -> None:
    found = desk.start()
    shown = fingerprint(found.content, SECTION) if seen == "the one of before" else seen
    save(desk, found, found.content.with_answers(purpose={"en": "Theirs"}), "second-officer@taxes")
    before = everything()

    with pytest.raises(Conflict):
        save(desk, found, found.content.with_answers(purpose={"en": "Mine"}), section_seen=shown)

    assert everything() == before


def test_who_saved_which_section_last_is_told_since_the_last_publication(desk: Desk) -> None:
    reference = desk.publish()
    officer = desk["officer@taxes"]
    draft = filing.amend(officer, reference)
    assert filing.list_saves(officer, reference) == {}

    with clock.at(START):
        draft = save(desk, draft, draft.content, "second-officer@taxes")
    with clock.at(START + timedelta(hours=1)):
        save(desk, draft, draft.content)

    saves = filing.list_saves(officer, reference)
    assert {name: (each.who, each.at) for name, each in saves.items()} == {
        "purpose": ("officer@taxes", START + timedelta(hours=1))
    }
