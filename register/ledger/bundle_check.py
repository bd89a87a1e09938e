"""Checking a bundle, without the register: neither a database nor a network is needed."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from register.ledger.bundle_file import (
    CHECKPOINT,
    MANIFEST,
    NEEDED,
    SEAL,
    VKEYS,
    BadBundle,
    Manifest,
    seal_text,
)
from register.ledger.bundle_findings import Findings, Problem, Tampering
from register.ledger.bundle_log import read_log
from register.ledger.bundle_values import check_values
from register.ledger.bundle_zip import read_zip
from register.ledger.notes import BadNote, Checkpoint, Verifier, encode_base64, split_note
from register.ledger.remembered import Memory, rewritten


def verify_bundle(
    path: Path, vkeys: Sequence[str] = (), remembered: Memory | None = None
) -> Findings:
    """Check a bundle with the keys that its reader trusts, and with what they remember.

    Without ``vkeys`` the keys that are remembered of this log count, and else its own, which is
    then said. Raise :exc:`ValueError` only where there is no bundle to check, or no key in
    ``vkeys``; whatever else is wrong is among the problems.
    """
    trusted = _keys(vkeys)
    bundle = _Opened.from_bytes(path.read_bytes())
    files, checkpoint, own = bundle.files, bundle.checkpoint, _keys(bundle.vkeys)
    known = (remembered or Memory()).of(checkpoint.origin)
    anchors = trusted or _keys(known.vkeys)
    log, log_problems = read_log(files, checkpoint)
    tally, value_problems = check_values(files, log)
    seals = _Seals(files, own, anchors or own)
    problems = [
        *bundle.problems(),
        *seals.problems(log.vkeys),
        *log_problems,
        *value_problems,
    ]
    if log.makes(checkpoint):
        problems += rewritten(known, log, checkpoint, bundle.manifest.as_of)
    return Findings(
        as_of=bundle.manifest.as_of,
        checkpoint=checkpoint,
        note=files[CHECKPOINT].decode(),
        signed_by=seals.signed_by,
        is_self_vouched=not anchors,
        vkeys=bundle.vkeys,
        files=len(files),
        events=Counter(entry.event.value for entry in log.entries if entry),
        values=tally,
        confirmed=sum(seen.size <= checkpoint.size for seen in known.seen),
        problems=tuple(problems),
    )


@dataclass(frozen=True)
class _Opened:
    """A bundle that can be taken apart; whether it is as it was made is another question."""

    files: Mapping[str, bytes]
    complaints: Sequence[str]
    manifest: Manifest
    checkpoint: Checkpoint
    vkeys: tuple[str, ...]

    @classmethod
    def from_bytes(cls, raw: bytes) -> "_Opened":
        """Take a bundle apart; raise :exc:`ValueError` where that cannot be done."""
        files, complaints = read_zip(raw)
        missing = [name for name in (*NEEDED, MANIFEST, SEAL) if name not in files]
        if missing:
            raise BadBundle(f"This is no bundle of a register: it has no {', '.join(missing)}.")
        checkpoint = Checkpoint.parse(split_note(_text(files, CHECKPOINT))[0])
        if checkpoint.size > len(raw):
            raise BadBundle(f"A bundle of this length cannot hold {checkpoint.size:,} entries.")
        vkeys = tuple(_text(files, VKEYS).splitlines())
        return cls(files, complaints, Manifest.parse(files[MANIFEST]), checkpoint, vkeys)

    def problems(self) -> Iterator[Problem]:
        """Say in what the files are not those of the manifest, and the ZIP not one of theirs."""
        for complaint in self.complaints:
            yield Problem(Tampering.ZIP, complaint)
        root = encode_base64(self.checkpoint.root)
        if (self.manifest.size, self.manifest.root) != (self.checkpoint.size, root):
            yield Problem(Tampering.FILE, f"{MANIFEST} tells of another tree than {CHECKPOINT}.")
        stated = {file.name: file.sha256 for file in self.manifest.files}
        for name in sorted(stated.keys() - self.files.keys()):
            yield Problem(Tampering.DROPPED, f"The file {name} is missing.")
        for name in sorted(self.files.keys() - {MANIFEST, SEAL}):
            if name not in stated:
                yield Problem(Tampering.ADDED, f"The file {name} is not named in {MANIFEST}.")
            elif hashlib.sha256(self.files[name]).hexdigest() != stated[name]:
                text = f"The file {name} is another than the one that was sealed."
                yield Problem(Tampering.FILE, text)


@dataclass(frozen=True)
class _Seals:
    """The two notes of a bundle, and whose signatures count."""

    files: Mapping[str, bytes]
    own: Sequence[Verifier]
    anchors: Sequence[Verifier]

    @property
    def signed_by(self) -> tuple[str, ...]:
        """The keys, among those that count, which signed the checkpoint."""
        try:
            signed = self._signers(CHECKPOINT)
        except ValueError:
            return ()
        return tuple(key.vkey for key in signed if key is not None and key in self.anchors)

    def problems(self, named: Sequence[str]) -> Iterator[Problem]:
        """Say what is not signed as it must be, by keys that the log's entries have ``named``."""
        if [key.vkey for key in self.own] != named:
            yield Problem(Tampering.KEY, f"{VKEYS} does not list the keys that the log names.")
        for name in (CHECKPOINT, SEAL):
            try:
                signed = self._signers(name)
            except ValueError as error:
                yield Problem(Tampering.FILE, f"{name}: {error}")
                continue
            if not set(signed) & set(self.anchors):
                yield Problem(Tampering.KEY, self._unknown(name, signed))
            elif name == SEAL and None in signed:
                yield Problem(Tampering.KEY, f"{name} is signed by a stranger as well.")
        expected = seal_text(self.files[MANIFEST])
        if not self.files[SEAL].startswith(f"{expected}\n".encode()):
            yield Problem(Tampering.FILE, f"{MANIFEST} is another than the one that was sealed.")

    def _signers(self, name: str) -> list[Verifier | None]:
        """Give who signed a note, ``None`` for a stranger; raise :exc:`ValueError` for no note."""
        text, signatures = split_note(_text(self.files, name))
        # Of two keys that call themselves alike, the one counts that the reader brought along.
        known = {(key.name, key.key_id): key for key in (*self.own, *self.anchors)}
        signers = [known.get((key_name, key_id)) for key_name, key_id, _ in signatures]
        for key, (key_name, _, signature) in zip(signers, signatures, strict=True):
            if key is not None and not key.has_signed(text, signature):
                raise BadNote(f"The signature of {key_name} does not belong to this text.")
        return signers

    def _unknown(self, name: str, signed: Sequence[Verifier | None]) -> str:
        text = f"{name} is signed by an unknown key, and by none that you trust"
        named = ", ".join(key.vkey for key in signed if key is not None)
        return f"{text}; the bundle itself calls it {named}." if named else f"{text}."


def _keys(vkeys: Sequence[str]) -> list[Verifier]:
    return [Verifier.from_vkey(vkey) for vkey in vkeys]


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode()
    except UnicodeDecodeError as error:
        raise BadBundle(f"The file {name} of the bundle is no text.") from error
