"""Keep the inventories that the secretariat brings, until they are taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
ACCOUNTS = ("account_id", "asked_by_id", "decided_by_id")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("accepts_smaller", sa.Boolean(), nullable=False),
        sa.Column("error", sa.JSON(), nullable=True),
        sa.Column("trial", sa.JSON(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("report", sa.LargeBinary(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("queued_at", MOMENT, nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("worker", sa.String(64), nullable=True),
        sa.Column("beat_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("is_stopping", sa.Boolean(), nullable=False),
        *(_key(column, "account") for column in ACCOUNTS),
        _key("agency_id", "agency"),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    for column in ("account_id", "state"):
        op.create_index(f"ix_import_run_{column}", "import_run", [column])


def downgrade() -> None:
    """Drop the table; what came of the files stays."""
    op.drop_table("import_run")


def _key(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_import_run_{column}_{table}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)
