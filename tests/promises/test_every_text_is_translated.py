"""The catalogues are current and complete, and a translation keeps what is put into it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from register.config import Settings
from register.exchange.formats import FORMATS
from tests.promises.sources import ROOT, modules

CATALOGUES = sorted((ROOT / "register" / "translations").glob("*/LC_MESSAGES/*.po"))
PLACE = re.compile(r"%\(\w+\)[sd]")


def test_the_catalogues_are_current_and_complete() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.catalogues", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr


def test_texts_are_marked_by_names_that_the_catalogues_know() -> None:
    wrong = {
        (path, name.asname)
        for path, module in modules("register/")
        for each in ast.walk(module)
        if isinstance(each, ast.ImportFrom) and each.module == "register.standard.marking"
        for name in each.names
        if name.name == "_" and name.asname not in {None, "mark"}
    }

    assert wrong == set()


def test_every_language_of_the_pages_has_both_catalogues() -> None:
    first, *others = Settings().languages

    assert first == "en"
    for language in others:
        names = {path.stem for path in CATALOGUES if path.parts[-3] == language}
        assert names == {"messages", "standard"}, language


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_a_mapping_says_to_people_is_in_the_catalogue(name: str) -> None:
    """Its title, its rules and its losses are shown on pages."""
    dialect = FORMATS[name]
    said = {dialect.title, *dialect.notes, *(loss.reason for loss in dialect.losses)}

    for path in (each for each in CATALOGUES if each.stem == "messages"):
        with path.open("rb") as file:
            known = {message.id for message in read_po(file)}
        assert said - known == set(), path


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.parts[-3::2]))
def test_a_translation_has_the_places_of_its_original(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file)

    wrong = [
        text
        for message in catalogue
        for text in _texts(message.string)
        if message.id and text and not _fits(text, _texts(message.id)[-1])
    ]

    assert wrong == []


def _texts(said: object) -> list[str]:
    """One text, or the forms of a plural."""
    return [str(each) for each in said] if isinstance(said, tuple | list) else [str(said)]


def _fits(text: str, original: str) -> bool:
    given, wanted = set(PLACE.findall(text)), set(PLACE.findall(original))
    # A plural form may leave the number out and say "one" instead.
    return given <= wanted and wanted - given <= {"%(num)s", "%(number)s"}
