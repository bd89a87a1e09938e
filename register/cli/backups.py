"""Backing an instance up and restoring it, from the command line."""

import tempfile
from pathlib import Path

import click

from register import clock
from register.cli import signing
from register.cli.erasing import erase_again
from register.cli.instance import Instance, opened
from register.cli.speaking import Progress, complain, counted, english, say, whole_file
from register.errors import Conflict, RegisterError, Unavailable
from register.services import backups, erasing, ledger_checking, presentations
from register.services.backups import Backup
from register.services.erasing import Order
from register.services.export_folder import ExportFolder
from register.storage import close, dumping, ledger, migrating

FULL = (
    "This instance has a database. Restore over it with --over, which keeps it beside under "
    "another name, or name an empty folder in REGISTER_INSTANCE."
)
FULL_SERVER = (
    "The database has tables. Make an empty one and name it in REGISTER_DATABASE_URL: what is "
    "there is not touched."
)
UNKNOWN = (
    "What was erased from the present database cannot be read. Erase it again from the list that "
    "you keep: ai-register erase --from FILE"
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a consistent copy of everything to FILE, a ZIP, while the register is served.

    It has what is not public, so keep it as safe as the register itself. The signer's folder is
    not in it: copy that to another place.
    """
    with (
        opened() as instance,
        tempfile.TemporaryDirectory(dir=file.resolve().parent) as room,
        whole_file(file, is_text=False) as out,
    ):
        Path(out.name).chmod(0o600)
        made = backups.write(out, instance.settings, Path(room))
    say(f"Copied the {made.kind} database and {counted(len(made.files) - 1, 'file')} to {file}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--over", is_flag=True, help="Although there is a database, which is kept beside.")
@click.pass_context
def restore(ctx: click.Context, file: Path, over: bool) -> None:
    """Put FILE, which ai-register backup wrote, in place of this instance's database.

    It is checked first. What was erased since is erased again, if the present database tells of
    it. Then all of it is compared with the ledger, and the signer says whether anything is missing
    that it signed; the exit code is 1 if it is.
    """
    with opened(is_checked=False) as instance:
        instance.settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=instance.settings.instance) as folder:
            room = Path(folder)
            made = backups.unpack(file, room)
            orders = _make_way(over)
            dumping.put_back(backups.database_in(room, made))
            for name in backups.put_beside(room, made, instance.settings):
                say(f"Left as it is: {name}.")
        say(f"Restored the register of {made.at:%Y-%m-%d %H:%M} UTC.")
        is_well = _bring_up(instance, made, orders)
    ctx.exit(0 if is_well else 1)


def _make_way(over: bool) -> list[Order]:
    """Move the present database away; give what was erased from it."""
    if dumping.is_empty():
        return []
    if dumping.kind() != dumping.SQLITE:
        raise Unavailable(FULL_SERVER)
    if not over:
        raise Unavailable(FULL)
    orders = _erased_here()
    say(f"The database that was there is {dumping.set_aside(clock.now())} now.")
    return orders


def _erased_here() -> list[Order]:
    try:
        if migrating.present_revision() == migrating.wanted_revision():
            return list(erasing.list_orders())
    except (ConnectionError, RegisterError, ValueError):
        pass
    complain(UNKNOWN)
    return []


def _bring_up(instance: Instance, made: Backup, orders: list[Order]) -> bool:
    """Make of the copy what serves; tell whether it is what was logged and signed."""
    close()
    migrating.upgrade()
    since = [each for each in orders if each.at is not None and each.at > made.at]
    if since:
        erase_again(instance, since)
    ExportFolder(instance.settings.exports_folder, erased=0).empty()
    instance.index.rebuild()
    with Progress("Keeping what the public reads") as progress:
        presentations.keep_all(progress)
    with Progress("Checking") as progress:
        wrong = list(ledger_checking.check(progress))
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
