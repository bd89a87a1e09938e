"""Keep what the public reads of each version as text, for exports; it is filled by the service."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "presentation",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", name="pk_presentation"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_presentation_revision_id_revision"
        ),
    )


def downgrade() -> None:
    """Drop the table; nothing is lost that cannot be made again."""
    op.drop_table("presentation")
