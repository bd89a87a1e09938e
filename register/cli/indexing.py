"""The search index, from the command line."""

import click

from register.cli.instance import opened
from register.cli.speaking import Progress, SentenceGroup, complain, counted, say
from register.cli.stopping import until_stopped
from register.search import Difference
from register.services.directory import directory
from register.services.exports import presentations
from register.storage import outbox

SHOWN = 10


@click.group(cls=SentenceGroup)
def index() -> None:
    """Keep the search index; it can be deleted at any time and made again."""


@index.command()
def rebuild() -> None:
    """Make the index anew from the database, while searches go on in the old one."""
    with opened() as instance, Progress("Indexing") as progress:
        total = sum(directory.published_counts().values())
        count = instance.index.rebuild(lambda done: progress(done, max(done, total)))
    say(f"Indexed {counted(count, 'disclosure')}.")


@index.command()
@click.option("--watch", is_flag=True, help="Go on until stopped.")
def drain(watch: bool) -> None:
    """Take into the index what was published since; make it if it is missing.

    What the public reads of each version is then kept as text, from which exports are made.
    """
    with opened() as instance:
        if watch:
            keep_some = presentations.Keeper().keep_some
            instance.index.watch(until_stopped(), beside=keep_some)
            return
        say(f"Settled {counted(instance.index.drain(), 'notice')}.")
        presentations.keep_all()


@index.command()
@click.option("--mend", is_flag=True, help="Take in exactly what differs.")
@click.pass_context
def check(ctx: click.Context, mend: bool) -> None:
    """Compare every record of the index with the database; the exit code is 1 if any differs.

    What waits to be taken in is no difference. With --mend the exit code is 0 once all is well.
    """
    with opened() as instance:
        difference = instance.index.mend() if mend else instance.index.check()
        waiting = outbox.count_waiting()
    if waiting:
        say(f"{counted(waiting, 'notice')} waiting for the index: ai-register index drain")
    if not difference:
        say("The index holds what is published.")
        return
    _say_what_differs(difference)
    if mend:
        say(f"Mended {counted(len(difference), 'disclosure')}.")
        return
    complain("Run: ai-register index check --mend")
    ctx.exit(1)


def _say_what_differs(difference: Difference) -> None:
    for what, references in (
        ("Published, but not in the index", difference.missing),
        ("In the index, but not published", difference.surplus),
        ("Otherwise in the index than published", difference.stale),
    ):
        if references:
            named = ", ".join(references[:SHOWN])
            more = f" and {len(references) - SHOWN:,} more" if len(references) > SHOWN else ""
            complain(f"{what}, {len(references):,}: {named}{more}.")
