"""Measure: ``python -m bench`` takes some minutes and prints figures beside those of rivals.

A figure depends on the machine and on what else it does; a ratio is of two measurements in the same
run. ``python -m bench search 20000`` measures one thing at another size, ``agreement 5000`` puts
that many random questions to the engine and checks the answers, ``api 60`` that many random
requests of each kind to each call of the API, ``edits 1000`` edits bytes of a register of that many
records and looks whether each is named. ``--write`` keeps what was measured in
``docs/scale.json``, from which ``report`` writes ``docs/scale.md`` and its picture.
``relevance``, with options of its own, is no measure of speed and is only run when it is named.
"""

import os
import platform
import sys
from importlib import import_module

#: Modules with a ``main`` that takes a size; and those whose figures can be kept.
MEASURES = {
    "search": "search",
    "index": "indexing",
    "http": "http",
    "import": "importing",
    "ledger": "ledger",
    "log": "kept_log",
    "export": "exporting",
}
#: What is not measured but counted, and only when it is asked for by name.
PROOFS = {"agreement": "agreement", "api": "api_check", "edits": "edits"}
KEPT = {"search", "index", "http", "log"}
_NAMES = "|".join([*MEASURES, *PROOFS, "relevance", "report"])
USAGE = f"python -m bench [{_NAMES}] [size] [--write]"


def main(arguments: list[str]) -> int:
    """Run what the command line names, or everything; give the exit code."""
    if arguments[:1] == ["relevance"]:
        return int(import_module("bench.relevance").main(arguments[1:]))
    is_kept = "--write" in arguments
    name, size = [*(each for each in arguments if each != "--write"), "", ""][:2]
    if name == "report" and not size:
        import_module("bench.report").main()
        return 0
    if (name and name not in MEASURES | PROOFS) or (size and not size.isdecimal()):
        print(USAGE, file=sys.stderr)
        return 2
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for each, module in (MEASURES | PROOFS).items():
        if name == each or (not name and each in MEASURES):
            print(f"\n{each}")
            how = {"size": int(size)} if size else {}
            keeping = {"is_kept": True} if is_kept and each in KEPT else {}
            import_module(f"bench.{module}").main(**how, **keeping)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
