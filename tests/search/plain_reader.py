"""One document, read from its texts alone."""

from collections.abc import Sequence
from datetime import UTC, datetime

from register.search import language
from register.search.document import Document
from register.search.nodes import Near, Prefix, Unit, Word
from tests.search.spelling_distance import distance

FIELDS = ("name", "summary", "body")


class Reader:
    """One document, read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.rows: dict[str, list[list[str]]] = {}
        self.surfaces: set[str] = set()
        for field in FIELDS:
            texts = document.texts[field]
            readings = [language.readings(text.said, text.language) for text in texts]
            self.rows[field] = [[reading.stem for reading in row] for row in readings]
            written = [r for r, text in zip(readings, texts, strict=True) if text.is_written]
            self.surfaces |= {r.surface for row in written for r in row if "-" not in r.surface}
        self.lengths = {field: sum(map(len, self.rows[field])) for field in FIELDS}
        moment = datetime.fromtimestamp(document.updated, UTC)
        self.day = moment.date().isoformat()

    def times(self, field: str, stems: Sequence[str]) -> int:
        return sum(row.count(stem) for row in self.rows[field] for stem in stems)

    def has_run(self, words: Sequence[Sequence[str]]) -> bool:
        """Tell whether one text has these words, each by its stems, one after another."""
        return any(
            all(stem in stems for stem, stems in zip(row[start:], words, strict=False))
            for rows in self.rows.values()
            for row in rows
            for start in range(len(row) - len(words) + 1)
        )

    def misses(self, unit: Prefix | Near) -> list[int]:
        """Give, for each whole word that a unit stands for, in how many letters it is wrong."""
        if isinstance(unit, Prefix):
            return [0 for word in self.surfaces if word.startswith(unit.start)]
        alike = [word for word in self.surfaces if word[0] == unit.surface[0]]
        away = [distance(unit.surface, word) for word in alike]
        return [letters for letters in away if letters <= unit.distance]

    def has(self, unit: Unit) -> bool:
        if not isinstance(unit, Word):
            return bool(self.misses(unit))
        runs = [[unit.variants], *([[stem] for stem in other.stems] for other in unit.alternatives)]
        return any(self.has_run(run) for run in runs)
