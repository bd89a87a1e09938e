"""Backing an instance up, from the command line."""

import tempfile
from pathlib import Path

import click

from register.cli.instance import opened
from register.cli.speaking import counted, say, whole_file
from register.cli.stopping import tidying_up
from register.services import backups


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a consistent copy of everything to FILE, a ZIP, while the register is served.

    It has what is not public, so keep it as safe as the register itself. The signer's folder is
    not in it: copy that to another place.
    """
    beside = file.resolve().parent
    with (
        tidying_up(),
        opened() as instance,
        tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=beside) as room,
        whole_file(file, is_text=False, is_private=True) as out,
    ):
        made = backups.write(out, instance.settings, Path(room))
    say(f"Copied the {made.kind} database and {counted(len(made.files) - 1, 'file')} to {file}.")
