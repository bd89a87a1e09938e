"""Commitments: what binds the ledger to a value without telling it.

The salt makes it impossible to try out likely values. Once salt and value are gone, what remains
tells nobody anything, and every proof still holds.
"""

import hashlib
import secrets

from register.ledger import canonical

SALT_BYTES = 16


def new_salt() -> bytes:
    """Give sixteen random bytes; each field of each entry takes its own."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, name: str, value: object) -> str:
    """Bind ``value`` to the name of its field: SHA-256, in hexadecimal, of canonical JSON.

    What is hashed is the list of the salt in hexadecimal, the name, and the value as it is kept.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"A salt has {SALT_BYTES} bytes, and this one has {len(salt)}.")
    return hashlib.sha256(canonical.encode([salt.hex(), name, value])).hexdigest()
