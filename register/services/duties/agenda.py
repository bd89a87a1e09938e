"""What an agency has to do next, under the names by which the agency itself knows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from register import clock
from register.services.actor import Actor
from register.services.duties.obligations import list_duties
from register.standard.lifecycle import WAITING
from register.standard.obligations import Duty, DutyKind, DutyState, Rules
from register.storage import agencies, determinations, disclosures, publications
from register.storage.models import Disclosure

SOON = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A filing in preparation; ``is_waiting`` where it was handed in and waits for a decision."""

    reference: str
    is_waiting: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """A duty that is overdue or due soon; ``names`` by language, or under ``""`` in whichever.

    ``is_denied``: it is overdue, and the latest check says that the system need not be disclosed.
    ``work`` is the filing in preparation that is to fulfil it, if one was begun.
    """

    duty: Duty
    names: Mapping[str, str]
    is_denied: bool
    work: Work | None = None


def list_next(by: Actor, rules: Rules) -> list[Item]:
    """Give what the actor's agency has to do by now or within 60 days, the most urgent first."""
    if by.agency is None:
        return []
    listed = [duty for duty in list_duties(rules, agency=by.agency) if is_open(duty)]
    names, denied = map_names(listed), map_denied(listed)
    begun = disclosures.list_in_work(agencies.get_agency(by.agency))
    return [
        Item(
            duty=duty,
            names=names[duty.key],
            is_denied=duty.key in denied,
            work=_work_for(duty, begun),
        )
        for duty in sorted(listed, key=lambda duty: (duty.due_on, duty.key))
    ]


def map_denied(listed: Iterable[Duty]) -> dict[str, int]:
    """Give key and matter of the overdue duties of which the latest check says that none is owed.

    It came too late to lift the duty: only the secretariat can exempt it.
    """
    overdue = {duty.key: _matter(duty) for duty in listed if duty.state is DutyState.OVERDUE}
    checks = determinations.map_latest_checks(set(overdue.values()) - {0})
    return {key: matter for key, matter in overdue.items() if not checks.get(matter, True)}


def list_own_denied(by: Actor, rules: Rules) -> frozenset[int]:
    """Give the matters of :func:`map_denied` of the actor's agency."""
    listed = list_duties(rules, agency=by.agency) if by.agency else []
    return frozenset(map_denied(listed).values())


def is_open(duty: Duty) -> bool:
    """Tell whether somebody has to do something about a duty soon."""
    if duty.state is DutyState.OVERDUE:
        return True
    return duty.state is DutyState.DUE and duty.due_on - clock.today() <= SOON


def map_names(listed: Sequence[Duty]) -> dict[str, dict[str, str]]:
    """Name, by key, what each duty is about; what is not public is named to its own agency alone.

    How often the database is asked does not grow with the duties.
    """
    references = [each.reference for each in listed if each.kind is DutyKind.CONFIRMATION]
    current = publications.map_current(references)
    said = determinations.map_names({number for each in listed if (number := _matter(each))})
    names = {}
    for each in listed:
        found = current.get(each.reference)
        names[each.key] = {"": said[number]} if (number := _matter(each)) in said else {}
        if each.kind is DutyKind.CONFIRMATION and found is not None:
            names[each.key] = dict(found.content.answers.get("name", {}))
    return names


def _work_for(duty: Duty, begun: Sequence[Disclosure]) -> Work | None:
    """Give what was begun last of what fulfils a duty."""
    for each in begun:
        is_return = duty.kind is DutyKind.PERIOD and each.period == duty.period
        is_record = bool(duty.reference) and each.reference == duty.reference
        is_system = bool(_matter(duty)) and each.matter == _matter(duty)
        if is_return or is_record or is_system:
            return Work(reference=each.reference, is_waiting=each.draft_state in WAITING)
    return None


def _matter(duty: Duty) -> int:
    """Give the number of the matter that a duty is about, or 0."""
    number = duty.key.split(":")[1]
    return int(number) if duty.kind is DutyKind.SYSTEM and number.isdecimal() else 0
