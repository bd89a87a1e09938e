"""The folder of the process that signs: its keys, and what it remembers of the log.

It is the signer's own. No page and no other command opens it. What it remembers is on the disk
before anybody sees a signature, so that it can never sign two histories.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from register.errors import Unavailable
from register.ledger import BadKey, Signer, notes

STATE = "state.json"


@dataclass(frozen=True)
class Remembered:
    """The last that was signed: so many entries, with this root."""

    size: int
    root: bytes


class SignerFolder:
    """Keys and memory of one signer."""

    def __init__(self, path: Path) -> None:
        """Use ``path``; it is made when something is put there."""
        self.path = path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let other signers with this folder wait meanwhile."""
        self._make()
        with (self.path / "lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def list_keys(self) -> list[Signer]:
        """Give the keys; raise :exc:`Unavailable` with a sentence if one cannot be read."""
        keys = []
        for path in sorted(self.path.glob("*.key")):
            try:
                keys.append(Signer.from_key_file(path.read_text("ascii")))
            except (BadKey, OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else error
                raise Unavailable(f"The key {path} cannot be used: {why}") from error
        return keys

    def add_key(self, origin: str) -> Signer:
        """Make a key; it is on the disk, readable by its owner alone, before it is given."""
        self._make()
        signer = Signer.generate(origin)
        path = self.path / f"{signer.verifier.key_id.hex()}.key"
        self._write(path, signer.key_file, mode=0o400)
        return signer

    def keep_only(self, keys: Sequence[Signer]) -> None:
        """Delete every other key: what is retired cannot sign again."""
        kept = {f"{each.verifier.key_id.hex()}.key" for each in keys}
        for path in self.path.glob("*.key"):
            if path.name not in kept:
                path.unlink()
        self._settle()

    def recall(self) -> Remembered | None:
        """Give what was signed last; raise :exc:`Unavailable` if the memory is damaged."""
        path = self.path / STATE
        try:
            kept = json.loads(path.read_text("ascii"))
            root = notes.decode_base64(kept["root"])
            if not isinstance(kept["size"], int) or root is None or len(root) != 32:
                raise ValueError("no size or no root")
        except FileNotFoundError:
            return None
        except (KeyError, TypeError, ValueError) as error:
            raise Unavailable(f"{path} is damaged. Bring it back from its backup.") from error
        return Remembered(kept["size"], root)

    def remember(self, signed: Remembered) -> None:
        """Keep what is going to be signed; it is on the disk when this returns."""
        root = notes.encode_base64(signed.root)
        self._write(self.path / STATE, json.dumps({"size": signed.size, "root": root}) + "\n")

    def forget(self) -> None:
        """Remember nothing any more."""
        (self.path / STATE).unlink(missing_ok=True)
        self._settle()

    def _make(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _write(self, path: Path, text: str, mode: int = 0o600) -> None:
        """Write a file that is whole, and on the disk, or not there."""
        beside = path.with_name(f".{path.name}.part")
        beside.unlink(missing_ok=True)
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        self._settle()

    def _settle(self) -> None:
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
