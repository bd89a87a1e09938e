"""What the sample says of duties: checks of systems, exemptions, and a body that has left.

Each is decided on its day by the people and the deeds that decide it in a real register.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from register import clock
from register.services.accounts import people
from register.services.actor import Actor
from register.services.directory import standings
from register.services.directory.standings import Decision
from register.services.filings import determinations
from register.standard.obligations import DutyKind, Rules, StandingKind

Read = Mapping[str, Any]


def read_duties(path: Path) -> Read:
    """Read the file: the day on which the register began, the checks, and the decisions."""
    found: Read = json.loads(path.read_text("utf-8"))
    return found


def morning_of(day: str) -> datetime:
    """Give nine in the morning, UTC, of a day."""
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)


def load_duties(read: Read, officer_of: Callable[[str], str], secretariat: str) -> None:
    """Take in the checks and the decisions; ``officer_of`` gives the address by agency."""
    matters: dict[str, int] = {}
    for each in read["checks"]:
        with clock.at(morning_of(each["on"])):
            officer = people.get_actor(officer_of(each["agency"]))
            entry = determinations.check(officer, each["answers"])
            matters[entry.name] = entry.matter
    for each in read["decisions"]:
        with clock.at(morning_of(each["on"])):
            _decide(people.get_actor(secretariat), each, matters)


def _decide(by: Actor, each: Read, matters: Mapping[str, int]) -> None:
    agency = each["agency"]
    decision = Decision(
        citation=each["citation"], reason=each["reason"], ground=each.get("ground", "")
    )
    if "check" in each:
        duty = f"{DutyKind.SYSTEM}:{matters[each['check']]}"
        standings.exempt_duties(by, agency, decision, duties=[duty], rules=Rules())
    elif each["kind"] == StandingKind.LEFT:
        standings.note_left(by, agency, decision, from_on=_day(each, "from"))
    else:
        standings.exempt_agency(
            by, agency, decision, from_on=_day(each, "from"), until_on=_day(each, "until")
        )


def _day(each: Read, name: str) -> date | None:
    return date.fromisoformat(each[name]) if name in each else None
