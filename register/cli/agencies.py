"""The directory of public bodies, from the command line."""

from pathlib import Path

import click

from register.cli.instance import opened
from register.cli.speaking import SentenceGroup, counted, say
from register.errors import Invalid
from register.services import directory


@click.group(cls=SentenceGroup)
def agency() -> None:
    """Keep the directory of public bodies."""


@agency.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_agencies(file: Path) -> None:
    """Take in agencies from a CSV or JSON FILE, all or none.

    JSON is a list of objects with slug, names (by language), level and, if wanted, abbreviation,
    sector, parent and approval. CSV has the same columns, with name_en, name_ur, … for the names.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{file.name} is not UTF-8 (byte {error.start}).") from error
    with opened():
        try:
            changed, same = directory.import_agencies(directory.read_agencies(text))
        except Invalid as error:
            raise Invalid(str(error), _by_row(error)) from error
    say(f"{counted(changed, 'agency', 'agencies')} new or changed, {same:,} as before.")


@agency.command("list")
def list_agencies() -> None:
    """Print every agency: slug, level, disclosures published, name."""
    with opened():
        counts = directory.published_counts()
        for body in directory.list_bodies():
            name = body.names.get("en") or next(iter(body.names.values()))
            say(f"{body.slug}\t{body.level}\t{counts.get(body.slug, 0)}\t{name}")


def _by_row(error: Invalid) -> dict[str, list[str]]:
    """Spell ``3.level`` as a person would."""
    spelt = {}
    for path, sentences in error.errors.items():
        row, _stop, column = path.partition(".")
        spelt[f"row {row}, column {column}"] = sentences
    return spelt
