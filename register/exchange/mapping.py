"""The words in which a dialect is written down: which foreign column is which answer of ours.

A mapping is data, so that one table serves the import, the export and the printed crosswalk. The
few things that need code (a date whose meaning depends on the phase) are in one function a format.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from register.exchange.cells.headings import Headings
from register.exchange.cells.values import ValueMap, fold
from register.exchange.draft import Cells, Draft
from register.exchange.files.reading import Table
from register.exchange.result import AgencyHint, Loss


@dataclass(frozen=True, kw_only=True)
class Link:
    """One foreign column and the canonical path it answers, such as ``risks.0.description``.

    ``occurrence`` tells columns with the same heading apart, from 1. ``transform`` names how a
    cell becomes an answer (:data:`register.exchange.cells.transforms.TRANSFORMS`) and an answer a
    cell (:data:`register.exchange.cells.writers.WRITERS`), or is ``"special"`` where the format's
    own code does it. ``otherwise`` is the option for a value that ``values`` does not know
    (``""``: none). With ``needs`` the answer stands only if that path is answered. Of several links
    to one path the first answer stands; a different one from a later link is remarked upon, unless
    that is a ``is_fallback``, which is never written. ``separator`` stands between several values
    in a cell; ``"[]"`` means a list in Python's form, ``"json"`` one in JSON's. No ``language``
    means that of the row. ``most`` is the number of characters that the standard admits (0: any).
    The ``parts`` of a list of objects are links too: each from a name in the object to a part of
    the item, whose list begins at ``path``.
    """

    column: str
    path: str
    transform: str = "text"
    occurrence: int = 1
    language: str = "en"
    values: ValueMap | None = None
    otherwise: str = ""
    needs: str = ""
    is_fallback: bool = False
    separator: str = "; "
    most: int = 0
    parts: tuple["Link", ...] = ()

    @property
    def field(self) -> str:
        """The canonical field that the path begins with."""
        return self.path.partition(".")[0]


@dataclass(frozen=True)
class Constant:
    """What goes without saying in this dialect: put at ``path`` if ``given`` is answered."""

    path: str
    value: str
    given: str


Record = Mapping[str, Any]  # a disclosure as ``schemas.present`` gives it to the public
Row = dict[str, str]  # one cell a column


IsHeading = Callable[[str], bool]
Opener = Callable[[IsHeading], Table]  # reads the file from its beginning, each time anew


def _leave(*_: object) -> None:
    """Change nothing: for a format that needs no code of its own."""


def _as_it_is(open_as: Opener, is_heading: IsHeading) -> Table:
    """Read a file as the table that it is: for a format whose files always are one."""
    return open_as(is_heading)


def _everything(_record: Record) -> str:
    """Leave no record out."""
    return ""


def _one_row(row: Row) -> Sequence[Row]:
    """Give a record the one row."""
    return (row,)


def _no_language(*_: object) -> str:
    """Give no language: for a format whose rows do not say theirs."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How records are written in a dialect.

    ``columns`` stand in the standard's order, those that nothing answers included. ``files`` are
    the kinds of file in which it is given, the commonest first. ``kinds`` of record have a row,
    unless ``left_out`` gives a sentence why one has none. ``finish`` puts into a row what takes
    code. ``rows`` are those that a record has in a table, ``shape`` its form in a JSON file; both
    are made of its row.
    """

    columns: tuple[str, ...]
    files: tuple[str, ...] = ("csv", "xlsx")
    kinds: frozenset[str] = frozenset({"system", "grouped_cots", "withheld_stub"})
    left_out: Callable[[Record], str] = _everything
    finish: Callable[[Record, Row], None] = _leave
    rows: Callable[[Row], Sequence[Row]] = _one_row
    shape: Callable[[Row], Any] = dict


@dataclass(frozen=True, kw_only=True)
class Format:
    """A dialect: its columns, what they mean, what is lost, and the code that they need.

    ``required`` columns must be there, and more than the part ``least_known`` of the headings must
    be known, or the file is refused; ``headings`` gives the columns of other headings
    (:mod:`register.exchange.cells.headings`), or ``find_heading`` alone finds the column of any
    heading. Columns in ``repeated`` may stand any number of times. A cell that
    begins with ``withheld_mark`` says that its answer is withheld. ``prepare`` makes a table of a
    file that is laid out otherwise, or of which one row depends on others; ``agency`` reads who
    filed a row, ``complete`` finishes a draft. ``notes`` say in sentences what the code does, for
    those who read the mapping as a table; ``source`` says where the standard is defined.
    ``is_read`` tells whether files in it can be taken in, ``writing`` how they are made, if they
    are. Where ``identifier`` is blank, the first of ``other_identifiers`` that is not tells a row
    apart. ``language`` reads which language a row's texts are in, if its rows say so; otherwise it
    is the first of ``languages``.
    """

    name: str
    title: str
    languages: tuple[str, ...]
    links: tuple[Link, ...]
    constants: tuple[Constant, ...] = ()
    losses: tuple[Loss, ...] = ()
    required: tuple[str, ...] = ()
    least_known: float = 0
    identifier: str = ""
    other_identifiers: tuple[str, ...] = ()
    language: Callable[[Cells, Draft], str] = _no_language
    headings: Mapping[str, str] = field(default_factory=dict)
    find_heading: Callable[[str], str | None] | None = None
    repeated: frozenset[str] = frozenset()
    withheld_mark: str = ""
    prepare: Callable[[Opener, IsHeading], Table] = _as_it_is
    agency: Callable[[Cells], AgencyHint]
    complete: Callable[[Cells, Draft], None] = _leave
    notes: tuple[str, ...] = ()
    source: str = ""
    is_read: bool = True
    writing: Writing | None = None

    @property
    def columns(self) -> tuple[tuple[str, int], ...]:
        """Every column that the mapping reads, with its occurrence, each once."""
        return tuple(dict.fromkeys((link.column, link.occurrence) for link in self.links))

    def is_extra(self, column: str, occurrence: int) -> bool:
        """Tell whether nobody misses a column: what it says is only what another may say too."""
        return all(
            link.is_fallback
            for link in self.links
            if (link.column, link.occurrence) == (column, occurrence)
        )

    @cached_property
    def _by_heading(self) -> Headings:
        columns = {column: column for column, _ in self.columns}
        return Headings(columns | {k: v for k, v in self.headings.items() if k not in columns})

    def column_of(self, heading: str) -> str | None:
        """Find the column that a heading in a file stands for; ``None`` if it is not known."""
        return (self.find_heading or self._by_heading.find)(heading)

    def columns_of(self, header: Sequence[str]) -> tuple[str | None, ...]:
        """Find the column of each heading of a table; of rivals for one column the surest."""
        if self.find_heading is not None:
            return tuple(map(self.find_heading, header))
        return self._by_heading.assign(header)

    def is_header(self, header: Sequence[str]) -> bool:
        """Tell whether enough headings of a table are known for it to be of this dialect."""
        said = [heading for heading in header if heading]
        return sum(map(bool, map(self.column_of, said))) > self.least_known * len(said)

    def is_withheld(self, cell: str) -> bool:
        """Tell whether a cell stands in for an answer that is withheld."""
        return bool(self.withheld_mark) and fold(cell).startswith(fold(self.withheld_mark))
