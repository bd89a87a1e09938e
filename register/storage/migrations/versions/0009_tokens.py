"""Keep the tokens of programs, and the answers to what they sent under a key of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        _of_account("token", "account_id"),
        _of_account("token", "made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.UniqueConstraint("token_hash", name="uq_token_token_hash"),
    )
    op.create_index("ix_token_account_id", "token", ["account_id"])
    op.create_table(
        "sent_once",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("sent_hash", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of_account("sent_once", "account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_once"),
        sa.UniqueConstraint("account_id", "key", name="uq_sent_once_account_id_key"),
    )
    op.create_index("ix_sent_once_at", "sent_once", ["at"])


def downgrade() -> None:
    """Drop the tables; every token is dead then."""
    op.drop_table("sent_once")
    op.drop_table("token")


def _of_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_account"
    return sa.ForeignKeyConstraint([column], ["account.id"], name=name)
