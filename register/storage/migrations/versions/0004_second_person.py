"""Let the database itself insist on the second person, and guard the ledger of duties.

The services check first and say why; this is for whatever comes past them.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = ("standing", "determination")
CHANGES = ("UPDATE", "DELETE")
# Whoever touched the filing since its last publication is a contributor to the version to come.
# Without an approver only what nobody touched may be published: an import.
TOUCHED = (
    "SELECT 1 FROM contribution WHERE contribution.disclosure_id = NEW.disclosure_id"
    " AND contribution.version = NEW.version"
    " AND (NEW.approver_id IS NULL OR contribution.account_id = NEW.approver_id)"
)
ENDORSED = (
    "SELECT 1 FROM disclosure WHERE disclosure.id = NEW.disclosure_id"
    " AND disclosure.draft_endorser_id = NEW.approver_id"
)
OWN_WORK = "NEW.action <> 'withdrawn' AND NEW.author_id = NEW.approver_id"
# A number that is there already is the unique key's affair. One that leaves a gap would pass over
# those who contributed to the version before it.
AHEAD = (
    "NEW.version > 1 + (SELECT COALESCE(MAX(revision.version), 0) FROM revision"
    " WHERE revision.disclosure_id = NEW.disclosure_id)"
)
RULES = {
    "needs_second_person": (
        f"EXISTS ({TOUCHED}) OR EXISTS ({ENDORSED}) OR ({OWN_WORK})",
        "a second person must publish",
    ),
    "follows_the_last": (AHEAD, "a revision must follow the last one"),
}


def upgrade() -> None:
    """Add the triggers."""
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for change in CHANGES:
            op.execute(_guard(dialect, table, change))
    for name in RULES:
        for statement in _rule(dialect, name):
            op.execute(statement)


def downgrade() -> None:
    """Remove the triggers."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name in RULES:
        op.execute(f"DROP TRIGGER revision_{name}" + (" ON revision" if is_postgresql else ""))
        if is_postgresql:
            op.execute(f"DROP FUNCTION revision_{name}()")
    for table in TABLES:
        for change in CHANGES:
            name = f"{table}_refuses_{change.lower()}"
            op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if is_postgresql else ""))


def _guard(dialect: str, table: str, change: str) -> str:
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


def _rule(dialect: str, name: str) -> list[str]:
    condition, said = RULES[name]
    trigger = f"CREATE TRIGGER revision_{name} BEFORE INSERT ON revision "
    if dialect == "postgresql":
        return [
            f"CREATE FUNCTION revision_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; "
            "END IF; RETURN NEW; END $$",
            trigger + f"FOR EACH ROW EXECUTE FUNCTION revision_{name}()",
        ]
    return [trigger + f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{said}'); END"]
