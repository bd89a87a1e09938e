"""The ledger at a size: adding an entry, proving one, signing, and checking all, to the disk.

The plain figure beside adding is the same row written by itself, in a transaction of its own, by
the same database: what it costs to keep anything for good.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

from sqlalchemy import insert, text

from bench.clocks import milliseconds, ratio
from register import clock, create_app
from register.ledger import Event, merkle
from register.schemas.committed import Committed
from register.services.ledger import ledger_proofs
from register.services.ledger.ledger_proofs import consistency, inclusion
from register.services.ledger.ledger_signing import LedgerSigner, Origin
from register.services.ledger.ledgering import NewEntry, append
from register.services.ledger.signer_folder import SignerFolder
from register.storage import ledger, migrating, transaction
from register.storage.agencies import put_agency
from register.storage.ledger import Row, StoredNodes
from register.storage.models import Determination

Each = TypeVar("Each")
TIMES = 200
FIELDS = 12
AT_ONCE = 10_000


def main(size: int = 100_000) -> None:
    """Measure with ``size`` entries in the log."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"instance": Path(folder) / "instance"})
        with app.app_context():
            migrating.upgrade()
            _report(f"fill, {size:,} entries", [milliseconds(lambda: _fill(size)) / size])
            signer = LedgerSigner(
                SignerFolder(Path(folder) / "signer"), Origin("bench.example/log")
            )
            _report("sign, the first time", [milliseconds(signer.sign)])
            plain, ours = _timed(_keep_plainly, range(TIMES)), _timed(_add, range(TIMES))
            _report("add an entry, with root and commit", ours)
            median = statistics.median
            ratio("add an entry", median(ours), "plain row", median(plain))
            _report("sign what was added", [milliseconds(signer.sign)])
            chance, whole = Random(7), ledger.size()
            places = [chance.randrange(1, whole) for _time in range(TIMES)]
            _report("proof of inclusion", _timed(lambda n: inclusion(n, whole), places))
            _report("proof of consistency", _timed(lambda n: consistency(n, whole), places))
            tiles = [f"tile/0/{n:03d}" for n in range(min(TIMES, whole // 256))]
            _report("a tile", _timed(ledger_proofs.read_tile, tiles))


def _timed(task: Callable[[Each], object], over: Iterable[Each]) -> list[float]:
    return [milliseconds(partial(task, each)) for each in over]


def _fill(size: int) -> None:
    """Make a long log of short entries: what is measured does not depend on what they say."""
    agency = put_agency("bench", {"names": {"en": "Bench"}, "level": "local"})
    found = {"agency_id": agency.id, "kind": "check", "must": True, "answers": {}, "reason": {}}
    for start in range(0, size, AT_ONCE):
        numbers = range(start, min(size, start + AT_ONCE))
        rows = [
            Row(
                seq=seq,
                data=b'{"logged_at":"2026-01-01T00:00:00Z","n":%d}' % seq,
                determination_id=seq + 1,
            )
            for seq in numbers
        ]
        leaves = [merkle.leaf_hash(row.data) for row in rows]
        with transaction() as session:
            ledger.hold()
            told = [{**found, "id": seq + 1, "at": clock.now()} for seq in numbers]
            session.execute(insert(Determination.__table__), told)
            ledger.add(rows, merkle.added_nodes(start, leaves, StoredNodes()))


def _add(number: int) -> None:
    committed = [Committed(f"answers.a{n}", {"en": f"{number}-{n}"}, True) for n in range(FIELDS)]
    told = {
        "event": Event.PUBLISH,
        "at": clock.now(),
        "record": f"AIR-2026-{number:05d}",
        "version": 1,
        "standard": "v1",
        "agency": "bench",
    }
    with transaction():
        added = append([NewEntry(told=told, committed=committed)])
        ledger_proofs.root_of(added + 1)


def _keep_plainly(number: int) -> None:
    with transaction() as session:
        session.execute(
            text("INSERT INTO counter (name, value) VALUES (:name, 1)"), {"name": f"plain-{number}"}
        )


def _report(what: str, took: list[float]) -> None:
    worst = sorted(took)[int(len(took) * 0.99) - 1] if len(took) > 1 else took[0]
    print(f"{what:44} median {statistics.median(took):9.3f} ms   99th of 100 {worst:9.3f} ms")
