"""The inventories that governments published, as they were: half of each, with every defect."""

from functools import cache
from pathlib import Path

import pytest

from register.exchange.formats import get_format
from register.exchange.importing import import_file
from register.exchange.result import ImportedFile

FOLDER = Path(__file__).parents[3] / "shared" / "data"
FILES = {
    "omb-2025": "us-omb-2025.csv",
    "omb-2025-cots": "us-omb-2025-cots.csv",
    "omb-2024": "us-omb-2024.csv",
    "eo13960-2023": "us-eo13960-2023.csv",
    "canada-2025": "ca-register-2025.csv",
    "nyc-ll35": "us-nyc-ll35.csv",
}


def real_bytes(name: str) -> bytes:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"The published inventories are not on this machine: {path} is missing.")
    return path.read_bytes()


@cache
def imported(format_name: str) -> ImportedFile:
    file = FILES[format_name]
    return import_file(real_bytes(file), get_format(format_name), file=file)
