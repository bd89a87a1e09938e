"""What an import did, row by row, in the words of the report that people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from register.errors import Message
from register.exchange.result import Loss, RowWarning
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


@dataclass(kw_only=True)
class Report:
    """Counts and remarks of one import; ``rows`` is the sum of the four counts."""

    format: str
    file: str
    sha256: str
    encoding: str
    is_dry_run: bool
    is_published: bool
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[RowWarning] = field(default_factory=list)
    agencies_created: list[str] = field(default_factory=list)
    unmapped_columns: tuple[str, ...] = ()
    unmapped_values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    lossy: tuple[Loss, ...] = ()

    @property
    def rejected(self) -> int:
        """The number of rows with at least one reason to refuse them."""
        return len({rejection.row for rejection in self.rejections})

    @property
    def rows(self) -> int:
        """The number of rows in the file, blank ones aside."""
        return self.created + self.updated + self.unchanged + self.rejected

    def reject(self, rejections: Iterable[Rejection]) -> None:
        """Note why a row was refused, also among the warnings."""
        for each in rejections:
            self.rejections.append(each)
            message = Message(REJECTED, reason=english(each.reason)).english
            self.warnings.append(RowWarning(each.row, each.column, each.field, message, "rejected"))

    def to_json(self) -> dict[str, Any]:
        """Give the whole report as JSON values, warnings in the order of the file."""
        warnings = sorted(self.warnings, key=lambda warning: warning.row)
        return {
            "format": self.format,
            "file": self.file,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "dry_run": self.is_dry_run,
            "published": self.is_published,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "warnings": [warning.to_json() for warning in warnings],
            "rejections": [rejection.to_json() for rejection in self.rejections],
            "unmapped_columns": list(self.unmapped_columns),
            "unmapped_values": {k: dict(v) for k, v in self.unmapped_values.items()},
            "lossy": [loss.to_json() for loss in self.lossy],
            "agencies_created": list(self.agencies_created),
        }


def english(sentence: str) -> str:
    """Give a sentence in English, with its values if it has any."""
    return sentence.english if isinstance(sentence, Message) else sentence
