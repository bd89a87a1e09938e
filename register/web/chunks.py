"""A query taken apart into the things that a person would leave out: a word, a phrase, a filter."""

import re
from collections.abc import Iterator

MOST_CHARACTERS = 200
MOST_CHUNKS = 12

# What belongs to a thing stays with it: the sign before it, its field, its quotes or brackets.
_CHUNK = re.compile(
    r"""
    (?:NOT\s+|-)? (?:\w+:)?
    (?: ["“”][^"“”]*["“”]? | \([^()]*\)? | [^\s"“”()]+ | [()] )
    [~*]?
    """,
    re.VERBOSE,
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_HARD = re.compile(r'NOT\s|-|\w+:|["“”(]')


def chunks_of(text: str) -> list[str]:
    """Give the things that a query consists of, in order, operators between them left in place."""
    found = (chunk[0] for chunk in _CHUNK.finditer(text[:MOST_CHARACTERS]))
    return [chunk for chunk in found if chunk not in "()"]


def each_left_out(text: str) -> Iterator[tuple[str, str]]:
    """Give each thing of a query, and the query without it; what excludes most comes first."""
    chunks = chunks_of(text)
    things = [place for place, chunk in enumerate(chunks) if chunk not in _OPERATORS]
    if len(things) < 2:
        return
    seen = set()
    for place in sorted(things[:MOST_CHUNKS], key=lambda place: not _HARD.match(chunks[place])):
        if chunks[place] not in seen:
            seen.add(chunks[place])
            yield chunks[place], _joined([each for each in chunks if each != chunks[place]])


def _joined(chunks: list[str]) -> str:
    """Write a query of what is left; an operator needs something on both of its sides."""
    kept: list[str] = []
    for chunk in chunks:
        if chunk in _OPERATORS and (not kept or kept[-1] in _OPERATORS):
            continue
        kept.append(chunk)
    while kept and kept[-1] in _OPERATORS:
        kept.pop()
    return " ".join(kept)
