"""Erasing an answer of a disclosure from its versions because a court or a law orders it.

The ledger keeps that there was an answer, and says that it was erased and why; what it was can be
found out from nothing that is left. All of it is one transaction. Only whoever runs the server may
do this: no page does.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from register import clock
from register.errors import Conflict, Invalid, Message, NotFound
from register.ledger import Entry, Event
from register.ledger.entries import read_moment, write_moment
from register.services import quality
from register.services.erasure import erased_copies, erased_notes
from register.services.erasure.erased_notes import Notes
from register.services.erasure.erased_values import CHANGE_NOTE, Part, Taken, texts_of
from register.services.exports import presentations
from register.services.ledger import ledgering
from register.services.ledger.ledgering import NewEntry
from register.standard import get_standard
from register.standard.content import Content
from register.standard.marking import _
from register.storage import (
    audit_notes,
    beside,
    determinations,
    erasing,
    events,
    outbox,
    transaction,
)
from register.storage import quality as marks
from register.storage.erasing import Logged, Target
from register.storage.models import Determination, Disclosure, Revision

#: What the register itself goes by: kinds, codes and days, which name nobody.
FIXED = frozenset(
    {"agency", "record_kind", "languages", "impact_tier", "phase", "in_use_since", "withheld"}
)
LONGEST_BASIS = 2_000
NO_VERSION = _("%(reference)s has no version %(version)s.")
UNKNOWN = _(
    "“%(field)s” is nothing that can be erased. Name a question of the standard, such as purpose; "
    "withheld.purpose for the reason why its answer is withheld; or change_note."
)
NEEDED = _(
    "“%(field)s” is what the register itself goes by, and cannot be erased. Withdraw the "
    "disclosure, or publish another answer."
)
NOTHING = _("No version of %(reference)s has “%(field)s” to erase. Perhaps it was erased before.")
NO_BASIS = _("Say on which legal basis, in at most %(most)s characters.")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be erased: of which filing, from all versions or some, and on which basis.

    ``notes`` are the numbers of auditors' notes that say it in part or in other words. ``at`` is
    the moment of an erasure that is done again, on a register from before it.
    """

    reference: str
    field: str
    basis: str
    versions: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was erased, or would be: from which versions, and who else says the same.

    ``elsewhere`` names other filings in which one of the texts stands; they are as they were.
    ``notes`` tells which notes of auditors lose their text.
    """

    reference: str
    field: str
    versions: tuple[int, ...]
    targets: tuple[Target, ...]
    elsewhere: tuple[str, ...]
    notes: Notes


@dataclass(frozen=True)
class _Plan:
    """What is taken. Where only notes are left to take, ``earlier`` is the entry that took it."""

    taken: Taken
    versions: Sequence[Logged[Revision]]
    determined: Sequence[Logged[Determination]]
    targets: tuple[Target, ...]
    notes: tuple[int, ...]
    earlier: int | None


def look(order: Order) -> Done:
    """Say what an order would erase; raise what :func:`erase` would."""
    ledgering.catch_up()
    with transaction():
        return _told(_plan(order))


def erase(order: Order) -> Done:
    """Erase it everywhere in the database, and tell the index to look again.

    Raise :exc:`NotFound` for an unknown filing, :exc:`Invalid` for what cannot be erased or has no
    basis, and :exc:`Conflict` where there is nothing to erase. What else remains, in the index and
    in the files of the database, is for the caller to purge.
    """
    # What has no entry yet could not be told of: a register may be older than its ledger.
    ledgering.catch_up()
    with transaction():
        plan = _plan(order)
        done = _told(plan)
        seq = _log_and_take(plan) if plan.earlier is None else plan.earlier
        audit_notes.erase_texts(done.notes.going, seq)
        _tell(plan.taken, done, seq)
        erasing.count_up()
    return done


def list_orders() -> Iterator[Order]:
    """Give every erasure there was, as an order that can be given again."""
    notes = erasing.map_notes()
    for each in erasing.list_erased():
        entry = Entry.parse(each.data.encode())
        versions = erasing.map_versions_of(seq for seq, _name in each.targets)
        names = {name for seq, name in each.targets if seq in versions}
        yield Order(
            reference=str(entry.record),
            field=min(names, key=len).removeprefix("answers."),
            basis=str(entry.basis),
            versions=tuple(sorted(set(versions.values()))),
            notes=tuple(notes.get(each.seq, ())),
            at=entry.at,
        )


def _plan(order: Order) -> _Plan:
    disclosure = _find(order)
    part = Part(order.field)
    listed = erasing.list_versions(disclosure)
    _check_field(part, {each.subject.standard for each in listed})
    told = erasing.list_determined(determinations.list_of_filing(disclosure))

    def is_wanted(version: int | None) -> bool:
        return not order.versions or version in order.versions

    versions = [
        each
        for each in listed
        if is_wanted(each.subject.version) and _value(each.subject, part) is not None
    ]
    determined = [e for e in told if is_wanted(e.subject.version) and _facts(e.subject, part)]
    notes = erased_notes.named(order.notes, is_again=order.at is not None)
    earlier = erasing.find_entry(disclosure, part.names) if notes and not versions else None
    if not versions and earlier is None:
        raise Conflict(Message(NOTHING, reference=order.reference, field=order.field))
    targets = (
        *((each.seq, name) for each in versions for name in part.names if name in each.names),
        *((each.seq, name) for each in determined for name in _facts(each.subject, part)),
    )
    taken = Taken(
        disclosure=disclosure,
        part=part,
        values=tuple(_value(each.subject, part) for each in versions),
        texts=frozenset(_texts(part, versions, determined)),
        basis=order.basis.strip(),
        at=write_moment(order.at or clock.now()),
        is_whole=not order.versions or disclosure.current_version in order.versions,
    )
    return _Plan(taken, versions, determined, targets, notes, earlier)


def _find(order: Order) -> Disclosure:
    disclosure = erasing.hold_filing(order.reference)
    if disclosure is None or not disclosure.current_version:
        raise NotFound(_("There is no disclosure of this reference."))
    if not 0 < len(order.basis.strip()) <= LONGEST_BASIS:
        raise Invalid(Message(NO_BASIS, most=f"{LONGEST_BASIS:,}"))
    # A backup from before may not have all versions from which it was erased.
    for version in order.versions if order.at is None else ():
        if not 0 < version <= disclosure.current_version:
            raise Invalid(Message(NO_VERSION, reference=order.reference, version=version))
    return disclosure


def _check_field(part: Part, standards: Collection[str]) -> None:
    known = {field.name for name in standards for field in get_standard(name).asked_fields}
    if part.field in FIXED:
        raise Invalid(Message(NEEDED, field=part.field))
    if part.field != CHANGE_NOTE and part.question not in known:
        raise Invalid(Message(UNKNOWN, field=part.field[:80]))


def _texts(
    part: Part, versions: Sequence[Logged[Revision]], determined: Sequence[Logged[Determination]]
) -> Iterator[str]:
    for each in versions:
        standard = get_standard(each.subject.standard)
        yield from part.texts(standard, _value(each.subject, part))
    for told in determined:
        facts = _facts(told.subject, part)
        yield from texts_of([getattr(told.subject, name) for name in facts if name != "answers"])


def _value(version: Revision, part: Part) -> Any:
    return part.value(Content.from_json(version.content), version.change_note or None)


def _facts(determined: Determination, part: Part) -> tuple[str, ...]:
    """Name what of a determination tells the same as an answer: its name, or its reason."""
    fact = {"name": "name", "impact_determination": "reason"}.get(part.field, "")
    names = [fact] if fact and getattr(determined, fact) else []
    return (*names, *(["answers"] if fact and fact in determined.answers else []))


def _told(plan: _Plan) -> Done:
    taken = plan.taken
    elsewhere = tuple(beside.list_saying(taken.texts, taken.disclosure))
    return Done(
        reference=taken.disclosure.reference,
        field=taken.part.field,
        versions=tuple(each.subject.version for each in plan.versions),
        targets=plan.targets,
        elsewhere=elsewhere,
        notes=erased_notes.look(taken, plan.notes, elsewhere),
    )


def _log_and_take(plan: _Plan) -> int:
    """Let the ledger say what is erased, and take it; give the number of the entry."""
    taken = plan.taken
    # The ledger is held last of all, so that nobody who waits for it holds what this needs.
    erased_copies.erase(taken)
    told = {
        "event": Event.ERASE,
        "at": read_moment(taken.at),
        "record": taken.disclosure.reference,
        "agency": taken.disclosure.agency.slug,
        "basis": taken.basis,
        "targets": plan.targets,
    }
    seq = ledgering.append([NewEntry(told=told)])
    erasing.note(seq, plan.targets)
    _take(plan)
    return seq


def _take(plan: _Plan) -> None:
    """Take it out of what the database guards, which allows that from now on."""
    taken, files = plan.taken, set()
    for each in plan.versions:
        version = each.subject
        left = taken.left_of(Content.from_json(version.content))
        note: dict[str, Any] = {"change_note": None} if taken.part.field == CHANGE_NOTE else {}
        erasing.change_version(version.id, content=left.to_json(), **note)
        files.add(erasing.empty_source(version.id))
    for told in plan.determined:
        erasing.change_determination(told.subject.id, **_left(told.subject, taken.part))
    for number, details in erasing.list_details(taken.disclosure):
        left_of = erased_copies.without_words(taken, details)
        if left_of != details:
            erasing.change_details(number, left_of)
    erased_copies.empty_files({name for name in files if name}, taken.texts)
    presentations.forget({each.subject.id for each in plan.versions})


def _left(determined: Determination, part: Part) -> dict[str, Any]:
    facts = _facts(determined, part)
    fact = "name" if part.field == "name" else "reason"
    left: dict[str, Any] = {fact: "" if fact == "name" else {}} if fact in facts else {}
    if "answers" in facts:
        left["answers"] = {k: v for k, v in determined.answers.items() if k != fact}
    return left


def _tell(taken: Taken, done: Done, seq: int) -> None:
    disclosure, versions = taken.disclosure, list(done.versions)
    details = {"field": done.field, "versions": versions, "basis": taken.basis, "entry": seq}
    if done.notes.going:
        details["notes"] = list(done.notes.going)
    events.add_event("erased", by=None, disclosure=disclosure, details=details)
    marks.drop_marks(disclosure.id)
    quality.keep_marks(disclosure, Content.from_json(erasing.current_content(disclosure)))
    outbox.add_notice(disclosure.reference)
