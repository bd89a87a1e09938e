"""How a password is kept: argon2id with the parameters of RFC 9106 for little memory."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# A hash to check against when there is no such account, so that both take equally long.
_NOBODY = _hasher.hash("nobody's password")


def hashed(password: str) -> str:
    """Give the hash under which ``password`` is kept."""
    return _hasher.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Tell whether ``password`` is the kept one; takes as long when nothing is kept."""
    try:
        _hasher.verify(kept or _NOBODY, password)
        return kept is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def is_outdated(kept: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)
