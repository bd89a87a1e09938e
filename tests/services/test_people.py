"""Who may come in: the right password, not too many tries, and an account that is in order."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask

from register import clock
from register.errors import Invalid, NotAllowed, TooMany
from register.services.accounts import people
from register.standard.lifecycle import Role
from register.storage import accounts, forget, passwords, transaction
from register.storage.database import db
from register.storage.models import Attempt, SignIn
from tests.desk import Desk, everything
from tests.services.signing_in import AT_ALL, EMAIL, PASSWORD, START, after


class CountingHasher(PasswordHasher):
    """A hasher that counts how much work is done to check a password."""

    work: list[tuple[int, int, int]]

    def verify(self, hash: Any, password: Any) -> Any:
        made = extract_parameters(hash)
        self.work.append((made.time_cost, made.memory_cost, made.parallelism))
        return super().verify(hash, password)


def test_who_signs_in_is_known_by_the_secret_and_by_nothing_else(auditor: str) -> None:
    token = people.sign_in(f" {EMAIL.upper()} ", PASSWORD, address="10.0.0.1")

    found = people.find_actor(token)
    assert found is not None
    assert (found.email, found.role, found.agency) == (EMAIL, Role.AUDITOR, None)
    for other in ("", token[:-1], token + "x", token.swapcase(), EMAIL, "\ud800", "\0"):
        assert people.find_actor(other) is None
    assert token not in str(everything())
    assert PASSWORD not in str(everything())


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "a wrong password"),
        (EMAIL, PASSWORD.strip()),
        (EMAIL, ""),
        (EMAIL, "\ud800"),
        (EMAIL, "x" * 100_000),
        ("nobody@register.example", PASSWORD),
        ("", ""),
        ("\0", PASSWORD),
        ("x" * 10_000, PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(auditor: str, email: str, password: str) -> None:
    with pytest.raises((NotAllowed, Invalid)) as refused:
        people.sign_in(email, password, address="10.0.0.1")

    if refused.type is Invalid:  # PostgreSQL cannot be asked for such an address.
        assert "\0" in email
    else:
        assert refused.value.args == (AT_ALL,)
    forget()
    assert db.session.query(SignIn).count() == 0


def test_an_unknown_address_takes_as_much_work_as_a_known_one(
    auditor: str, monkeypatch: pytest.MonkeyPatch, hasher: PasswordHasher
) -> None:
    counting = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    counting.work = []
    monkeypatch.setattr(passwords, "_hasher", counting)

    for email in (EMAIL, "nobody@register.example"):
        with pytest.raises(NotAllowed):
            people.sign_in(email, "a wrong password", address="10.0.0.1")
    with transaction():
        accounts.get_account(EMAIL).is_disabled = True
    with pytest.raises(NotAllowed):
        people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")

    assert counting.work == [(1, 8, 1)] * 3


def test_the_eleventh_try_for_an_account_is_one_too_many(auditor: str) -> None:
    with clock.at(START):
        for number in range(people.ATTEMPTS):
            with pytest.raises(NotAllowed):
                people.sign_in(EMAIL, "a wrong password", address=f"10.0.0.{number}")

        with pytest.raises(TooMany) as refused:
            people.sign_in(f" {EMAIL.upper()}", PASSWORD, address="10.0.1.1")
        people.add_account("other@register.example", "auditor", PASSWORD)
        assert people.sign_in("other@register.example", PASSWORD, address="10.0.1.1")

    assert refused.value.retry_after == 300
    with after(minutes=4, seconds=59), pytest.raises(TooMany):
        people.sign_in(EMAIL, PASSWORD, address="10.0.1.1")
    with after(minutes=5, seconds=1):
        assert people.sign_in(EMAIL, PASSWORD, address="10.0.1.1")


def test_the_eleventh_try_from_a_network_address_is_one_too_many(auditor: str) -> None:
    with clock.at(START):
        for number in range(people.ATTEMPTS):
            with pytest.raises(NotAllowed):
                people.sign_in(f"person-{number}@register.example", "?", address="10.0.0.1")

        with pytest.raises(TooMany):
            people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")
        assert people.sign_in(EMAIL, PASSWORD, address="10.0.0.2")


def test_signing_in_wipes_the_slate_of_the_account(auditor: str) -> None:
    for _round in range(3):
        for number in range(people.ATTEMPTS - 1):
            with pytest.raises(NotAllowed):
                people.sign_in(EMAIL, "a wrong password", address=f"10.0.{_round}.{number}")
        assert people.sign_in(EMAIL, PASSWORD, address=f"10.1.0.{_round}")


def test_many_tries_at_once_get_no_further_than_many_in_a_row(app: Flask, auditor: str) -> None:
    together = threading.Barrier(8)

    def guess(number: int) -> str:
        with app.app_context():
            together.wait()
            outcomes = []
            for turn in range(4):
                try:
                    people.sign_in(EMAIL, "a guess", address=f"10.0.{number}.{turn}")
                except (NotAllowed, TooMany) as error:
                    outcomes.append(type(error).__name__)
        return " ".join(outcomes)

    with ThreadPoolExecutor(8) as pool:
        outcomes = " ".join(pool.map(guess, range(8))).split()

    assert len(outcomes) == 32
    assert outcomes.count("NotAllowed") <= people.ATTEMPTS
    assert set(outcomes) == {"NotAllowed", "TooMany"}


def test_old_tries_are_forgotten(auditor: str) -> None:
    with clock.at(START), pytest.raises(NotAllowed):
        people.sign_in(EMAIL, "a wrong password", address="10.0.0.1")

    with after(days=1, seconds=1), pytest.raises(NotAllowed):
        people.sign_in(EMAIL, "a wrong password", address="10.0.0.1")

    assert db.session.query(Attempt).count() == 2


def test_a_hash_that_is_too_weak_for_today_is_renewed_at_the_next_sign_in(
    auditor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = accounts.get_account(EMAIL).password_hash
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", stronger)

    with pytest.raises(NotAllowed):
        people.sign_in(EMAIL, "a wrong password", address="10.0.0.1")
    assert accounts.get_account(EMAIL).password_hash == weak
    people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")
    forget()

    kept = accounts.get_account(EMAIL).password_hash
    assert extract_parameters(kept).memory_cost == 16
    people.sign_in(EMAIL, PASSWORD, address="10.0.0.1")
    assert accounts.get_account(EMAIL).password_hash == kept


def test_passwords_are_hashed_as_rfc_9106_has_it_for_little_memory() -> None:
    made = extract_parameters(PasswordHasher().hash("any"))

    assert made.type.name == "ID"
    assert made.memory_cost >= 64 * 1024
    assert made.time_cost >= 3
    assert passwords.is_right("no hash at all", "any") is False


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": EMAIL.upper()}, "email"),
        ({"role": "minister"}, "role"),
        ({"password": "x" * 11}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"role": "officer"}, "agency"),
        ({"agency": "taxes"}, "agency"),
    ],
)
def test_an_account_is_made_only_if_everything_about_it_is_right(
    desk: Desk, auditor: str, wrong: dict[str, str], field: str
) -> None:
    given: dict[str, Any] = {"email": "new@x.example", "role": "auditor", "password": "x" * 12}
    before = everything()

    with pytest.raises(Invalid) as refused:
        people.add_account(**{**given, **wrong})

    assert list(refused.value.errors) == [field]
    assert everything() == before


@pytest.mark.parametrize("password", ["x" * 12, "x" * 128, "\N{PILE OF POO}" * 12, " " * 12])
def test_any_password_of_the_right_length_works_as_it_was_given(
    context: Flask, password: str
) -> None:
    people.add_account(EMAIL, "auditor", password)

    assert people.sign_in(EMAIL, password, address="10.0.0.1")
    with pytest.raises(NotAllowed):
        people.sign_in(EMAIL, password + " ", address="10.0.0.1")
