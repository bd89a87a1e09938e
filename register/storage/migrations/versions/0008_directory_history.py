"""Keep what is needed to show the register as it was at any moment of the past.

What the directory said before this is not known: each body begins as it is now, from when it was
added. Nor is it known of a version from another instance when it came here: it counts from the
moment that it tells itself. PostgreSQL sorts by codes from now on, as SQLite does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TABLE = "agency_version"
MOMENT = sa.DateTime(timezone=True)
TEXTS = {"abbreviation": 40, "level": 20, "sector": 60, "approval": 20}
#: What exports are sorted by. A database sorts as its language does, unless it is told otherwise.
SORTED = {("disclosure", "reference"): 40, ("agency", "slug"): 100}
BACKFILL = """
    INSERT INTO agency_version
        (agency_id, names, abbreviation, level, sector, approval, parent_id, at)
    SELECT id, names, abbreviation, level, sector, approval, parent_id, created_at
    FROM agency ORDER BY id
"""


def upgrade() -> None:
    """Create the table with its guards, begin with what is there, and add the column."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.String(most), nullable=False) for name, most in TEXTS.items()),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        *(
            sa.ForeignKeyConstraint([column], ["agency.id"], name=f"fk_{TABLE}_{column}_agency")
            for column in ("agency_id", "parent_id")
        ),
    )
    op.create_index(f"ix_{TABLE}_agency_id", TABLE, ["agency_id"])
    op.execute(BACKFILL)
    op.add_column("revision", sa.Column("known_at", MOMENT, nullable=True))
    for guard in _guards():
        op.execute(guard)
    if _is_postgresql():
        _sort('COLLATE "C"')


def downgrade() -> None:
    """Drop the table: of each body only what it is now is left."""
    op.drop_table(TABLE)
    op.drop_column("revision", "known_at")
    if _is_postgresql():
        _sort("")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _guards() -> list[str]:
    """Give what refuses to change, to remove and to replace a row, and to empty the table."""
    if _is_postgresql():
        events = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
        return [
            f"CREATE TRIGGER {TABLE}_refuses_{event} BEFORE {event.upper()} ON {TABLE} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            for event, each in events.items()
        ]
    refusal = f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
    is_there = "EXISTS (SELECT 1 FROM agency_version WHERE agency_version.id = NEW.id)"
    return [
        f"CREATE TRIGGER {TABLE}_refuses_update BEFORE UPDATE ON {TABLE} {refusal}",
        f"CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE} {refusal}",
        f"CREATE TRIGGER {TABLE}_refuses_replacement BEFORE INSERT ON {TABLE} "
        f"WHEN {is_there} {refusal}",
    ]


def _sort(how: str) -> None:
    """Let PostgreSQL sort references and slugs by their letters' codes, as SQLite does."""
    for (table, column), most in SORTED.items():
        kind = f"varchar({most}) {how}".strip()
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")
