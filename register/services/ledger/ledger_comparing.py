"""Comparing entries of the ledger with what they tell of, value by value."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.errors import Invalid, RegisterError
from register.ledger import Entry, Event, commit
from register.ledger.entries import write_moment
from register.schemas.committed import Committed
from register.services.ledger import ledgering
from register.storage import ledger, logged
from register.storage.ledger import Row
from register.storage.logged import Determined, Version
from register.storage.plainly import as_json

#: What can go wrong with a value that somebody changed at will.
ODD = (AttributeError, IndexError, KeyError, TypeError, ValueError, RegisterError)
TOLD = {
    "event": "whether it was published, amended or withdrawn",
    "record": "its reference",
    "version": "its version",
    "standard": "its standard",
    "agency": "its agency",
    "determination": "its number",
    "at": "its moment",
}


class Comparison:
    """Looks at entries in their order."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self._logged_at = ""

    def compare(self, rows: Sequence[Row]) -> Iterator[str]:
        """Give a sentence for everything in which entries and what they tell of differ."""
        versions = logged.map_versions({row.revision_id for row in rows if row.revision_id})
        determined = logged.map_determined(
            {row.determination_id for row in rows if row.determination_id}
        )
        erased = ledger.map_erased([row.seq for row in rows])
        for row in rows:
            told = _mapping(as_json(row.data))
            yield from self._in_order(row, told)
            entry = _Entry(row, told, _name_of(row, told), erased.get(row.seq, frozenset()))
            if row.revision_id is not None:
                yield from _version(entry, versions.get(row.revision_id))
            elif row.determination_id is not None:
                yield from _determined(entry, determined.get(row.determination_id))
            else:
                yield from _of_the_log(row)

    def _in_order(self, row: Row, told: Mapping[str, Any]) -> Iterator[str]:
        # Both may end in microseconds or not; the shorter text then stands first.
        logged_at = str(told.get("logged_at", "")).rstrip("Z")
        if logged_at < self._logged_at:
            yield f"Entry {row.seq:,}: it is older than the one before it."
        self._logged_at = logged_at


@dataclass(frozen=True)
class _Entry:
    """An entry, what it tells, what it is called, and which of its fields were erased."""

    row: Row
    told: Mapping[str, Any]
    named: str
    erased: frozenset[str]

    @property
    def fields(self) -> Mapping[str, Any]:
        """Its commitments by name."""
        return _mapping(self.told.get("fields"))

    @property
    def salts(self) -> Mapping[str, Any]:
        """Their salts by name, as far as there are any."""
        return _mapping(self.row.salts)

    def say(self, what: str) -> str:
        """Make a sentence that names the entry and what it is about."""
        return f"{self.named}: {what} (entry {self.row.seq:,})."


def _version(entry: _Entry, version: Version | None) -> Iterator[str]:
    if version is None:
        yield entry.say("it is gone from the database")
        return
    try:
        new = ledgering.told_of_version(version)
        values = ledgering.values_of_version(version)
        found = [*_openly(entry, new), *_values(entry, values)]
    except ODD:
        yield entry.say("its content cannot be read any more")
        return
    yield from found
    if not found and not _is_written_as_we_do(version):
        yield entry.say("its content is not written as the register writes it")


def _determined(entry: _Entry, determined: Determined | None) -> Iterator[str]:
    if determined is None:
        yield entry.say("it is gone from the database")
        return
    try:
        new = ledgering.told_of_determined(determined)
        values = ledgering.values_of_determined(determined)
        yield from [*_openly(entry, new), *_values(entry, values)]
    except ODD:
        yield entry.say("it cannot be read any more")


def _of_the_log(row: Row) -> Iterator[str]:
    try:
        event = Entry.parse(row.data).event
    except Invalid as error:
        yield f"Entry {row.seq:,}: {error}"
        return
    if event not in {Event.LOG_OPEN, Event.KEY_ROTATE, Event.ERASE}:
        yield f"Entry {row.seq:,}: there is nothing in the database that it tells of."


def _openly(entry: _Entry, new: Mapping[str, Any]) -> Iterator[str]:
    plain = {**new, "event": str(new["event"]), "at": write_moment(new["at"])}
    for key, words in TOLD.items():
        if entry.told.get(key) != plain.get(key):
            yield entry.say(f"{words} is not what was logged")


def _values(entry: _Entry, values: Sequence[Committed]) -> Iterator[str]:
    fields, salts, erased = entry.fields, entry.salts, entry.erased
    for value in values:
        if value.name not in erased and (wrong := _wrong(value, fields, salts)):
            yield entry.say(f"{value.name} {wrong}")
    there = {value.name for value in values} | erased
    for name in sorted(set(fields) - there):
        yield entry.say(f"{name} was taken out after it was logged")
    for name in sorted(set(salts) - set(fields)):
        yield entry.say(f"there is a salt of {name}, which was not logged")
    for name in sorted(set(salts) & erased):
        yield entry.say(f"{name} was erased, and its salt is still there")


def _wrong(value: Committed, fields: Mapping[str, Any], salts: Mapping[str, Any]) -> str:
    """Say what is wrong with a value, or nothing."""
    name, kept, _ = value
    if name not in fields:
        return "was added after it was logged"
    if name not in salts:
        return "has lost its salt"
    try:
        is_same = commit(bytes.fromhex(salts[name]), name, kept) == fields[name]
    except ODD:
        is_same = False
    return "" if is_same else "is not what was logged"


def _is_written_as_we_do(version: Version) -> bool:
    """Tell whether the database has, character by character, what the register would write."""
    values = (version.content, version.change_note)
    return all(
        text in {None, "null"} or text in _ways_to_write(value)
        for text, value in zip(version.written, values, strict=True)
    )


def _ways_to_write(value: object) -> Iterator[str]:
    yield json.dumps(value, ensure_ascii=False)
    yield json.dumps(value)  # as it was done in the beginning


def _name_of(row: Row, told: Mapping[str, Any]) -> str:
    if row.determination_id is not None:
        return f"Determination {row.determination_id:,}"
    return f"{told.get('record')}, version {told.get('version')}"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
