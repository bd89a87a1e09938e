"""Restoring an instance from a backup, from the command line.

All that can be done is done beside, and what serves is replaced at one stroke at the end: a restore
that is interrupted has changed nothing, and can be begun again.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from register import clock, config, create_app
from register.cli import signing
from register.cli.erasing import erase_again, read_orders
from register.cli.instance import Instance, opened
from register.cli.speaking import Progress, complain, counted, english, say
from register.cli.stopping import tidying_up
from register.errors import Conflict, RegisterError, Unavailable
from register.services import backups
from register.services.backups import Backup
from register.services.erasure import erasing
from register.services.erasure.erasing import Order
from register.services.exports import presentations
from register.services.exports.export_folder import ExportFolder
from register.services.ledger import ledger_checking
from register.storage import close, counters, dumping, ledger, migrating, reading

ROOM = ".restore-"
FULL = (
    "This instance has a database. Restore over it with --over, which keeps it beside under "
    "another name, or name an empty folder in REGISTER_INSTANCE."
)
FULL_SERVER = (
    "The database has tables. Make an empty one and name it in REGISTER_DATABASE_URL: what is "
    "there is not touched."
)
UNKNOWN = (
    "What was erased since the backup cannot be known from here. Name the list that you keep with "
    "--erasures FILE (ai-register erasures wrote it), or say --nothing-erased."
)
AS_THEY_WERE = (
    "Accounts and tokens are as they were then, also those that were ended since: look at "
    "ai-register account list and ai-register token list."
)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--over", is_flag=True, help="Although there is a database, which is kept beside.")
@click.option(
    "--erasures",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Erase what this file lists, which ai-register erasures wrote.",
)
@click.option("--nothing-erased", is_flag=True, help="Nothing was erased since the backup.")
@click.pass_context
def restore(  # noqa: PLR0917 - one parameter an option
    ctx: click.Context, file: Path, over: bool, listed: Path | None, nothing_erased: bool
) -> None:
    """Put FILE, which ai-register backup wrote, in place of this instance's database.

    It is checked first. What the present database or a list says was erased is erased from it.
    Then all of it is compared with the ledger, and the signer says whether anything is missing
    that it signed; the exit code is 1 if it is.
    """
    given = list(read_orders(listed)) if listed else [] if nothing_erased else None
    folder = config.load().instance
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{ROOM}*"):
        shutil.rmtree(left)
    with tidying_up(), tempfile.TemporaryDirectory(prefix=ROOM, dir=folder) as place:
        room = Path(place)
        made = backups.unpack(file, room)
        # Settings that come back are those by which the rest is done.
        with backups.put_beside(room, made, folder) as kept:
            is_well = _restore(made, room, given, is_over=over)
    for name in kept:
        say(f"Left as it is: {name}.")
    say(AS_THEY_WERE)
    ctx.exit(0 if is_well else 1)


def _restore(made: Backup, room: Path, given: list[Order] | None, *, is_over: bool) -> bool:
    with opened(is_checked=False) as instance:
        backups.check_fits(made, room)
        orders = _orders(given, is_over=is_over)
        copy = backups.database_in(room, made)
        if made.kind == dumping.SQLITE:
            with _opened_beside(instance, copy, room / "instance") as beside:
                wrong = _prepare(beside, orders)
            _swap(instance, copy, room / "instance")
        else:
            dumping.put_back(copy)
            wrong = _prepare(instance, orders)
        ExportFolder(instance.settings.exports_folder, erased=0).empty()
        say(f"Restored the register of {made.at:%Y-%m-%d %H:%M} UTC.")
        for sentence in wrong:
            complain(sentence)
        if not wrong:
            say(f"All is as it was logged: {counted(ledger.size(), 'entry', 'entries')}.")
        try:
            signing.set_up(instance.settings)
        except (Conflict, Unavailable) as error:
            complain(english(error))
            return False
    return not wrong


def _orders(given: list[Order] | None, *, is_over: bool) -> list[Order]:
    """Give what is to be erased; raise :exc:`Unavailable` if nothing may be replaced."""
    if dumping.is_empty():
        known = None
    elif dumping.kind() != dumping.SQLITE:
        raise Unavailable(FULL_SERVER)
    elif not is_over:
        raise Unavailable(FULL)
    else:
        known = _erased_here()
        dumping.check_unused()
    if known is None and given is None:
        raise Unavailable(UNKNOWN)
    return [*(known or ()), *(given or ())]


def _erased_here() -> list[Order] | None:
    """Give what was erased from the present database, if that can be read."""
    try:
        with reading():
            if migrating.present_revision() == migrating.wanted_revision():
                return list(erasing.list_orders())
    except (ConnectionError, RegisterError, ValueError):
        pass
    return None


@contextmanager
def _opened_beside(instance: Instance, copy: Path, folder: Path) -> Iterator[Instance]:
    """Lend a copy of the database as an instance of its own, under the same settings."""
    close()
    folder.mkdir(mode=0o700)
    moved = {"instance": folder, "database_url": f"sqlite:///{copy}"}
    app = create_app({**vars(instance.settings), **moved})
    with app.app_context():
        try:
            yield Instance(app.extensions["register.settings"], app.extensions["register.search"])
        finally:
            app.extensions["register.search"].close()
            close()


def _prepare(instance: Instance, orders: Sequence[Order]) -> list[str]:
    """Make of a copy what can be served; give what in it is not as it was logged."""
    migrating.upgrade()
    counters.begin_life()
    if orders:
        erase_again(instance, orders)
    instance.index.rebuild()
    with Progress("Keeping what the public reads") as progress:
        presentations.keep_all(progress)
    with Progress("Checking") as progress:
        return list(ledger_checking.check(progress))


def _swap(instance: Instance, copy: Path, made: Path) -> None:
    """Let the copy serve. Without an index, for a moment, a drainer would make one."""
    instance.index.close()
    shutil.rmtree(instance.settings.index_folder, ignore_errors=True)
    aside = dumping.replace_by(copy, clock.now())
    shutil.move(made / instance.settings.index_folder.name, instance.settings.index_folder)
    if aside is not None:
        say(f"The database that was there is {aside} now. Delete it once you need it no more.")
