"""Keep the translation catalogues: ``python -m tools.catalogues compile|update|check``.

There are two domains, so that the law's words and the service's can go to different translators.
``update`` collects the texts anew, ``check`` says what is stale or untranslated, and ``compile``
writes the binary files that the service reads, which are never committed.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "register" / "translations"
DOMAINS = ("messages", "standard")
HOLDER = "--copyright-holder=The AI register contributors"


def main() -> int:
    """Do what the command line asks and give the exit code."""
    parser = argparse.ArgumentParser(prog="tools.catalogues", description=__doc__)
    parser.add_argument("action", choices=("compile", "update", "check"))
    action = parser.parse_args().action
    logging.getLogger("babel").setLevel(logging.WARNING)
    if action == "compile":
        return compile_all()
    with TemporaryDirectory() as folder:
        templates = {domain: collect(domain, Path(folder)) for domain in DOMAINS}
        return update_all(templates) if action == "update" else check_all(templates)


def compile_all() -> int:
    """Write a binary file beside each catalogue; one that is absent is no fault."""
    for language, domain in _catalogues():
        path = _path(language, domain)
        if path.exists():
            _babel("compile", "-i", path, "-o", path.with_suffix(".mo"), "-l", language)
    return 0


def update_all(templates: dict[str, Path]) -> int:
    """Bring each catalogue up to the texts in the sources, making it where it is absent."""
    for language, domain in _catalogues():
        path = _path(language, domain)
        if path.exists():
            _babel("update", *_update_arguments(templates[domain], path, language))
        else:
            _babel("init", "-i", templates[domain], "-o", path, "-l", language)
    return compile_all()


def check_all(templates: dict[str, Path]) -> int:
    """Print what is wrong with the catalogues; 1 if anything is."""
    problems = [
        f"{_path(language, domain).relative_to(ROOT)}: {problem}"
        for language, domain in _catalogues()
        for problem in _problems(templates[domain], language, domain)
    ]
    print("\n".join(problems) or "The catalogues are current and complete.")
    return 1 if problems else 0


def collect(domain: str, folder: Path) -> Path:
    """Collect a domain's texts from the sources into a template in ``folder``."""
    template = folder / f"{domain}.pot"
    mapping = ROOT / "tools" / "babel" / f"{domain}.cfg"
    marks = ("-k", "mark", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2", "-c", "Translators:")
    layout = ("--no-location", "--sort-output", "--project=ai-register", HOLDER)
    _babel("extract", "-F", mapping, *marks, *layout, "-o", template, ROOT)
    return template


def _problems(template: Path, language: str, domain: str) -> Iterator[str]:
    path = _path(language, domain)
    if not path.exists():
        yield "is missing (make docs makes it)"
        return
    try:
        _babel("update", "--check", *_update_arguments(template, path, language))
    except Exception as error:  # babel raises classes of its own and of its parser's
        yield f"is not current (make docs updates it): {error}"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        texts = [message.string] if isinstance(message.string, str) else message.string
        if message.id and (message.fuzzy or not all(texts or [""])):
            yield f"{'doubtful' if message.fuzzy else 'untranslated'}: {message.id!r}"


def _update_arguments(template: Path, path: Path, language: str) -> tuple[str | Path, ...]:
    tidy = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date")
    return ("-i", template, "-o", path, "-l", language, *tidy)


def _catalogues() -> Iterator[tuple[str, str]]:
    folders = sorted(path for path in CATALOGUES.glob("*/LC_MESSAGES"))
    return ((folder.parent.name, domain) for folder in folders for domain in DOMAINS)


def _path(language: str, domain: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{domain}.po"


def _babel(*arguments: str | Path) -> None:
    run: Callable[[list[str]], None] = CommandLineInterface().run
    run(["pybabel", "--quiet", *map(str, arguments)])


if __name__ == "__main__":
    sys.exit(main())
