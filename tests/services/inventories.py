"""An inventory of another register, and what comes of importing it."""

import csv
import io
from typing import Any

from sqlalchemy import func, select

from register.services.actor import SYSTEM
from register.services.exports import exports
from register.services.imports.import_order import Order
from register.services.imports.import_report import Report
from register.services.imports.importing import import_file
from register.storage.database import db

COLUMNS = (
    "agency agency_name id use_case_name is_withheld development_stage is_high_impact "
    "problem_solved benefits system_outputs"
).split()
ROW = {
    "agency": "DOW",
    "agency_name": "Department of Weather",
    "id": "DOW-1",
    "use_case_name": "Storm forecast",
    "development_stage": "Deployed",
    "is_high_impact": "Not High-impact",
    "problem_solved": "Storms came unannounced.",
}


def omb(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return text.getvalue().encode()


def many(count: int) -> bytes:
    return omb(*({"id": f"DOW-{n}", "use_case_name": f"System {n}"} for n in range(count)))


def thinned(data: bytes, every: int) -> bytes:
    """Some rows from all over a table, byte for byte, where the whole would take long."""
    text = io.StringIO(data.decode("latin-1"), newline="")
    head, *rows = csv.reader(text)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows[::every]])
    return out.getvalue().encode("latin-1")


def imported(data: bytes, **order: Any) -> Report:
    given = {
        "file_name": "inventory.csv",
        "format_name": "omb-2025",
        "by": SYSTEM,
        "reference_prefix": "AIR",
        "is_published": True,
    }
    return import_file(io.BytesIO(data), Order(**{**given, **order}))


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.rejected


def published() -> list[dict[str, Any]]:
    return list(exports.export_records())


def count_of(model: type[Any]) -> int:
    return db.session.scalar(select(func.count(model.id))) or 0
