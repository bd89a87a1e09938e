"""Tokens, from the command line. A secret is printed once, and never again."""

import click

from register import clock
from register.cli.instance import opened
from register.cli.speaking import SentenceGroup, complain, say
from register.services.accounts import tokens
from register.services.accounts.tokens import MOST_DAYS, USUAL_DAYS, Facts, Scope
from register.services.actor import SYSTEM


@click.group(cls=SentenceGroup)
def token() -> None:
    """Keep the tokens by which programs use the API."""


@token.command()
@click.argument("email")
@click.option("--scope", required=True, type=click.Choice([scope.value for scope in Scope]))
@click.option(
    "--days",
    default=USUAL_DAYS,
    show_default=True,
    type=click.IntRange(1, MOST_DAYS),
    help="For how long it works.",
)
@click.option("--label", default="", help="What it is for.")
def add(email: str, scope: str, days: int, label: str) -> None:
    """Make a token for the account of EMAIL, and print its secret, this once."""
    with opened():
        number, secret = tokens.make(SYSTEM, email, scope, days=days, label=label)
    complain(f"Made token {number} for {email}. Its secret is shown only now:")
    say(secret)


@token.command("list")
def list_tokens() -> None:
    """Print every token: number, account, scope, state, last day, last use, what it is for."""
    with opened():
        for each in tokens.list_every():
            say("\t".join(_cells(each)))


@token.command()
@click.argument("number", metavar="ID", type=int)
def revoke(number: int) -> None:
    """Let the token with this number open nothing any more."""
    with opened():
        tokens.revoke(SYSTEM, number)
    say(f"Token {number} is revoked.")


def _cells(each: Facts) -> tuple[str, ...]:
    used = clock.stamp(each.used_at) if each.used_at else "-"
    state = f"{each.state}\tuntil {each.expires_at.date()}"
    return str(each.id), each.email, each.scope, state, used, each.label or "-"
