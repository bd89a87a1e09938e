"""Keep a ledger of what was made public, which the database itself lets only grow.

An erasure is what may take something out of it, and out of what it tells of: the salts and the
values of the fields that an entry of the ledger names, and nothing besides.
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = ("ledger_entry", "ledger_node", "ledger_checkpoint", "erasure")
GROWS = "{} is append-only"

# What an erasure may change, and what has to stay of such a row.
KEPT = {
    "revision": "id disclosure_id version action standard author_id approver_id at",
    "determination": "id matter kind agency_id disclosure_id version must tier tier_before phase"
    " in_use_since by_id at",
    "source_row": "id revision_id format source_id file_name file_hash row at",
    "ledger_entry": "seq data revision_id determination_id",
}
ERASED = (
    "EXISTS (SELECT 1 FROM erasure JOIN ledger_entry ON ledger_entry.seq = erasure.target_seq"
    " WHERE ledger_entry.{key} AND {named})"
)
THERE = "EXISTS (SELECT 1 FROM {} WHERE {})"
VALUE = "(SELECT each.value FROM json_each({}) AS each WHERE each.key = {})"


def upgrade() -> None:
    """Create the tables, and guard them and what they tell of."""
    _create_entry()
    _create_tree()
    _create_erasure()
    for trigger, (table, wrong, said) in _insertions().items():
        _guard(trigger, f"INSERT ON {table}", wrong, said)
    for table in ("revision", "determination", "source_row"):
        _drop(f"{table}_refuses_update", table)
    for table, wrong in _updates().items():
        _guard(f"{table}_refuses_update", f"UPDATE ON {table}", wrong, GROWS.format(table))
    for table in TABLES:
        if table != "ledger_entry":
            op.execute(_before()._trigger(_dialect(), table, "UPDATE"))
        op.execute(_before()._trigger(_dialect(), table, "DELETE"))
        if _is_postgresql():
            op.execute(
                f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    """Drop the tables, and let nobody change what they told of."""
    for table in ("revision", "determination", "source_row"):
        _drop(f"{table}_refuses_update", table)
        op.execute(_before()._trigger(_dialect(), table, "UPDATE"))
    for table in reversed(TABLES):
        op.drop_table(table)
    if _is_postgresql():
        for name in (*_insertions(), *(f"{table}_refuses_update" for table in _updates())):
            op.execute(f"DROP FUNCTION {name}()")


def _create_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("salts", sa.JSON(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("determination_id", sa.Integer(), nullable=True),
        _key("ledger_entry", "revision_id", "revision.id"),
        _key("ledger_entry", "determination_id", "determination.id"),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger_entry"),
        sa.UniqueConstraint("revision_id", name="uq_ledger_entry_revision_id"),
        sa.UniqueConstraint("determination_id", name="uq_ledger_entry_determination_id"),
    )
    of_the_log = sa.text("revision_id IS NULL AND determination_id IS NULL")
    op.create_index(
        "ix_ledger_entry_of_the_log",
        "ledger_entry",
        ["seq"],
        sqlite_where=of_the_log,
        postgresql_where=of_the_log,
    )


def _create_tree() -> None:
    op.create_table(
        "ledger_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name="pk_ledger_node"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_ledger_checkpoint"),
    )


def _create_erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_seq", sa.Integer(), nullable=False),
        sa.Column("target_seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        _key("erasure", "entry_seq", "ledger_entry.seq"),
        _key("erasure", "target_seq", "ledger_entry.seq"),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
        sa.UniqueConstraint("target_seq", "name", name="uq_erasure_target_seq_name"),
    )
    op.create_index("ix_erasure_entry_seq", "erasure", ["entry_seq"])


def _insertions() -> dict[str, tuple[str, str, str]]:
    """Give the guards of new rows by name: of which table, which row is wrong, what is said then.

    That a key is there already is refused as well: SQLite would let it replace the row.
    """
    next_of = "(SELECT COALESCE(MAX({0}), -1) + 1 FROM {1}{2})"
    next_entry = next_of.format("seq", "ledger_entry", "")
    at_level = " WHERE ledger_node.level = NEW.level"
    told = " OR ".join(
        _is_there("ledger_entry", key) for key in ("revision_id", "determination_id")
    )
    last = "(SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint)"
    taken = THERE.format(
        "erasure", "erasure.id = NEW.id OR target_seq = NEW.target_seq AND name = NEW.name"
    )
    wrongs = {
        "ledger_entry": f"NEW.seq <> {next_entry} OR {told}",
        "ledger_node": f"NEW.position <> {next_of.format('position', 'ledger_node', at_level)}",
        "ledger_checkpoint": f"NEW.size <= {last} OR NEW.size > {next_entry}",
        "erasure": taken,
    }
    return {
        f"{table}_is_in_order": (table, wrong, GROWS.format(table))
        for table, wrong in wrongs.items()
    } | {"erasure_is_logged": ("erasure", f"NOT {_logged()}", "an erasure must be logged first")}


def _logged() -> str:
    """Say in SQL that the entry which a new erasure names has this field among its targets."""
    if _is_postgresql():
        wanted = "jsonb_build_array(jsonb_build_array(NEW.target_seq, NEW.name))"
        told = f"data::jsonb @> jsonb_build_object('event', 'erase', 'targets', {wanted})"
        return THERE.format("ledger_entry", f"seq = NEW.entry_seq AND {told}")
    # Of the functions for JSON only these may stand in a trigger: the schema is not trusted.
    tables = (
        "ledger_entry, json_each(ledger_entry.data) AS event,"
        " json_each(ledger_entry.data, '$.targets') AS target,"
        " json_each(target.value) AS target_seq, json_each(target.value) AS name"
    )
    told = (
        "event.key = 'event' AND event.value = 'erase'"
        " AND target_seq.key = 0 AND target_seq.value = NEW.target_seq"
        " AND name.key = 1 AND name.value = NEW.name"
    )
    return THERE.format(tables, f"seq = NEW.entry_seq AND {told}")


def _updates() -> dict[str, str]:
    """Say for each table in which something can be erased which change of a row is wrong."""
    of_revision, of_row = "revision_id = OLD.id", "revision_id = OLD.revision_id"
    answers = [
        _lost("OLD.content", "NEW.content", of_revision),
        _lost("NEW.content", "OLD.content", of_revision),
        *(
            f"NOT ({_same(_part('{}.content', part))} OR {_erased(of_revision, part + '%')})"
            for part in ("withheld", "not_stated", "translations")
        ),
        f"NOT ({_same('CAST({}.change_note AS TEXT)')} OR {_erased(of_revision, 'change_note')})",
    ]
    facts = [
        f"NOT ({_same('CAST({}.' + part + ' AS TEXT)')}"
        f" OR {_erased('determination_id = OLD.id', part)})"
        for part in ("name", "answers", "reason")
    ]
    old, new = (f"{_each()}(COALESCE({row}.salts, '{{}}'))" for row in ("OLD", "NEW"))
    same = THERE.format(f"{old} AS o", "o.key = n.key AND o.value = n.value")
    left = THERE.format(f"{new} AS n", "n.key = o.key")
    erased = THERE.format("erasure", "target_seq = OLD.seq AND name = o.key")
    salts = [
        THERE.format(f"{new} AS n", f"NOT {same}"),
        THERE.format(f"{old} AS o", f"NOT ({left} OR {erased})"),
    ]
    wrongs = {
        "revision": answers,
        "determination": facts,
        "source_row": [f"NOT {_erased(of_row, '%')}"],
        "ledger_entry": salts,
    }
    for table, kept in KEPT.items():
        wrongs[table] += [f"NOT ({_same('{}.' + column)})" for column in kept.split()]
    return {table: " OR ".join(listed) for table, listed in wrongs.items()}


def _lost(one: str, other: str, key: str) -> str:
    """Say in SQL that an answer of one content is not the same in the other, and was not erased."""
    each, there = f"json_each({one}, '$.answers')", _value(f"{other}, '$.answers'", "o.key")
    if _is_postgresql():
        each, there = f"json_each_text({one} -> 'answers')", f"{other} -> 'answers' ->> o.key"
    named = "erasure.name IN ('answers.' || o.key, 'answers.' || o.key || '/private')"
    erased = ERASED.format(key=key, named=named)
    return THERE.format(f"{each} AS o", f"NOT ({_is('o.value', there)} OR {erased})")


def _erased(key: str, name: str) -> str:
    return ERASED.format(key=key, named=f"erasure.name LIKE '{name}'")


def _part(value: str, name: str) -> str:
    if _is_postgresql():
        return f"({value} -> '{name}')::text"
    return _value(value, f"'{name}'")


def _value(within: str, key: str) -> str:
    return VALUE.format(within, key)


def _same(value: str) -> str:
    return _is(value.replace("{}", "OLD"), value.replace("{}", "NEW"))


def _is(one: str, other: str) -> str:
    return f"{one} IS NOT DISTINCT FROM {other}" if _is_postgresql() else f"{one} IS {other}"


def _each() -> str:
    return "json_each_text" if _is_postgresql() else "json_each"


def _is_there(table: str, column: str) -> str:
    return THERE.format(table, f"{table}.{column} = NEW.{column}")


def _guard(name: str, what: str, wrong: str, said: str) -> None:
    """Refuse a change of a row that is wrong; the schema of the register is looked into first."""
    if not _is_postgresql():
        raised = f"SELECT RAISE(ABORT, '{said}')"
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} WHEN {wrong} BEGIN {raised}; END")
        return
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    kind = "unique_violation" if what.startswith("INSERT") else "raise_exception"
    check = f"IF {wrong} THEN RAISE EXCEPTION '{said}' USING ERRCODE = '{kind}'; END IF;"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, {schema}, pg_temp AS $$ BEGIN {check} RETURN NEW; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _drop(trigger: str, table: str) -> None:
    op.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if _is_postgresql() else ""))


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other.partition('.')[0]}"
    return sa.ForeignKeyConstraint([column], [other], name=name)


def _before():
    return import_module("register.storage.migrations.versions.0002_append_only")


def _dialect() -> str:
    return op.get_bind().dialect.name


def _is_postgresql() -> bool:
    return _dialect() == "postgresql"
