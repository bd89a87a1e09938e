"""A link that makes an account: secret, for once, and not for long."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from register.services.accounts import invitations, people
from register.services.accounts.invitations import Wanted
from register.standard.lifecycle import Role
from register.storage import accounts
from register.storage.database import db, forget
from register.storage.models import MailMessage
from tests.desk import Desk, everything
from tests.services.inviting import (
    ADDRESS,
    NEW,
    NOON,
    PASSWORD,
    chosen,
    events,
    invited,
    link,
    token_of,
)


@pytest.mark.parametrize("by", ["officer@taxes", "approver@taxes", "auditor"])
@pytest.mark.parametrize("role", list(Role))
def test_officers_approvers_and_auditors_invite_nobody(desk: Desk, by: str, role: Role) -> None:
    before = everything()

    with pytest.raises(NotAllowed):
        invited(desk, by, role=role, agency="taxes")

    assert everything() == before


@pytest.mark.parametrize("wanted", [("approver", "taxes"), ("officer", "health")])
def test_an_account_with_another_role_or_agency_is_told_with_a_way_out(
    desk: Desk, wanted: tuple[str, str]
) -> None:
    people.add_account("one@taxes.example", "officer", "a long password", agency="taxes")
    role, agency = wanted
    before = everything()

    with pytest.raises(Invalid) as refused:
        invited(desk, email="one@taxes.example", role=role, agency=agency)

    (sentence,) = refused.value.errors["email"]
    assert "Disable that account" in sentence
    assert "invite another address" in sentence
    assert everything() == before


def test_the_secret_is_long_and_kept_only_as_a_hash(desk: Desk) -> None:
    token = invited(desk)

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert token not in repr(everything())
    assert token != invited(desk)


def test_a_link_works_once(desk: Desk) -> None:
    token = invited(desk)
    invitations.accept(token, chosen(), address=ADDRESS)
    before = everything()["account"]

    for again in (
        lambda: invitations.get_invited(token, address=ADDRESS),
        lambda: invitations.accept(token, chosen(name="Somebody Else"), address=ADDRESS),
    ):
        with pytest.raises(NotFound):
            again()

    assert everything()["account"] == before


def test_a_link_works_for_seven_days_and_not_a_moment_longer(desk: Desk) -> None:
    with clock.at(NOON):
        token = invited(desk)

    with clock.at(NOON + timedelta(days=7) - timedelta(seconds=1)):
        assert invitations.get_invited(token, address=ADDRESS).email == NEW
    with clock.at(NOON + timedelta(days=7)), pytest.raises(NotFound):
        invitations.accept(token, chosen(), address=ADDRESS)


def test_a_new_invitation_ends_the_one_before(desk: Desk) -> None:
    first = invited(desk)
    second = invited(desk, email=NEW.upper())

    with pytest.raises(NotFound):
        invitations.accept(first, chosen(), address=ADDRESS)
    assert invitations.get_invited(second, address=ADDRESS).email == NEW


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(desk: Desk) -> None:
    used, old = invited(desk), invited(desk, email="old@taxes.example")
    invitations.accept(used, chosen(), address=ADDRESS)
    invitations.take_back(desk["secretariat"], "old@taxes.example")
    disabled = invited(desk, email="gone@taxes.example")
    invitations.accept(disabled, chosen(), address=ADDRESS)
    said = set()

    for token in (used, old, disabled, "", "x", "x" * 10_000, "\0", "\ud800", used + "x"):
        with pytest.raises(NotFound) as refused:
            invitations.get_invited(token, address=f"192.0.2.{len(said)}")
        said.add(str(refused.value.args[0]))

    assert len(said) == 1


def test_guesses_are_counted_by_network_address(desk: Desk) -> None:
    token = invited(desk)
    for _guess in range(10):
        with pytest.raises(NotFound):
            invitations.get_invited("a guess", address=ADDRESS)

    with pytest.raises(TooMany):
        invitations.get_invited(token, address=ADDRESS)
    assert invitations.get_invited(token, address="192.0.2.99").email == NEW


def test_somebody_with_the_right_link_may_look_as_often_as_they_like(desk: Desk) -> None:
    token = invited(desk)

    for _look in range(30):
        assert invitations.get_invited(token, address=ADDRESS).has_account is False


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"password": "x" * 11, "password_again": "x" * 11}, "password"),
        ({"password": "x" * 129, "password_again": "x" * 129}, "password"),
        ({"password": NEW.upper(), "password_again": NEW.upper()}, "password"),
        ({"password_again": PASSWORD + " "}, "password_again"),
    ],
)
def test_a_choice_that_will_not_do_makes_no_account_and_uses_no_link_up(
    desk: Desk, wrong: dict[str, str], field: str
) -> None:
    token = invited(desk)

    with pytest.raises(Invalid) as refused:
        invitations.accept(token, chosen(**wrong), address=ADDRESS)

    assert list(refused.value.errors) == [field]
    assert accounts.find_account(NEW) is None
    invitations.accept(token, chosen(), address=ADDRESS)
    assert people.sign_in(NEW, PASSWORD, address=ADDRESS)


def test_what_is_accepted_makes_the_account_that_was_asked_for(desk: Desk) -> None:
    token = invited(desk)

    invitations.accept(token, chosen(), address=ADDRESS)

    made = people.get_actor(NEW)
    assert (made.role, made.agency, made.name, made.language) == (
        Role.OFFICER,
        "taxes",
        "A. Person",
        "ur",
    )
    assert [each["email"] for each in events("account_added")] == [NEW]


def test_a_new_link_to_an_account_changes_its_password_and_ends_its_sessions(desk: Desk) -> None:
    invitations.accept(invited(desk), chosen(), address=ADDRESS)
    session = people.sign_in(NEW, PASSWORD, address=ADDRESS)

    found = invitations.invite_again(desk["secretariat"], NEW, link, by_mail=False)
    assert people.find_actor(session) is not None
    other = "another password altogether"
    invitations.accept(
        token_of(found), chosen(password=other, password_again=other), address=ADDRESS
    )

    assert people.find_actor(session) is None
    assert people.sign_in(NEW, other, address=ADDRESS)
    with pytest.raises(NotAllowed):
        people.sign_in(NEW, PASSWORD, address=ADDRESS)
    assert [each["email"] for each in events("password_set")] == [NEW, NEW]


def test_a_link_does_not_outlive_the_role_that_it_was_sent_for(desk: Desk) -> None:
    token = invited(desk)
    people.add_account(NEW, "auditor", PASSWORD)

    with pytest.raises(NotFound):
        invitations.accept(token, chosen(), address=ADDRESS)

    assert people.sign_in(NEW, PASSWORD, address=ADDRESS)


def test_where_mail_is_sent_the_link_goes_into_the_letter_and_to_nobody_else(desk: Desk) -> None:
    wanted = Wanted(email=NEW, role="officer", agency="taxes", language="ur")

    shown = invitations.invite(desk["secretariat"], wanted, link, by_mail=True)

    letter = db.session.scalars(select(MailMessage)).one()
    assert shown == ""
    assert (letter.recipient, letter.language, letter.kind) == (NEW, "ur", "invited")
    token = token_of(str(letter.details["link"]))
    assert invitations.get_invited(token, address=ADDRESS).email == NEW
    assert token not in repr(events("invited"))


def test_a_letter_that_cannot_be_put_out_leaves_no_invitation(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    monkeypatch.setattr(invitations.letters, "put_to_address", failing)

    with pytest.raises(OSError, match="no room"):
        invitations.invite(
            desk["secretariat"],
            Wanted(email=NEW, role="officer", agency="taxes"),
            link,
            by_mail=True,
        )

    assert everything() == before


def failing(*_given: Any, **_more: Any) -> None:
    raise OSError("no room")


def test_of_many_who_use_a_link_at_once_one_does(app: Flask, desk: Desk) -> None:
    token = invited(desk)
    forget()
    together = threading.Barrier(4)

    def accept(number: int) -> bool:
        together.wait()
        with app.app_context():
            try:
                invitations.accept(token, chosen(name=str(number)), address=f"10.0.0.{number}")
            except (NotFound, Conflict):
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(accept, range(4)))

    forget()
    assert done.count(True) == 1
    assert people.get_actor(NEW).name == str(done.index(True))
