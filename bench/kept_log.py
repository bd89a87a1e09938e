"""The ledger at a size: adding an entry, proving one, signing, and checking all, to the disk.

The plain figure beside adding is the same row written by itself, in a transaction of its own, by
the same database: what it costs to keep anything for good.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, TypeVar

from sqlalchemy import insert, text

from bench import figures
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
ADDED = "entry, with root and durable commit"
PLAIN = "plain row, with durable commit"
PROOF = "proof of inclusion"
TIMES = 200
FIELDS = 12
AT_ONCE = 10_000


def main(size: int = 100_000, *, is_kept: bool = False) -> None:
    """Measure with ``size`` entries in the log, and print a line for each step."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"instance": Path(folder) / "instance"})
        with app.app_context():
            migrating.upgrade()
            took = dict(_measure(size, Path(folder) / "signer"))
    for what, each in took.items():
        worst = sorted(each)[int(len(each) * 0.99) - 1] if len(each) > 1 else each[0]
        print(f"{what:44} median {median(each):9.3f} ms   99th of 100 {worst:9.3f} ms")
    ratio(ADDED, median(took[ADDED]), PLAIN, median(took[PLAIN]))
    if is_kept:
        figures.keep("log", size, {what: median(each) for what, each in took.items()})


def _measure(size: int, folder: Path) -> Iterator[tuple[str, list[float]]]:
    yield "entry, of many added at once", [_fill(size) / size]
    signer = LedgerSigner(SignerFolder(folder), Origin("bench.example/log"))
    signer.sign()
    yield PLAIN, _timed(_keep_plainly, range(TIMES))
    yield ADDED, _timed(_add, list(_news()))
    yield "signing what was added", [milliseconds(signer.sign)]
    chance, whole = Random(7), ledger.size()
    places = [chance.randrange(1, whole) for _time in range(TIMES)]
    yield PROOF, _timed(lambda n: inclusion(n, whole), places)
    yield "proof of consistency", _timed(lambda n: consistency(n, whole), places)
    tiles = [f"tile/0/{n:03d}" for n in range(min(TIMES, whole // 256))]
    yield "tile", _timed(ledger_proofs.read_tile, tiles)


def _timed(task: Callable[[Each], object], over: Iterable[Each]) -> list[float]:
    return [milliseconds(partial(task, each)) for each in over]


def _fill(size: int) -> float:
    """Make a long log of short entries, which say next to nothing; give the time for adding them.

    What they tell of is there before.
    """
    agency = put_agency("bench", {"names": {"en": "Bench"}, "level": "local"})
    found = {"agency_id": agency.id, "kind": "check", "must": True, "answers": {}, "reason": {}}
    with transaction() as session:
        told = [{**found, "id": seq + 1, "at": clock.now()} for seq in range(size)]
        session.execute(insert(Determination.__table__), told)
    starts = range(0, size, AT_ONCE)
    return sum(milliseconds(partial(_fill_from, start, size)) for start in starts)


def _fill_from(start: int, size: int) -> None:
    rows = [
        Row(
            seq=seq,
            data=b'{"logged_at":"2026-01-01T00:00:00Z","n":%d}' % seq,
            determination_id=seq + 1,
        )
        for seq in range(start, min(size, start + AT_ONCE))
    ]
    leaves = [merkle.leaf_hash(row.data) for row in rows]
    with transaction():
        ledger.hold()
        ledger.add(rows, merkle.added_nodes(start, leaves, StoredNodes()))


def _add(new: tuple[dict[str, Any], list[Committed]]) -> None:
    told, committed = new
    with transaction():
        added = append([NewEntry(told=told, committed=committed)])
        ledger_proofs.root_of(added + 1)


def _news() -> Iterator[tuple[dict[str, Any], list[Committed]]]:
    for number in range(TIMES):
        names = [f"answers.a{n}" for n in range(FIELDS)]
        committed = [Committed(name, {"en": f"{number}-{name}"}, True) for name in names]
        told = {
            "event": Event.PUBLISH,
            "at": clock.now(),
            "record": f"AIR-2026-{number:05d}",
            "version": 1,
            "standard": "v1",
            "agency": "bench",
        }
        yield told, committed


def _keep_plainly(number: int) -> None:
    with transaction() as session:
        session.execute(
            text("INSERT INTO counter (name, value) VALUES (:name, 1)"), {"name": f"plain-{number}"}
        )
