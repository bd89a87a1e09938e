"""A tree that grows in memory: only its right edge is kept, however many leaves it has."""

from collections.abc import Mapping, Sequence

from register.ledger import merkle
from register.ledger.merkle import Node


class GrowingTree:
    """A tree made of the leaves that it was given, and of nothing that anybody keeps.

    It begins empty, or from the subtrees of which a tree of ``size`` is made.
    """

    def __init__(self, size: int = 0, edge: Mapping[tuple[int, int], bytes] | None = None) -> None:
        """Begin with ``size`` leaves and the subtrees named by :func:`edge_of`."""
        self.size = size
        self._nodes = dict(edge or {})

    def get_node(self, level: int, position: int) -> bytes:
        """Give a subtree of the edge, or one that the last leaves completed."""
        return self._nodes[level, position]

    def add(self, leaf_hashes: Sequence[bytes]) -> list[Node]:
        """Add leaves; give all subtrees that they complete, themselves among them."""
        kept = edge_of(self.size)
        self._nodes = {place: self._nodes[place] for place in kept}
        added = merkle.added_nodes(self.size, leaf_hashes, self)
        self._nodes |= {(level, position): found for level, position, found in added}
        self.size += len(leaf_hashes)
        return added

    def root(self, size: int | None = None) -> bytes:
        """Give the hash of the whole, or of what it was when the last leaves were being added."""
        return merkle.root(self.size if size is None else size, self)


def edge_of(size: int) -> list[tuple[int, int]]:
    """Name the subtrees that a tree of ``size`` is made of: level and position of each."""
    levels = range(size.bit_length())
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]
