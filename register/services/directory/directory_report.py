"""What an import of the directory found: row by row, new, changed, as before, or refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from register.errors import english
from register.services.directory.directory_trail import Change


class RowState(StrEnum):
    """What is to become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Remark:
    """Something to know, or a reason to refuse, about a column of a row."""

    column: str
    text: str

    def to_json(self) -> dict[str, str]:
        """Give it as the report prints it."""
        return {"column": self.column, "text": english(self.text)}


@dataclass(frozen=True)
class Since:
    """The day that a row gives for a body that is known, and the day that is noted of it."""

    given: str
    noted: date | None

    @property
    def is_noted(self) -> bool:
        """Whether the two are the same."""
        return self.noted is not None and self.noted.isoformat() == self.given

    def to_json(self) -> dict[str, Any]:
        """Give it as the report prints it."""
        noted = self.noted.isoformat() if self.noted else None
        return {"given": self.given, "noted": noted, "agrees": self.is_noted}


@dataclass(kw_only=True)
class RowReport:
    """A row of the file. ``since`` is there where a known body's day is given, which changes none.

    ``new_since`` is the day from which a new body is in scope; ``is_past`` says that so much would
    be overdue at once that the day has to be confirmed.
    """

    row: int
    agency: str
    state: RowState = RowState.REFUSED
    changes: list[Change] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    since: Since | None = None
    new_since: date | None = None
    is_past: bool = False

    def refuse(self, found: Iterable[tuple[str, str]]) -> None:
        """Note why the row is refused."""
        for column, text in found:
            self.errors.append(Remark(column, text))
            self.state = RowState.REFUSED

    def to_json(self) -> dict[str, Any]:
        """Give it as the report prints it."""
        return {
            "row": self.row,
            "agency": self.agency,
            "state": self.state.value,
            "changes": {each.column: {"old": each.old, "new": each.new} for each in self.changes},
            "in_scope_from": self.new_since.isoformat() if self.new_since else None,
            "in_scope_from_of_known": self.since.to_json() if self.since else None,
            "errors": [each.to_json() for each in self.errors],
            "remarks": [each.to_json() for each in self.remarks],
        }


@dataclass(kw_only=True)
class Report:
    """All rows of an import. If one is refused, or on a dry run, nothing is stored."""

    rows: list[RowReport]
    is_dry_run: bool
    unknown_columns: tuple[str, ...] = ()

    def count(self, state: RowState) -> int:
        """Tell how many rows are in a state."""
        return sum(row.state is state for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether any row is refused, and with it the file."""
        return self.count(RowState.REFUSED) > 0

    @property
    def has_past(self) -> bool:
        """Whether a row is refused for what would be overdue at once."""
        return any(row.is_past for row in self.rows)

    @property
    def is_stored(self) -> bool:
        """Whether what was found was also done."""
        return not self.is_dry_run and not self.is_refused

    @property
    def errors(self) -> Mapping[str, list[str]]:
        """What is wrong, by row and column: ``3.level``."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            for each in row.errors:
                found.setdefault(f"{row.row}.{each.column}", []).append(each.text)
        return found

    def to_json(self) -> dict[str, Any]:
        """Give the whole report as JSON values, in the order of the file."""
        return {
            "dry_run": self.is_dry_run,
            "stored": self.is_stored,
            "rows": len(self.rows),
            **{state.value: self.count(state) for state in RowState},
            "unknown_columns": list(self.unknown_columns),
            "agencies": [row.to_json() for row in self.rows],
        }
