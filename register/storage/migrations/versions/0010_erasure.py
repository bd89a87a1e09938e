"""Let an erasure take what it names and put nothing in its place.

Until now what an erasure named could be changed into anything, and more than once. From now on it
can only go: an answer out of a content, which then says so; a note and the texts of a
determination; the values of the row that a version was imported from; and out of the audit trail
what it tells of such a filing.
"""

from importlib import import_module

from alembic import op

revision = "0010"
down_revision = "0009"

TABLES = ("revision", "determination", "source_row")
NAMED = "erasure.name IN ({0}, {0} || '/private')"
VALUE = "(SELECT f.value FROM {} WHERE f.key = '{}')"
COUNTED = "(SELECT COUNT(*) FROM {})"
# Where the words of a filing stand in an event: in what was read, and in what was said of it.
TOLD = "n.key IN ('raw', 'reason', 'comments')"
# What says that an answer is withheld stays: without it the answer beneath would be public, and
# nobody would be told to look at it again.
STAYS = "'field', 'ground', 'decided_on', 'review_on'"


def upgrade() -> None:
    """Put narrower guards in the place of those of before."""
    for table in TABLES:
        _drop(table, with_function=True)
    _drop("audit_event", with_function=False)
    for table, wrong in _wrongs().items():
        _guard(table, wrong)


def downgrade() -> None:
    """Create the guards of before as they were."""
    for table in (*TABLES, "audit_event"):
        _drop(table, with_function=True)
    for table, wrong in _before()._updates().items():
        if table in TABLES:
            _guard(table, wrong)
    op.execute(_first()._trigger(op.get_bind().dialect.name, "audit_event", "UPDATE"))


def _wrongs() -> dict[str, str]:
    """Say for each table which change of a row is wrong."""
    wrongs = {
        "revision": [*_wrong_parts(), *_wrong_answers(), *_wrong_withheld(), *_wrong_markers()],
        "determination": _wrong_determination(),
        "source_row": [_wrong_values("raw", "revision_id = OLD.revision_id", "1 = 1")],
        "audit_event": [_wrong_values("details", f"revision_id IN {_versions()}", TOLD)],
    }
    kept = {
        **_before().KEPT,
        "revision": _before().KEPT["revision"] + " known_at",
        "audit_event": "id at action actor_id disclosure_id agency_id",
    }
    return {
        table: " OR ".join([*listed, *(_not_same(column) for column in kept[table].split())])
        for table, listed in wrongs.items()
    }


def _wrong_parts() -> list[str]:
    """Say that anything of a content but answers, withholdings and markers is not the same."""
    old, new = _each("OLD.content", "o"), _each("NEW.content", "n")
    apart = "{}.key NOT IN ('answers', 'withheld', 'erased')"
    return [
        _exists(new, f"{apart.format('n')} AND NOT {_exists(old, _equal())}"),
        _exists(old, f"{apart.format('o')} AND NOT {_exists(new, _equal())}"),
        _exists(old, f"o.key <> 'erased' AND NOT {_exists(new, 'n.key = o.key')}"),
        f"NOT (CAST(OLD.change_note AS TEXT) {_is()} CAST(NEW.change_note AS TEXT) OR"
        f" COALESCE(CAST(NEW.change_note AS TEXT), 'null') = 'null' AND "
        f"{_erased('revision_id = OLD.id', _named(_text('change_note')))})",
    ]


def _wrong_answers() -> list[str]:
    old, new = (_each(f"{row}.content", row[0].lower(), "answers") for row in ("OLD", "NEW"))
    may_go = _erased("revision_id = OLD.id", _named("'answers.' || o.key"))
    return [
        _exists(new, f"NOT {_exists(old, _equal())}"),
        _exists(old, f"NOT ({_exists(new, 'n.key = o.key')} OR {may_go})"),
    ]


def _wrong_withheld() -> list[str]:
    """Say that a withholding is another, or has lost what was not erased, or what has to stay."""
    old, new = (_each_item(f"{row}.content", row[0].lower(), "withheld") for row in ("OLD", "NEW"))
    old_part, new_part = _each("o.value", "op"), _each("n.value", "np")
    same = _equal("np", "op")
    name = _value("o.value", "field")
    may_go = _erased("revision_id = OLD.id", _named(f"'withheld.' || {name}"))
    gone = f"NOT {_exists(new_part, 'np.key = op.key')}"
    lost = f"{gone} AND (op.key IN ({STAYS}) OR NOT {may_go})"
    is_its = "n.key = o.key"
    return [
        f"{_count(old)} <> {_count(new)}",
        _exists(
            f"{old}, {new}", f"{is_its} AND {_exists(new_part, f'NOT {_exists(old_part, same)}')}"
        ),
        _exists(f"{old}, {new}", f"{is_its} AND {_exists(old_part, lost)}"),
    ]


def _wrong_markers() -> list[str]:
    """Say that a content has lost a marker, or has one of which the ledger does not tell."""
    old, new = (_each_item(f"{row}.content", row[0].lower(), "erased") for row in ("OLD", "NEW"))
    same = "o.value = n.value" if not _is_postgresql() else "o.value::text = n.value::text"

    def told(key: str) -> str:
        return _value("n.value", key)

    def logged(key: str) -> str:
        entry = "told.data" if not _is_postgresql() else "told.data::json"
        return _value(entry, key)

    field = told("field")
    answers = f"'answers.' || {field}"
    named = f"({_named(field)} OR {_named(answers)})"
    tables = (
        "erasure JOIN ledger_entry AS target ON target.seq = erasure.target_seq"
        " JOIN ledger_entry AS told ON told.seq = erasure.entry_seq"
    )
    accounted = _exists(
        tables,
        f"target.revision_id = OLD.id AND {named}"
        f" AND {told('basis')} = {logged('basis')} AND {told('at')} = {logged('at')}",
    )
    is_marker = f"{_count(_each('n.value', 'f'))} = 3 AND {accounted}"
    return [
        _exists(old, f"NOT {_exists(new, same)}"),
        _exists(new, f"NOT ({_exists(old, same)} OR {is_marker})"),
    ]


def _wrong_determination() -> list[str]:
    key = "determination_id = OLD.id"
    old, new = _each("OLD.answers", "o"), _each("NEW.answers", "n")
    facts = [
        f"NOT (CAST(OLD.{part} AS TEXT) {_is()} CAST(NEW.{part} AS TEXT)"
        f" OR CAST(NEW.{part} AS TEXT) = {nothing} AND {_erased(key, _named(_text(part)))})"
        for part, nothing in (("name", "''"), ("reason", "'{}'"))
    ]
    may_go = _erased(key, _named(_text("answers")))
    return [
        *facts,
        _exists(new, f"NOT {_exists(old, _equal())}"),
        _exists(old, f"NOT ({_exists(new, 'n.key = o.key')} OR {may_go})"),
    ]


def _wrong_values(column: str, key: str, which: str) -> str:
    """Say that a value is another and not nothing, that a key is, or that nothing was erased."""
    old, new = _each(f"OLD.{column}", "o"), _each(f"NEW.{column}", "n")
    nothing = "n.type = 'null'" if not _is_postgresql() else "n.value::text = 'null'"
    wrongs = [
        f"NOT {_erased(key, '1 = 1')}",
        _exists(new, f"NOT ({_exists(old, _equal())} OR {nothing} AND {which})"),
        _exists(new, f"NOT {_exists(old, 'n.key = o.key')}"),
        _exists(old, f"NOT {_exists(new, 'n.key = o.key')}"),
    ]
    return " OR ".join(wrongs)


def _versions() -> str:
    return "(SELECT revision.id FROM revision WHERE revision.disclosure_id = OLD.disclosure_id)"


def _erased(key: str, named: str) -> str:
    return _before().ERASED.format(key=key, named=named)


def _named(name: str) -> str:
    return NAMED.format(name)


def _text(value: str) -> str:
    return f"'{value}'"


def _each(value: str, alias: str, part: str = "") -> str:
    """Give the keys and values of a JSON object, or of one within it, as a table."""
    if not _is_postgresql():
        within = f"{value}, '$.{part}'" if part else value
        return f"json_each({within}) AS {alias}"
    within = f"{value} -> '{part}'" if part else value
    return f"json_each(COALESCE({within}, '{{}}'::json)) AS {alias}"


def _each_item(value: str, alias: str, part: str) -> str:
    """Give the places and the items of a list within a JSON object as a table."""
    if not _is_postgresql():
        return _each(value, alias, part)
    within = f"COALESCE({value} -> '{part}', '[]'::json)"
    return f"json_array_elements({within}) WITH ORDINALITY AS {alias}(value, key)"


def _value(within: str, key: str) -> str:
    """Give a text in a JSON object as it is, without the marks that JSON puts around it."""
    if _is_postgresql():
        return f"({within} ->> '{key}')"
    return VALUE.format(_each(within, "f"), key)


def _equal(one: str = "n", other: str = "o") -> str:
    if _is_postgresql():
        return f"{one}.key = {other}.key AND {one}.value::text = {other}.value::text"
    return f"{one}.key = {other}.key AND {one}.type = {other}.type AND {one}.value IS {other}.value"


def _not_same(column: str) -> str:
    return f"NOT (OLD.{column} {_is()} NEW.{column})"


def _is() -> str:
    return "IS NOT DISTINCT FROM" if _is_postgresql() else "IS"


def _count(table: str) -> str:
    return COUNTED.format(table)


def _exists(table: str, where: str) -> str:
    return _before().THERE.format(table, where)


def _guard(table: str, wrong: str) -> None:
    said = _before().GROWS.format(table)
    _before()._guard(f"{table}_refuses_update", f"UPDATE ON {table}", wrong, said)


def _drop(table: str, *, with_function: bool) -> None:
    trigger = f"{table}_refuses_update"
    _before()._drop(trigger, table)
    if with_function and _is_postgresql():
        op.execute(f"DROP FUNCTION {trigger}()")


def _before():
    return import_module("register.storage.migrations.versions.0007_ledger")


def _first():
    return import_module("register.storage.migrations.versions.0002_append_only")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
