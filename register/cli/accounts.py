"""Accounts, from the command line. A password is asked for or read, never an argument."""

import sys

import click

from register.cli.instance import opened
from register.cli.speaking import SentenceGroup, say
from register.services.accounts import people
from register.standard.lifecycle import Role


@click.group(cls=SentenceGroup)
def account() -> None:
    """Keep the accounts of those who sign in."""


@account.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--agency", metavar="SLUG", help="The agency of an officer or approver.")
@click.option("--name", default="", help="The person's name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the standard input.")
def add(  # noqa: PLR0917 - one parameter an option
    email: str, role: str, agency: str | None, name: str, password_stdin: bool
) -> None:
    """Make an account for EMAIL; asks for its password."""
    with opened():
        if password_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
        else:
            password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        people.add_account(email, role, password, agency=agency, name=name)
    say(f"Made an account for {email} as {role}.")


@account.command("list")
def list_accounts() -> None:
    """Print every account: address, role, agency, whether disabled."""
    with opened():
        for email, role, agency, is_disabled in people.list_accounts():
            say(f"{email}\t{role}\t{agency or '-'}\t{'disabled' if is_disabled else 'active'}")


@account.command()
@click.argument("email")
def disable(email: str) -> None:
    """Close the account of EMAIL, and end its sessions."""
    with opened():
        people.disable_account(email)
    say(f"The account of {email} is disabled.")
