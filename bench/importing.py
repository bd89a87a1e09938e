"""Importing another register's inventory, beside a plain load of the same file into SQLite.

The plain load reads the CSV and inserts its cells as text. The import reads the same file, maps it,
validates every row, and writes filing, revision, source row, audit event and outbox notice. So the
ratio is below one by design; it says what the work on a row costs.
"""

import csv
import io
import random
import sqlite3
import tempfile
from pathlib import Path

from bench.clocks import milliseconds, ratio
from bench.corpus import Corpus
from register import create_app
from register.exchange.formats import get_format
from register.exchange.mapping import Link
from register.services.actor import SYSTEM
from register.services.importing import Order, import_file
from register.storage import migrating

FORMAT = "omb-2025"
SPECIAL = {"agency": "BFA", "agency_name": "Bureau of Fictitious Affairs", "is_withheld": "No"}
FIXED = {"date": "2024-03-01", "url": "https://example.org/data", "contact": "ai@bureau.example"}


def main(size: int = 500) -> None:
    """Measure an import of ``size`` generated rows that are published at once."""
    data = generate(size)
    with tempfile.TemporaryDirectory() as folder:
        plain = milliseconds(lambda: load_plainly(Path(folder) / "plain.sqlite", data))
        app = create_app({"instance": Path(folder) / "instance"})
        with app.app_context():
            migrating.upgrade()
            order = Order(
                file_name="generated.csv",
                format_name=FORMAT,
                by=SYSTEM,
                reference_prefix="AIR",
                is_published=True,
            )
            ours = milliseconds(lambda: _check(import_file(io.BytesIO(data), order).created, size))
            again = milliseconds(
                lambda: _check(import_file(io.BytesIO(data), order).unchanged, size)
            )
    rate = size * 1000
    ratio(f"import, {size} new rows", rate / ours, "plain load", rate / plain, unit="rows/s")
    ratio("import, the same file again", rate / again, "plain load", rate / plain, unit="rows/s")


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


def load_plainly(path: Path, data: bytes) -> None:
    """Load the file as text into one table."""
    header, *rows = csv.reader(io.StringIO(data.decode()))
    database = sqlite3.connect(path)
    columns = ", ".join(f"c{position}" for position in range(len(header)))
    database.execute(f"create table plain({columns})")
    places = ", ".join("?" * len(header))
    database.executemany(f"insert into plain values({places})", rows)
    database.commit()
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
