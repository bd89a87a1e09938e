"""Forms that arrived after their sender's session had ended: kept until they are sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from register import clock
from register.errors import NotFound
from register.services.actor import Actor
from register.standard.marking import _
from register.storage import accounts, kept
from register.storage.models import KeptForm

KEPT_FOR = timedelta(days=7)
MOST = 5
LONGEST_PATH = 500
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A form as it was sent: where to, and every field with its value, in order."""

    number: int
    path: str
    fields: tuple[tuple[str, str], ...]
    at: datetime


def keep(token: str, path: str, fields: Pairs) -> int | None:
    """Keep a form for whoever's session had this secret, and give its number.

    The secret of a session that has ended opens nothing; it only tells whose form it is. Give
    ``None`` if nobody's is known, or if their account is closed.
    """
    sign_in = accounts.find_sign_in(token) if token else None
    if sign_in is None or sign_in.account.is_disabled or len(path) > LONGEST_PATH:
        return None
    since = clock.now() - KEPT_FOR
    return kept.add_kept(sign_in.account_id, path, fields, most=MOST, since=since).id


def list_kept(by: Actor) -> list[Kept]:
    """Give what is kept for this person, the newest first."""
    if by.account_id is None:
        return []
    found = kept.list_kept(by.account_id, clock.now() - KEPT_FOR)
    return [_facts(each) for each in found]


def get_kept(by: Actor, number: int) -> Kept:
    """Give a form to the person for whom it is kept; for others it does not exist."""
    for each in list_kept(by):
        if each.number == number:
            return each
    raise NotFound(_("Nothing is kept for you under this number."))


def discard(by: Actor, number: int) -> None:
    """Forget a form of this person's own."""
    if by.account_id is not None:
        kept.drop_kept(by.account_id, number)


def purge() -> int:
    """Forget the forms whose time is over; give how many."""
    return kept.remove_before(clock.now() - KEPT_FOR)


def _facts(each: KeptForm) -> Kept:
    fields = tuple((name, value) for name, value in each.fields)
    return Kept(number=each.id, path=each.path, fields=fields, at=each.at)
