"""The auditors' bundle: the ledger with all that its reader may know, sealed, in one ZIP.

``docs/bundle.md`` lays down what it holds. Whoever has it can check it without the register.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from register.errors import Invalid
from register.ledger import canonical
from register.ledger.bundle_zip import Content, Spool
from register.ledger.entries import read_moment
from register.ledger.notes import Checkpoint, encode_base64, split_note
from register.ledger.tiles import Tile, required_tiles, tile_path

FORMAT = "register-bundle-1"
MANIFEST = "manifest.json"
SEAL = "manifest.sig"
CHECKPOINT = "checkpoint"
VKEYS = "vkeys"
DISCLOSURES = "disclosures.ndjson"
DETERMINATIONS = "determinations.ndjson"
LOG = "log/"
#: What every bundle has, beside its manifest and the tiles of the log.
NEEDED = (CHECKPOINT, VKEYS, DISCLOSURES, DETERMINATIONS)


class BadBundle(ValueError):
    """This is no bundle, or it lacks what none can do without."""


@dataclass(frozen=True)
class File:
    """A file as the manifest states it."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a bundle holds: all its files but the manifest and the seal, and which tree."""

    as_of: str
    size: int
    root: str
    files: tuple[File, ...]

    @classmethod
    def parse(cls, data: bytes) -> "Manifest":
        """Read a manifest; raise :exc:`BadBundle` for bytes that :meth:`to_bytes` does not give."""
        try:
            value = canonical.decode(data)
            files = tuple(File(**file) for file in value.pop("files"))
            is_known = value.pop("format") == FORMAT
            manifest = cls(files=files, **value)
            read_moment(manifest.as_of)
        except (AttributeError, Invalid, KeyError, TypeError) as error:
            raise BadBundle(f"{MANIFEST} is not written as a bundle's manifest.") from error
        if not is_known:
            raise BadBundle(f"This bundle is not of the format {FORMAT}.")
        return manifest

    def to_bytes(self) -> bytes:
        """Give the manifest as canonical JSON."""
        files = [asdict(file) for file in self.files]
        return canonical.encode({**asdict(self), "files": files, "format": FORMAT})


def seal_text(manifest: bytes) -> str:
    """Give the text that is signed to seal a manifest, and through it the bundle."""
    return f"{FORMAT}\n{hashlib.sha256(manifest).hexdigest()}\n"


def write_bundle(
    out: BinaryIO, members: Mapping[str, Content], *, as_of: str, seal: Callable[[str], str]
) -> Manifest:
    """Write a bundle of these files; the same files make the same bytes.

    ``seal`` makes a signed note of the text that it is given, by all keys of the log. Nothing is
    written to ``out``, which need not be seekable, before everything has been read. Raise
    :exc:`BadBundle` if a file is missing that every bundle has.
    """
    with Spool() as spool:
        for name, content in members.items():
            spool.add(name, content)
        missing = [name for name in NEEDED if name not in spool.members]
        if missing:
            raise BadBundle(f"A bundle is not whole without {', '.join(missing)}.")
        checkpoint = _checkpoint_of(members[CHECKPOINT])
        kept = [spool.members[name] for name in sorted(spool.members)]
        manifest = Manifest(
            as_of=as_of,
            size=checkpoint.size,
            root=encode_base64(checkpoint.root),
            files=tuple(File(member.name, member.sha256, member.size) for member in kept),
        )
        written = manifest.to_bytes()
        spool.add(MANIFEST, written)
        spool.add(SEAL, seal(seal_text(written)).encode())
        spool.write_zip(out)
    return manifest


def log_members(size: int, read: Callable[[Tile], bytes]) -> dict[str, Iterable[bytes]]:
    """Give the files of the log's first ``size`` entries, each read when it is wanted."""
    return {LOG + tile_path(*tile): _once(tile, read) for tile in required_tiles(size)}


def lines(rows: Iterable[Any]) -> Iterable[bytes]:
    """Write rows as NDJSON, a line of canonical JSON each."""
    return (canonical.encode(row) + b"\n" for row in rows)


def _once(tile: Tile, read: Callable[[Tile], bytes]) -> Iterable[bytes]:
    yield read(tile)


def _checkpoint_of(content: Content) -> Checkpoint:
    if not isinstance(content, bytes):
        raise BadBundle(f"{CHECKPOINT} is given as bytes.")
    return Checkpoint.parse(split_note(content.decode())[0])
