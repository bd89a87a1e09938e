"""The ledger, from the command line: signing it, checking it, and changing the key."""

import threading
from collections.abc import Callable
from time import monotonic

import click

from register.cli.bundling import keep_daily
from register.cli.instance import opened
from register.cli.signing import signer_of
from register.cli.speaking import Progress, SentenceGroup, complain, counted, english, say
from register.cli.stopping import until_stopped
from register.errors import Unavailable
from register.services.ledger import ledger_checking
from register.services.ledger.ledger_keys import find_naming
from register.services.ledger.ledger_signing import LedgerSigner, SigningRefused
from register.storage import ledger as kept

TICK = 1.0  # seconds between two looks at whether there is something to sign
KEEPING = 60.0  # seconds between two looks at whether a bundle is missing, or a day old
REFUSED = 60.0  # seconds after which a log that was refused is looked at again


@click.group(cls=SentenceGroup)
def ledger() -> None:
    """Sign the public log, and check that nobody changed what it tells of."""


@ledger.command()
@click.option("--watch", is_flag=True, help="Go on until stopped.")
@click.pass_context
def checkpoint(ctx: click.Context, watch: bool) -> None:
    """Sign the log as it is; the exit code is 1 if its past is not what was signed before.

    The first time it makes the key, and opens the log.
    """
    with opened() as instance:
        signer = signer_of(instance.settings)
        if watch:
            stop = until_stopped()
            ctx.exit(_watch(signer, stop, lambda: keep_daily(instance.settings, signer)))
        signed = signer.sign()
        if signed is None:
            say("There is nothing new to sign.")
        else:
            say(f"Signed {counted(signed.size, 'entry', 'entries')}.")


@ledger.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Derive every hash anew from the database and compare; the exit code is 1 if any differs.

    It names record, version and field of whatever was changed past the register.
    """
    found = 0
    with opened(), Progress("Checking") as progress:
        for sentence in ledger_checking.check(progress):
            found += 1
            complain(sentence)
        size, signed = kept.size(), kept.find_signed()
    if found:
        complain(f"{counted(found, 'place differs', 'places differ')} from what was logged.")
        ctx.exit(1)
    covered = signed.size if signed else 0
    say(
        f"All is as it was logged: {counted(size, 'entry', 'entries')}, {covered:,} of them signed."
    )


@ledger.command()
@click.option("--now", is_flag=True, help="Retire the old key although thirty days are not over.")
@click.option("--lost", is_flag=True, help="The signer's folder is lost: go on with a new key.")
@click.option("--origin", metavar="NAME", help="Open the log under a new name, with a new key.")
def rotate(now: bool, lost: bool, origin: str | None) -> None:
    """Begin to sign with a new key beside the old one; thirty days later, retire the old one."""
    if now + lost + (origin is not None) > 1:
        raise click.UsageError("Use one of --now, --lost and --origin.")
    with opened() as instance:
        signer = signer_of(instance.settings)
        if origin is not None:
            naming = signer.reopen(origin)
        elif lost:
            naming = signer.replace_lost()
        else:
            naming = signer.rotate(at_once=now)
    say(f"From entry {naming.seq:,} on, {naming.origin} is signed with:")
    for vkey in naming.vkeys:
        say(f"  {vkey}")
    if len(naming.vkeys) > 1:
        say("Make the new key known. In thirty days, run: ai-register ledger rotate")


@ledger.command()
def vkeys() -> None:
    """Print the keys by which anybody can check what is signed, one a line."""
    with opened():
        naming = find_naming()
    if naming is None:
        raise Unavailable("The log is not open. Run: ai-register ledger checkpoint")
    for vkey in naming.vkeys:
        say(vkey)


def _watch(signer: LedgerSigner, stop: threading.Event, keep: Callable[[], object]) -> int:
    """Sign what comes in until ``stop``; say once what is refused, and look again: it may mend.

    ``keep`` puts a bundle aside when it is time for one.
    """
    said, is_new, looked = "", True, 0.0
    while not stop.is_set():
        try:
            is_new = signer.sign() is not None or is_new
            if is_new or monotonic() - looked > KEEPING:
                keep()
                looked = monotonic()
        except (SigningRefused, Unavailable) as error:
            if english(error) != said:
                said = english(error)
                complain(said)
            stop.wait(REFUSED)
            continue
        if said:
            complain("The ledger is signed again.")
        said, is_new = "", False
        stop.wait(TICK)
    return 1 if said else 0
