"""What an import found: rows that can be used, rows that cannot, and everything worth a remark."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from register.standard.content import Content
from register.standard.marking import _

NO_CONTACT = _("Words without an address are left out.")
NOT_AN_ADDRESS = _("Words in the place of a web address are kept in the source row only.")


@dataclass(frozen=True)
class RowWarning:
    """Something a person should look at.

    ``row`` is the row in the file as a spreadsheet counts it (the header's own for a remark on
    the whole file), ``column`` the source's heading, ``field`` the canonical path or ``""``,
    ``kind`` a short code by which warnings of one sort are counted.
    """

    row: int
    column: str
    field: str
    message: str
    kind: str

    def to_json(self) -> dict[str, str | int]:
        """Give it as the report of an import prints it."""
        return {
            "row": self.row,
            "column": self.column,
            "field": self.field,
            "message": self.message,
        }


@dataclass(frozen=True)
class AgencyHint:
    """What a row says of the body it comes from; the importing service finds the agency.

    ``level`` is the level of government that its name tells (:data:`register.standard.LEVELS`).
    """

    names: Mapping[str, str] = field(default_factory=dict)
    abbreviation: str | None = None
    level: str | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedRow:
    """A row that says enough to become a disclosure.

    ``content`` holds only what the source says: blanks are absent. ``raw`` holds every column of
    the source under its heading (``"heading (2)"`` for the second of that name), as it was but for
    personal e-mail addresses. ``withheld_ground`` is our code of the ground on which the source
    says that this case is withheld, and ``withheld_text`` the source's own words for it.
    """

    number: int
    source_id: str | None
    agency: AgencyHint
    content: Content
    raw: Mapping[str, str]
    warnings: tuple[RowWarning, ...] = ()
    withheld_ground: str | None = None
    withheld_text: str | None = None


@dataclass(frozen=True)
class RejectedRow:
    """A row that becomes no disclosure, and why: it cannot be used or, ``is_idle``, tells of none.

    An idle row is sound: it says that a use does not occur, or repeats an older state.
    """

    number: int
    reason: str
    raw: Mapping[str, str] = field(default_factory=dict)
    is_idle: bool = False


@dataclass(frozen=True)
class Loss:
    """What cannot be carried from ``column`` into ``field``, as a mapping declares it.

    ``kind`` is that of the remark which an import makes wherever it happens; ``""`` if it is in the
    nature of the column and no row is remarked upon.
    """

    column: str
    field: str
    reason: str
    kind: str = ""

    def to_json(self) -> dict[str, str]:
        """Give it as the report of an import prints it."""
        return {"column": self.column, "field": self.field, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class ImportedStream:
    """A file to which a mapping is applied row by row, while one goes through ``rows``, once.

    ``remarks`` are those on the file itself and on its shape, ``unmapped_values`` counts, by
    column, the enumeration values that the mapping does not know; both grow with the rows.
    """

    encoding: str
    columns: tuple[str, ...]
    rows: Iterator[ImportedRow | RejectedRow]
    remarks: list[RowWarning]
    unmapped_columns: tuple[str, ...]
    lossy: tuple[Loss, ...]
    unmapped_values: Mapping[str, Mapping[str, int]]

    def take_remarks(self) -> list[RowWarning]:
        """Give the remarks that came up since the last time, and keep them no longer."""
        taken = list(self.remarks)
        self.remarks.clear()
        return taken


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """A whole file after a mapping was applied, with the rows in the file's order.

    ``warnings`` are those on the file itself, each row has its own; ``unmapped_values`` counts,
    by column, the enumeration values that the mapping does not know.
    """

    encoding: str
    rows: tuple[ImportedRow | RejectedRow, ...]
    warnings: tuple[RowWarning, ...]
    unmapped_columns: tuple[str, ...]
    lossy: tuple[Loss, ...]
    unmapped_values: Mapping[str, Mapping[str, int]]

    @property
    def imported(self) -> tuple[ImportedRow, ...]:
        """The rows that can be used."""
        return tuple(row for row in self.rows if isinstance(row, ImportedRow))

    @property
    def rejected(self) -> tuple[RejectedRow, ...]:
        """The rows that cannot."""
        return tuple(row for row in self._others if not row.is_idle)

    @property
    def idle(self) -> tuple[RejectedRow, ...]:
        """The rows that are sound and tell of no disclosure."""
        return tuple(row for row in self._others if row.is_idle)

    @property
    def _others(self) -> tuple[RejectedRow, ...]:
        return tuple(row for row in self.rows if isinstance(row, RejectedRow))

    @property
    def all_warnings(self) -> tuple[RowWarning, ...]:
        """The file's own warnings, then those of each row."""
        return self.warnings + tuple(warning for row in self.imported for warning in row.warnings)

    @property
    def warnings_by_kind(self) -> Mapping[str, int]:
        """How many warnings there are of each kind, the commonest first."""
        return dict(Counter(warning.kind for warning in self.all_warnings).most_common())
