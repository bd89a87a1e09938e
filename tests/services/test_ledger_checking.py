"""Whatever is changed in the database past the register is found, and named."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from register.config import Settings
from register.services.ledger.ledger_checking import check
from register.storage import forget, ledger
from tests.databases import on_sqlite
from tests.desk import Desk
from tests.services.inventories import imported, omb
from tests.services.tampering import byte_edits, past_the_guards, rewrite_tree, signer, tamper

EDITS = 50


@pytest.fixture
def record(desk: Desk, tmp_path: Path) -> str:
    """A record with two versions, in a log that is signed; gives its reference."""
    imported(omb({"id": "DOW-1"}))
    reference = desk.publish()
    desk.withdraw(reference)
    signer(tmp_path / "signer").sign()
    assert list(check()) == []
    return reference


def found() -> list[str]:
    forget()
    return list(check())


def test_every_edit_of_a_byte_of_a_version_is_named(record: str, settings: Settings) -> None:
    if not on_sqlite():
        pytest.skip("bytes are edited in the file of SQLite")
    database = make_url(settings.database_url).database or ""

    missed = [edit for edit in byte_edits(database, EDITS, seed=2026) if not edit.is_in(found())]

    assert missed == []
    assert found() == []


OF_RECORD = "disclosure_id = (SELECT id FROM disclosure WHERE reference = :reference)"
OF_VERSIONS = {
    "UPDATE revision SET content = CAST(replace(CAST(content AS TEXT), 'Tax', 'Fax') AS JSON)"
    f" WHERE version = 1 AND {OF_RECORD}": "{}, version 1: answers.unit is not what was logged (",
    'UPDATE revision SET change_note = \'{"en": "Never mind."}\''
    f" WHERE version = 2 AND {OF_RECORD}": "{}, version 2: change_note is not what was logged (",
    f"UPDATE revision SET approver_id = author_id WHERE version = 1 AND {OF_RECORD}": (
        "{}, version 1: approver is not what was logged ("
    ),
    "UPDATE revision SET at = (SELECT MIN(created_at) FROM account)"
    f" WHERE version = 2 AND {OF_RECORD}": "{}, version 2: its moment is not what was logged (",
    "UPDATE revision SET content ="
    ' CAST(replace(CAST(content AS TEXT), \'"answers": {\', \'"answers": {"new": 1, \') AS JSON)'
    f" WHERE version = 2 AND {OF_RECORD}": "{}, version 2: answers.new was added after",
    f"DELETE FROM revision WHERE NOT {OF_RECORD}": "01, version 1: it is gone from the database (",
    "INSERT INTO revision (disclosure_id, version, action, standard, content, at)"
    " SELECT disclosure_id, 3, 'amended', standard, content, at FROM revision"
    f" WHERE version = 1 AND {OF_RECORD}": "{}, version 3: it has no entry in the log.",
    "UPDATE determination SET tier = 'low' WHERE id = (SELECT MIN(id) FROM determination)": (
        "tier is not what was logged (entry "
    ),
}
OF_ENTRIES = {
    "UPDATE ledger_entry SET salts = '{}' WHERE revision_id ="
    f" (SELECT id FROM revision WHERE version = 1 AND {OF_RECORD})": (
        "{}, version 1: answers.name has lost its salt (entry "
    ),
    "UPDATE ledger_entry SET data = replace(data, 'withdraw', 'publish')": (
        "Entry 5: what stands in it is not what was hashed into the tree."
    ),
    "DELETE FROM ledger_entry WHERE seq = 1": "Entry 1 is missing.",
    "INSERT INTO ledger_entry (seq, data) SELECT MAX(seq) + 1, '{}' FROM ledger_entry": (
        "This is no entry of the ledger"
    ),
    "UPDATE disclosure SET status = 'published' WHERE reference = :reference": (
        "{}: the register shows version 2 as the current one or its state is another"
    ),
}
OF_THE_TREE = {
    "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE level = 0 AND"
    " position = 0) WHERE level = 1 AND position = 1": (
        "The tree: hash 1 on level 1 is not that of those below."
    ),
    "DELETE FROM ledger_node WHERE level = 1 AND position = 2": (
        "The tree: hash 2 on level 1 is not that of those below."
    ),
    "INSERT INTO ledger_node SELECT 9, position, hash FROM ledger_node WHERE level = 0"
    " AND position < 3": "The tree: there are 2 hashes more than its entries give.",
    "UPDATE ledger_checkpoint SET note = replace(note, '/log', '/log-2')": (
        "entries: No key that is trusted here has signed this"
    ),
}


@pytest.mark.parametrize("changes", [OF_VERSIONS, OF_ENTRIES, OF_THE_TREE])
def test_every_change_past_the_register_is_named(record: str, changes: dict[str, str]) -> None:
    with past_the_guards() as run:
        for statement in changes:
            values = {"reference": record} if ":reference" in statement else {}
            run(statement if not on_sqlite() else statement.replace("AS JSON", "AS TEXT"), **values)

    said = found()

    for sentence in changes.values():
        assert any(sentence.format(record) in each for each in said), (sentence, said)
    assert all(each.endswith(".") for each in said), said


def test_what_says_the_same_in_other_characters_is_named_as_well(record: str) -> None:
    spaced = "CAST(replace(CAST(content AS TEXT), '\": ', '\" : ') AS JSON)"
    tamper(
        f"UPDATE revision SET content = {spaced}".replace("JSON", "TEXT" * on_sqlite() or "JSON")
    )

    said = found()

    assert len(said) == 3
    assert f"{record}, version 1: its content is not written as the register writes it" in said[1]


def test_a_history_that_was_rewritten_whole_is_found_by_what_was_signed(record: str) -> None:
    tamper("UPDATE ledger_entry SET data = replace(data, 'withdraw', 'publish')")
    rewrite_tree()

    said = found()

    assert any("The tree has another root than was signed." in each for each in said), said
    assert any("whether it was published, amended or withdrawn" in each for each in said), said


def test_what_is_no_text_at_all_is_named_and_nothing_stumbles(record: str) -> None:
    if not on_sqlite():
        pytest.skip("PostgreSQL keeps nothing that is no text")
    spoilt: dict[str, Any] = {
        "ledger_entry SET data": b"\xff\xfe",
        "ledger_entry SET salts": b"[\xff",
        "revision SET at": b"\xff",
        "revision SET content": b"{\xff",
        "determination SET reason": b"\xff",
        "disclosure SET reference": b"\xff",
    }

    with past_the_guards() as run:
        for target, value in spoilt.items():
            table, column = target.split(" SET ")
            key = {"ledger_entry": "seq"}.get(table, "id")
            last = f"(SELECT MAX({key}) FROM {table})"
            run(
                f"UPDATE {table} SET {column} = CAST(:value AS TEXT) WHERE {key} = {last}",
                value=value,
            )
    said = found()

    assert len(said) >= len(spoilt) - 1
    assert "\n".join(said).isascii()


def test_an_entry_that_is_not_signed_yet_is_no_fault(record: str, desk: Desk) -> None:
    desk.publish()

    assert found() == []
    signed = ledger.find_signed()
    assert signed is not None
    assert signed.size < ledger.size()
