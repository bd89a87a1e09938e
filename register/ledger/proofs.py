"""Proofs that a reader can keep: C2SP's tlog-proof, one text that is checked without a network."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from register.ledger import merkle
from register.ledger.notes import Checkpoint, Verifier, decode_base64, encode_base64, open_note

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "


class BadProof(ValueError):
    """This is no text of a proof."""


@dataclass(frozen=True)
class TlogProof:
    """That an entry is in a log: its index, the hashes beside its way up, a signed checkpoint."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def check(self, data: bytes, verifiers: Sequence[Verifier], origin: str = "") -> Checkpoint:
        """Give the checkpoint that covers the entry ``data``.

        Raise :exc:`ValueError` if the checkpoint is not signed by one of ``verifiers``, is of
        another log than ``origin``, or does not cover the entry.
        """
        checkpoint = Checkpoint.parse(open_note(self.checkpoint, verifiers))
        if origin and checkpoint.origin != origin:
            raise merkle.NotProved(f"This is a checkpoint of {checkpoint.origin}, not of {origin}.")
        leaf = merkle.leaf_hash(data)
        size, root = checkpoint.size, checkpoint.root
        merkle.verify_inclusion(self.hashes, leaf, index=self.index, size=size, root=root)
        return checkpoint


def tlog_proof(
    index: int, hashes: Sequence[bytes], checkpoint: str, extra: bytes | None = None
) -> str:
    """Write a proof from the hashes of an inclusion proof and a checkpoint, which is signed."""
    lines = [HEADER]
    lines += [] if extra is None else [_EXTRA + encode_base64(extra)]
    lines += [f"index {index}", *map(encode_base64, hashes)]
    return "\n".join([*lines, "", checkpoint])


def parse(text: str) -> TlogProof:
    """Read a proof; raise :exc:`BadProof` where it is not written as the format wants it."""
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines.pop(0) != HEADER:
        raise BadProof(f"A proof begins with the line {HEADER}, and a checkpoint ends it.")
    extra = _base64(lines.pop(0)[len(_EXTRA) :]) if lines and lines[0].startswith(_EXTRA) else None
    match = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if match is None:
        raise BadProof("A proof names the index of its entry.")
    hashes = tuple(map(_base64, lines))
    if any(len(found) != merkle.HASH_BYTES for found in hashes):
        raise BadProof("The lines after the index are hashes of 32 bytes.")
    return TlogProof(int(match[1]), hashes, checkpoint, extra)


def _base64(line: str) -> bytes:
    data = decode_base64(line)
    if data is None:
        raise BadProof("A line of the proof is not in base64.")
    return data
