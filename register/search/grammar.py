"""What a citizen may type.

Plain words need no syntax. Who wants more writes ``"words in this order"``, ``-without`` or
``NOT``, ``AND``, ``OR`` and parentheses, ``begin*``, ``neerly~``, ``agency:tax-office`` and
``updated:2025..2026``. NOT binds closest, then AND, then OR, then what merely stands side by side.

What cannot be read so is read as plain words. There is no parser of Whoosh's involved, and nothing
that grows: a query is cut at :data:`MAX_CHARACTERS` and :data:`MAX_WORDS`, nests at most
:data:`MAX_DEPTH` deep and opens at most :data:`MAX_OPEN` words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from register.search import language
from register.search.nodes import (
    Best,
    Between,
    Every,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Some,
    Value,
    Word,
)

MAX_CHARACTERS = 500
MAX_WORDS = 30
MAX_DEPTH = 5
MAX_OPEN = 3
SHORTEST_PREFIX = 2
SHORTEST_NEAR = 3
_LONG = 6  # letters of a word that may have two wrong

#: Gives the facet that goes by a name, or ``None``.
FindFacet = Callable[[str], str | None]

_TOKEN = re.compile(
    r"""
    (?P<open>\() | (?P<close>\))
    | (?P<operator>(?<![^\s(])(?:AND|OR|NOT)(?![^\s()]))
    | (?P<minus>(?<![^\s(])-(?=[^\s-]))
    | (?:(?P<field>[^\s"“”():]{1,40}):)?
      (?:["“”](?P<quoted>[^"“”]*)["“”]? | (?P<word>[^\s"“”()]+))
    """,
    re.VERBOSE,
)
_NEAR = re.compile(r"~\d*$")
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_RANGE = re.compile(rf"(?P<low>{_DAY})?\.\.(?P<high>{_DAY})?$|(?P<sign>[<>]=?)(?P<bound>{_DAY})$")


class Token(NamedTuple):
    """A piece of a query: its ``kind``, what it says, and where it stands."""

    kind: str
    said: str
    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A query, read. ``is_literal`` says that its signs made no sense and were left aside."""

    tree: Best
    is_literal: bool = False


class _SyntaxError(Exception):
    """The signs make no sense."""


def read(text: str, find_facet: FindFacet) -> Reading:
    """Read what a person typed; nothing makes it raise."""
    found = list(tokens(text))
    is_plain = not any(token.kind == "operator" for token in found)
    if is_plain:  # then parentheses are only parentheses
        found = [token for token in found if token.kind not in ("open", "close")]
    try:
        return Reading(_Parser(found, find_facet).read())
    except _SyntaxError:
        words = [_as_word(token) for token in found if token.kind in ("word", "quoted")]
        return Reading(_Parser(words, find_facet).read(), is_literal=True)


def tokens(text: str) -> Iterator[Token]:
    """Give the pieces of a query, as far as it is read."""
    for match in _TOKEN.finditer(text[:MAX_CHARACTERS]):
        kind = str(match.lastgroup)
        yield Token(kind, match[kind], match["field"] or "", match.start(), match.end())


def _as_word(token: Token) -> Token:
    said = re.sub(r"[*~]", " ", f"{token.field} {token.said}")
    return token._replace(kind="word", field="", said=said)


class _Parser:
    """Reads tokens from left to right, once."""

    def __init__(self, found: list[Token], find_facet: FindFacet) -> None:
        self._tokens = found
        self._find_facet = find_facet
        self._place = 0
        self._words = 0
        self._open = 0

    def read(self) -> Best:
        tree = self._row(0)
        if self._place < len(self._tokens):
            raise _SyntaxError  # a parenthesis that nobody opened
        return tree

    def _peek(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _takes(self, kind: str, said: str = "") -> bool:
        token = self._peek()
        is_next = token is not None and token.kind == kind and said in ("", token.said)
        self._place += is_next
        return is_next

    def _row(self, depth: int) -> Best:
        nodes: list[Node] = []
        while (token := self._peek()) and token.kind != "close":
            nodes += self._either(depth)
        return Best(tuple(nodes))

    def _either(self, depth: int) -> list[Node]:
        sides = [self._both(depth)]
        while self._takes("operator", "OR"):
            sides.append(self._both(depth))
        return _join(sides, Some)

    def _both(self, depth: int) -> list[Node]:
        sides = [self._one(depth)]
        while self._takes("operator", "AND"):
            sides.append(self._one(depth))
        return _join(sides, Every)

    def _one(self, depth: int) -> list[Node]:
        is_not = False
        while self._takes("operator", "NOT") or self._takes("minus"):
            is_not = not is_not
        nodes = self._operand(depth)
        if not is_not or not nodes:
            return nodes
        return [Not(nodes[0] if len(nodes) == 1 else _as_phrase(nodes))]

    def _operand(self, depth: int) -> list[Node]:
        token = self._peek()
        if token is None or token.kind in ("operator", "close") or depth > MAX_DEPTH:
            raise _SyntaxError
        self._place += 1
        if token.kind == "open":
            group = self._row(depth + 1)
            if not self._takes("close"):
                raise _SyntaxError
            return [group] if group.nodes else []
        return list(self._leaf(token))

    def _leaf(self, token: Token) -> Iterator[Node]:
        facet = self._find_facet(token.field) if token.field else None
        if facet:
            yield _fact(facet, token.said)
        elif token.kind == "quoted":
            words = tuple(self._words_of(token.said))
            if token.field:
                yield from self._words_of(token.field)
            if words:
                yield Phrase(words) if len(words) > 1 else words[0]
        else:
            yield from self._opened(token) or self._words_of(f"{token.field} {token.said}")

    def _opened(self, token: Token) -> list[Node]:
        """Read ``begin*`` and ``neerly~``, as often as is allowed."""
        near = _NEAR.search(token.said)
        if not near and not token.said.endswith("*"):
            return []
        whole = language.words(token.said[: near.start()] if near else token.said)
        surface = language.surface(whole[0]) if len(whole) == 1 else ""
        is_long_enough = len(surface) >= (SHORTEST_NEAR if near else SHORTEST_PREFIX)
        if token.field or not is_long_enough or self._open == MAX_OPEN:
            return []
        self._open += 1
        if not near:
            return [Prefix(surface)]
        most = 2 if len(surface) >= _LONG else 1
        asked = int(near.group()[1:3] or most)
        return [Near(surface, max(1, min(asked, most)))]

    def _words_of(self, text: str) -> Iterator[Word]:
        for word in language.words(text):
            variants = language.variants(word)
            if variants and self._words < MAX_WORDS:
                self._words += 1
                yield Word(variants)


def _join(sides: list[list[Node]], kind: type[Every] | type[Some]) -> list[Node]:
    """Unite what stands on both sides of an operator; a side may have been only stop words."""
    if len(sides) == 1:
        return sides[0]
    nodes = [side[0] if len(side) == 1 else Every(tuple(side)) for side in sides if side]
    return [kind(tuple(nodes))] if len(nodes) > 1 else nodes


def _as_phrase(nodes: list[Node]) -> Node:
    """Take ``-e-mail`` for words that follow each other."""
    words = tuple(node for node in nodes if isinstance(node, Word))
    return Phrase(words) if len(words) == len(nodes) else Every(tuple(nodes))


def _fact(facet: str, said: str) -> Node:
    found = _RANGE.match(said)
    if not found or not (found["low"] or found["high"] or found["bound"]):
        is_day = facet == "updated" and re.fullmatch(_DAY, said)
        return Between(facet, said, said) if is_day else Value(facet, said)
    if not found["sign"]:
        return Between(facet, found["low"] or "", found["high"] or "")
    day, is_after = found["bound"], found["sign"].startswith(">")
    bound = Between(facet, day, "") if is_after else Between(facet, "", day)
    # What has no such fact is neither before nor after, and so is what no calendar has.
    return bound if "=" in found["sign"] else Every((bound, Not(Between(facet, day, day))))
