"""Proofs as texts that a reader can keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.ledger import BadNote, NotProved, Signer, merkle, notes, proofs
from register.ledger.proofs import BadProof
from tests.ledger.log_in_memory import ORIGIN, Log

SIGNER = Signer(ORIGIN, bytes(range(32)))
LOG = Log.of(100)
INDEX = 42


def proof(extra: bytes | None = None) -> str:
    hashes = merkle.inclusion_proof(INDEX, LOG.size, LOG)
    return proofs.tlog_proof(INDEX, hashes, LOG.checkpoint(SIGNER), extra)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("index 42", "index 042"),
        ("index 42", "index -1"),
        ("index 42\n", ""),
        ("index 42\n", "index 42\nAAAA\n"),
        ("index 42\n", "index 42\n\N{SNOWMAN}\n"),
        ("index 42\n", "extra AB\nindex 42\n"),
        ("\n\n", "\n"),
    ],
)
def test_what_is_no_proof_is_refused(before: str, after: str) -> None:
    with pytest.raises(BadProof):
        proofs.parse(proof().replace(before, after))


def test_a_proof_of_another_entry_is_refused() -> None:
    with pytest.raises(NotProved, match="Entry 42 is not in the tree of 100 entries"):
        proofs.parse(proof()).check(LOG.datas[41], [SIGNER.verifier])
    with pytest.raises(NotProved):
        proofs.parse(proof().replace("index 42", "index 43")).check(
            LOG.datas[42], [SIGNER.verifier]
        )


def test_a_proof_under_another_key_or_of_another_log_is_refused() -> None:
    read = proofs.parse(proof())

    with pytest.raises(BadNote):
        read.check(LOG.datas[42], [Signer.generate(ORIGIN).verifier])
    with pytest.raises(NotProved, match=r"not of elsewhere\.example/log"):
        read.check(LOG.datas[42], [SIGNER.verifier], "elsewhere.example/log")


@pytest.mark.parametrize("extra", [None, b"", b"what the reader brought along"])
def test_a_proof_leads_to_the_checkpoint_that_covers_its_entry(extra: bytes | None) -> None:
    read = proofs.parse(proof(extra))

    checkpoint = read.check(LOG.datas[42], [SIGNER.verifier], ORIGIN)

    assert (checkpoint.size, checkpoint.root) == (100, LOG.root())
    assert read.extra == extra


def test_the_only_entry_of_a_log_is_proved_by_no_hash() -> None:
    log = Log.of(1)

    text = proofs.tlog_proof(0, [], log.checkpoint(SIGNER))

    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 0\n\nregister.example/log\n1\n")
    assert proofs.parse(text).check(log.datas[0], [SIGNER.verifier]).size == 1


@given(st.integers(0, 2**60), st.lists(st.binary(min_size=32, max_size=32), max_size=60))
def test_a_proof_is_read_as_it_was_written(index: int, hashes: list[bytes]) -> None:
    checkpoint = notes.sign(notes.checkpoint_text(ORIGIN, 1, bytes(32)), [SIGNER])

    read = proofs.parse(proofs.tlog_proof(index, hashes, checkpoint))

    assert read == proofs.TlogProof(index, tuple(hashes), checkpoint)
