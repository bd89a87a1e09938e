"""The search index, from the command line."""

import click

from register.cli.instance import opened
from register.cli.speaking import Progress, SentenceGroup, complain, counted, say
from register.cli.stopping import until_stopped
from register.services import directory

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
@click.option("--with-parent", is_flag=True, hidden=True)
def drain(watch: bool, with_parent: bool) -> None:
    """Take into the index what was published since; make it if it is missing."""
    with opened() as instance:
        if not watch:
            say(f"Settled {counted(instance.index.drain(), 'notice')}.")
            return
        instance.index.watch(until_stopped(with_parent=with_parent))


@index.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Compare the index with the database; the exit code is 1 if they differ."""
    with opened() as instance:
        difference = instance.index.check()
    if not difference:
        say("The index holds what is published.")
        return
    for what, references in (
        ("Published, but not in the index", difference.missing),
        ("In the index, but not published", difference.surplus),
    ):
        if references:
            more = f" and {len(references) - SHOWN:,} more" if len(references) > SHOWN else ""
            complain(f"{what}: {', '.join(references[:SHOWN])}{more}.")
    complain("Run: ai-register index rebuild")
    ctx.exit(1)
