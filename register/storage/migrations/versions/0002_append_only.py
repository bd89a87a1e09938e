"""Refuse, in the database itself, to change or delete what must stay as it was written."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("revision", "audit_event", "contribution", "source_row")
CHANGES = ("UPDATE", "DELETE")


def upgrade() -> None:
    """Add a trigger for each table and each kind of change."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in TABLES:
        for change in CHANGES:
            op.execute(_trigger(op.get_bind().dialect.name, table, change))


def downgrade() -> None:
    """Remove the triggers."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for change in CHANGES:
            name = f"{table}_refuses_{change.lower()}"
            op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if is_postgresql else ""))
    if is_postgresql:
        op.execute("DROP FUNCTION refuse_change()")


def _trigger(dialect: str, table: str, change: str) -> str:
    name = f"{table}_refuses_{change.lower()}"
    if dialect == "postgresql":
        return (
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
