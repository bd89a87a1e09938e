"""The tree against the recursive definitions of RFC 9162, and against a library."""

import hashlib
from collections.abc import Sequence

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.ledger import NotProved, merkle
from tests.ledger.log_in_memory import Log

MOST = 70
LOG = Log.of(MOST)
ROOTS = [LOG.root(size) for size in range(MOST + 1)]


def tree_hash(datas: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1."""
    if not datas:
        return hashlib.sha256(b"").digest()
    if len(datas) == 1:
        return hashlib.sha256(b"\0" + datas[0]).digest()
    split = split_of(len(datas))
    left, right = tree_hash(datas[:split]), tree_hash(datas[split:])
    return hashlib.sha256(b"\1" + left + right).digest()


def path(index: int, datas: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 9162, section 2.1.3.1."""
    if len(datas) == 1:
        return []
    split = split_of(len(datas))
    if index < split:
        return [*path(index, datas[:split]), tree_hash(datas[split:])]
    return [*path(index - split, datas[split:]), tree_hash(datas[:split])]


def subproof(first: int, datas: Sequence[bytes], is_known: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162, section 2.1.4.1."""
    if first == len(datas):
        return [] if is_known else [tree_hash(datas)]
    split = split_of(len(datas))
    if first <= split:
        return [*subproof(first, datas[:split], is_known), tree_hash(datas[split:])]
    return [*subproof(first - split, datas[split:], False), tree_hash(datas[:split])]


def split_of(size: int) -> int:
    split = 1
    while split * 2 < size:
        split *= 2
    return split


def pairs() -> list[tuple[int, int]]:
    return [(first, second) for second in range(MOST + 1) for first in range(second + 1)]


def proves_inclusion(
    proof: Sequence[bytes], index: int, size: int, *, leaf: bytes | None = None
) -> bool:
    leaf = leaf or merkle.leaf_hash(LOG.datas[index])
    try:
        merkle.verify_inclusion(proof, leaf, index=index, size=size, root=ROOTS[size])
    except NotProved:
        return False
    return True


def proves_consistency(
    proof: Sequence[bytes], sizes: tuple[int, int], roots: tuple[bytes, bytes]
) -> bool:
    try:
        merkle.verify_consistency(
            proof,
            first=sizes[0],
            second=sizes[1],
            first_root=roots[0],
            second_root=roots[1],
        )
    except NotProved:
        return False
    return True


def flipped(data: bytes, bit: int) -> bytes:
    return (int.from_bytes(data, "big") ^ 1 << bit).to_bytes(len(data), "big")


def mutants(proof: Sequence[bytes]) -> list[list[bytes]]:
    """Wrong proofs beside a right one: a bit turned, a hash missing, added, or out of place."""
    whole = list(proof)
    wrong = [[*whole, bytes(32)]]
    for at, found in enumerate(whole):
        wrong.append([*whole[:at], flipped(found, at * 7 % 256), *whole[at + 1 :]])
        wrong.append(whole[:at] + whole[at + 1 :])
    if len(set(whole)) > 1:
        wrong.append([*whole[1:], whole[0]])
    return wrong


def test_no_wrong_proof_of_inclusion_is_believed() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, LOG)
            assert not any(proves_inclusion(wrong, index, size) for wrong in mutants(proof))
            leaf = flipped(merkle.leaf_hash(LOG.datas[index]), size)
            assert not proves_inclusion(proof, index, size, leaf=leaf)


def test_no_proof_is_believed_of_an_entry_that_is_not_there() -> None:
    proof = merkle.inclusion_proof(4, 5, LOG)

    with pytest.raises(ValueError, match="There is no entry 5 in a tree of 5"):
        merkle.inclusion_proof(5, 5, LOG)
    with pytest.raises(NotProved, match="There is no entry 5"):
        merkle.verify_inclusion(proof, LOG.datas[4], index=5, size=5, root=ROOTS[5])
    with pytest.raises(NotProved, match="There is no entry -1"):
        merkle.verify_inclusion(proof, LOG.datas[4], index=-1, size=5, root=ROOTS[5])


def test_no_wrong_proof_of_consistency_is_believed() -> None:
    for first, second in pairs():
        proof = merkle.consistency_proof(first, second, LOG)
        roots = (ROOTS[first], ROOTS[second])
        for wrong in mutants(proof):
            assert not proves_consistency(wrong, (first, second), roots)
        for other in [(flipped(roots[0], 9), roots[1]), (roots[0], flipped(roots[1], 9))]:
            is_believed = proves_consistency(proof, (first, second), other)
            # Every tree begins with an empty one: nothing is said about it.
            assert is_believed == (first == 0 and second > 0 and other[0] == roots[0])


def test_a_smaller_tree_does_not_begin_with_a_greater_one() -> None:
    with pytest.raises(ValueError, match="A tree of 4 cannot begin with one of 5"):
        merkle.consistency_proof(5, 4, LOG)
    assert not proves_consistency([], (5, 4), (ROOTS[5], ROOTS[4]))


def test_leaves_join_by_their_hash_and_not_by_their_data() -> None:
    with pytest.raises(ValueError, match="by its hash of 32 bytes"):
        merkle.added_nodes(0, [b"an entry"], LOG)


def test_every_root_and_proof_is_that_of_the_definition() -> None:
    for first, second in pairs():
        datas = LOG.datas[:second]
        if first < second:
            assert merkle.inclusion_proof(first, second, LOG) == path(first, datas)
            assert proves_inclusion(path(first, datas), first, second)
        if first:
            expected = subproof(first, datas, True)
            assert merkle.consistency_proof(first, second, LOG) == expected
            assert proves_consistency(expected, (first, second), (ROOTS[first], ROOTS[second]))
        assert ROOTS[second] == tree_hash(datas)


def test_a_library_computes_the_same_roots_and_believes_its_own_proofs_of_them() -> None:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for size, data in enumerate(LOG.datas, start=1):
        tree.append_entry(data)
        assert tree.get_root() == ROOTS[size]

    for index in range(MOST):
        proof = tree.prove_inclusion(index + 1, MOST)
        pymerkle.verify_inclusion(merkle.leaf_hash(LOG.datas[index]), ROOTS[MOST], proof)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_entries_that_join_in_any_portions_make_the_same_nodes(portions: list[int]) -> None:
    whole = Log.of(sum(portions))

    log = Log()
    for portion in portions:
        log.append(whole.datas[log.size : log.size + portion])

    assert log.nodes == whole.nodes
    assert log.root() == whole.root()
