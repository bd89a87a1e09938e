"""How the register keeps things: the only SQL. Reads are free; writes need a transaction."""

from register.storage.database import close, forget, init_app, transaction

__all__ = ["close", "forget", "init_app", "transaction"]
