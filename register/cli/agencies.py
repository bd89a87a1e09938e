"""The directory of public bodies, from the command line."""

from pathlib import Path

import click

from register.cli.instance import opened
from register.cli.speaking import SentenceGroup, complain, counted, english, say, write_json
from register.errors import Invalid
from register.services.directory import directory
from register.services.directory.directory_report import Report, RowReport, RowState
from register.services.duties.obligations import rules_of


@click.group(cls=SentenceGroup)
def agency() -> None:
    """Keep the directory of public bodies."""


@agency.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write nothing; report what would be done.")
@click.option(
    "--confirm-past",
    is_flag=True,
    help="Add bodies also with a day in_scope_from that makes returns overdue at once.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write all that was found to this file, as JSON.",
)
@click.pass_context
def import_agencies(  # noqa: PLR0917 - one parameter an option
    ctx: click.Context, file: Path, dry_run: bool, confirm_past: bool, report: Path | None
) -> None:
    """Take in agencies from a CSV or JSON FILE, all or none, and say what is new or changed.

    JSON is a list of objects with slug, names (by language), level and, if wanted, abbreviation,
    sector, parent, approval and in_scope_from (for a new one only). CSV has the same columns, with
    name_en, name_ur, … for the names. Of an agency that is known, a column that is absent keeps
    what is there, and an empty cell empties it. The exit code is 1 if any row was refused; nothing
    is stored then.
    """
    text = _text_of(file)
    with opened() as instance:
        order = directory.Order(
            rules=rules_of(instance.settings), is_dry_run=dry_run, is_past_confirmed=confirm_past
        )
        done = directory.take_in(directory.read_agencies(text), order)
    if report is not None:
        write_json(report, {"file": file.name, **done.to_json()})
    for row in done.rows:
        _tell(row)
    _sum_up(done)
    if done.is_refused:
        ctx.exit(1)


@agency.command("list")
def list_agencies() -> None:
    """Print every agency: slug, level, disclosures published, name."""
    with opened():
        counts = directory.published_counts()
        for body in directory.list_bodies():
            name = body.names.get("en") or next(iter(body.names.values()))
            say(f"{body.slug}\t{body.level}\t{counts.get(body.slug, 0)}\t{name}")


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{file.name} is not UTF-8 (byte {error.start}).") from error


def _tell(row: RowReport) -> None:
    """Print what is new or changed of a row, and complain of what is wrong with it."""
    where = f"Row {row.row}, {row.agency}"
    if row.state is RowState.NEW:
        said = "; ".join(f"{each.column} {each.new}" for each in row.changes)
        say(f"{where}: new, in scope from {row.new_since}: {said}")
    if row.state is RowState.CHANGED:
        for each in row.changes:
            say(f"{where}: {each.column} changed from “{each.old}” to “{each.new}”")
    for remark in row.remarks:
        say(f"{where}: remark on {remark.column}: {english(remark.text)}")
    for error in row.errors:
        complain(f"row {row.row}, column {error.column}: {english(error.text)}")


def _sum_up(done: Report) -> None:
    """Print the counts, and what of the file means nothing here."""
    if done.unknown_columns:
        count = counted(len(done.unknown_columns), "column")
        say(f"{count} not read, since unknown: {', '.join(done.unknown_columns)}.")
    agreeing = sum(row.since is not None and row.since.is_noted for row in done.rows)
    if agreeing:
        bodies = counted(agreeing, "known agency", "known agencies")
        say(f"in_scope_from of {bodies} is the day that is noted, and changes nothing.")
    counts = ", ".join(f"{done.count(state):,} {state.value}" for state in RowState)
    say(f"{'' if done.is_stored else 'Would be done: '}{counted(len(done.rows), 'row')}: {counts}.")
    if done.is_refused:
        complain("Nothing was stored, since rows were refused.")
    if done.has_past:
        complain("If the days in the past are right, import the file with --confirm-past.")
