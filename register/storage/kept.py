"""What was sent after a session had ended, until its sender signs in again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from register import clock
from register.storage.database import db, transaction
from register.storage.models import KeptForm


def add_kept(
    account_id: int, path: str, fields: Sequence[Sequence[str]], *, most: int, since: datetime
) -> KeptForm:
    """Keep a form; forget what is older than ``since``, and all but the latest ``most``."""
    with transaction() as session:
        session.execute(delete(KeptForm).where(KeptForm.at < since))
        listed = [list(pair) for pair in fields]
        kept = KeptForm(account_id=account_id, path=path, fields=listed, at=clock.now())
        session.add(kept)
        session.flush()
        own = select(KeptForm.id).where(KeptForm.account_id == account_id)
        latest = own.order_by(KeptForm.id.desc()).limit(most)
        session.execute(
            delete(KeptForm).where(KeptForm.account_id == account_id, KeptForm.id.not_in(latest))
        )
        return kept


def list_kept(account_id: int, since: datetime) -> list[KeptForm]:
    """Give what is kept for an account, the newest first."""
    query = select(KeptForm).where(KeptForm.account_id == account_id, KeptForm.at >= since)
    return list(db.session.scalars(query.order_by(KeptForm.id.desc())))


def drop_kept(account_id: int, number: int) -> None:
    """Forget one form of an account."""
    with transaction() as session:
        own = delete(KeptForm).where(KeptForm.account_id == account_id, KeptForm.id == number)
        session.execute(own)


def remove_before(moment: datetime) -> int:
    """Forget the forms that came before a moment; give how many."""
    with transaction() as session:
        old = list(db.session.scalars(select(KeptForm.id).where(KeptForm.at < moment)))
        session.execute(delete(KeptForm).where(KeptForm.id.in_(old)))
        return len(old)
