"""Disclosures in, from the command line."""

from pathlib import Path

import click

from register.cli.instance import opened
from register.cli.speaking import Progress, complain, counted, say, write_json
from register.exchange.formats import NAMES
from register.services.actor import SYSTEM
from register.services.import_report import Report
from register.services.importing import Order, import_file

SHOWN_REJECTIONS = 20
SHOWN_COLUMNS = 5


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_name", required=True, type=click.Choice(NAMES))
@click.option("--agency", metavar="SLUG", help="Whose the rows are; else each row names its own.")
@click.option("--dry-run", is_flag=True, help="Write nothing; report what would be done.")
@click.option("--publish", is_flag=True, help="Publish the rows as they are; else make drafts.")
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
    report: Path | None,
) -> None:
    """Take in FILE, an inventory in another register's format.

    Importing a file again changes nothing; a file that changed makes new versions. The exit code is
    1 if any row was rejected; the others are taken in all the same.
    """
    with opened() as instance, Progress(f"Importing {file.name}") as progress:
        order = Order(
            file_name=file.name,
            format_name=format_name,
            by=SYSTEM,
            reference_prefix=instance.settings.reference_prefix,
            agency=agency,
            is_dry_run=dry_run,
            is_published=publish,
            progress=progress,
        )
        done = import_file(file.read_bytes(), order)
    if report is not None:
        write_json(report, done.to_json())
    _sum_up(done)
    if done.rejected:
        ctx.exit(1)


def _sum_up(done: Report) -> None:
    """Print the counts, and complain of the rows that were rejected."""
    begin = "Would be done: " if done.is_dry_run else ""
    say(
        f"{begin}{counted(done.rows, 'row')}: {done.created:,} created, {done.updated:,} updated, "
        f"{done.unchanged:,} unchanged, {done.rejected:,} rejected."
    )
    if done.agencies_created:
        verb = "would be added" if done.is_dry_run else "added"
        say(f"{counted(len(done.agencies_created), 'agency', 'agencies')} {verb} to the directory.")
    if done.warnings:
        say(f"{counted(len(done.warnings), 'warning')}; --report FILE lists them.")
    if done.unmapped_columns:
        named = ", ".join(done.unmapped_columns[:SHOWN_COLUMNS])
        more = " and others" if len(done.unmapped_columns) > SHOWN_COLUMNS else ""
        count = counted(len(done.unmapped_columns), "column")
        say(f"{count} without a place in the standard: {named}{more}.")
    for rejection in done.rejections[:SHOWN_REJECTIONS]:
        told = rejection.to_json()
        where = "".join(
            f", {word} {told[key]}"
            for word, key in (("column", "column"), ("answer", "field"))
            if told[key]
        )
        complain(f"Row {rejection.row}{where}: {told['reason']}")
    if len(done.rejections) > SHOWN_REJECTIONS:
        complain(f"… and {len(done.rejections) - SHOWN_REJECTIONS:,} more; see --report.")
