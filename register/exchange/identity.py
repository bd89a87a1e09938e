"""Who a row is: the key by which a second import finds what the first one made.

Sources leave their ids blank and use some twice, so a key is the agency and the source's id, or
the agency and the name. See :class:`Key` for what happens to repeats.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.exchange.cells.values import fold
from register.exchange.result import ImportedRow

_NOT_WORDS = re.compile(r"[\W_]+")


def normalised_name(text: str) -> str:
    """Give a name's words in lower case, without marks or accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", fold(text))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", bare).strip()


def identity(row: ImportedRow, *, agency: str | None = None, is_id_shared: bool = False) -> str:
    """Give a row's key: ``agency/id/…``, ``agency/name/…``, or ``agency/shared/…`` for both.

    ``agency`` stands in for what the row says of its agency; ``is_id_shared`` says that another
    row of that agency has the same id. The same row always has the same key.
    """
    owner = agency or agency_key(row)
    name = normalised_name(display_name(row))
    if not row.source_id:
        return f"{owner}/name/{name}"
    source_id = fold(row.source_id).replace(" ", "")
    return f"{owner}/shared/{source_id}/{name}" if is_id_shared else f"{owner}/id/{source_id}"


def identities(rows: Sequence[ImportedRow], *, agency: str | None = None) -> tuple[str, ...]:
    """Give each row of a file a key of its own, the same whenever the same rows come again.

    Rows that share agency and id are told apart by their names; rows that share even these get an
    ordinal (``#2``) in the order of the file.
    """
    keys = Keys()
    for row in rows:
        keys.count(row, agency=agency)
    return tuple(keys.give(row, agency=agency).own for row in rows)


@dataclass(frozen=True)
class Key:
    """How a row is called, and what it may be called in the register.

    ``own`` is its key if it is new. It is known again by the first of ``lookups`` that leads to a
    filing, else by ``if_named_alike`` if the filing there has the same name: an id may be one
    system's in one file and several systems' in the next, and no other may take its place.
    """

    own: str
    lookups: tuple[str, ...]
    if_named_alike: str = ""

    def made(self, change: Callable[[str], str]) -> "Key":
        """Give the same with each of its keys changed."""
        lookups = tuple(change(key) for key in self.lookups)
        return Key(change(self.own), lookups, change(self.if_named_alike))


class Keys:
    """The keys of the rows of a file: all are counted first, then each is given its own."""

    def __init__(self) -> None:
        """Begin with a file of which no row was seen."""
        # Of the keys only a number each is kept: a file has many, and most are long.
        self._count: Counter[int] = Counter()
        self._given: Counter[int] = Counter()

    def count(self, row: ImportedRow, *, agency: str | None = None) -> None:
        """Take note of a row."""
        self._count[hash(identity(row, agency=agency))] += 1

    def give(self, row: ImportedRow, *, agency: str | None = None) -> Key:
        """Give the next row its key; rows come in the order in which they were counted."""
        plain = identity(row, agency=agency)
        named = identity(row, agency=agency, is_id_shared=True)
        if self._count[hash(plain)] == 1:
            return Key(plain, tuple(dict.fromkeys((named, plain))))
        self._given[hash(named)] += 1
        ordinal = self._given[hash(named)]
        if ordinal > 1:
            own = f"{named}#{ordinal}"
            return Key(own, (own,))
        return Key(named, (named,), plain if plain != named else "")


def agency_key(row: ImportedRow) -> str:
    """Give what tells a row's agency from others in its file: its abbreviation, else its name."""
    if row.agency.abbreviation:
        return normalised_name(row.agency.abbreviation)
    return normalised_name(next(iter(row.agency.names.values()), ""))


def display_name(row: ImportedRow) -> str:
    """Give the name of the system in the first language it has one in."""
    return name_in(row.content.answers)


def name_in(answers: Mapping[str, Any]) -> str:
    """Give the name among answers, in the first language in which there is one."""
    names = answers.get("name", {})
    return str(next(iter(names.values()), "")) if isinstance(names, Mapping) else ""
