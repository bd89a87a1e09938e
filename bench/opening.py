"""A process that opens an index and asks: how long the first answer takes, how much memory all."""

import json
import os
import sys
from itertools import cycle, islice
from pathlib import Path

from bench.clocks import milliseconds
from bench.engines import load_asks, make_engine

ASKED = 100


def main(name: str, folder: Path) -> None:
    """Print the milliseconds to open and answer once, and the megabytes after more questions."""
    asks = load_asks(folder / "asks.json")
    engine = make_engine(name, folder)
    before = resident()

    def open_and_ask() -> None:
        engine.open()
        engine.page(asks[0])

    first = milliseconds(open_and_ask)
    for ask in islice(cycle(asks), ASKED):
        engine.page(ask)
    print(
        json.dumps({"first answer, ms": first, "memory, MB": resident(), "of it code, MB": before})
    )
    engine.close()


def resident() -> float:
    """Give the memory of this process in megabytes; files that are mapped count as far as used."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
