"""What was sent under a key, so that it is not done twice."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, text

from register import clock
from register.storage.base import Moment
from register.storage.database import transaction
from register.storage.models import SentOnce

KEPT_FOR = timedelta(days=7)
_CLAIM = text(
    "INSERT INTO sent_once (account_id, key, sent_hash, answer, at)"
    " VALUES (:account_id, :key, :sent_hash, '', :at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=Moment()))


def claim(account_id: int, key: str, sent_hash: str) -> SentOnce:
    """Give what an account sent under a key, now or before; before, it has an answer.

    Call it inside the transaction of the deed. Of two who send at once, the second waits here until
    the first is done, and then finds its answer; what failed has left nothing.
    """
    with transaction() as session:
        now = clock.now()
        session.execute(delete(SentOnce).where(SentOnce.at < now - KEPT_FOR))
        values = {"account_id": account_id, "key": key, "sent_hash": sent_hash, "at": now}
        session.execute(_CLAIM, values)
        own = select(SentOnce).where(SentOnce.account_id == account_id, SentOnce.key == key)
        return session.scalars(own).one()
