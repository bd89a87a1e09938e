"""What an import did, row by row, in the words of the report that people read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from register.errors import Message, english
from register.exchange.result import Loss, RowWarning
from register.services.imports.import_spool import Spool
from register.standard.marking import _

REJECTED = _("The row was rejected: %(reason)s")


@dataclass(frozen=True)
class Rejection:
    """A row that was not taken in: where in the file, which answer, and why."""

    row: int
    column: str
    field: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Give it as the report prints it."""
        return {
            "row": self.row,
            "column": self.column,
            "field": self.field,
            "reason": english(self.reason),
        }


@dataclass(frozen=True, kw_only=True)
class NearMatch:
    """A new row whose name is like another's of the same agency: for a person to look at.

    The other is a filing (``reference``) or an earlier new row of the file (``other_row``).
    ``likeness`` is 1 where the names say the same.
    """

    row: int
    name: str
    other_name: str
    likeness: float
    reference: str | None = None
    other_row: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Give it as the report prints it."""
        return {
            "row": self.row,
            "name": self.name,
            "reference": self.reference,
            "other_row": self.other_row,
            "other_name": self.other_name,
            "likeness": self.likeness,
        }


@dataclass(frozen=True, kw_only=True)
class Shrinkage:
    """What the last file of this format had for these agencies and this one has not.

    ``missing_agencies`` gives the rows that agencies had of which this file has none at all.
    """

    last_file: str
    last_rows: int
    rows: int
    missing_columns: tuple[str, ...] = ()
    missing_agencies: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give it as the report prints it."""
        return {
            "last_file": self.last_file,
            "last_rows": self.last_rows,
            "rows": self.rows,
            "missing_columns": list(self.missing_columns),
            "missing_agencies": dict(self.missing_agencies),
        }


def _spool_of_warnings() -> Spool[RowWarning]:
    return Spool(
        lambda each: [each.row, each.column, each.field, each.message, each.kind],
        lambda packed: RowWarning(*packed),
    )


def _spool_of_rejections() -> Spool[Rejection]:
    def pack(each: Rejection) -> list[Any]:
        values = dict(each.reason.values) if isinstance(each.reason, Message) else None
        return [each.row, each.column, each.field, str(each.reason), values]

    def unpack(packed: list[Any]) -> Rejection:
        row, column, path, text, values = packed
        return Rejection(row, column, path, text if values is None else Message(text, **values))

    return Spool(pack, unpack)


def _spool_of_near_matches() -> Spool[NearMatch]:
    return Spool(NearMatch.to_json, lambda packed: NearMatch(**packed))


@dataclass(kw_only=True)
class Report:
    """Counts and remarks of one import; ``rows`` is the sum of the four counts.

    Remarks on rows are in the order of the file. ``absent`` are the references of filings that came
    from such a file before and have no row in this one, ``shrinkage`` says how this file is smaller
    than the last, if it is.
    """

    format: str
    file: str
    sha256: str
    encoding: str
    is_dry_run: bool
    is_published: bool
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejections: Spool[Rejection] = field(default_factory=_spool_of_rejections)
    warnings: Spool[RowWarning] = field(default_factory=_spool_of_warnings)
    near_matches: Spool[NearMatch] = field(default_factory=_spool_of_near_matches)
    absent: list[str] = field(default_factory=list)
    shrinkage: Shrinkage | None = None
    agencies_created: list[str] = field(default_factory=list)
    unmapped_columns: tuple[str, ...] = ()
    unmapped_values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    lossy: tuple[Loss, ...] = ()

    @property
    def rows(self) -> int:
        """The number of rows in the file, blank ones aside."""
        return self.created + self.updated + self.unchanged + self.rejected

    def reject(self, rejections: Sequence[Rejection]) -> None:
        """Note why one row was refused, also among the warnings."""
        self.rejected += 1
        for each in rejections:
            self.rejections.append(each)
            message = Message(REJECTED, reason=english(each.reason)).english
            self.warnings.append(RowWarning(each.row, each.column, each.field, message, "rejected"))

    def to_json(self) -> dict[str, Any]:
        """Give the whole report as JSON values, warnings in the order of the file."""
        return {name: list(v) if isinstance(v, Iterator) else v for name, v in self._parts()}

    def write_json(self, file: TextIO) -> None:
        """Write the whole report as JSON, without holding it in memory."""
        begin = "{"
        for name, value in self._parts():
            file.write(f"{begin}\n {json.dumps(name)}: ")
            if isinstance(value, Iterator):
                _write_list(value, file)
            else:
                file.write(json.dumps(value, ensure_ascii=False))
            begin = ","
        file.write("\n}\n")

    def _parts(self) -> Iterator[tuple[str, Any]]:
        """Give name and value of each part; a long list as an iterator."""
        yield "format", self.format
        yield "file", self.file
        yield "sha256", self.sha256
        yield "encoding", self.encoding
        yield "dry_run", self.is_dry_run
        yield "published", self.is_published
        for name in ("rows", "created", "updated", "unchanged", "rejected"):
            yield name, getattr(self, name)
        yield "warnings", (warning.to_json() for warning in self.warnings)
        yield "rejections", (rejection.to_json() for rejection in self.rejections)
        yield "near_matches", (match.to_json() for match in self.near_matches)
        yield "absent", list(self.absent)
        yield "shrinkage", self.shrinkage.to_json() if self.shrinkage else None
        yield "unmapped_columns", list(self.unmapped_columns)
        yield "unmapped_values", {k: dict(v) for k, v in self.unmapped_values.items()}
        yield "lossy", [loss.to_json() for loss in self.lossy]
        yield "agencies_created", list(self.agencies_created)


def _write_list(values: Iterator[Any], file: TextIO) -> None:
    begin = "["
    for value in values:
        file.write(f"{begin}\n  {json.dumps(value, ensure_ascii=False)}")
        begin = ","
    file.write("[]" if begin == "[" else "\n ]")
