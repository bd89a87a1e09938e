"""Who must file by when, and what helps an officer to file."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    "standing",
    "determination",
    "invitation",
    "kept_form",
    "mail_message",
    "template",
    "upload",
    "quality",
    "text_print",
    "link_check",
)
DRAFT_COLUMNS = (
    "draft_purpose",
    "draft_to_change",
    "draft_comments",
    "draft_submitted_at",
    "draft_endorsed_at",
    "draft_returned_at",
    "draft_endorser_id",
    "matter",
    "period",
)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns to the filings, create the tables, and say since when each agency is in scope."""
    _extend_disclosure()
    _create_standing()
    _create_determination()
    _create_invitation()
    _create_kept_form()
    _create_mail_message()
    _create_template()
    _create_upload()
    _create_quality()
    _create_text_print()
    _create_link_check()
    if op.get_bind().dialect.name == "postgresql":
        # The register counts days in UTC, whatever zone the server is set to.
        op.execute("SET LOCAL TIME ZONE 'UTC'")
    op.execute(
        "INSERT INTO standing (agency_id, kind, from_on, duty, ground, citation, reason, at)"
        " SELECT id, 'in_scope', date(created_at), '', '', '', '{}', created_at FROM agency"
    )


def downgrade() -> None:
    """Drop the tables, and the columns of the filings."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_disclosure_matter", "disclosure")
    for column in DRAFT_COLUMNS:
        op.drop_column("disclosure", column)


def _extend_disclosure() -> None:
    """Add columns in place: making the table anew would break what refers to it on SQLite."""
    columns = (
        sa.Column("draft_purpose", sa.String(20), nullable=False, server_default="filing"),
        sa.Column("draft_to_change", sa.JSON()),
        sa.Column("draft_comments", sa.JSON()),
        sa.Column("draft_submitted_at", MOMENT),
        sa.Column("draft_endorsed_at", MOMENT),
        sa.Column("draft_returned_at", MOMENT),
        sa.Column("matter", sa.Integer()),
        sa.Column("period", sa.String(20)),
    )
    for column in columns:
        op.add_column("disclosure", column)
    op.execute(
        "ALTER TABLE disclosure ADD COLUMN draft_endorser_id INTEGER"
        " CONSTRAINT fk_disclosure_draft_endorser_id_account REFERENCES account (id)"
    )
    op.create_index("ix_disclosure_matter", "disclosure", ["matter"])


def _create_standing() -> None:
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("duty", sa.String(60), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("citation", sa.String(300), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _key("standing", "agency_id", "agency"),
        _key("standing", "by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_standing"),
    )
    op.create_index("ix_standing_agency_id", "standing", ["agency_id"])
    op.create_index("ix_standing_at", "standing", ["at"])


def _create_determination() -> None:
    op.create_table(
        "determination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.String(40), nullable=False),
        sa.Column("tier_before", sa.String(40), nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("in_use_since", sa.String(10), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _key("determination", "agency_id", "agency"),
        _key("determination", "disclosure_id", "disclosure"),
        _key("determination", "by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_determination"),
    )
    op.create_index("ix_determination_agency_id", "determination", ["agency_id"])
    op.create_index("ix_determination_at", "determination", ["at"])
    op.create_index("ix_determination_disclosure_id", "determination", ["disclosure_id"])
    op.create_index("ix_determination_matter", "determination", ["matter"])


def _create_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _key("invitation", "agency_id", "agency"),
        _key("invitation", "invited_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_index("ix_invitation_email", "invitation", ["email"])


def _create_kept_form() -> None:
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _key("kept_form", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_form"),
    )
    op.create_index("ix_kept_form_account_id", "kept_form", ["account_id"])


def _create_mail_message() -> None:
    op.create_table(
        "mail_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mail_message"),
        sa.UniqueConstraint("recipient", "key", name="uq_mail_message_recipient_key"),
    )
    op.create_index("ix_mail_message_sent_at", "mail_message", ["sent_at"])


def _create_template() -> None:
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("standard", sa.String(20), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("hands", sa.JSON(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _key("template", "agency_id", "agency"),
        _key("template", "made_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_template"),
    )
    op.create_index("ix_template_agency_id", "template", ["agency_id"])


def _create_upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(300), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("applied_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("found", sa.LargeBinary(), nullable=True),
        _key("upload", "account_id", "account"),
        _key("upload", "agency_id", "agency"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
        sa.UniqueConstraint("token", name="uq_upload_token"),
    )
    op.create_index("ix_upload_account_id", "upload", ["account_id"])


def _create_quality() -> None:
    op.create_table(
        "quality",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(20), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        _key("quality", "disclosure_id", "disclosure"),
        sa.PrimaryKeyConstraint("disclosure_id", name="pk_quality"),
    )


def _create_text_print() -> None:
    op.create_table(
        "text_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("print", sa.String(64), nullable=False),
        _key("text_print", "disclosure_id", "disclosure"),
        sa.PrimaryKeyConstraint("id", name="pk_text_print"),
    )
    op.create_index("ix_text_print_disclosure_id", "text_print", ["disclosure_id"])
    op.create_index("ix_text_print_print", "text_print", ["print"])


def _create_link_check() -> None:
    op.create_table(
        "link_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("is_broken", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(200), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("broken_since", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_link_check"),
        sa.UniqueConstraint("url", name="uq_link_check_url"),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
