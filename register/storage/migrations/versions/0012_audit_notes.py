"""Keep what auditors write down, as it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

TABLE = "audit_note"
GROWS = f"{TABLE} is append-only"
IS_THERE = "EXISTS (SELECT 1 FROM audit_note WHERE audit_note.id = NEW.id)"
KEYS = {
    "author_id": "account",
    "disclosure_id": "disclosure",
    "agency_id": "agency",
    "corrects_id": TABLE,
}


def upgrade() -> None:
    """Create the table, and refuse to change, delete, replace or empty what is in it."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        *(_key(column, table) for column, table in KEYS.items()),
        sa.CheckConstraint(
            "disclosure_id IS NULL OR agency_id IS NULL", name=f"ck_{TABLE}_one_subject"
        ),
        sa.CheckConstraint(
            "version IS NULL OR disclosure_id IS NOT NULL", name=f"ck_{TABLE}_version_of_what"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    for column in KEYS:
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _on_postgresql() if is_postgresql else _on_sqlite():
        op.execute(statement)


def downgrade() -> None:
    """Drop the table, and with it what guards it."""
    op.drop_table(TABLE)


def _key(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{TABLE}_{column}_{table}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def _on_postgresql() -> list[str]:
    each = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
    return [
        f"CREATE TRIGGER {TABLE}_refuses_{change} BEFORE {change.upper()} ON {TABLE} "
        f"FOR EACH {what} EXECUTE FUNCTION refuse_change()"
        for change, what in each.items()
    ]


def _on_sqlite() -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{GROWS}'); END"
    return [
        f"CREATE TRIGGER {TABLE}_refuses_update BEFORE UPDATE ON {TABLE} {refusal}",
        f"CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE} {refusal}",
        f"CREATE TRIGGER {TABLE}_refuses_replacement BEFORE INSERT ON {TABLE} "
        f"WHEN {IS_THERE} {refusal}",
    ]
