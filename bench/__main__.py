"""Measure: ``python -m bench`` takes about a minute and prints ratios, nothing else.

A figure depends on the machine and on what else it does; a ratio is of two measurements in the same
run. ``python -m bench search 20000`` or ``import 2000`` measures one thing at another size.
"""

import os
import platform
import sys

from bench import importing, search

MEASURES = {"search": search.main, "import": importing.main}
USAGE = f"python -m bench [{'|'.join(MEASURES)}] [size]"


def main(arguments: list[str]) -> int:
    """Run what the command line names, or everything; give the exit code."""
    name, size = [*arguments, "", ""][:2]
    if (name and name not in MEASURES) or (size and not size.isdecimal()):
        print(USAGE, file=sys.stderr)
        return 2
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for each, measure in MEASURES.items():
        if name in {"", each}:
            if size:
                measure(int(size))
            else:
                measure()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
