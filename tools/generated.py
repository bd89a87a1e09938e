"""Keep the generated files current: ``python -m tools.generated --check`` or ``--write``.

What is printed from the standard is committed, so that it can be read without running anything.
To add a file, add its path and the function that gives its text to :data:`FILES`.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _printed(form: str) -> Callable[[], str]:
    """Give a function that prints the standard; it imports the register only when called."""

    def text() -> str:
        from register.standard import CURRENT, printed

        result: str = getattr(printed, form)(CURRENT)
        return result

    return text


def _exchanged(name: str) -> Callable[[], str]:
    """Give a function that prints the mapping of one format of another register."""

    def text() -> str:
        from register.exchange import printed
        from register.exchange.formats import FORMATS
        from register.standard import CURRENT

        return printed.markdown(FORMATS[name], CURRENT)

    return text


def _formats_overview() -> str:
    from register.exchange import printed
    from register.exchange.formats import FORMATS

    return printed.overview(FORMATS.values())


def _formats() -> tuple[str, ...]:
    from register.exchange.formats import FORMATS

    return tuple(FORMATS)


FILES: Mapping[str, Callable[[], str]] = {
    "docs/standard-v1.md": _printed("markdown"),
    "docs/standard-v1.csv": _printed("csv_text"),
    "static/standard-v1.json": _printed("json_schema_text"),
    "docs/exchange/README.md": _formats_overview,
    **{f"docs/exchange/{name}.md": _exchanged(name) for name in _formats()},
}


def main() -> int:
    """Do what the command line asks and give the exit code."""
    parser = argparse.ArgumentParser(prog="tools.generated", description=__doc__)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--check", action="store_true", help="say which files are stale")
    action.add_argument("--write", action="store_true", help="write the files that are stale")
    arguments = parser.parse_args()
    stale = list_stale()
    if arguments.write:
        write(stale)
        return 0
    for path in stale:
        print(f"{path} is not current: run make docs")
    return 1 if stale else 0


def list_stale(root: Path = ROOT) -> dict[str, str]:
    """Give the text that each generated file ought to have and has not."""
    wanted = {path: text() for path, text in FILES.items()}
    return {path: text for path, text in wanted.items() if _read(root / path) != text}


def write(texts: Mapping[str, str], root: Path = ROOT) -> None:
    """Write each text to its path and say so."""
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
        print(f"wrote {path}")


def _read(path: Path) -> str | None:
    return path.read_bytes().decode() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
