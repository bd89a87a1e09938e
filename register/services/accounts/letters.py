"""Letters to those who work on the register: put into the outbox, and sent from there.

A letter is claimed, sent and settled, each in a transaction of its own. A drainer that is killed in
between leaves a letter that is claimed: it goes out after the claim has run out, under the same
identifier, so that a mail program knows a letter that arrives twice as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from register import clock
from register.mail.letters import House, Letter, compose
from register.mail.sending import Carry, RefusedError, UnreachableError
from register.mail.wording import KINDS
from register.storage import letters
from register.storage.models import Account, MailMessage

MOST_TRIES = 10
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
CLAIM = timedelta(minutes=15)
USEFUL_FOR = timedelta(days=14)
KEPT_FOR = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Drained:
    """What a drain did; ``unreachable`` says why the server could not be reached, if so."""

    sent: int
    refused: int
    unreachable: str = ""


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """A letter that is not sent any more, and why."""

    recipient: str
    kind: str
    at: datetime
    why: str


def put(account: Account, *, kind: str, key: str, details: Mapping[str, Any]) -> bool:
    """Put a letter to an account into the outbox; a disabled one gets none. Tell whether it did."""
    if account.is_disabled:
        return False
    return put_to_address(account.email, account.language, kind=kind, key=key, details=details)


def put_to_address(
    email: str, language: str, *, kind: str, key: str, details: Mapping[str, Any]
) -> bool:
    """Put a letter to an address into the outbox, in the transaction of its cause.

    ``kind`` is one of :data:`register.mail.wording.KINDS`. Of one ``key`` an address gets one
    letter. What ``details`` tell in a letter with a secret is forgotten once it is sent.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no letter of kind {kind!r}")
    return letters.add_letter(email, language, kind=kind, key=key, details=dict(details))


def drain(carry: Carry, house: House, *, limit: int = 1000) -> Drained:
    """Send what is due, one after another; stop where the server cannot be reached.

    ``carry`` hands a letter over, as :meth:`register.mail.sending.Carrier.carry` does.
    """
    sent = refused = 0
    while sent + refused < limit:
        letter = letters.claim(until=clock.now() + CLAIM, most=MOST_TRIES)
        if letter is None:
            break
        try:
            _send(letter, carry, house)
        except RefusedError as error:
            _refuse(letter, str(error))
            refused += 1
        except UnreachableError as error:
            pause = clock.now() + FIRST_PAUSE
            letters.put_off(letter, until=pause, why=str(error), is_refused=False)
            return Drained(sent=sent, refused=refused, unreachable=str(error))
        else:
            letters.settle(letter, is_secret=KINDS[letter.kind].is_secret)
            sent += 1
    return Drained(sent=sent, refused=refused)


def list_dead(limit: int = 10) -> list[DeadLetter]:
    """Give the latest letters that are not sent any more."""
    found = letters.list_dead(most=MOST_TRIES, limit=limit)
    return [
        DeadLetter(recipient=each.recipient, kind=each.kind, at=each.at, why=each.last_error)
        for each in found
    ]


def waiting_since() -> datetime | None:
    """Tell since when the oldest letter waits that may still be sent."""
    return letters.oldest_due_at(most=MOST_TRIES)


def try_again() -> int:
    """Let the letters that were given up be sent after all, but for those that held a secret."""
    kinds = [name for name, kind in KINDS.items() if not kind.is_secret]
    return letters.try_again(most=MOST_TRIES, kinds=kinds)


def pause_after(tries: int) -> timedelta:
    """Give how long to wait after so many tries: five minutes, then twice as long each time."""
    return min(FIRST_PAUSE * int(2 ** max(0, tries - 1)), LONGEST_PAUSE)


def _send(letter: MailMessage, carry: Carry, house: House) -> None:
    if clock.now() - letter.at > USEFUL_FOR:
        raise RefusedError("It waited too long to be of use.")
    facts = Letter(
        recipient=letter.recipient,
        language=letter.language,
        kind=letter.kind,
        key=letter.key,
        details=letter.details,
    )
    try:
        message = compose(facts, house)
    except ValueError as error:
        raise RefusedError(f"{type(error).__name__}: {error}") from None
    carry(message)


def _refuse(letter: MailMessage, why: str) -> None:
    tries = letter.attempts + 1
    is_late = clock.now() - letter.at > USEFUL_FOR
    if tries >= MOST_TRIES or is_late:
        is_secret = KINDS[letter.kind].is_secret
        letters.give_up(letter, why=why, attempts=MOST_TRIES, is_secret=is_secret)
    else:
        until = clock.now() + pause_after(tries)
        letters.put_off(letter, until=until, why=why, is_refused=True)
