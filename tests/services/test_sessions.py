"""Who came in stays in for a while, and is shown out at once when the account is closed."""

import pytest

from register import clock
from register.errors import NotAllowed, NotFound
from register.services.accounts import people
from register.standard.lifecycle import Role
from register.storage import accounts, transaction
from register.storage.database import db
from register.storage.models import SignIn
from tests.desk import Desk, change_role
from tests.services.signing_in import AT_ALL, EMAIL, PASSWORD, START, after


def test_a_session_ends_after_half_an_hour_without_use(auditor: str) -> None:
    with clock.at(START):
        token = people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")

    with after(minutes=30):
        assert people.find_actor(token)
    with after(minutes=60):
        assert people.find_actor(token)
    with after(minutes=90, seconds=1):
        assert people.find_actor(token) is None


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(auditor: str) -> None:
    with clock.at(START):
        token = people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")

    for minutes in range(20, 12 * 60 + 1, 20):
        with after(minutes=minutes):
            assert people.find_actor(token), minutes
    with after(hours=12, seconds=1):
        assert people.find_actor(token) is None


def test_a_clock_that_is_set_back_does_not_prolong_a_session(auditor: str) -> None:
    with clock.at(START):
        token = people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")
    with after(days=-2):
        people.find_actor(token)

    with after(hours=12, seconds=1):
        assert people.find_actor(token) is None


def test_signing_out_ends_this_session_only(auditor: str) -> None:
    first, second = (people.sign_in(EMAIL, PASSWORD, address="10.0.0.1") for _each in range(2))

    people.sign_out(first)
    people.sign_out("no such session")

    assert people.find_actor(first) is None
    assert people.find_actor(second)


def test_a_disabled_account_is_out_at_once_and_does_not_come_in_again(auditor: str) -> None:
    token = people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")

    people.disable_account(f" {EMAIL.upper()}")

    assert people.find_actor(token) is None
    with pytest.raises(NotAllowed, match=AT_ALL):
        people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")
    assert db.session.query(SignIn).count() == 0
    with pytest.raises(NotFound):
        people.disable_account("nobody@register.example")


def test_an_account_that_is_disabled_behind_our_back_is_out_as_well(auditor: str) -> None:
    token = people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")

    with transaction():
        accounts.get_account(EMAIL).is_disabled = True

    assert people.find_actor(token) is None


def test_another_role_counts_from_the_next_request_on(desk: Desk, auditor: str) -> None:
    token = people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")

    change_role(EMAIL, Role.SECRETARIAT)

    found = people.find_actor(token)
    assert found is not None
    assert found.role is Role.SECRETARIAT


def test_signing_in_does_not_use_up_the_tries_of_a_network_address(auditor: str) -> None:
    for _colleague in range(12):
        people.sign_in(EMAIL, PASSWORD, address="10.0.0.9")

    for _typing_error in range(9):
        with pytest.raises(NotAllowed):
            people.sign_in("somebody@register.example", "wrong", address="10.0.0.9")
    people.sign_in(EMAIL, PASSWORD, address="10.0.0.9")
