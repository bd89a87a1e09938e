"""What a database keeps of a value after it was changed, and how that goes."""

from collections.abc import Callable
from contextlib import closing
from time import sleep

from sqlalchemy import text

from register.storage.database import db, forget

#: What held something that was erased, on PostgreSQL.
TABLES = (
    *("revision", "ledger_entry", "source_row", "audit_event", "determination", "disclosure"),
    *("template", "upload", "import_run", "kept_form", "mail_message", "quality", "text_print"),
    *("link_check", "audit_note", "presentation"),
)
# Who began before still sees rows of before, so that these cannot be freed.
_READERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL AND xact_start < :now"
)
_TRIES = 50
_PAUSE = 0.2


def wipe() -> bool:
    """Let go of old copies of rows; give ``False`` if somebody who still reads prevented it.

    SQLite has overwritten them (``secure_delete``) but for those in the write-ahead log, which is
    emptied. PostgreSQL frees the rows; what it archived of its log is not here to be reached.
    """
    forget()
    if db.engine.dialect.name == "sqlite":
        return _empty_log()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        (now,) = connection.exec_driver_sql("SELECT now()").one()
        is_free = _wait_for(lambda: not connection.execute(_READERS, {"now": now}).scalar_one())
        for table in TABLES:
            connection.exec_driver_sql(f"VACUUM {table}")
    return is_free


def _empty_log() -> bool:
    def is_empty() -> bool:
        with closing(db.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            is_busy, *_rest = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.close()
            return not is_busy

    return _wait_for(is_empty)


def _wait_for(is_so: Callable[[], bool]) -> bool:
    for _try in range(_TRIES):
        if is_so():
            return True
        sleep(_PAUSE)
    return False
