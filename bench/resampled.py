"""Disclosures drawn from the inventories that governments published: their words, their lengths.

Each takes its shape, its choices and its public body from one published row, and its texts sentence
by sentence from whatever rows say in the same place and the same language. The name ends in a word
of its own, as products have them, so that the vocabulary grows with the register.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.corpus import Corpus
from register.exchange.formats import get_format
from register.exchange.importing import stream_file
from register.exchange.mapping import Format
from register.exchange.result import ImportedRow

FOLDER = Path(__file__).parents[2] / "shared" / "data"
FILES = {
    "us-omb-2025.csv": "omb-2025",
    "us-omb-2024.csv": "omb-2024",
    "us-eo13960-2023.csv": "eo13960-2023",
    "ca-register-2025.csv": "canada-2025",
    "us-nyc-ll35.csv": "nyc-ll35",
}
LEVELS = {"ca-register-2025.csv": "federal", "us-nyc-ll35.csv": "local"}
LONGEST_SLUG = 60

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\s*\n\s*")

#: A row's answers and its public body, as public JSON has them.
Shape = tuple[Mapping[str, Any], Mapping[str, Any]]


def make_corpus(size: int) -> Corpus:
    """Give ``size`` disclosures: resampled where the inventories are at hand, else generated."""
    return Resampled(size) if (FOLDER / next(iter(FILES))).exists() else Corpus(size)


class Resampled(Corpus):
    """Disclosures resampled from published ones, always the same, each different."""

    def __init__(self, size: int) -> None:
        """Read the inventories, and draw ``size`` disclosures from a fixed seed."""
        self._shapes = list(_published())
        self._sentences: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for answers, _agency in self._shapes:
            for place, text in _texts(answers, ()):
                self._sentences[place] += _split(text)
        super().__init__(size)

    def publication(self, number: int) -> dict[str, Any]:
        """Draw one."""
        shape, agency = self._random.choice(self._shapes)
        answers = self._drawn(shape, ())
        answers["name"] = {
            code: f"{name} {self._word().capitalize()}{number}"
            for code, name in answers["name"].items()
        }
        when, pick = f"{self._random.choice(range(2023, 2026))}", self._random.choice
        return {
            "reference": f"AIR-2026-{number:06}",
            "standard": "v1",
            "status": "published",
            "first_published_at": f"{when}-01-01T00:00:00Z",
            "published_at": f"{when}-{pick(range(1, 13)):02}-{pick(range(1, 28)):02}T00:00:00Z",
            "agency": agency,
            "answers": answers,
        }

    def _drawn(self, value: Any, place: tuple[str, ...]) -> Any:
        """Give an answer anew, each of its texts with as many sentences as before."""
        if isinstance(value, list):
            return [self._drawn(each, place) for each in value]
        if not isinstance(value, Mapping):
            return value
        drawn = {}
        for key, inner in value.items():
            there = (*place, key)
            pool = self._sentences.get(there) if isinstance(inner, str) else None
            drawn[key] = (
                " ".join(self._random.choice(pool) for _ in _split(inner))
                if pool
                else self._drawn(inner, there)
            )
        return drawn


def _published() -> Iterator[Shape]:
    for name, format_name in FILES.items():
        dialect = get_format(format_name)
        if (FOLDER / name).exists() and isinstance(dialect, Format):
            with (FOLDER / name).open("rb") as file:
                for row in stream_file(file, dialect, file=name).rows:
                    if isinstance(row, ImportedRow) and "name" in row.content.answers:
                        yield row.content.answers, _agency(row, LEVELS.get(name, "federal"))


def _agency(row: ImportedRow, level: str) -> dict[str, Any]:
    names = dict(row.agency.names) if row.agency else {"en": "An agency"}
    slug = re.sub(r"[^a-z0-9]+", "-", next(iter(names.values()), "x").casefold()).strip("-")
    return {
        "slug": slug[:LONGEST_SLUG] or "x",
        "name": names,
        "abbreviation": (row.agency.abbreviation if row.agency else "") or "",
        "level": level,
    }


def _texts(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the texts of an answer in a language, each with its place."""
    if isinstance(value, list):
        for each in value:
            yield from _texts(each, place)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str) and _is_language(key):
                yield (*place, key), inner
            else:
                yield from _texts(inner, (*place, key))


def _is_language(key: str) -> bool:
    return key in {"en", "fr", "nl"}


def _split(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence] or [""]
