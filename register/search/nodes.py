"""A query as a tree. Each node is a condition on a document; the leaves but two also rank it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Otherwise(NamedTuple):
    """A row of stems that says in another way what ``share`` words of a query say together."""

    stems: tuple[str, ...]
    share: int = 1


@dataclass(frozen=True)
class Word:
    """A word in any of its ``variants``: the stems that it may have.

    A document with one of the ``alternatives`` counts as having the word, only less so.
    """

    variants: tuple[str, ...]
    alternatives: tuple[Otherwise, ...] = ()


@dataclass(frozen=True)
class Prefix:
    """Any word that begins like this, folded."""

    start: str


@dataclass(frozen=True)
class Near:
    """Any word that differs from this one, folded, in at most ``distance`` letters."""

    surface: str
    distance: int


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other in one text."""

    words: tuple[Word, ...]


@dataclass(frozen=True)
class Value:
    """A facet with a value that goes by this name."""

    facet: str
    said: str


@dataclass(frozen=True)
class Between:
    """A day of publication, or a facet of whole numbers, from ``low`` to ``high``.

    Both are digits of a day from the left, such as ``2026``, ``2026-03`` or ``2026-03-01``, and
    both are included; an empty one is no bound.
    """

    facet: str
    low: str
    high: str


@dataclass(frozen=True)
class Not:
    """The opposite."""

    node: "Node"


@dataclass(frozen=True)
class Every:
    """All of these hold."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Some:
    """One of these holds, or more."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Best:
    """What a person types one after another: a wish for all words, a demand for all else.

    Everything but single words must hold. Of the words one must, unless a phrase or a group
    already says what is wanted; the more of them a document has, the earlier it comes.
    """

    nodes: tuple["Node", ...]


Unit: TypeAlias = Word | Prefix | Near
Node: TypeAlias = Unit | Phrase | Value | Between | Not | Every | Some | Best

UNITS = (Word, Prefix, Near)


def units(node: Node) -> Iterator[Unit]:
    """Give what ranks a document: every word that is wanted, wherever it stands."""
    if isinstance(node, UNITS):
        yield node
    elif isinstance(node, Phrase):
        yield from node.words
    elif isinstance(node, Every | Some | Best):
        for inner in node.nodes:
            yield from units(inner)


def is_textual(node: Node) -> bool:
    """Tell whether a node wants words, not only facts."""
    return next(units(node), None) is not None
