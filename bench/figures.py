"""Measured figures, kept as JSON beside the page that shows them: ``docs/scale.json``.

A figure is of one machine and one run. Pieces are measured one at a time and merged, each with the
day on which it was measured and what the machine did meanwhile: how many processes wanted to run.
"""

import importlib.metadata
import json
import os
import platform
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "docs" / "scale.json"
_PACKAGES = ("whoosh", "tantivy", "datasette", "gunicorn", "flask", "numpy")


def load() -> dict[str, Any]:
    """Give what was measured and kept."""
    if not FILE.exists():
        return {}
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return kept


def keep(piece: str, size: int, figures: Mapping[str, Any]) -> None:
    """Put the figures of a piece at a size in the place of those that were kept."""
    kept = load()
    kept["machine"] = machine()
    when = {"day": str(datetime.now(UTC).date()), "load": round(os.getloadavg()[1], 1)}
    kept.setdefault(piece, {})[str(size)] = {**when, **figures}
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8")


def machine() -> dict[str, str]:
    """Describe the machine and the versions of what is measured."""
    versions = {name: _version(name) for name in _PACKAGES}
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: version for name, version in versions.items() if version},
    }


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"
