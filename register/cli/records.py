"""Disclosures in, from the command line."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from register.cli.instance import opened
from register.cli.speaking import Progress, complain, counted, english, say, write_whole
from register.exchange.formats import NAMES
from register.services.actor import SYSTEM
from register.services.imports.import_order import Order
from register.services.imports.import_past import Smaller
from register.services.imports.import_report import NearMatch, Rejection, Report, Shrinkage
from register.services.imports.importing import import_file

SHOWN_REJECTIONS = 20
SHOWN_NAMES = 5


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_name", required=True, type=click.Choice(NAMES))
@click.option("--agency", metavar="SLUG", help="Whose the rows are; else each row names its own.")
@click.option("--dry-run", is_flag=True, help="Write nothing; report what would be done.")
@click.option("--publish", is_flag=True, help="Publish the rows as they are; else make drafts.")
@click.option(
    "--accept-smaller", is_flag=True, help="The file is whole, though the last one had more."
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write all that was found to this file, as JSON.",
)
@click.pass_context
def import_(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    file: Path,
    format_name: str,
    agency: str | None,
    dry_run: bool,
    publish: bool,
    accept_smaller: bool,
    report: Path | None,
) -> None:
    """Take in FILE, an inventory in another register's format.

    Importing a file again changes nothing; a file that changed makes new versions. A run that was
    interrupted goes on where it stopped. A file that has fewer rows or columns than the last one is
    refused until it is accepted as smaller. The exit code is 1 if the file or any row was rejected;
    the other rows are taken in all the same.
    """
    with opened() as instance:
        order = Order(
            file_name=file.name,
            format_name=format_name,
            by=SYSTEM,
            reference_prefix=instance.settings.reference_prefix,
            agency=agency,
            is_dry_run=dry_run,
            is_published=publish,
            accepts_smaller=accept_smaller,
        )
        done = _import(file, order)
    if done is None:
        ctx.exit(1)
    if report is not None:
        write_whole(report, done.write_json)
    _sum_up(done)
    if done.rejected:
        ctx.exit(1)


def _import(file: Path, order: Order) -> Report | None:
    """Take a file in under a bar; complain and give nothing if it is smaller than the last one."""
    with file.open("rb") as source, Progress(f"Importing {file.name}") as progress:
        try:
            return import_file(source, replace(order, progress=progress))
        except Smaller as smaller:
            complain(english(smaller))
            complain(
                "Nothing was imported. To accept it, repeat the command with --accept-smaller."
            )
            return None


def _sum_up(done: Report) -> None:
    """Print the counts and what a person has to look at; complain of rows that were rejected."""
    begin = "Would be done: " if done.is_dry_run else ""
    say(
        f"{begin}{counted(done.rows, 'row')}: {done.created:,} created, {done.updated:,} updated, "
        f"{done.unchanged:,} unchanged, {done.rejected:,} rejected."
    )
    if done.agencies_created:
        verb = "would be added" if done.is_dry_run else "added"
        say(f"{counted(len(done.agencies_created), 'agency', 'agencies')} {verb} to the directory.")
    if done.shrinkage:
        say(_told(done.shrinkage))
    if done.absent:
        said = f"{counted(len(done.absent), 'filing')} of an earlier file without a row in this one"
        say(f"{said}, left as they are: {_some(done.absent)}.")
    if done.warnings:
        say(f"{counted(len(done.warnings), 'warning')}; --report FILE lists them.")
    if done.unmapped_columns:
        count = counted(len(done.unmapped_columns), "column")
        say(f"{count} without a place in the standard: {_some(done.unmapped_columns)}.")
    _show_near_matches(done.near_matches)
    _show_rejections(done.rejections)


def _told(shrinkage: Shrinkage) -> str:
    rows = f"{counted(shrinkage.rows, 'row')} instead of {shrinkage.last_rows:,}"
    missing = [*shrinkage.missing_columns, *shrinkage.missing_agencies]
    without = f", without {_some(missing)}" if missing else ""
    return f"The file is smaller than {shrinkage.last_file}: {rows}{without}."


def _some(names: Sequence[str]) -> str:
    """Name the first few."""
    named = ", ".join(names[:SHOWN_NAMES])
    return f"{named} and others" if len(names) > SHOWN_NAMES else named


def _show_near_matches(matches: Sequence[NearMatch]) -> None:
    if matches:
        say(f"{counted(len(matches), 'near match', 'near matches')} to look at; none was merged.")
    for match in matches[:SHOWN_NAMES]:
        other = match.reference or f"row {match.other_row}"
        alike = f"{match.likeness:.0%} like {other}, “{match.other_name}”"
        say(f"  Row {match.row}, “{match.name}”: {alike}")


def _show_rejections(rejections: Sequence[Rejection]) -> None:
    for rejection in rejections[:SHOWN_REJECTIONS]:
        told = rejection.to_json()
        where = "".join(
            f", {word} {told[key]}"
            for word, key in (("column", "column"), ("answer", "field"))
            if told[key]
        )
        complain(f"Row {rejection.row}{where}: {told['reason']}")
    if len(rejections) > SHOWN_REJECTIONS:
        complain(f"… and {len(rejections) - SHOWN_REJECTIONS:,} more; see --report.")
