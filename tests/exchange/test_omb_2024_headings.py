"""The inventory of 2024 was published under two sets of headings; both mean the same."""

import csv
import io

from register.exchange.formats import get_format
from register.exchange.importing import import_file
from register.exchange.omb.omb_2024_questions import HEADINGS, OTHER
from tests.exchange.real_files import FILES, real_bytes


def test_the_same_rows_under_the_short_headings_say_the_same() -> None:
    dialect = get_format("omb-2024")
    rows = list(csv.reader(io.StringIO(real_bytes(FILES["omb-2024"]).decode("cp1252"))))
    header = [" ".join(cell.split()) for cell in rows[0]]
    kept = [at for at, heading in enumerate(header) if heading != OTHER]
    short = {column: name for name, column in HEADINGS.items()}

    said = import_file(_csv([[row[at] for at in kept] for row in rows]), dialect)
    renamed = [[short.get(header[at], header[at]) for at in kept]]
    again = import_file(_csv(renamed + [[row[at] for at in kept] for row in rows[1:]]), dialect)

    assert len(again.imported) == len(rows) - 1
    assert [row.content for row in again.imported] == [row.content for row in said.imported]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
