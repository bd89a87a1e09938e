"""What became of records, one after the other, as the public log tells of it.

The log's numbers have no gaps and become visible in their order. So whoever has read up to one of
them has missed nothing, however many publish at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register.ledger import merkle
from register.services.ledger.ledger_proofs import entry_of
from register.storage import ledger

BATCH = 200  # entries that are read at once


@dataclass(frozen=True)
class Change:
    """An entry of the log that names a record: its number, what it says, and its hash."""

    seq: int
    entry: Mapping[str, Any]
    leaf_hash: bytes


def list_changes(since: int, limit: int) -> list[Change]:
    """Give the first changes after an entry of the log, in its order.

    Entries about the log itself are none, nor are those of determinations that nobody may connect
    with a record.
    """
    found: list[Change] = []
    start = since + 1
    while len(found) < limit:
        rows = ledger.list_rows(start, BATCH)
        told = [Change(row.seq, entry_of(row), merkle.leaf_hash(row.data)) for row in rows]
        found += [each for each in told if "record" in each.entry]
        if len(rows) < BATCH:
            break
        start += BATCH
    return found[:limit]
