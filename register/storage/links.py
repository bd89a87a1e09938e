"""When each link of the published records was tried, and how that went."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from register import clock
from register.storage.database import db, transaction
from register.storage.models import LinkCheck

LONGEST_URL = 2000
LONGEST_WORDS = 200


def note_try(url: str, *, works: bool, said: str) -> bool:
    """Note how a try went; tell whether the link counts as broken now.

    It does once tries have failed on two different days with none between that worked.
    """
    with transaction() as session:
        now = clock.now()
        found = session.scalar(select(LinkCheck).where(LinkCheck.url == url))
        if found is None:
            found = LinkCheck(url=url, is_broken=False)
            session.add(found)
        found.said = said[:LONGEST_WORDS]
        found.checked_at = now
        found.broken_since = None if works else found.broken_since or now
        since = found.broken_since
        found.is_broken = since is not None and since.date() < now.date()
        session.flush()
        return found.is_broken


def map_checked() -> dict[str, datetime]:
    """Tell when each link was last tried."""
    query = select(LinkCheck.url, LinkCheck.checked_at)
    return {url: moment for url, moment in db.session.execute(query)}


def map_broken(urls: Collection[str]) -> dict[str, datetime]:
    """Tell of these links which are broken, and when that was last seen."""
    if not urls:
        return {}
    query = select(LinkCheck.url, LinkCheck.checked_at).where(
        LinkCheck.is_broken, LinkCheck.url.in_(sorted(urls))
    )
    return {url: moment for url, moment in db.session.execute(query)}


def drop_others(urls: Collection[str]) -> None:
    """Forget the links that no published record has any more."""
    gone = sorted(set(map_checked()) - set(urls))
    with transaction() as session:
        for start in range(0, len(gone), 500):
            batch = gone[start : start + 500]
            session.execute(delete(LinkCheck).where(LinkCheck.url.in_(batch)))
