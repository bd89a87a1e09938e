"""Signed notes and checkpoints, as C2SP's signed-note and tlog-checkpoint lay them down.

A note is a text, an empty line, and signatures by Ed25519. Keys are written as Go's package
``note`` writes them, so that its programs read ours.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MAX_SIGNATURES = 100
MAX_NOTE = 1_000_000  # characters
_ID_BYTES = 4
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_LINE = re.compile(r"— (\S+) (\S+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_KEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+(\S+)")


class BadNote(ValueError):
    """This is no signed note, or nobody whom the reader trusts has signed it."""


class BadKey(ValueError):
    """This is no key of the kind that signs notes."""


@dataclass(frozen=True)
class Verifier:
    """A key that others may know: whose signatures count."""

    name: str
    public: bytes

    @classmethod
    def from_vkey(cls, vkey: str) -> "Verifier":
        """Read ``name+id+key``; raise :exc:`BadKey` where it is not that."""
        name, written_id, public = _read_key(vkey.strip())
        verifier = cls(name, public)
        if verifier.key_id.hex() != written_id:
            raise BadKey("The key does not belong to its name: a part of it was changed.")
        return verifier

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key in a signature."""
        written = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(written).digest()[:_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as text: ``name+id+key``."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(ED25519 + self.public)}"

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Tell whether this key made the signature for this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A key that signs. Only the process that signs checkpoints ever holds one."""

    def __init__(self, name: str, seed: bytes) -> None:
        """Hold the key that grows from 32 secret bytes, under a name."""
        if not _NAME.fullmatch(name):
            raise BadKey("The name of a key has at least one character, no space and no plus sign.")
        if len(seed) != 32:
            raise BadKey("The secret part of a key has 32 bytes.")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """Make a new key."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_key_file(cls, text: str) -> "Signer":
        """Read the text of a key file; raise :exc:`BadKey` where it is none."""
        written = text.strip()
        if not written.startswith(_PRIVATE):
            raise BadKey(f"A key file begins with {_PRIVATE}.")
        name, written_id, seed = _read_key(written.removeprefix(_PRIVATE))
        signer = cls(name, seed)
        if signer.verifier.key_id.hex() != written_id:
            raise BadKey("The key file is damaged: its parts do not belong together.")
        return signer

    @property
    def key_file(self) -> str:
        """The key as the text of a key file, one line; whoever has it can sign."""
        seed = encode_base64(ED25519 + self._key.private_bytes_raw())
        return f"{_PRIVATE}{self.verifier.name}+{self.verifier.key_id.hex()}+{seed}\n"

    @property
    def vkey(self) -> str:
        """The key that others may know, as text."""
        return self.verifier.vkey

    def signature_line(self, text: str) -> str:
        """Sign a text; give the line that stands below it in a note."""
        signature = self.verifier.key_id + self._key.sign(text.encode())
        return f"— {self.verifier.name} {encode_base64(signature)}\n"


_PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True)
class Checkpoint:
    """What a log commits itself to: so many entries, with this root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a checkpoint, of three lines; raise :exc:`BadNote` for anything else."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise BadNote("A checkpoint has three lines: the log's name, its size and its root.")
        if not _SIZE.fullmatch(lines[1]):
            raise BadNote("The second line of a checkpoint is the number of entries.")
        root = decode_base64(lines[2])
        if root is None or len(root) != 32:
            raise BadNote("The third line of a checkpoint is a hash of 32 bytes in base64.")
        return cls(lines[0], int(lines[1]), root)

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return checkpoint_text(self.origin, self.size, self.root)


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """Write the text of a checkpoint, which is then signed."""
    return f"{origin}\n{size}\n{encode_base64(root)}\n"


def sign(text: str, signers: Iterable[Signer]) -> str:
    """Make a signed note; ``text`` ends with a line break, and one signer is enough."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote("The text of a note is whole lines without control characters.")
    lines = [signer.signature_line(text) for signer in signers]
    if not lines:
        raise BadNote("A note needs a signature.")
    return "\n".join([text, "".join(lines)])


def open_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Give the text of a note that one of ``verifiers`` has signed; raise :exc:`BadNote` if none.

    Signatures of others are passed over. A wrong signature under the name and id of a known key
    spoils the note, whatever else is right about it.
    """
    text, lines = split_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    is_signed = False
    for name, key_id, signature in lines:
        verifier = known.get((name, key_id))
        if verifier is None:
            continue
        if not verifier.has_signed(text, signature):
            raise BadNote(f"The signature of {name} does not belong to this text.")
        is_signed = True
    if not is_signed:
        names = ", ".join(dict.fromkeys(name for name, _, _ in lines))
        raise BadNote(f"No key that is trusted here has signed this; it is signed by {names}.")
    return text


def split_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Give the text and, unchecked, each signature as name, key id and bytes."""
    if len(note) > MAX_NOTE or _CONTROL.search(note):
        raise BadNote("This is no signed note: it is too long or holds control characters.")
    text, gap, below = note.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise BadNote("This is no signed note: there are no signatures below an empty line.")
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise BadNote(f"A note has at most {MAX_SIGNATURES} signatures.")
    return text + "\n", [_read_signature(line) for line in lines]


def encode_base64(data: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes | None:
    """Read base64 in its one right form; nothing for any other."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encode_base64(data) == text else None


def _read_signature(line: str) -> tuple[str, bytes, bytes]:
    match = _LINE.fullmatch(line)
    data = decode_base64(match[2]) if match else None
    if match is None or data is None or len(data) <= _ID_BYTES or not _NAME.fullmatch(match[1]):
        raise BadNote(f"This is no line of a signature: {line[:100]}")
    return match[1], data[:_ID_BYTES], data[_ID_BYTES:]


def _read_key(text: str) -> tuple[str, str, bytes]:
    match = _KEY.fullmatch(text)
    if match is None or not _NAME.fullmatch(match[1]):
        raise BadKey("A key is written as name+id+key, the id in eight hexadecimal digits.")
    data = decode_base64(match[3])
    if data is None or data[:1] != ED25519 or len(data) != 33:
        raise BadKey("The last part of a key is an Ed25519 key in base64.")
    return match[1], match[2], data[1:]
