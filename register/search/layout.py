"""How a disclosure lies in the index: its facets, its languages, and one packed row of facts."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from register.search import language
from register.search.document import Document
from register.standard.field import Standard

#: The indexed texts, in the order in which a match counts.
TEXT_FIELDS = ("name", "summary", "body")

#: The facets that every register has, whatever the standard asks.
SYSTEM_FACETS = ("agency", "level", "year")

_ROW_SEPARATOR = b"\x1e"
_VALUE_SEPARATOR = b"\x1f"
_VERSION = 4
_DIGEST_LETTERS = 16


def facets_of(standard: Standard) -> tuple[str, ...]:
    """Name the facets that a register of ``standard`` has, in the order in which they are shown."""
    asked = tuple(field.name for field in standard.facets if field.name not in SYSTEM_FACETS)
    return SYSTEM_FACETS + asked


@dataclass(frozen=True)
class Row:
    """What the index keeps of a document besides its words, as bytes.

    ``digest`` names all that was indexed of it, so that an outdated document can be told.
    """

    reference: bytes
    digest: bytes
    updated: int
    lengths: tuple[int, ...]
    facets: tuple[tuple[bytes, ...], ...]
    sort_keys: tuple[bytes, ...]


@dataclass(frozen=True)
class Layout:
    """The facets and languages of an index, in a fixed order."""

    facets: tuple[str, ...]
    languages: tuple[str, ...]

    @classmethod
    def of(cls, standard: Standard, languages: Sequence[str]) -> "Layout":
        """Lay out an index for ``standard``, with names sorted in each of ``languages``."""
        return cls(facets=facets_of(standard), languages=tuple(languages))

    @property
    def schema_hash(self) -> str:
        """Name this layout and analysis; an index with another name must be rebuilt."""
        said = repr((_VERSION, TEXT_FIELDS, self, language.fingerprint()))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def row(self, document: Document, stems: Mapping[str, Sequence[str]]) -> Row:
        """Give the row of a document whose texts have these ``stems``."""
        facets = (document.facets.get(name, ()) for name in self.facets)
        return Row(
            reference=document.reference.encode(),
            digest=digest_of(document),
            updated=document.updated,
            lengths=tuple(
                sum(stem != language.BOUNDARY for stem in stems[name]) for name in TEXT_FIELDS
            ),
            facets=tuple(tuple(v.encode("utf-8", "ignore") for v in values) for values in facets),
            sort_keys=tuple(
                language.sort_key(document.sort_names.get(code, ""), code)
                for code in self.languages
            ),
        )

    def blank_row(self) -> Row:
        """Give the row of what is no disclosure."""
        return Row(
            reference=b"",
            digest=b"",
            updated=0,
            lengths=(0,) * len(TEXT_FIELDS),
            facets=((),) * len(self.facets),
            sort_keys=(b"",) * len(self.languages),
        )

    def pack(self, row: Row) -> bytes:
        """Write a row; :meth:`unpack` reads it."""
        facets = (_VALUE_SEPARATOR.join(map(_clean, values)) for values in row.facets)
        numbers = (str(number).encode() for number in (row.updated, *row.lengths))
        head = (row.reference, row.digest, *numbers)
        return _ROW_SEPARATOR.join((*head, *facets, *map(_clean, row.sort_keys)))

    def unpack(self, packed: bytes) -> Row:
        """Read what :meth:`pack` wrote; raise :exc:`ValueError` if it is something else."""
        cells = packed.split(_ROW_SEPARATOR)
        lengths_end = 3 + len(TEXT_FIELDS)
        facets_end = lengths_end + len(self.facets)
        if len(cells) != facets_end + len(self.languages):
            message = "a row of the index has another layout"
            raise ValueError(message)
        return Row(
            reference=cells[0],
            digest=cells[1],
            updated=int(cells[2]),
            lengths=tuple(map(int, cells[3:lengths_end])),
            facets=tuple(
                tuple(cell.split(_VALUE_SEPARATOR)) if cell else ()
                for cell in cells[lengths_end:facets_end]
            ),
            sort_keys=tuple(cells[facets_end:]),
        )


def digest_of(document: Document) -> bytes:
    """Name all that is indexed of a document, the same in every process."""
    said = json.dumps(vars(document), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGEST_LETTERS].encode()


def _clean(value: bytes) -> bytes:
    return value.replace(_ROW_SEPARATOR, b"").replace(_VALUE_SEPARATOR, b"")
