"""What a program sends twice, since the first answer did not reach it, is done once."""

from collections.abc import Callable

from register.errors import Unprocessable
from register.services.actor import Actor
from register.standard.marking import _
from register.storage import sent_once, transaction


def once(by: Actor, key: str, sent_hash: str, deed: Callable[[], str]) -> tuple[str, bool]:
    """Do a deed once under a key; give its answer, and whether that is the one of before.

    A deed that fails leaves nothing behind, so its key can be used again. Raise
    :exc:`Unprocessable` if something else was sent under the key, by its hash.
    """
    if by.account_id is None:
        raise ValueError("nobody sends")
    with transaction():
        kept = sent_once.claim(by.account_id, key, sent_hash)
        if kept.sent_hash != sent_hash:
            text = _("Something else was sent under this key before. Take a new one.")
            raise Unprocessable(text, {"Idempotency-Key": [text]})
        if kept.answer:
            return kept.answer, True
        kept.answer = deed()
        return kept.answer, False
