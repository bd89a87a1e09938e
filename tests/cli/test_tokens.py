"""Tokens are made, listed and revoked from the command line; a secret is printed once."""

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def account(run: Run) -> str:
    typed = "a long password\n"
    words = ("account", "add", "a@register.example", "--role", "auditor", "--password-stdin")
    assert run(*words, typed=typed).exit_code == 0
    return "a@register.example"


def test_a_token_further_than_its_account_is_refused_and_so_is_nobody_s(
    run: Run, account: str
) -> None:
    wrong = run("token", "add", account, "--scope", "file")
    nobody = run("token", "add", "nobody@register.example", "--scope", "read")
    none = run("token", "revoke", "7")

    assert (wrong.exit_code, nobody.exit_code, none.exit_code) == (1, 1, 1)
    assert "scope: A token may not go further than its account." in wrong.stderr
    assert wrong.stdout == nobody.stdout == ""
    assert run("token", "add", account, "--scope", "all").exit_code == 2
    assert run("token", "add", account, "--scope", "read", "--days", "366").exit_code == 2


def test_a_token_s_secret_alone_is_printed_on_the_output_once(run: Run, account: str) -> None:
    made = run("token", "add", account, "--scope", "read:audit", "--days", "30", "--label", "watch")
    before = run("token", "list")
    revoked = run("token", "revoke", "1")
    after = run("token", "list")

    assert made.exit_code == revoked.exit_code == 0
    assert made.stdout.startswith("air_")
    assert len(made.stdout.strip()) == 47
    assert made.stdout.strip() not in before.stdout + after.stdout
    assert before.stdout.startswith(f"1\t{account}\tread:audit\tactive\tuntil 2")
    assert before.stdout.endswith("\t-\twatch\n")
    assert "\trevoked\t" in after.stdout
