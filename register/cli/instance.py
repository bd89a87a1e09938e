"""The instance: its folder, database, keys and index; and the sample that may fill it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from register import config, create_app, storage
from register.cli import signing
from register.cli.speaking import Progress, counted, say
from register.config import Settings
from register.errors import Unavailable
from register.search import SearchIndex
from register.services.exports import presentations
from register.services.sample import sampling
from register.storage import migrating

NOT_READY = "The database is not ready. Run: ai-register init"


@dataclass(frozen=True)
class Instance:
    """What a command works on: the settings, and the search index that they name."""

    settings: Settings
    index: SearchIndex


@contextmanager
def opened(*, is_checked: bool = True) -> Iterator[Instance]:
    """Lend the instance, within its application.

    Raise :exc:`Unavailable` if its database has not the tables that this code expects.
    """
    app = create_app()
    with app.app_context():
        try:
            if is_checked and migrating.present_revision() != migrating.wanted_revision():
                raise Unavailable(NOT_READY)
            yield Instance(app.extensions["register.settings"], app.extensions["register.search"])
        finally:
            storage.close()


@click.command()
def init() -> None:
    """Create the instance, or bring it up to date: folder, keys, database, index and ledger."""
    settings = config.load()
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    config.secret_key(settings)
    with opened(is_checked=False) as instance:
        before = migrating.present_revision()
        migrating.upgrade()
        after = migrating.present_revision()
        instance.index.drain()
        signing.set_up(settings)
        with Progress("Keeping what the public reads") as progress:
            presentations.keep_all(progress)
    done = "is up to date" if before == after else f"is ready (migration {after})"
    say(f"The instance in {settings.instance} {done}.")


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, if anything is there.")
@click.option("--force", is_flag=True, help="Load it although the register holds other things.")
def sample(if_empty: bool, force: bool) -> None:
    """Load the sample register: fictitious agencies, accounts and disclosures."""
    with opened() as instance:
        if if_empty and not force and not sampling.is_empty():
            say("The register is not empty, so the sample was not loaded.")
            return
        settings = instance.settings
        given = os.environ.get("REGISTER_SAMPLE_PASSWORD", "")
        with Progress("Loading the sample") as progress:
            loaded = sampling.load_sample(
                config.ROOT / "sample",
                password=sampling.sample_password(settings.instance, given),
                reference_prefix=settings.reference_prefix,
                is_forced=force,
                progress=progress,
            )
        instance.index.drain()
        presentations.keep_all()
        if loaded is None:
            say("The sample was loaded before.")
            return
        say(
            f"Loaded {counted(loaded.agencies, 'agency', 'agencies')}, "
            f"{counted(loaded.accounts, 'account')} and "
            f"{counted(loaded.disclosures, 'disclosure')} in "
            f"{counted(loaded.versions, 'version')}."
        )
        say_accounts(settings.instance)


def say_accounts(instance: Path) -> None:
    """Print the sample accounts, if this is a sample register."""
    accounts = sampling.sample_accounts(instance)
    if not accounts:
        return
    say(f"Sample accounts, all with the password {accounts[0]['password']}")
    for account in accounts:
        say(f"  {account['email']:<38}{account['role']}")
    say("  Every agency has such an officer and such an approver.")
