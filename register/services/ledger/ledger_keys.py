"""Which keys sign the ledger: the log says so itself, in entries that anybody can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from register.errors import Invalid
from register.ledger import Entry, Event, Verifier
from register.storage import ledger


@dataclass(frozen=True)
class Naming:
    """From which entry on which keys sign, and under which name the log goes."""

    seq: int
    at: datetime
    origin: str
    vkeys: tuple[str, ...]

    @property
    def verifiers(self) -> list[Verifier]:
        """The keys, ready to check a signature."""
        return [Verifier.from_vkey(vkey) for vkey in self.vkeys]


def list_namings() -> list[Naming]:
    """Give every naming of keys, the first one first; none while the log is not open.

    What is no entry names none; ``ledger_checking`` says of it what it is.
    """
    found: list[Naming] = []
    for row in ledger.list_of_the_log():
        try:
            entry = Entry.parse(row.data)
        except Invalid:
            continue
        if entry.event in {Event.LOG_OPEN, Event.KEY_ROTATE}:
            origin = entry.origin or (found[-1].origin if found else "")
            found.append(Naming(row.seq, entry.logged_at, origin, entry.vkeys))
    return found


def find_naming() -> Naming | None:
    """Give the keys that sign now, or ``None`` while the log is not open."""
    namings = list_namings()
    return namings[-1] if namings else None


def verifiers_of(namings: Sequence[Naming], size: int) -> list[Verifier]:
    """Give the keys that sign a checkpoint of so many entries."""
    named = [each for each in namings if each.seq < size]
    return named[-1].verifiers if named else []


def unsigned_since() -> datetime | None:
    """Tell since when the oldest entry has been waiting that no checkpoint covers, if one does."""
    signed = ledger.find_signed()
    row = ledger.find_row(signed.size if signed else 0)
    try:
        return Entry.parse(row.data).logged_at if row else None
    except Invalid:
        return None
