"""Telling the ledger: an entry for each version made public and for each determination.

It is done at the end of the transaction that wrote them, and as a part of it: the ledger is held
for the shortest time, last of all, so that nobody who waits for it holds what its holder needs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from register import clock
from register.ledger import Entry, Event, commit, merkle, new_salt
from register.ledger.entries import logged_at_of
from register.ledger.growing import edge_of
from register.schemas.committed import Committed, committed_facts, committed_fields
from register.standard import get_standard
from register.standard.content import Content
from register.storage import ledger, logged, transaction
from register.storage.ledger import Row, StoredNodes
from register.storage.logged import Determined, Subject, Version

BATCH = 200  # of what was written before there was a ledger, in one transaction
EVENTS = {"published": Event.PUBLISH, "amended": Event.AMEND, "withdrawn": Event.WITHDRAW}
_FACTS = (
    *("kind", "matter", "name", "answers", "must", "tier", "tier_before", "phase"),
    *("in_use_since", "reason", "by"),
)
#: Told how much is done, of how much.
Progress = Callable[[int, int], object]


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What is to be told: what is said openly, and what is committed to.

    ``told`` has the names of :class:`register.ledger.Entry`: its event and its moment, and others.
    """

    told: Mapping[str, Any]
    committed: Sequence[Committed] = ()
    subject: Subject | None = None
    salts: Mapping[str, str] = field(init=False)
    fields: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        salts = {each.name: new_salt() for each in self.committed}
        fields = {each.name: commit(salts[each.name], *each[:2]) for each in self.committed}
        object.__setattr__(self, "salts", {name: salt.hex() for name, salt in salts.items()})
        object.__setattr__(self, "fields", fields)


def append_written() -> None:
    """Tell of what this transaction has written; it is the last thing that a transaction does."""
    written = logged.take_unlogged()
    if written:
        append(list_new(written))


def append(news: Sequence[NewEntry]) -> int:
    """Append entries; give the number of the first. It takes part in the transaction at hand."""
    with transaction():
        size, last = ledger.hold()
        logged_at = _logged_at(last)
        rows = [_row(seq, new, logged_at) for seq, new in enumerate(news, size)]
        leaves = [merkle.leaf_hash(row.data) for row in rows]
        nodes = StoredNodes(edge_of(size))
        ledger.add(rows, merkle.added_nodes(size, leaves, nodes))
        return size


def catch_up(progress: Progress = lambda done, total: None) -> int:
    """Tell of everything that has no entry, in the order in which it was written; give how much.

    It may be repeated, and may be stopped at any time.
    """
    subjects = logged.list_unlogged()
    done = 0
    for start in range(0, len(subjects), BATCH):
        with transaction():
            ledger.hold()
            # Somebody else may have told of some of it since.
            waiting = logged.without_entry(subjects[start : start + BATCH])
            if waiting:
                append(list_new(waiting))
        done += len(waiting)
        progress(done, len(subjects))
    return done


def list_new(subjects: Sequence[Subject]) -> list[NewEntry]:
    """Give what is to be told of versions and determinations, in this order."""
    versions = logged.map_versions({each.id for each in subjects if each.is_revision})
    determined = logged.map_determined({each.id for each in subjects if not each.is_revision})
    return [
        NewEntry(
            told=told_of_version(versions[each.id]),
            committed=values_of_version(versions[each.id]),
            subject=each,
        )
        if each.is_revision
        else NewEntry(
            told=told_of_determined(determined[each.id]),
            committed=values_of_determined(determined[each.id]),
            subject=each,
        )
        for each in subjects
    ]


def told_of_version(version: Version) -> dict[str, Any]:
    """Give what the entry of a version says openly."""
    return {
        "event": EVENTS[version.action],
        "at": version.at,
        "record": version.reference,
        "version": version.version,
        "standard": version.standard,
        "agency": version.agency,
    }


def told_of_determined(determined: Determined) -> dict[str, Any]:
    """Give what the entry of a determination says openly.

    Which filing it is about is told once that is public: a draft is nobody's business.
    """
    told: dict[str, Any] = {
        "event": Event.DETERMINE,
        "at": determined.at,
        "determination": determined.id,
        "agency": determined.agency,
    }
    if _is_public(determined):
        told["record"] = determined.reference
        told["version"] = determined.version
        told["standard"] = determined.standard
    return told


def values_of_version(version: Version) -> list[Committed]:
    """Give the values that the entry of a version is bound to."""
    return committed_fields(
        get_standard(version.standard),
        Content.from_json(version.content),
        change_note=version.change_note,
        author=version.author,
        approver=version.approver,
        period=version.period,
    )


def values_of_determined(determined: Determined) -> list[Committed]:
    """Give the values that the entry of a determination is bound to."""
    facts = {name: getattr(determined, name) for name in _FACTS}
    if not _is_public(determined):
        return committed_facts({**facts, "record": determined.reference}, hidden=None)
    hidden = Content.from_json(determined.content or {}).withheld_fields
    return committed_facts(facts, hidden)


def opened(
    row: Row, values: Iterable[Committed], *, with_private: bool = False
) -> dict[str, tuple[str, Any]]:
    """Give salt and value, by name, of what an entry is bound to and anybody, or all, may know.

    ``values`` are those of what the entry tells of; one that was erased has no salt any more.
    """
    salts = row.salts or {}
    return {
        each.name: (salts[each.name], each.value)
        for each in values
        if each.name in salts and (each.is_public or with_private)
    }


def _is_public(determined: Determined) -> bool:
    return determined.kind == "published" and determined.standard is not None


def _logged_at(last: bytes | None) -> datetime:
    """Give the present moment, or that of the last entry if a clock was put back since."""
    now = clock.now()
    return max(now, logged_at_of(last)) if last else now


def _row(seq: int, new: NewEntry, logged_at: datetime) -> Row:
    entry = Entry(logged_at=logged_at, fields=new.fields, **new.told)
    of_revision = new.subject is not None and new.subject.is_revision
    return Row(
        seq=seq,
        data=entry.to_bytes(),
        salts=new.salts if new.committed else None,
        revision_id=new.subject.id if new.subject and of_revision else None,
        determination_id=new.subject.id if new.subject and not of_revision else None,
    )
