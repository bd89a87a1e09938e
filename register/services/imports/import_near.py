"""New rows whose names are like those of other records: listed for a person, never merged."""

from collections.abc import Mapping
from typing import Any

from register.schemas.namesakes import Names
from register.services.imports.import_report import NearMatch
from register.storage import outlines

Label = str | int  # a filing's reference, or the number of a row


class NearMatches:
    """The names of each agency's records, and of the rows that become new ones."""

    def __init__(self) -> None:
        """Begin without any agency."""
        self._books: dict[str, dict[str, Names[Label]]] = {}

    def open(self, slug: str) -> None:
        """Learn the names of an agency's records, before rows of the file are among them."""
        if slug not in self._books:
            self._books[slug] = {}
            for reference, names in outlines.iterate_names(slug):
                self._add(slug, reference, names)

    def look(self, slug: str, row: int, names: Mapping[str, Any]) -> list[NearMatch]:
        """Give what a new row's name is like, the likest first; then learn the name."""
        self.open(slug)
        found: dict[Label, NearMatch] = {}
        for language, name in names.items():
            book = self._books[slug].get(language)
            for each in book.like(str(name)) if book else ():
                is_filing = isinstance(each.label, str)
                found.setdefault(
                    each.label,
                    NearMatch(
                        row=row,
                        name=str(name),
                        other_name=each.name,
                        likeness=each.likeness,
                        reference=each.label if is_filing else None,  # type: ignore[arg-type]
                        other_row=None if is_filing else each.label,  # type: ignore[arg-type]
                    ),
                )
        self._add(slug, row, names)
        return sorted(found.values(), key=lambda match: -match.likeness)

    def _add(self, slug: str, label: Label, names: Mapping[str, Any]) -> None:
        for language, name in names.items():
            self._books[slug].setdefault(language, Names()).add(label, str(name))
