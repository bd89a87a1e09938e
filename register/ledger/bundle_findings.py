"""What a check of a bundle found: what it holds, and every sign of tampering, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from register.ledger.notes import Checkpoint


class Tampering(StrEnum):
    """The ways in which a bundle can differ from what the register told."""

    ZIP = "zip"  # the ZIP was made or changed by another program
    FILE = "file"  # a file is another than the one that was sealed
    KEY = "unknown key"  # nobody who is trusted has signed
    ENTRY = "entry"  # an entry of the log was changed
    DROPPED = "dropped"
    ADDED = "added"
    REORDERED = "reordered"
    BACKDATED = "backdated"  # an entry says that it is older than the one before it
    VALUE = "value"  # a value is another than the one that the log is bound to
    ERASED = "silent erasure"  # a value is missing, and no entry says why
    REWRITTEN = "rewritten log"  # it does not begin with what was seen before


@dataclass(frozen=True)
class Problem:
    """One sign of tampering."""

    kind: Tampering
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many values are told, how many are not for this reader, how many were erased."""

    told: int = 0
    closed: int = 0
    erased: int = 0


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All that a check found. Without problems, the bundle is as the register made it."""

    as_of: str
    checkpoint: Checkpoint
    note: str
    signed_by: tuple[str, ...]
    #: Whether the reader brought no key along, so that the bundle only vouches for itself.
    is_self_vouched: bool
    vkeys: tuple[str, ...]
    files: int
    events: Mapping[str, int]
    values: Tally
    confirmed: int  # checkpoints that were seen before, each a beginning of this log
    problems: tuple[Problem, ...]
