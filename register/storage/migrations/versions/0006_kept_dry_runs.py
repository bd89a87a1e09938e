"""Keep what the dry run of an officer's file found, so that it is worked out once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("upload", sa.Column("found", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Remove it; what was found is worked out again."""
    op.drop_column("upload", "found")
