"""Checking the values in a bundle: each is the one that its entry is bound to, and none is missing.

What the public may read is told, unless an entry of the log says that it was erased. What that is
follows from the entry and the standard that it names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from register.errors import Invalid
from register.ledger import canonical
from register.ledger.bundle_file import DETERMINATIONS, DISCLOSURES
from register.ledger.bundle_findings import Problem, Tally, Tampering
from register.ledger.bundle_log import BundledLog
from register.ledger.commitments import commit
from register.ledger.entries import Entry, Event
from register.standard.bound import PRIVATE, is_open_fact

_NEVER = ("author", "approver")
_SALT = re.compile(r"[0-9a-f]{32}")
_REVISIONS = frozenset({Event.PUBLISH, Event.AMEND, Event.WITHDRAW})
_KEYS = {
    DISCLOSURES: {"seq", "reference", "version", "fields"},
    DETERMINATIONS: {"seq", "fields"},
}


def check_values(files: Mapping[str, bytes], log: BundledLog) -> tuple[Tally, list[Problem]]:
    """Give how many values there are, and all that shows that they are not what was told."""
    check = _Check(log, files)
    told: dict[int, Any] = {}
    for name in (DISCLOSURES, DETERMINATIONS):
        told |= dict(check.rows(name))
    for seq, entry in enumerate(log.entries):
        if entry is not None:
            check.entry(seq, entry, told.get(seq, {}))
    return Tally(told=check.told, closed=check.closed, erased=check.erased), check.problems


@dataclass
class _Check:
    log: BundledLog
    files: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    told: int = 0
    closed: int = 0
    erased: int = 0

    def __post_init__(self) -> None:
        self._erased = self.log.erased
        self._standards: dict[str, frozenset[str]] = {}
        self._withheld = {
            (entry.record, entry.version): _withheld(entry)
            for entry in self.log.entries
            if entry is not None and entry.event in _REVISIONS
        }

    def rows(self, file: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Read the rows of a file, each with the number of its entry, in their order."""
        last = -1
        for number, line in enumerate(self.files[file].split(b"\n")[:-1], start=1):
            row = _read(line)
            if row is None or set(row) != _KEYS[file] or not self._fits(file, row):
                self._add(
                    Tampering.VALUE,
                    f"{file}, line {number}: this is no row for an entry of the log.",
                )
            elif row["seq"] <= last:
                self._add(
                    Tampering.REORDERED,
                    f"{file}, line {number}: rows stand in the order of entries.",
                )
            else:
                last = row["seq"]
                yield last, row["fields"]
        if not self.files[file].endswith(b"\n") and self.files[file]:
            self._add(Tampering.FILE, f"{file} is cut short.")

    def entry(self, seq: int, entry: Entry, fields: Mapping[str, Any]) -> None:
        """Check the values of an entry, and that none is missing."""
        for name, opening in fields.items():
            if name not in entry.fields:
                self._add(Tampering.VALUE, f"{_called(seq, entry)}: it is bound to no {name}.")
            elif not _is_bound(entry.fields[name], name, opening):
                self._add(
                    Tampering.VALUE, f"{_called(seq, entry)}: the value of {name} was changed."
                )
            self.told += 1
        for name in entry.fields:
            if name in fields:
                continue
            if (seq, name) in self._erased:
                self.erased += 1
            elif self._is_public(name, entry):
                why = "is missing, and no entry says that it was erased"
                self._add(Tampering.ERASED, f"{_called(seq, entry)}: {name} {why}.")
            else:
                self.closed += 1

    def _is_public(self, name: str, entry: Entry) -> bool:
        if name.endswith(PRIVATE) or entry.standard is None:
            return False
        if entry.event is Event.DETERMINE:
            hidden = self._withheld.get((entry.record, entry.version), frozenset())
            return is_open_fact(name, hidden)
        kind, _, question = name.partition(".")
        if kind in {"answers", "withheld"}:
            is_hidden = kind == "answers" and question in _withheld(entry)
            return question in self._public(entry.standard) and not is_hidden
        return name not in _NEVER

    def _public(self, standard: str) -> frozenset[str]:
        if standard not in self._standards:
            file = f"standards/{standard}.json"
            found = _public_questions(self.files.get(file, b""))
            if found is None:
                self._add(
                    Tampering.FILE, f"{file} is missing or does not say what the public may read."
                )
            self._standards[standard] = found or frozenset()
        return self._standards[standard]

    def _fits(self, file: str, row: Mapping[str, Any]) -> bool:
        seq, entries = row["seq"], self.log.entries
        if not isinstance(seq, int) or not 0 <= seq < len(entries):
            return False
        entry = entries[seq]
        if entry is None or not isinstance(row["fields"], dict):
            return False
        if file == DETERMINATIONS:
            return entry.event is Event.DETERMINE
        stated = (row["reference"], row["version"])
        return entry.event in _REVISIONS and stated == (entry.record, entry.version)

    def _add(self, kind: Tampering, sentence: str) -> None:
        self.problems.append(Problem(kind, sentence))


def _withheld(entry: Entry) -> frozenset[str]:
    names = (
        name.removeprefix("withheld.") for name in entry.fields if name.startswith("withheld.")
    )
    return frozenset(name for name in names if not name.endswith(PRIVATE))


def _read(line: bytes) -> Any:
    try:
        row = canonical.decode(line)
    except Invalid:
        return None
    return row if isinstance(row, dict) else None


def _is_bound(commitment: str, name: str, opening: Any) -> bool:
    if not isinstance(opening, list) or len(opening) != 2:
        return False
    salt, value = opening
    if not isinstance(salt, str) or not _SALT.fullmatch(salt):
        return False
    return commit(bytes.fromhex(salt), name, value) == commitment


def _public_questions(data: bytes) -> frozenset[str] | None:
    """Read which questions of a standard have answers that the public may read."""
    try:
        fields = canonical.decode(data)["fields"]
        return frozenset(each["name"] for each in fields if each["public"] is True)
    except (Invalid, KeyError, TypeError):
        return None


def _called(seq: int, entry: Entry) -> str:
    if entry.record is None:
        return f"Entry {seq}"
    return f"Entry {seq} ({entry.record}, version {entry.version})"
