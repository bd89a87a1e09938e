"""The outbox of letters: who is still to receive what, and what went out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, func, select, update

from register import clock
from register.storage.database import db, forget, transaction
from register.storage.models import MailMessage


def add_letter(
    recipient: str, language: str, *, kind: str, key: str, details: dict[str, Any]
) -> bool:
    """Put a letter into the outbox, in the transaction of its cause; tell whether it is new.

    Of one key a recipient gets one letter, whatever happened to it since.
    """
    with transaction() as session:
        same = select(MailMessage.id).where(
            MailMessage.recipient == recipient, MailMessage.key == key
        )
        if session.scalar(same) is not None:
            return False
        now = clock.now()
        session.add(
            MailMessage(
                recipient=recipient,
                language=language,
                kind=kind,
                key=key,
                details=details,
                at=now,
                next_try_at=now,
            )
        )
        session.flush()
        return True


def claim(*, until: datetime, most: int) -> MailMessage | None:
    """Take the letter that has been due the longest, so that nobody else sends it until then.

    Of several who try at once, one takes it. Give ``None`` if nothing is due.
    """
    forget()
    columns = select(MailMessage.id, MailMessage.next_try_at)
    order = (MailMessage.next_try_at, MailMessage.id)
    due = columns.where(_waits(most), MailMessage.next_try_at <= clock.now()).order_by(*order)
    for number, seen in db.session.execute(due.limit(5)).all():
        with transaction() as session:
            ours = update(MailMessage).where(
                MailMessage.id == number,
                MailMessage.next_try_at == seen,
                MailMessage.sent_at.is_(None),
            )
            done = session.execute(ours.values(next_try_at=until))
            if isinstance(done, CursorResult) and done.rowcount == 1:
                taken = session.get_one(MailMessage, number, populate_existing=True)
                session.expunge(taken)
                return taken
    return None


def settle(letter: MailMessage, *, is_secret: bool) -> None:
    """Note that a letter went out; forget what it told if that is a secret."""
    with transaction() as session:
        kept = session.get_one(MailMessage, letter.id)
        kept.sent_at = clock.now()
        kept.attempts += 1
        kept.last_error = ""
        if is_secret:
            kept.details = {}


def put_off(letter: MailMessage, *, until: datetime, why: str, is_refused: bool) -> None:
    """Note why a letter did not go out, and when to try again; a refusal counts as a try."""
    with transaction() as session:
        kept = session.get_one(MailMessage, letter.id)
        kept.next_try_at = until
        kept.last_error = why
        kept.attempts += 1 if is_refused else 0


def give_up(letter: MailMessage, *, why: str, attempts: int, is_secret: bool) -> None:
    """Keep a letter as one that is not sent any more."""
    with transaction() as session:
        kept = session.get_one(MailMessage, letter.id)
        kept.attempts = max(attempts, kept.attempts)
        kept.last_error = why
        if is_secret:
            kept.details = {}


def try_again(*, most: int, kinds: Sequence[str]) -> int:
    """Let letters of these kinds that were given up be sent after all; give their number."""
    with transaction() as session:
        dead = update(MailMessage).where(_is_dead(most), MailMessage.kind.in_(list(kinds)))
        done = session.execute(dead.values(attempts=0, next_try_at=clock.now(), at=clock.now()))
        return done.rowcount if isinstance(done, CursorResult) else 0


def list_dead(*, most: int, limit: int) -> list[MailMessage]:
    """Give the letters that are not sent any more, the latest first."""
    query = select(MailMessage).where(_is_dead(most)).order_by(MailMessage.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def oldest_due_at(*, most: int) -> datetime | None:
    """Tell since when the oldest letter that may still be sent waits, or ``None`` if none does."""
    return db.session.scalar(select(func.min(MailMessage.at)).where(_waits(most)))


def list_details(recipient: str, kind: str, *, since: datetime) -> list[dict[str, Any]]:
    """Give what the letters of a kind told somebody since a moment, sent or not."""
    query = select(MailMessage.details).where(
        MailMessage.recipient == recipient, MailMessage.kind == kind, MailMessage.at >= since
    )
    return list(db.session.scalars(query))


def forget_old(before: datetime) -> int:
    """Strike out the letters of before a moment, sent or given up."""
    with transaction() as session:
        done = session.execute(delete(MailMessage).where(MailMessage.at < before))
        return done.rowcount if isinstance(done, CursorResult) else 0


def _waits(most: int) -> ColumnElement[bool]:
    return MailMessage.sent_at.is_(None) & (MailMessage.attempts < most)


def _is_dead(most: int) -> ColumnElement[bool]:
    return MailMessage.sent_at.is_(None) & (MailMessage.attempts >= most)
