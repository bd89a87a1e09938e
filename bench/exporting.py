"""Exporting a register, beside a bare cursor that writes what is in the database to a file.

The cursor runs ``SELECT content FROM revision`` in Python's own sqlite3 and writes each value as it
comes: no order, no agency, nothing left out, no line breaks. It does less than any export has to.
Each measurement is a process of its own, so that its memory is that of nothing else, and each is
taken several times, one after the other in turn; of the times the best counts.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.clocks import milliseconds, ratio
from bench.filling import fill_at_once
from bench.importing import forget_peak, peak_of_memory
from register import create_app
from register.services.exports import presentations
from register.services.exports.export_files import FileKind, Wanted, file_pieces

BARE = "bare cursor"
FEW = 1000
ROUNDS = 5
LATER = datetime(2027, 1, 1, tzinfo=UTC)
#: Each export by its name, with its format and kind of file, and as of when.
EXPORTS = {
    "NDJSON": ("ndjson", "ndjson", None),
    "NDJSON of a past moment": ("ndjson", "ndjson", LATER),
    "JSON": ("json", "json", None),
    "register-1": ("register-1", "ndjson", None),
    "flat table": ("table", "csv", None),
}
#: What is measured once, since it takes long, or is not done twice.
ONCE = frozenset({"NDJSON, texts to be made", "keeping texts", "register-1", "flat table"})


def main(size: int = 50_000) -> None:
    """Measure exports of ``size`` revisions, and the memory that the same take of a thousand."""
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many", Path(folder) / "few"
        for path, count in ((many, size), (few, FEW)):
            _in_a_process("fill", path, count)
        _compare("NDJSON, texts to be made", many, few)
        for path in (many, few):
            took, _length, peak = _in_a_process("keeping texts", path)
            print(f"keeping texts, {path.name}: {took / 1000:.1f} s, {peak:.0f} MB at the peak")
        for name in EXPORTS:
            _compare(name, many, few)


def _compare(name: str, many: Path, few: Path) -> None:
    ours, bare = [], []
    for _round in range(1 if name in ONCE else ROUNDS):
        bare.append(_in_a_process(BARE, many))
        ours.append(_in_a_process(name, many))
    speeds = [max(length / took / 1000 for took, length, _peak in each) for each in (ours, bare)]
    ratio(name, speeds[0], BARE, speeds[1], unit="MB/s")
    peak = max(each[2] for each in ours)
    ratio(f"{name}, memory", peak, f"of {FEW}", _in_a_process(name, few)[2], unit="MB")


def _in_a_process(step: str, folder: Path, size: int = 0) -> tuple[float, int, float]:
    """Take a step in a process of its own: milliseconds, bytes, and megabytes at the peak."""
    command = [sys.executable, "-m", "bench.exporting", step, str(folder), str(size)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, length, peak = json.loads(said)
    return took, length, peak


def take_step(step: str, folder: Path, size: int) -> None:
    """Take one step, and print how long it took, how much it wrote, and the memory at its peak."""
    out = folder / "out.txt"
    if step == "fill":
        folder.mkdir()
        took = milliseconds(lambda: fill_at_once(folder, size))
    elif step == BARE:
        database = sqlite3.connect(folder / "register.sqlite")
        forget_peak()
        took = milliseconds(lambda: _write_contents(out, database))
    else:
        with create_app({"instance": folder}).app_context():
            task = _task(step, out)
            forget_peak()
            took = milliseconds(task)
    length = out.stat().st_size if out.exists() else 0
    print(json.dumps([took, length, peak_of_memory()]))


def _task(step: str, out: Path) -> Callable[[], object]:
    if step == "keeping texts":
        return presentations.keep_all
    name, kind, before = EXPORTS.get(step, EXPORTS["NDJSON"])
    wanted = Wanted(
        format=name, file=FileKind(kind), base_url="https://register.example", before=before
    )
    return lambda: _write(out, file_pieces(wanted))


def _write(out: Path, pieces: Iterator[bytes]) -> None:
    with out.open("wb") as file:
        file.writelines(pieces)


def _write_contents(out: Path, database: sqlite3.Connection) -> None:
    with out.open("w", encoding="utf-8") as file:
        for (content,) in database.execute("SELECT content FROM revision"):
            file.write(content)


if __name__ == "__main__":
    take_step(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
