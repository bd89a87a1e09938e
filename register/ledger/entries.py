"""Entries of the ledger: what happened, to which record, and commitments to what was said.

An entry never holds a value, so that erasing one leaves the ledger as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from register.errors import Invalid, Message
from register.ledger import canonical
from register.ledger.notes import BadKey, Verifier
from register.ledger.tiles import MAX_ENTRY
from register.standard.marking import _

FORMAT = 1

TOO_LONG = _("An entry of the ledger has at most %(most)s bytes, and this one has %(length)s.")
WRONG = _("This is no entry of the ledger: %(why)s.")

_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", re.ASCII)
_LOGGED_AT = re.compile(rb'"logged_at":"([ -~]{1,40}?)"')
_TEXTS = ("record", "standard", "agency", "basis", "origin")
_NUMBERS = ("version", "determination")
_OPTIONAL = (*_TEXTS, *_NUMBERS, "fields", "targets", "vkeys")
_NOTHING: tuple[object, ...] = (None, (), {})


class Event(StrEnum):
    """What an entry tells of."""

    LOG_OPEN = "log-open"
    PUBLISH = "publish"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    DETERMINE = "determine"
    ERASE = "erase"
    KEY_ROTATE = "key-rotate"


_REVISION = frozenset({"record", "version", "standard", "agency", "fields"})
_MUST: Mapping[Event, frozenset[str]] = {
    Event.LOG_OPEN: frozenset({"origin", "vkeys"}),
    Event.PUBLISH: _REVISION,
    Event.AMEND: _REVISION,
    Event.WITHDRAW: _REVISION,
    Event.DETERMINE: frozenset({"determination", "fields"}),
    Event.ERASE: frozenset({"basis", "targets"}),
    Event.KEY_ROTATE: frozenset({"vkeys"}),
}
_MAY: Mapping[Event, frozenset[str]] = {
    Event.DETERMINE: frozenset({"record", "version", "standard", "agency"}),
    Event.ERASE: frozenset({"record", "agency"}),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry. What does not apply to its event stays empty, and is not written.

    ``at`` is the moment of the deed; ``logged_at`` never decreases from entry to entry. ``fields``
    are commitments by name; ``targets`` name what an erasure took, as index and name of field.
    """

    event: Event
    at: datetime
    logged_at: datetime
    record: str | None = None
    version: int | None = None
    standard: str | None = None
    agency: str | None = None
    determination: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    basis: str | None = None
    targets: tuple[tuple[int, str], ...] = ()
    origin: str | None = None
    vkeys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_keys(self)
        for name in _TEXTS:
            text = getattr(self, name)
            _need(text is None or (isinstance(text, str) and bool(text)), f"{name} is no text")
        for name in _NUMBERS:
            number = getattr(self, name)
            _need(number is None or _is_number(number, 1), f"{name} is no number from 1 on")
        for name, commitment in self.fields.items():
            if not name or not _is_commitment(commitment):
                raise Invalid(Message(WRONG, why=f"the commitment of {name} is none"))
        for seq, name in self.targets:
            is_target = _is_number(seq, 0) and isinstance(name, str) and bool(name)
            _need(is_target, "a target is the number of an entry and the name of a field")
        for vkey in self.vkeys:
            _need(_is_vkey(vkey), f"{vkey} is no key")

    @classmethod
    def parse(cls, data: bytes) -> "Entry":
        """Read an entry; raise :exc:`Invalid` for bytes that :meth:`to_bytes` would not give."""
        value = canonical.read(data)
        _need(isinstance(value, dict) and value.pop("v", None) == FORMAT, "its format is unknown")
        try:
            entry = cls(
                event=Event(value.pop("event")),
                at=read_moment(value.pop("at")),
                logged_at=read_moment(value.pop("logged_at")),
                targets=tuple((seq, name) for seq, name in value.pop("targets", ())),
                vkeys=tuple(value.pop("vkeys", ())),
                **value,
            )
            is_same = entry.to_bytes() == data
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(Message(WRONG, why="a part is missing or of another kind")) from error
        _need(is_same, "it would be written in another way")
        return entry

    def to_bytes(self) -> bytes:
        """Give the bytes that are hashed into the tree, at most 65,535."""
        data = canonical.encode(self._plain())
        if len(data) > MAX_ENTRY:
            raise Invalid(Message(TOO_LONG, most=f"{MAX_ENTRY:,}", length=f"{len(data):,}"))
        return data

    def _plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "v": FORMAT,
            "event": self.event.value,
            "at": write_moment(self.at),
            "logged_at": write_moment(self.logged_at),
        }
        kept = _keys_of(self)
        return plain | {key: _value(getattr(self, key)) for key in kept}


def logged_at_of(data: bytes) -> datetime:
    """Read of an entry only when it was logged; raise :exc:`Invalid` if it does not say so.

    In canonical JSON a quotation mark within a text has a backslash before it, so that this name
    with its colon stands in one place only.
    """
    found = _LOGGED_AT.search(data)
    if found is None:
        raise Invalid(Message(WRONG, why="it does not say when it was logged"))
    return read_moment(found[1].decode())


def write_moment(moment: datetime) -> str:
    """Write a moment in UTC exactly: microseconds only if there are any."""
    if moment.tzinfo is None:
        raise Invalid(Message(WRONG, why="a moment has no time zone"))
    moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds" if moment.microsecond else "seconds") + "Z"


def read_moment(text: str) -> datetime:
    """Read a moment that :func:`write_moment` wrote; raise :exc:`Invalid` for any other text."""
    _need(isinstance(text, str) and bool(_MOMENT.fullmatch(text)), "a moment is not written as one")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(Message(WRONG, why=f"there is no moment {text}")) from error
    _need(write_moment(moment) == text, "a moment is not written as one")
    return moment


def _keys_of(entry: Entry) -> set[str]:
    return {key for key in _OPTIONAL if getattr(entry, key) not in _NOTHING}


def _check_keys(entry: Entry) -> None:
    given, must = _keys_of(entry), _MUST[entry.event]
    missing = must - given
    _need(not missing, f"{entry.event} lacks {', '.join(sorted(missing))}")
    spare = given - must - _MAY.get(entry.event, frozenset())
    _need(not spare, f"{entry.event} has no {', '.join(sorted(spare))}")


def _value(value: Any) -> Any:
    return (
        [list(v) if isinstance(v, tuple) else v for v in value]
        if isinstance(value, tuple)
        else value
    )


def _is_number(number: object, least: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= least


def _is_commitment(text: object) -> bool:
    return isinstance(text, str) and bool(_COMMITMENT.fullmatch(text))


def _is_vkey(text: str) -> bool:
    try:
        return Verifier.from_vkey(text).vkey == text
    except BadKey:
        return False


def _need(is_so: bool, why: str) -> None:
    if not is_so:
        raise Invalid(Message(WRONG, why=why))
