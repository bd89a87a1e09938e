"""What a database keeps of a value after it was changed, and how that goes."""

from time import sleep

from register.storage.database import db, forget

#: What held something that was erased, on PostgreSQL.
TABLES = (
    *("revision", "ledger_entry", "source_row", "audit_event", "determination", "disclosure"),
    *("template", "upload", "import_run", "kept_form", "mail_message", "quality", "text_print"),
    *("link_check", "audit_note", "presentation"),
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
        for table in TABLES:
            connection.exec_driver_sql(f"VACUUM {table}")
    return True


def _empty_log() -> bool:
    for _try in range(_TRIES):
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            is_busy, *_rest = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.close()
        finally:
            connection.close()
        if not is_busy:
            return True
        sleep(_PAUSE)
    return False
