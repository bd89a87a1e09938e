"""Letters, from the command line: sending what waits, and reminding of what is due."""

import threading

import click

from register.cli.instance import opened
from register.cli.speaking import complain, counted, say
from register.cli.stopping import until_stopped
from register.config import Settings
from register.errors import Unavailable
from register.mail.letters import House, sender_of
from register.mail.sending import Carrier, read_url
from register.services.accounts import letters
from register.services.duties import reminding
from register.services.filings import kept
from register.services.imports import import_runs
from register.services.uploads import uploading

TICK = 5.0  # seconds between looks into the outbox
PAUSE = 60.0  # seconds until a server that could not be reached is tried again
NO_SERVER = "No mail server is set. Set REGISTER_MAIL_URL and REGISTER_MAIL_FROM."


@click.command("drain-mail")
@click.option("--watch", is_flag=True, help="Go on until stopped.")
@click.option("--again", is_flag=True, help="Try letters again that were given up.")
@click.pass_context
def drain_mail(ctx: click.Context, watch: bool, again: bool) -> None:
    """Send the letters that wait; the exit code is 1 if the mail server cannot be reached."""
    with opened() as instance:
        settings = instance.settings
        house = house_of(settings)
        if again:
            say(f"{counted(letters.try_again(), 'letter')} will be tried again.")
        if watch:
            _watch(settings, house, until_stopped())
            return
        with Carrier(read_url(settings.mail_url)) as carrier:
            done = letters.drain(carrier.carry, house)
    say(f"Sent {counted(done.sent, 'letter')}.")
    if done.refused:
        complain(f"The mail server refused {counted(done.refused, 'letter')}.")
    if done.unreachable:
        complain(f"The mail server cannot be reached: {done.unreachable}")
        ctx.exit(1)


@click.command()
def remind() -> None:
    """Write to officers and approvers of what is due soon or overdue. Run it every day.

    Of what is overdue where nobody has an account, the secretariat is told. It also forgets
    spreadsheets, inventories and forms whose time is over.
    """
    with opened() as instance:
        uploading.purge()
        import_runs.purge()
        kept.purge()
        house_of(instance.settings)
        count = reminding.remind(instance.settings)
    say(f"Put {counted(count, 'letter')} into the outbox.")


def house_of(settings: Settings) -> House:
    """Give who writes; raise :exc:`Unavailable` if no mail server is set, or nobody who writes."""
    if not settings.mail_url:
        raise Unavailable(NO_SERVER)
    read_url(settings.mail_url)
    house = House(
        base_url=settings.base_url,
        languages=settings.languages,
        service_name=settings.service_name,
        sender=settings.mail_from,
    )
    sender_of(house)
    return house


def _watch(settings: Settings, house: House, stop: threading.Event) -> None:
    """Send what comes in until ``stop``; say once that the server cannot be reached."""
    has_complained = False
    while not stop.is_set():
        with Carrier(read_url(settings.mail_url)) as carrier:
            done = letters.drain(carrier.carry, house, limit=100)
        if done.unreachable and not has_complained:
            complain(f"The mail server cannot be reached: {done.unreachable}")
        if has_complained and done.sent:
            complain("The mail server can be reached again.")
        has_complained = bool(done.unreachable) or (has_complained and not done.sent)
        stop.wait(PAUSE if done.unreachable else TICK)
