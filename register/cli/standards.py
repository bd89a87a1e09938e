"""The standard, from the command line."""

from collections.abc import Callable

import click

from register.standard import CURRENT, printed
from register.standard.field import Standard

FORMS: dict[str, Callable[[Standard], str]] = {
    "markdown": printed.markdown,
    "json-schema": printed.json_schema_text,
    "csv": printed.csv_text,
}


@click.group()
def standard() -> None:
    """Look at what must be disclosed."""


@standard.command("print")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="markdown")
def print_standard(form: str) -> None:
    """Print the standard in force."""
    click.echo(FORMS[form](CURRENT), nl=False)
