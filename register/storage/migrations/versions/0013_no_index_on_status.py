"""Let go of the index on a filing's status.

Nearly every filing is published, and all questions ask for those, so it found everything. SQLite,
which does not know that, took it instead of the reference: a page of twenty results looked at each
filing of the register.
"""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_disclosure_status", "disclosure")


def downgrade() -> None:
    """Make it again."""
    op.create_index("ix_disclosure_status", "disclosure", ["status"])
