"""Importing and exporting an inventory, beside a plain load of the same file into SQLite.

The plain load reads the CSV and inserts its cells as text. The import reads the same file, maps it,
validates every row, and writes filing, revision, source row, audit event and outbox notice. So the
ratio is below one by design; it says what the work on a row costs. Exports are beside a plain
writing of that table as CSV.
"""

import csv
import io
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bench.clocks import milliseconds, ratio
from bench.corpus import Corpus
from register import create_app
from register.exchange.formats import get_format
from register.exchange.mapping import Link
from register.services.actor import SYSTEM
from register.services.exports.export_files import FileKind, Wanted, file_pieces
from register.services.imports.import_order import Order
from register.services.imports.importing import import_file
from register.storage import migrating

FORMAT = "omb-2025"
SPECIAL = {"agency": "BFA", "agency_name": "Bureau of Fictitious Affairs", "is_withheld": "No"}
FIXED = {"date": "2024-03-01", "url": "https://example.org/data", "contact": "ai@bureau.example"}
STEPS = {
    "dry run": "created",
    "import, new rows": "created",
    "import, the same file again": "unchanged",
}
# Each with its format and its kind of file; losses are found by reading what was written again.
EXPORTS = {
    "export, NDJSON": ("ndjson", "ndjson"),
    "export, register-1": ("register-1", "ndjson"),
    "export, omb-2025 as CSV": ("omb-2025", "csv"),
    "export, losses of omb-2025": ("omb-2025", "losses"),
}


def main(size: int = 500) -> None:
    """Measure an import of ``size`` generated rows that are published at once.

    Each step is a process of its own, so that its memory is that of nothing else.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "generated.csv").write_bytes(generate(size))
        plain, plain_peak = _measure("plain load", folder, size)
        for step in STEPS:
            _compare(step, folder, size, ("plain load", plain, plain_peak))
        plain, plain_peak = _measure("plain writing", folder, size)
        for step in EXPORTS:
            _compare(step, folder, size, ("plain writing", plain, plain_peak))


def _compare(step: str, folder: str, size: int, plain: tuple[str, float, float]) -> None:
    ours, peak = _measure(step, folder, size)
    name, took, plain_peak = plain
    ratio(f"{step}, {size} rows", size * 1000 / ours, name, size * 1000 / took, unit="rows/s")
    ratio(f"{step}, memory at its peak", peak, name, plain_peak, unit="MB")


def _measure(step: str, folder: str, size: int) -> tuple[float, float]:
    """Take a step in a process of its own; give milliseconds, and megabytes at the peak."""
    command = [sys.executable, "-m", "bench.importing", step, folder, str(size)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, peak = json.loads(said)
    return took, peak


def take_step(step: str, folder: Path, size: int) -> None:
    """Take one step, and print how long it took and how much memory the process had at most."""
    file = folder / "generated.csv"
    plain = folder / "plain.sqlite"
    if step in STEPS or step in EXPORTS:
        app = create_app({"instance": folder / "instance"})
        with app.app_context():
            migrating.upgrade()
            is_import = step in STEPS
            forget_peak()
            took = milliseconds(_importing(step, file, size) if is_import else _exporting(step))
    elif step == "plain writing":
        took = milliseconds(lambda: write_plainly(plain, folder / "plain.csv"))
    else:
        took = milliseconds(lambda: load_plainly(plain, file))
    print(json.dumps([took, peak_of_memory()]))


def forget_peak() -> None:
    """Begin to look for the peak anew: setting up needs more for a moment than the work does."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_of_memory() -> float:
    """Give the most memory that this process had, in megabytes.

    What ``getrusage`` says on Linux is at least what the process had that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        kept = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(kept["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _importing(step: str, file: Path, size: int) -> Callable[[], None]:
    order = Order(
        file_name=file.name,
        format_name=FORMAT,
        by=SYSTEM,
        reference_prefix="AIR",
        is_dry_run=step == "dry run",
        is_published=True,
    )

    def task() -> None:
        with file.open("rb") as source:
            _check(getattr(import_file(source, order), STEPS[step]), size)

    return task


def _exporting(step: str) -> Callable[[], None]:
    name, kind = EXPORTS[step]
    wanted = Wanted(format=name, file=FileKind(kind), base_url="https://register.example")

    def task() -> None:
        for _piece in file_pieces(wanted):
            pass

    return task


def generate(size: int) -> bytes:
    """Make a file in which every column that the mapping reads says something it knows."""
    corpus, chance = Corpus(0), random.Random(7)
    links = {link.column: link for link in reversed(get_format(FORMAT).links)}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(links)
    for number in range(size):
        row = {name: _cell(link, corpus, chance) for name, link in links.items()}
        writer.writerow({**row, "id": f"BFA-{number}"}.values())
    return out.getvalue().encode()


def load_plainly(path: Path, file: Path) -> None:
    """Load the file as text into one table."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        header = next(rows)
        database = sqlite3.connect(path)
        columns = ", ".join(f"c{position}" for position in range(len(header)))
        database.execute(f"create table plain({columns})")
        places = ", ".join("?" * len(header))
        database.executemany(f"insert into plain values({places})", rows)
        database.commit()
        database.close()


def write_plainly(path: Path, file: Path) -> None:
    """Write the table as CSV."""
    database = sqlite3.connect(path)
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(database.execute("select * from plain"))
    database.close()


def _cell(link: Link, corpus: Corpus, chance: random.Random) -> str:
    if link.transform == "special":
        return SPECIAL.get(link.column, "")
    if link.values is not None:
        known = [value for value in link.values.pairs if not value.endswith("*")]
        return chance.choice(known) if known else ""
    words = 30 if link.transform == "text" else 4
    return FIXED.get(link.transform) or corpus.text(words)


def _check(found: int, wanted: int) -> None:
    if found != wanted:
        raise RuntimeError(f"{found} rows instead of {wanted}: this measures something else")


if __name__ == "__main__":
    take_step(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
