"""Guard what stays against replacing and emptying, and put the checks of a revision in order.

A trigger that forbids deleting does not stop SQLite from replacing a row, unless the connection
asks for it; one that forbids changing rows does not stop PostgreSQL from emptying a table; and what
a function of PostgreSQL calls ``contribution`` may be a table that the caller made for the moment.
"""

from importlib import import_module

from alembic import op

revision = "0005"
down_revision = "0004"

# What only grows, with the keys that are given once.
TABLES = {
    "revision": (("id",), ("disclosure_id", "version")),
    "audit_event": (("id",),),
    "contribution": (("id",), ("disclosure_id", "version", "account_id")),
    "source_row": (("id",), ("revision_id",)),
    "standing": (("id",),),
    "determination": (("id",),),
}
GROWS = "{} is append-only"
NEXT = (
    "1 + (SELECT COALESCE(MAX(revision.version), 0) FROM revision"
    " WHERE revision.disclosure_id = NEW.disclosure_id)"
)
# Whoever touched the filing since its last publication is a contributor to the version to come.
# Without an approver only what nobody touched may be published: an import.
TOUCHED = (
    "EXISTS (SELECT 1 FROM contribution WHERE contribution.disclosure_id = NEW.disclosure_id"
    " AND contribution.version = NEW.version"
    " AND (NEW.approver_id IS NULL OR contribution.account_id = NEW.approver_id))"
)
ENDORSED = (
    "EXISTS (SELECT 1 FROM disclosure WHERE disclosure.id = NEW.disclosure_id"
    " AND disclosure.draft_endorser_id = NEW.approver_id)"
)
OWN_WORK = "NEW.author_id = NEW.approver_id"
# Where the agency approves and the secretariat publishes, both did, and neither wrote it.
NOT_ENDORSED = (
    "NEW.approver_id IS NOT NULL AND EXISTS"
    " (SELECT 1 FROM disclosure JOIN agency ON agency.id = disclosure.agency_id"
    " WHERE disclosure.id = NEW.disclosure_id AND agency.approval = 'both'"
    " AND (disclosure.draft_endorser_id IS NULL OR EXISTS (SELECT 1 FROM contribution"
    " WHERE contribution.disclosure_id = NEW.disclosure_id AND contribution.version = NEW.version"
    " AND contribution.account_id = disclosure.draft_endorser_id)))"
)


def upgrade() -> None:
    """Put one trigger in the place of the two on revisions, and add those that were missing."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name in _before().RULES:
        _drop(f"revision_{name}", "revision", with_function=True)
    for statement in _in_order_on_postgresql() if is_postgresql else _in_order_on_sqlite():
        op.execute(statement)
    for table in TABLES:
        if is_postgresql:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        elif table != "revision":
            op.execute(
                f"CREATE TRIGGER {table}_refuses_replacement BEFORE INSERT ON {table} "
                f"WHEN {_is_there(table)} "
                f"BEGIN SELECT RAISE(ABORT, '{GROWS.format(table)}'); END"
            )


def downgrade() -> None:
    """Remove them, and create the two of before as they were."""
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        if dialect == "postgresql":
            _drop(f"{table}_refuses_truncate", table)
        elif table != "revision":
            _drop(f"{table}_refuses_replacement", table)
    _drop("revision_is_in_order", "revision", with_function=True)
    for name in _before().RULES:
        for statement in _before()._rule(dialect, name):
            op.execute(statement)


def _before():
    return import_module("register.storage.migrations.versions.0004_second_person")


def _drop(trigger: str, table: str, *, with_function: bool = False) -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if is_postgresql else ""))
    if is_postgresql and with_function:
        op.execute(f"DROP FUNCTION {trigger}()")


def _is_there(table: str) -> str:
    """Say in SQL that a row has the id or another key of the new one."""
    keys = (" AND ".join(f"{table}.{c} = NEW.{c}" for c in key) for key in TABLES[table])
    there = "EXISTS (SELECT 1 FROM {} WHERE {})"
    return " OR ".join(there.format(table, same) for same in keys)


def _checks() -> tuple[tuple[str, str, str], ...]:
    """Give what refuses a revision, what is said then, and the kind of error, in this order.

    Of two who publish at once the second is told that it was done, not that they may not.
    """
    second_person = f"{TOUCHED} OR {ENDORSED} OR {OWN_WORK}"
    return (
        (_is_there("revision"), GROWS.format("revision"), "unique_violation"),
        (f"NEW.version <> {NEXT}", "a revision must follow the last one", "check_violation"),
        (second_person, "a second person must publish", "check_violation"),
        (NOT_ENDORSED, "the agency must approve first", "check_violation"),
    )


def _in_order_on_sqlite() -> list[str]:
    checks = [f"SELECT RAISE(ABORT, '{said}') WHERE {when};" for when, said, _kind in _checks()]
    body = " ".join(checks)
    return [f"CREATE TRIGGER revision_is_in_order BEFORE INSERT ON revision BEGIN {body} END"]


def _in_order_on_postgresql() -> list[str]:
    """Let the function look into the schema of the register, and at a caller's own tables last."""
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    checks = " ".join(
        f"IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = '{kind}'; END IF;"
        for when, said, kind in _checks()
    )
    return [
        "CREATE FUNCTION revision_is_in_order() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, {schema}, pg_temp AS $$ BEGIN {checks} RETURN NEW; END $$",
        "CREATE TRIGGER revision_is_in_order BEFORE INSERT ON revision "
        "FOR EACH ROW EXECUTE FUNCTION revision_is_in_order()",
    ]
