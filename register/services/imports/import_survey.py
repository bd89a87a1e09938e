"""The first of two readings of a file: what has to be known of the whole before a row is judged."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import BinaryIO

from register.exchange.cells.values import is_blank, one_line
from register.exchange.identity import Key, Keys
from register.exchange.result import ImportedRow, ImportedStream, RejectedRow
from register.services.imports.import_agencies import AgencyFinder
from register.storage.models import Agency

CHUNK = 1024 * 1024  # bytes of a file that are read at a time
EVERY = 100  # rows, between two words about how far the reading is
_MODULUS = 2**256


class Survey:
    """Small facts of a file, however long it is: whose its rows are, their keys, its columns.

    ``rows_hash`` stands for what the rows say, whatever their order, their encoding or the ends of
    their lines.
    """

    def __init__(self, format_name: str, agency: str | None, finder: AgencyFinder) -> None:
        """Begin with a file of this format that is of one ``agency``, or names its agencies."""
        self.format = format_name
        self.agency = agency
        self.file_hash = ""
        self.columns: tuple[str, ...] = ()
        self.rows = 0
        self.agency_rows: Counter[str] = Counter()
        self._finder = finder
        self._keys = Keys()
        self._sum = 0

    @property
    def rows_hash(self) -> str:
        """The same for two files of which each row says the same; empty if there is no row."""
        return f"{self._sum:064x}" if self.rows else ""

    def read(self, source: BinaryIO, stream: ImportedStream, tell: Callable[[int], object]) -> None:
        """Go through a file; ``tell`` how many rows were seen."""
        self.columns = stream.columns
        for row in stream.rows:
            self._take(row)
            if self.rows % EVERY == 0:
                stream.take_remarks()
                tell(self.rows)
        source.seek(0)
        self.file_hash = _hash_of(source)

    def slug_of(self, row: ImportedRow) -> str | None:
        """Give the agency of a row, or ``None`` if it names none."""
        return self.agency or self._finder.slug_for(row.agency)

    @property
    def new_slugs(self) -> list[str]:
        """The agencies that the directory did not have, in the order of the file."""
        return self._finder.new_slugs

    def agency_of(self, slug: str, by: int | None) -> Agency:
        """Give the agency, put into the directory if it is new. Call it inside a transaction."""
        return self._finder.agency(slug, by)

    def key_of(self, row: ImportedRow, slug: str) -> Key:
        """Give the next row's key; an agency's rows have the same in whatever file they come."""
        return self._keys.give(row, agency=slug)

    def _take(self, row: ImportedRow | RejectedRow) -> None:
        self.rows += 1
        self._sum = (self._sum + _number_of(row)) % _MODULUS
        slug = self.slug_of(row) if isinstance(row, ImportedRow) else None
        if isinstance(row, ImportedRow) and slug:
            self.agency_rows[slug] += 1
            self._keys.count(row, agency=slug)


def _hash_of(source: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := source.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _number_of(row: ImportedRow | RejectedRow) -> int:
    """Give a number that stands for what a row says."""
    said = {
        one_line(heading): unicodedata.normalize("NFC", one_line(cell))
        for heading, cell in row.raw.items()
        if not is_blank(cell)
    }
    text = json.dumps(said, sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
