"""The Merkle tree of RFC 9162, section 2.1, over nodes that somebody else keeps.

Only complete subtrees are kept, and each is written once: nothing that is kept ever changes.
``(level, position)`` is the subtree over the leaves from ``position * 2**level`` on.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = tuple[int, int, bytes]


class NotProved(ValueError):
    """The proof does not show what it is said to show."""


class Nodes(Protocol):
    """The hashes of complete subtrees."""

    def get_node(self, level: int, position: int) -> bytes:
        """Give the hash of the subtree; it is asked for only if it is complete."""
        ...


def leaf_hash(data: bytes) -> bytes:
    """Hash an entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into the one above them."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def added_nodes(size: int, leaf_hashes: Sequence[bytes], nodes: Nodes) -> list[Node]:
    """Give all that is to be kept when leaves join a tree of ``size``, in an order fit to write.

    ``leaf_hashes`` are those of :func:`leaf_hash`. The list holds the leaves, on level 0, and
    every subtree that they complete.
    """
    added: dict[tuple[int, int], bytes] = {}
    for position, found in enumerate(leaf_hashes, start=size):
        if len(found) != HASH_BYTES:
            raise ValueError("A leaf joins the tree by its hash of 32 bytes.")
        level = 0
        added[0, position] = found
        while position % 2:
            left = added.get((level, position - 1)) or nodes.get_node(level, position - 1)
            found = node_hash(left, found)  # noqa: PLW2901
            level, position = level + 1, position // 2  # noqa: PLW2901
            added[level, position] = found
    return [(level, position, found) for (level, position), found in added.items()]


def root(size: int, nodes: Nodes) -> bytes:
    """Give the hash of the whole tree of the first ``size`` leaves."""
    return _range_hash(0, size, nodes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Give the hashes that lead from the leaf at ``index`` to the root of the tree of ``size``."""
    if not 0 <= index < size:
        raise ValueError(f"There is no entry {index} in a tree of {size}.")
    beside, start, end = [], 0, size
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    return [_range_hash(*there, nodes) for there in reversed(beside)]


def consistency_proof(first: int, second: int, nodes: Nodes) -> list[bytes]:
    """Give the hashes which show that the tree of ``second`` begins with that of ``first``."""
    if not 0 <= first <= second:
        raise ValueError(f"A tree of {second} cannot begin with one of {first}.")
    if first == 0:
        return []
    beside, start, end = [], 0, second
    while end != first:
        middle = _middle(start, end)
        if first <= middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    # Where nothing was left out before it, the last subtree is the whole first tree, which the
    # verifier knows already.
    known = [] if start == 0 else [(start, end)]
    return [_range_hash(*there, nodes) for there in [*known, *reversed(beside)]]


def verify_inclusion(
    proof: Sequence[bytes], leaf: bytes, *, index: int, size: int, root: bytes
) -> None:
    """Raise :exc:`NotProved` unless the proof leads from the leaf's hash to this root."""
    if not 0 <= index < size:
        raise NotProved(f"There is no entry {index} in a tree of {size}.")
    inside, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            raise NotProved(f"The proof of entry {index} is too long.")
        if inside % 2 or inside == last:
            found = node_hash(beside, found)
            while not inside % 2 and inside:
                inside, last = inside // 2, last // 2
        else:
            found = node_hash(found, beside)
        inside, last = inside // 2, last // 2
    if last:
        raise NotProved(f"The proof of entry {index} is too short.")
    if found != root:
        raise NotProved(f"Entry {index} is not in the tree of {size} entries.")


def verify_consistency(
    proof: Sequence[bytes], *, first: int, second: int, first_root: bytes, second_root: bytes
) -> None:
    """Raise :exc:`NotProved` unless the second tree is shown to begin with the first."""
    not_shown = NotProved(
        f"The tree of {second} entries is not shown to begin with that of {first}."
    )
    if not 0 <= first <= second:
        raise not_shown
    if first in {0, second}:
        is_right_start = first > 0 or first_root == EMPTY_ROOT
        is_right_end = first < second or first_root == second_root
        if proof or not (is_right_start and is_right_end):
            raise not_shown
        return
    if _both_roots(proof, first, second, first_root) != (first_root, second_root):
        raise not_shown


def _both_roots(
    proof: Sequence[bytes], first: int, second: int, first_root: bytes
) -> tuple[bytes, bytes] | None:
    """Compute both roots from a proof (RFC 9162, section 2.1.4.2), unless its length is wrong."""
    hashes = list(proof) if first & (first - 1) else [first_root, *proof]
    if not hashes:
        return None
    inside, last = first - 1, second - 1
    while inside % 2:
        inside, last = inside // 2, last // 2
    small = large = hashes[0]
    for beside in hashes[1:]:
        if last == 0:
            return None
        if inside % 2 or inside == last:
            small, large = node_hash(beside, small), node_hash(beside, large)
            while not inside % 2 and inside:
                inside, last = inside // 2, last // 2
        else:
            large = node_hash(large, beside)
        inside, last = inside // 2, last // 2
    return None if last else (small, large)


def _middle(start: int, end: int) -> int:
    """Split a range where RFC 9162 does: after the greatest power of two that leaves a rest."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _range_hash(start: int, end: int, nodes: Nodes) -> bytes:
    """Hash the leaves of a range that the tree's splits lead to, from its complete subtrees."""
    found = None
    for level, position in reversed(list(_complete_subtrees(start, end))):
        node = nodes.get_node(level, position)
        found = node if found is None else node_hash(node, found)
    assert found is not None, "a range has leaves"  # noqa: S101
    return found


def _complete_subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level
