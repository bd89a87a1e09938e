"""The register out, from the command line: in any format, with what is lost beside it."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from register import clock
from register.cli.instance import Instance, opened
from register.cli.speaking import Progress, complain, counted, say, whole_file
from register.exchange.files.row_files import Entry, csv_line, loss_pieces
from register.exchange.own import flat_table
from register.services.exports import export_files
from register.services.exports.export_files import LINES, FileKind, Wanted
from register.services.past import as_of_now, read_as_of

USUAL = "ndjson"
FILES = [kind.value for kind in FileKind if kind is not FileKind.LOSSES]


@click.command()
@click.option(
    "--format",
    "format_name",
    default=USUAL,
    show_default=True,
    help="In which form; --list names those there are.",
)
@click.option("--file", "file_name", type=click.Choice(FILES), help="Which kind of file.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write to this file instead of the standard output.",
)
@click.option(
    "--as-of",
    "as_of_text",
    help="As it was at the end of a day (2026-11-23), or at a moment (2026-11-23T06:17:00Z).",
)
@click.option("--list", "is_list", is_flag=True, help="Name the formats and their kinds of file.")
def export(
    *,
    format_name: str,
    file_name: str | None,
    out: Path | None,
    as_of_text: str | None,
    is_list: bool,
) -> None:
    """Write the public register as a file, as it is or as it was.

    Of a moment of the past the same file is written again, byte for byte, whenever that is.

    In the form of another register not everything has a place: with --out X.csv a file
    X.losses.csv says for each record what is left out. Withdrawn disclosures are in NDJSON and
    JSON only.
    """
    if is_list:
        for name in export_files.export_names():
            say(f"{name:<20}{', '.join(_kinds(name))}")
        return
    file = _file(format_name, file_name)
    if file is FileKind.XLSX and out is None:
        raise click.UsageError("A workbook needs --out FILE.")
    as_of = read_as_of(as_of_text) if as_of_text else as_of_now()
    with opened() as instance, Progress(f"Exporting as {format_name}") as progress:
        wanted = replace(_wanted(instance, format_name, file, progress), before=as_of.before)
        if out is None:
            sys.stdout.buffer.writelines(export_files.file_pieces(wanted))
        else:
            told = _write(wanted, out)
            say(f"{told} It shows the register as of {clock.stamp(as_of.before or clock.now())}.")
    if as_of_text and not wanted.is_settled:
        complain("This is not long enough past: what is being written now may still belong to it.")


def _kinds(name: str) -> list[str]:
    return [kind.value for kind in export_files.file_kinds(name) if kind is not FileKind.LOSSES]


def _file(format_name: str, file_name: str | None) -> FileKind:
    if format_name not in export_files.export_names():
        known = ", ".join(export_files.export_names())
        raise click.BadParameter(f'there is no format "{format_name}". There are: {known}.')
    kinds = _kinds(format_name)
    if file_name is not None and file_name not in kinds:
        raise click.BadParameter(f"{format_name} has: {', '.join(kinds)}.")
    return FileKind(file_name or kinds[0])


def _wanted(instance: Instance, name: str, file: FileKind, progress: Progress) -> Wanted:
    settings = instance.settings
    return Wanted(
        format=name,
        file=file,
        base_url=settings.base_url,
        languages=settings.languages,
        progress=progress,
    )


def _write(wanted: Wanted, out: Path) -> str:
    """Write the file, and what it leaves out beside it; say how much of either there is."""
    if wanted.format in export_files.PLAIN - {flat_table.NAME} or wanted.format in LINES:
        with whole_file(out, is_text=False) as file:
            file.writelines(export_files.file_pieces(wanted))
        return f"{out} is written."
    tally = Tally(export_files.entries(wanted))
    with ExitStack() as files:
        if wanted.dialect is not None:
            beside = out.with_suffix(".losses.csv")
            tally.note_in(files.enter_context(whole_file(beside)), beside)
        is_text = wanted.file is not FileKind.XLSX
        file = files.enter_context(whole_file(out, is_text=is_text))
        if is_text:
            file.writelines(export_files.row_pieces(wanted, tally))
        else:
            export_files.write_workbook(wanted, file, tally)
    return f"{out}: {tally.in_words()}."


class Tally:
    """Hands entries on, counts them, and writes what is lost into a file of its own."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Count ``entries`` as they are taken."""
        self._entries = entries
        self._losses_file: Any = None
        self._losses_name: Path | None = None
        self._rows = self._left_out = self._losses = 0

    def note_in(self, file: Any, name: Path) -> None:
        """Write losses into ``file``, which is called ``name``."""
        file.writelines(loss_pieces([]))
        self._losses_file, self._losses_name = file, name

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self._rows += entry.row is not None
            self._left_out += entry.row is None
            self._losses += len(entry.losses)
            if self._losses_file is not None:
                self._losses_file.writelines(csv_line(loss.cells) for loss in entry.losses)
            yield entry

    def in_words(self) -> str:
        """Say how many records are in the file, and what is not."""
        told = counted(self._rows, "record")
        if self._left_out:
            told += f", {self._left_out:,} without a row"
        if self._losses_name is not None:
            told += f"; {counted(self._losses, 'loss', 'losses')} in {self._losses_name}"
        return told
