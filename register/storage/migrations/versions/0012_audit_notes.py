"""Keep what auditors write down, as it was written; only an erasure takes the text of a note."""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

TABLE = "audit_note"
GROWS = f"{TABLE} is append-only"
IS_THERE = "EXISTS (SELECT 1 FROM audit_note WHERE audit_note.id = NEW.id)"
KEYS = {
    "author_id": "account.id",
    "disclosure_id": "disclosure.id",
    "agency_id": "agency.id",
    "corrects_id": f"{TABLE}.id",
}
ERASED = "EXISTS (SELECT 1 FROM erasure WHERE erasure.entry_seq = NEW.erased_by)"
KEPT = ("id", "at", "version", *KEYS)


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
        sa.Column("erased_by", sa.Integer(), nullable=True),
        *(_ledger()._key(TABLE, *key) for key in KEYS.items()),
        _ledger()._key(TABLE, "erased_by", "ledger_entry.seq"),
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
    _ledger()._guard(f"{TABLE}_refuses_update", f"UPDATE ON {TABLE}", _wrong(), GROWS)
    for statement in _on_postgresql() if _ledger()._is_postgresql() else _on_sqlite():
        op.execute(statement)


def downgrade() -> None:
    """Drop the table, and with it what guards it."""
    op.drop_table(TABLE)
    if _ledger()._is_postgresql():
        op.execute(f"DROP FUNCTION {TABLE}_refuses_update()")


def _wrong() -> str:
    """Say in SQL that a change is more than that a text goes which an erasure took."""
    kept = [f"NOT ({_ledger()._same('{}.' + column)})" for column in KEPT]
    return " OR ".join([*kept, "OLD.erased_by IS NOT NULL", "NEW.text <> ''", f"NOT {ERASED}"])


def _on_postgresql() -> list[str]:
    each = {"delete": "ROW", "truncate": "STATEMENT"}
    return [
        f"CREATE TRIGGER {TABLE}_refuses_{change} BEFORE {change.upper()} ON {TABLE} "
        f"FOR EACH {what} EXECUTE FUNCTION refuse_change()"
        for change, what in each.items()
    ]


def _on_sqlite() -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{GROWS}'); END"
    return [
        f"CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE} {refusal}",
        f"CREATE TRIGGER {TABLE}_refuses_replacement BEFORE INSERT ON {TABLE} "
        f"WHEN {IS_THERE} {refusal}",
    ]


def _ledger():
    return import_module("register.storage.migrations.versions.0007_ledger")
