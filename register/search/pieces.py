"""A query taken apart into the things that a person would leave out: a word, a phrase, a filter."""

from collections.abc import Iterator

from register.search.grammar import tokens

MOST_LEFT_OUT = 12

_OPERATORS = frozenset({"AND", "OR", "NOT"})
_PREFIXES = ("NOT ", "-")
_QUOTES = ('"', "“", "”", "(")


def pieces(text: str) -> list[str]:
    """Give the things that a query consists of, in order, operators between them left in place.

    What belongs to a thing stays with it: the sign before it, its field, its quotes, and all that
    stands in its parentheses. It is read as far as the grammar reads.
    """
    found: list[str] = []
    start, end, depth = -1, 0, 0
    for token in tokens(text):
        depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
        is_sign = token.kind == "minus" or (token.kind == "operator" and token.said == "NOT")
        if start < 0 and token.kind != "close":
            start = token.start
        end = token.end
        if start >= 0 and not depth and not is_sign:
            found.append(text[start:end])
            start = -1
    if start >= 0 and depth:
        found.append(text[start:end])
    return found


def each_left_out(text: str) -> Iterator[tuple[str, str]]:
    """Give each thing of a query, and the query without it; what excludes most comes first."""
    found = pieces(text)
    things = [piece for piece in dict.fromkeys(found) if piece not in _OPERATORS]
    if len(things) < 2:
        return
    for thing in sorted(things[:MOST_LEFT_OUT], key=lambda piece: not _is_hard(piece)):
        yield thing, _joined([piece for piece in found if piece != thing])


def _is_hard(piece: str) -> bool:
    """Tell whether a thing excludes much: a phrase, a filter, what must not be there."""
    return piece.startswith((*_PREFIXES, *_QUOTES)) or ":" in piece[1:]


def _joined(left: list[str]) -> str:
    """Write a query of what is left; an operator needs something on both of its sides."""
    kept: list[str] = []
    for piece in left:
        if piece in _OPERATORS and (not kept or kept[-1] in _OPERATORS):
            continue
        kept.append(piece)
    while kept and kept[-1] in _OPERATORS:
        kept.pop()
    return " ".join(kept)
