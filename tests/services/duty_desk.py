"""Agencies that determine, file, publish and withdraw on days of their own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from register import clock, config
from register.services.directory import directory, standings
from register.services.directory.standings import Decision
from register.services.duties.obligations import list_duties
from register.services.filings import determinations, filing, publishing
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Status
from register.standard.obligations import Duty, Rules
from register.storage import agencies, disclosures, forget, transaction
from register.storage.models import Disclosure, Revision
from tests.desk import NOTE, Desk, sample_content

RULES = Rules()
NIL = config.ROOT / "sample" / "disclosures" / "30-national-archive-nil-return.json"
WHY = Decision(citation="Information Act, section 7", reason={"en": "Why."}, ground="other")
CHECK = {"name": "Scoring", "infers": "yes", "used": "yes", "touches": "serves", "excluded": "no"}


@contextmanager
def on(text: str) -> Iterator[None]:
    """Let it be noon of a day, and see what was written before."""
    with clock.at(datetime.fromisoformat(text).replace(hour=12, tzinfo=UTC)):
        forget()
        yield


def checked(desk: Desk, **answers: str) -> int:
    return determinations.check(desk["officer@taxes"], {**CHECK, **answers}).id


def published_from(desk: Desk, check: int, **answers: str) -> str:
    """Publish the system that was checked."""
    officer = desk["officer@taxes"]
    basis = filing.Basis(matter=determinations.claim(officer, check))
    written = {**sample_content().answers, **answers}
    draft = filing.start(officer, "taxes", "AIR", written, basis=basis)
    return handed_in(desk, draft)


def handed_in(desk: Desk, draft: filing.Filing) -> str:
    officer, agency = desk[f"officer@{draft.body.slug}"], draft.body.slug
    sent = filing.submit(
        officer, draft.reference, lock_version=draft.lock_version, change_note=NOTE
    )
    decider = desk["secretariat" if agency == "schools" else f"approver@{agency}"]
    publishing.publish(decider, draft.reference, lock_version=sent.lock_version)
    return draft.reference


def nil_return(desk: Desk, period: str) -> str:
    content = json.loads(Path(NIL).read_text("utf-8"))["versions"][0]["content"]["answers"]
    basis = filing.Basis(period=period)
    draft = filing.start(desk["officer@schools"], "schools", "AIR", content, basis=basis)
    return handed_in(desk, draft)


def published_by_rows(whose: str, at: str, **answers: Any) -> str:
    """A record from before there was a ledger: nobody noted any determination."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    with transaction() as session:
        reference = disclosures.next_reference("AIR")
        disclosure = Disclosure(
            reference=reference,
            agency=agencies.get_agency(whose),
            status=Status.PUBLISHED,
            draft_state=DraftState.NONE,
            current_version=1,
            published_at=moment,
            first_published_at=moment,
            created_at=moment,
        )
        session.add(disclosure)
        session.flush()
        session.add(
            Revision(
                disclosure_id=disclosure.id,
                version=1,
                action="published",
                standard="v1",
                content=Content(answers={"record_kind": "system", **answers}).to_json(),
                at=moment,
            )
        )
        return reference


def years_of(desk: Desk) -> dict[date, list[Duty]]:
    """Do all kinds of things on days of their own; give the duties at the end of each."""
    secretariat, seen = desk["secretariat"], {}
    checks: dict[str, int] = {}
    references: dict[str, str] = {}
    deeds: dict[str, Any] = {
        "2025-04-01": lambda: checks.update(a=checked(desk, since="2025-03-20")),
        "2025-04-02": lambda: checks.update(b=checked(desk, used="soon")),
        "2025-05-02": lambda: references.update(a=published_from(desk, checks["a"])),
        "2025-05-09": lambda: references.update(b=published_from(desk, checks["b"])),
        "2025-06-01": lambda: references.update(c=desk.publish("officer@health")),
        "2025-08-01": lambda: desk.withdraw(references["c"]),
        "2026-01-20": lambda: references.update(n=nil_return(desk, "2025")),
        "2026-02-01": lambda: desk.withdraw(references["n"]),
        "2026-02-03": lambda: standings.exempt_duties(
            secretariat, "schools", WHY, duties=["period:2025"], rules=RULES
        ),
        "2026-03-01": lambda: standings.exempt_agency(
            secretariat, "taxes", WHY, from_on=date(2026, 3, 1), until_on=date(2026, 8, 1)
        ),
        "2026-04-01": lambda: standings.note_left(
            secretariat, "health", WHY, from_on=date(2026, 5, 1)
        ),
        "2026-06-01": lambda: standings.bring_into_scope(
            secretariat, "health", WHY, from_on=date(2026, 6, 1), rules=RULES
        ),
        "2026-07-01": lambda: directory.import_agencies(
            [{"slug": "archive", "names": {"en": "Archive"}, "level": "local", "sector": "culture"}]
        ),
    }
    for day, deed in deeds.items():
        with on(day):
            deed()
            forget()
            seen[date.fromisoformat(day)] = list_duties(RULES)
    return seen
