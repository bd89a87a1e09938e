"""What the register says of its records' quality, from the command line."""

import click

from register.cli.instance import opened
from register.cli.speaking import Progress, SentenceGroup, counted, say
from register.errors import Unavailable
from register.links import Pace, Visitor
from register.services import quality as judging
from register.services.links import check_links

NOT_ENABLED = "Links are not checked here. Set REGISTER_LINK_CHECKS, or add --yes for once."


@click.group(cls=SentenceGroup)
def quality() -> None:
    """Judge published records by the rules of quality."""


@quality.command()
def recompute() -> None:
    """Judge every published record again, after the rules changed or records were restored."""
    with opened(), Progress("Judging") as progress:
        count = judging.recompute(progress)
    say(f"Judged {counted(count, 'record')}.")


@click.group(cls=SentenceGroup)
def links() -> None:
    """Look after the links of published records."""


@links.command()
@click.option("--limit", type=click.IntRange(min=1), help="Try so many links at most.")
@click.option("--yes", is_flag=True, help="Do it although the setting does not allow it.")
def check(limit: int | None, yes: bool) -> None:
    """Try the links of published records, one request a host and second.

    A link is shown as broken once it failed on two different days. Run this every day.
    """
    with opened() as instance, Progress("Trying links") as progress:
        if not (instance.settings.link_checks or yes):
            raise Unavailable(NOT_ENABLED)
        visitor = Visitor(name=f"ai-register (+{instance.settings.base_url})")
        done = check_links(visitor, Pace(), limit=limit, progress=progress)
    put_off = f" {done.put_off:,} put off." if done.put_off else ""
    say(
        f"Tried {counted(done.tried, 'link')}: {done.failed:,} failed, "
        f"{done.broken:,} shown as broken.{put_off}"
    )
