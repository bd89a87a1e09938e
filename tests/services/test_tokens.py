"""A token opens what its account may do, as far as its scope goes, until a day, and no more."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from register import clock
from register.errors import Invalid, NotAllowed, NotFound
from register.services.accounts import people, staff, tokens
from register.services.accounts.tokens import MOST_TOKENS, PREFIX, Scope, TokenState
from register.services.actor import SYSTEM
from register.standard.lifecycle import Role
from register.storage import accounts, forget, transaction
from register.storage.database import db
from register.storage.models import AuditEvent
from tests.desk import Desk, change_role, everything
from tests.services.signing_in import START, after

OFFICER = "officer@taxes"


def made(desk: Desk, email: str = OFFICER, scope: str = "file", **more: int) -> str:
    return tokens.make(desk[email], email, scope, **more)[1]


@pytest.mark.parametrize(
    "secret",
    ["", PREFIX, f"{PREFIX}x", "\0", "\ud800", "x" * 100_000, f"{PREFIX}' OR 1=1 --", "air-"],
)
def test_what_is_no_token_opens_nothing(desk: Desk, secret: str) -> None:
    made(desk)

    assert tokens.find_bearer(secret) is None


def test_whoever_has_one_letter_wrong_has_nothing(desk: Desk) -> None:
    secret = made(desk)

    for other in (secret[:-1], secret + "x", secret.swapcase(), secret.removeprefix(PREFIX)):
        assert tokens.find_bearer(other) is None


def test_a_token_has_256_bits_and_is_kept_nowhere(desk: Desk) -> None:
    secret = made(desk)

    assert re.fullmatch(r"air_[A-Za-z0-9_-]{43}", secret)
    assert secret not in str(everything())
    assert secret.removeprefix(PREFIX) not in str(everything())


def test_a_token_acts_for_its_account_within_its_scope(desk: Desk) -> None:
    number, secret = tokens.make(SYSTEM, OFFICER, "file", label=" nightly ")

    bearer = tokens.find_bearer(secret)

    assert bearer is not None
    assert (bearer.token, bearer.scope) == (number, Scope.FILE)
    assert (bearer.actor.email, bearer.actor.agency) == (OFFICER, "taxes")
    assert bearer.actor.token == number
    assert [each.label for each in tokens.list_every()] == ["nightly"]


@pytest.mark.parametrize(
    ("email", "scope"),
    [
        (OFFICER, "read:audit"),
        ("secretariat", "read:audit"),
        ("secretariat", "file"),
        ("auditor", "file"),
        ("administrator", "read:audit"),
        ("auditor", "everything"),
        ("auditor", ""),
    ],
)
def test_no_token_goes_further_than_its_account(desk: Desk, email: str, scope: str) -> None:
    with pytest.raises(Invalid) as refused:
        tokens.make(SYSTEM, email, scope)

    assert set(refused.value.errors) == {"scope"}
    assert tokens.list_every() == []


@pytest.mark.parametrize("days", [0, -1, 366, 10**9])
def test_a_token_works_for_a_year_at_most(desk: Desk, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        made(desk, days=days)

    assert set(refused.value.errors) == {"days"}


def test_a_token_ends_on_its_day_and_a_clock_set_back_does_not_wake_it(desk: Desk) -> None:
    with clock.at(START):
        usual, year = made(desk), made(desk, days=365)

    with after(days=90, seconds=-1):
        assert tokens.find_bearer(usual)
    with after(days=90):
        assert tokens.find_bearer(usual) is None
        assert tokens.find_bearer(year)
    with after(days=365):
        assert tokens.find_bearer(year) is None


def test_a_revoked_token_is_dead_at_once_and_for_good(desk: Desk) -> None:
    number, secret = tokens.make(desk[OFFICER], OFFICER, "file")

    tokens.revoke(desk[OFFICER], number)
    tokens.revoke(desk[OFFICER], number)

    assert tokens.find_bearer(secret) is None
    assert [each.state for each in tokens.list_own(desk[OFFICER])] == [TokenState.REVOKED]


def test_nobody_makes_or_revokes_the_token_of_somebody_else(desk: Desk) -> None:
    number, secret = tokens.make(desk[OFFICER], OFFICER, "file")

    with pytest.raises(NotAllowed):
        tokens.make(desk["second-officer@taxes"], OFFICER, "file")
    with pytest.raises(NotFound):
        tokens.revoke(desk["second-officer@taxes"], number)
    with pytest.raises(NotFound):
        tokens.revoke(desk["administrator"], number)
    with pytest.raises(NotFound):
        tokens.revoke(desk[OFFICER], 99)

    assert tokens.find_bearer(secret)
    assert tokens.list_own(desk["second-officer@taxes"]) == []


def test_a_disabled_account_s_tokens_are_dead_and_stay_so(desk: Desk) -> None:
    secret = made(desk)

    people.disable_account(OFFICER)
    disabled = tokens.find_bearer(secret)
    staff.enable(desk["administrator"], OFFICER)

    assert disabled is None
    assert tokens.find_bearer(secret) is None
    assert made(desk)


def test_an_account_that_is_disabled_behind_our_back_has_no_token_either(desk: Desk) -> None:
    secret = made(desk)

    with transaction():
        accounts.get_account(OFFICER).is_disabled = True

    assert tokens.find_bearer(secret) is None
    with pytest.raises(Invalid) as refused:
        made(desk)
    assert set(refused.value.errors) == {"email"}


def test_a_role_that_no_longer_has_the_scope_ends_the_token(desk: Desk) -> None:
    secret, reading = made(desk), made(desk, scope="read")

    change_role(OFFICER, Role.AUDITOR)

    assert tokens.find_bearer(secret) is None
    bearer = tokens.find_bearer(reading)
    assert bearer is not None
    assert bearer.actor.role is Role.AUDITOR


def test_an_account_has_so_many_tokens_that_work_and_no_more(desk: Desk) -> None:
    numbers = [tokens.make(desk[OFFICER], OFFICER, "read")[0] for _each in range(MOST_TOKENS)]

    with pytest.raises(Invalid) as refused:
        made(desk)
    tokens.revoke(desk[OFFICER], numbers[0])

    assert set(refused.value.errors) == {"label"}
    assert made(desk)


def test_when_a_token_was_last_used_is_told_to_the_minute(desk: Desk) -> None:
    with clock.at(START):
        secret = made(desk)

    seen = []
    for seconds in (10, 20, 69, 70):
        with clock.at(START + timedelta(seconds=seconds)):
            tokens.find_bearer(secret)
        forget()
        seen.append(tokens.list_every()[0].used_at)

    first, later = START + timedelta(seconds=10), START + timedelta(seconds=70)
    assert seen == [first, first, first, later]


def test_the_trail_tells_who_made_and_who_revoked_a_token(desk: Desk) -> None:
    number, _secret = tokens.make(desk[OFFICER], OFFICER, "file", days=30)
    tokens.revoke(SYSTEM, number)
    forget()

    query = select(AuditEvent).where(AuditEvent.action.like("token_%")).order_by(AuditEvent.id)
    told = [
        (e.action, e.actor.email if e.actor else "", e.details) for e in db.session.scalars(query)
    ]

    until = clock.stamp(clock.now() + timedelta(days=30))[:10]
    assert [(action, who) for action, who, _details in told] == [
        ("token_made", OFFICER),
        ("token_revoked", ""),
    ]
    for _action, _who, details in told:
        assert details["expires"][:10] == until
        assert {k: v for k, v in details.items() if k != "expires"} == {
            "token": number,
            "email": OFFICER,
            "scope": "file",
        }
