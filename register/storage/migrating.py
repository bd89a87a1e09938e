"""Bringing the database to the tables that this code expects, and telling whether it has them."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from register.storage.database import db, forget, migrate


def upgrade() -> None:
    """Create the tables or change them to what this code expects; harmless if they are so."""
    forget()
    command.upgrade(_config(), "head")


def wanted_revision() -> str | None:
    """Give the migration that this code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """Tell whether this code can bring a database that is at this migration up to date."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except CommandError:
        return False


def present_revision() -> str | None:
    """Give the migration that the database is at; ``None`` if it has no tables yet.

    Raise :exc:`ConnectionError` if the database cannot be reached.
    """
    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise ConnectionError(str(error).splitlines()[0]) from error


def _config() -> Config:
    config: Config = migrate.get_config()
    return config
