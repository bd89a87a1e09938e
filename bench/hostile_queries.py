"""What somebody types who wants a search to fail: known attacks, and any number of made-up ones."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.engines import FACETS, Entry
from register.search import SORTS, Query
from register.search.language import surface, words

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ODD = (
    "ﷺ", "a\u0300\u0301\u0302", "\ud800", "\u202e", "\x00", "\u200f", "🤖", "ß", "İ", "ſ", "ﬁ",
    "½", "٪", "۲۰۲۵", "مصنوعی", "ذہانت", "ی", "ـــ", "évaluations", "œuvre", "Ǆ", "\u0661",
    "\ue000", "\U0010ffff",
)  # fmt: skip
_NAMES = ("phase", "year", "agency", "body", "level", "updated", "impact", "domain", "technique")
_SAID = ("*", "a", "pilot", "1..9999", ">=2000", "<2099-12-31", "2024..", "of", "-", "in use", "xx")


class Asked(NamedTuple):
    """A query, and the kind of attack that it is."""

    kind: str
    query: Query


class Hostile:
    """Draws on what the records say, since rare words are no load; always the same."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Count words in at most 5,000 records."""
        seen: Counter[str] = Counter()
        bodies: Counter[str] = Counter()
        self._spoken = next((w[:60] for w in (words(e.body) for e in entries) if len(w) > 60), [])
        for entry in entries[:5000]:
            seen.update({surface(word) for word in words(f"{entry.summary} {entry.body}")})
            bodies.update(entry.facets.get("agency", ()))
        self._seen = [word for word, _ in seen.most_common() if len(word) > 3]
        self._bodies = [body for body, _ in bodies.most_common()]
        starts = Counter(word[:2] for word in self._seen)
        self._starts = [start for start, _ in starts.most_common(200)]

    def known(self) -> list[Asked]:
        """Give the attacks on search engines that are known to work somewhere."""
        common, starts = self._seen, self._starts
        texts = {
            "star": "*",
            "one letter and star": "a*",
            "question marks": "?????*",
            "star around a letter": "*a*",
            "ten wildcards": " ".join(f"*{letter}*" for letter in _LETTERS[:10]),
            "range of words": "[a TO z]",
            "range in braces": "{a TO z}",
            "distance of four": f"{common[0]}~4",
            "boost": f"{common[0]}^99999999",
            "500 OR": " OR ".join(common[:500]),
            "2,000 AND": " AND ".join(common[number % len(common)] for number in range(2000)),
            "1,000 parentheses": "(" * 1000 + common[0] + ")" * 1000,
            "500 NOT": "NOT " * 500 + common[0],
            "NOT NOT": f"NOT NOT {common[0]}",
            "8 kB of stars": "*" * 8192,
            "300 one-letter words": "a b c d e f " * 25,
            "a phrase of common words": f'"{" ".join(common[:32])}"',
            "a phrase that is there": f'"{" ".join(self._spoken)}"',
            "a word in a phrase, again and again": f'"{" ".join(common[:1] * 32)}"',
            "eleven phrases": " ".join(f'"{one} {two}"' for one, two in _pairs(common[:22])),
            "three prefixes of two letters": " ".join(f"{start}*" for start in starts[:3]),
            "three near misses": " ".join(f"{word[:-1]}q~" for word in common[:3]),
            "32 commonest words": " ".join(common[:32]),
            "16 unknown words": " ".join(f"{word[:4]}q{word[4:]}z" for word in common[:16]),
            "all but everything": " ".join(f"-{word}" for word in common[:32]),
            "groups in groups": _nested(common[:32]),
            "all years": "year:1..9999",
            "any phase": "phase:*",
            "many fields": " ".join(f"{name}:a" for name in _NAMES * 4),
            "many bodies": " ".join(f"body:{letter}" for letter in _LETTERS * 2),
            "runs together": "".join(common[:4]) + " " + "".join(common[4:8]),
            "an endless word": "x" * 1_000_000,
        }
        asked = [Asked(kind, Query(text)) for kind, text in texts.items()]
        deep = [Query(common[0], sort=sort, page=page) for sort in SORTS for page in (50, 10**18)]
        return [*asked, *(Asked(f"deep page by {query.sort}", query) for query in deep)]

    def drawn(self, count: int, seed: int = 17) -> Iterator[Asked]:
        """Make up queries of all that the grammar reads and of some that it does not."""
        drawing = random.Random(seed)
        for _ in range(count):
            pieces = [self._piece(drawing) for _ in range(drawing.randint(1, 16))]
            text = drawing.choice((" ", " ", "  ", "")).join(pieces)
            filters = {
                name: [self._value(drawing, name) for _ in range(drawing.randint(1, 10))]
                for name in drawing.sample(FACETS, drawing.choice((0, 0, 0, 1, 2, len(FACETS))))
            }
            page = drawing.choice((1, 1, 1, 2, 50, 10**9, -1))
            language = drawing.choice(("en", "ur", "xx"))
            query = Query(text, filters, drawing.choice(SORTS), page, language)
            yield Asked("made up", query)

    def _piece(self, drawing: random.Random) -> str:
        pick = drawing.choice
        common = pick(self._seen[:200])
        makers = (
            lambda: common,
            lambda: pick(self._seen),
            lambda: f"{pick(self._starts)}*",
            lambda: f"{common[: drawing.randint(1, 5)]}*",
            lambda: f"{_mistyped(drawing, common)}~{pick(('', '1', '2', '9' * 30))}",
            lambda: _mistyped(drawing, pick(self._seen)),
            lambda: "".join(drawing.sample(self._seen[:500], 2)),
            lambda: pick((" AND ", " OR ", " NOT ", "(", ")", " -", "-(", '"', "“", "*", "~", ":")),
            lambda: f'"{" ".join(drawing.sample(self._seen[:50], drawing.randint(1, 6)))}"',
            lambda: f"({common} OR {pick(self._seen)})",
            lambda: f"-{common}",
            lambda: f"{pick(_NAMES)}:{pick((*_SAID, *self._bodies[:50]))}",
            lambda: pick(_ODD),
            lambda: f"{common}{pick(_ODD)}{pick(_LETTERS)}",
            lambda: chr(drawing.randrange(0x110000)) * drawing.randint(1, 4),
        )
        return pick(makers)()

    def _value(self, drawing: random.Random, name: str) -> str:
        known = self._bodies if name == "agency" else ("pilot", "in_use", "2024", "high")
        return drawing.choice((*known[:20], "\ud800", "x" * 400, ""))


def _pairs(among: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(among[::2], among[1::2], strict=True))


def _nested(among: Sequence[str]) -> str:
    text = among[0]
    for number, (one, two) in enumerate(_pairs(among[: 2 * 5]), start=1):
        text = f"({text} {'AND' if number % 2 else 'OR'} {one} NOT {two})"
    return text


def _mistyped(drawing: random.Random, word: str) -> str:
    at = drawing.randrange(len(word))
    return word[:at] + drawing.choice(_LETTERS) + word[at + drawing.randint(0, 1) :]
