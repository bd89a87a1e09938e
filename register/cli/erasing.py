"""Erasing what a court or a law orders to be erased, from the command line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from register.cli.instance import Instance, opened
from register.cli.purging import purge
from register.cli.speaking import complain, counted, english, say, write_whole
from register.errors import Conflict, Invalid, NotFound
from register.ledger.entries import read_moment, write_moment
from register.services.erasure import erasing
from register.services.erasure.erasing import Done, Order
from register.storage import erasing as erased

SHOWN = 10
KEYS = {"reference", "field", "versions", "basis", "at"}
MORE = {"notes"}  # lists from before there were notes have none


@click.command()
@click.argument("reference", required=False)
@click.argument("field", required=False)
@click.option("--basis", help="The legal basis, for everybody to read: court, date and number.")
@click.option(
    "--version",
    "versions",
    type=int,
    multiple=True,
    help="Only from this version; may be repeated.",
)
@click.option(
    "--note",
    "notes",
    type=int,
    multiple=True,
    help="Also the text of this note of an auditor; may be repeated, and may come later.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for the reference again.")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Erase again what this file lists, which ai-register erasures wrote.",
)
@click.option("--purge", "is_purge", is_flag=True, help="Only finish what was interrupted.")
@click.pass_context
def erase(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    reference: str | None,
    field: str | None,
    basis: str | None,
    versions: tuple[int, ...],
    notes: tuple[int, ...],
    is_sure: bool,
    file: Path | None,
    is_purge: bool,
) -> None:
    """Erase an answer for good, because a court or a law orders it.

    FIELD is a question of the standard, such as purpose; withheld.purpose is why its answer is
    withheld, and change_note what was said of a version. It goes from all versions that have it,
    and from drafts, imports, letters, auditors' notes that repeat it, and the index. The ledger
    keeps that it was there. The basis is published: do not repeat in it what is to be erased.
    """
    if file is not None:
        if reference or field or basis or versions or notes:
            raise click.UsageError("--from FILE says itself what is to be erased.")
        with opened() as instance:
            ctx.exit(0 if erase_again(instance, read_orders(file)) else 1)
    if is_purge:
        with opened() as instance:
            ctx.exit(0 if purge(instance) else 1)
    if not (reference and field and basis):
        raise click.UsageError("Name REFERENCE and FIELD, and the legal basis with --basis.")
    order = Order(reference=reference, field=field, basis=basis, versions=versions, notes=notes)
    with opened() as instance:
        _say_what(erasing.look(order))
        if not is_sure and click.prompt("Type the reference to erase it for good") != reference:
            complain("That is another reference. Nothing was erased.")
            ctx.exit(1)
        done = erasing.erase(order)
        say(f"Erased {_what(done)} of {done.reference}.")
        ctx.exit(0 if purge(instance) else 1)


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write to this file instead of the standard output.",
)
def erasures(out: Path | None) -> None:
    """List everything that was erased, a line of JSON each, without what it was.

    Keep the list beside the backups: after one from before an erasure was restored,
    ai-register erase --from FILE erases it again.
    """
    with opened():
        lines = [json.dumps(_listed(each), ensure_ascii=False) for each in erasing.list_orders()]
    if out is None:
        for line in lines:
            say(line)
        return
    write_whole(out, lambda text: text.writelines(f"{line}\n" for line in lines))
    say(f"Listed {counted(len(lines), 'erasure')}.")


def erase_again(instance: Instance, orders: Iterable[Order]) -> bool:
    """Erase what was erased before, from a database of before that; say what of it was gone.

    Tell whether nothing is left of it.
    """
    done = skipped = 0
    for order in orders:
        try:
            erasing.erase(order)
            done += 1
        except (Conflict, NotFound) as error:
            say(english(error))
            skipped += 1
    verb = "was" if skipped == 1 else "were"
    say(f"Erased {counted(done, 'answer')}; {skipped:,} {verb} gone.")
    return purge(instance) if done or erased.count_unpurged() else True


def _say_what(found: Done) -> None:
    say(f"To be erased: {_what(found)} of {found.reference}.")
    if found.elsewhere:
        more = f" and {len(found.elsewhere) - SHOWN:,} more" if len(found.elsewhere) > SHOWN else ""
        named = ", ".join(found.elsewhere[:SHOWN])
        say(f"The same text stands in other disclosures, which stay as they are: {named}{more}.")
    if found.notes.staying:
        say(
            f"Auditors' {_numbered('note', found.notes.staying)} about it will stay. Let an "
            "auditor see whether one says it in part or in other words; --note erases its text."
        )


def _what(done: Done) -> str:
    parts = [f"{done.field} from {_numbered('version', done.versions)}"] if done.versions else []
    if done.notes.going:
        parts.append(f"the text of {_numbered('note', done.notes.going)} of auditors")
    return ", and ".join(parts)


def _numbered(noun: str, numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers))
    return f"{noun} {listed}" if len(numbers) == 1 else f"{noun}s {listed}"


def _listed(order: Order) -> dict[str, object]:
    return {
        "reference": order.reference,
        "field": order.field,
        "versions": list(order.versions),
        "notes": list(order.notes),
        "basis": order.basis,
        "at": write_moment(order.at) if order.at else None,
    }


def read_orders(file: Path) -> Iterator[Order]:
    """Read a list; raise :exc:`Invalid` with the line that is none before anything is erased."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return iter([_order(number, line) for number, line in enumerate(lines, 1) if line.strip()])


def _order(number: int, line: str) -> Order:
    try:
        value = json.loads(line)
        if not isinstance(value, dict) or set(value) | MORE != KEYS | MORE:
            raise ValueError
        versions, notes = tuple(value["versions"]), tuple(value.get("notes", ()))
        if not all(type(each) is int for each in (*versions, *notes)):
            raise ValueError
        at: datetime = read_moment(value["at"])
        return Order(
            reference=str(value["reference"]),
            field=str(value["field"]),
            basis=str(value["basis"]),
            versions=versions,
            notes=notes,
            at=at,
        )
    except (Invalid, TypeError, ValueError) as error:
        raise Invalid(
            f"Line {number} is no erasure, as ai-register erasures lists them."
        ) from error
