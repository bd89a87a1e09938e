"""What an auditor remembers of a log: checkpoints seen before, so that none can be taken back.

Whoever holds a log's key can sign another history. But they cannot make it begin with a checkpoint
that somebody has kept.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from register.ledger.bundle_findings import Problem, Tampering
from register.ledger.bundle_log import BundledLog
from register.ledger.notes import Checkpoint, Verifier, encode_base64

FORMAT = "register-seen-1"


class BadMemory(ValueError):
    """This is no file in which checkpoints were remembered."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A checkpoint that was seen, with the signed note itself: it proves what was promised."""

    size: int
    root: str
    as_of: str
    seen_at: str
    note: str


@dataclass(frozen=True)
class KnownLog:
    """A log whose checkpoints were seen, and the keys that it was then trusted by."""

    vkeys: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class Memory:
    """Logs by their name."""

    logs: Mapping[str, KnownLog] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> "Memory":
        """Read what :attr:`text` wrote; raise :exc:`BadMemory` for anything else."""
        try:
            value = json.loads(text)
            is_known = value["format"] == FORMAT
            logs = {origin: _known_log(log) for origin, log in value["logs"].items()}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BadMemory("This is no file in which checkpoints were remembered.") from error
        if not is_known:
            raise BadMemory(f"What is remembered here is not of the format {FORMAT}.")
        return cls(logs)

    @property
    def text(self) -> str:
        """All that is remembered, as JSON."""
        logs = {origin: asdict(log) for origin, log in sorted(self.logs.items())}
        return json.dumps({"format": FORMAT, "logs": logs}, ensure_ascii=False, indent=1) + "\n"

    def of(self, origin: str) -> KnownLog:
        """Give what is remembered of a log, which may be nothing."""
        return self.logs.get(origin, KnownLog())

    def with_seen(self, origin: str, vkeys: tuple[str, ...], seen: Seen) -> "Memory":
        """Remember a checkpoint as well, in the order of sizes, and the keys it was trusted by."""
        known = self.of(origin)
        if (seen.size, seen.root) in {(each.size, each.root) for each in known.seen}:
            return self
        kept = tuple(sorted((*known.seen, seen), key=lambda each: each.size))
        keys = tuple(dict.fromkeys((*known.vkeys, *vkeys)))
        return replace(self, logs={**self.logs, origin: KnownLog(keys, kept)})


def rewritten(
    known: KnownLog, log: BundledLog, checkpoint: Checkpoint, as_of: str
) -> Iterator[Problem]:
    """Say of each remembered checkpoint that the log does not begin with that it was rewritten."""
    for seen in known.seen:
        if seen.size > checkpoint.size:
            # A bundle of an earlier day may be smaller; one of a later day may not.
            if as_of > seen.as_of:
                yield _problem(seen, "is longer than the whole log now")
        elif encode_base64(log.root(seen.size)) != seen.root:
            yield _problem(seen, "is not a prefix")


def _problem(seen: Seen, why: str) -> Problem:
    what = f"the checkpoint of size {seen.size} seen on {seen.seen_at} {why}"
    return Problem(Tampering.REWRITTEN, f"The log was rewritten: {what}.")


def _known_log(value: Mapping[str, Any]) -> KnownLog:
    seen = tuple(Seen(**each) for each in value["seen"])
    for each in seen:
        # Names that are no texts or sizes that are no numbers would fail later, and far from here.
        if not isinstance(each.size, int) or not all(
            isinstance(text, str) for text in (each.root, each.as_of, each.seen_at, each.note)
        ):
            raise TypeError("a checkpoint is not written as one")
    return KnownLog(tuple(Verifier.from_vkey(vkey).vkey for vkey in value["vkeys"]), seen)
