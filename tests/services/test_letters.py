"""The outbox of letters: nothing goes twice, nothing is lost, and no secret stays behind."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from register import clock
from register.mail.sending import Carrier, RefusedError, UnreachableError, read_url
from register.services.accounts import letters
from register.storage import forget
from register.storage.database import db
from register.storage.models import MailMessage
from tests.mail.server import free_port, mail_server
from tests.mail.test_letters import DETAILS, HOUSE

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class PowerCutError(Exception):
    """The machine stops."""


def put(key: str = "key", kind: str = "submitted", to: str = "a@b.example") -> bool:
    return letters.put_to_address(to, "en", kind=kind, key=key, details=DETAILS)


def kept() -> MailMessage:
    forget()
    return db.session.query(MailMessage).one()


def refuse(_message: EmailMessage) -> None:
    raise RefusedError("451 Try later")


def test_of_one_key_nobody_gets_two_letters(context: Flask) -> None:
    assert [put(), put(), put(to="c@d.example")] == [True, False, True]

    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        first = letters.drain(carrier.carry, HOUSE)
        again = put()
        second = letters.drain(carrier.carry, HOUSE)

    assert (first.sent, again, second.sent) == (2, False, 0)
    assert server.recipients == [["a@b.example"], ["c@d.example"]]


def test_a_letter_that_is_refused_for_now_goes_out_later(context: Flask) -> None:
    put()
    first = clock.now()

    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        server.replies.append("451 Try later")
        with clock.at(first):
            assert letters.drain(carrier.carry, HOUSE).refused == 1
        with clock.at(first + timedelta(minutes=4)):
            assert letters.drain(carrier.carry, HOUSE) == letters.Drained(sent=0, refused=0)
        with clock.at(first + timedelta(minutes=6)):
            assert letters.drain(carrier.carry, HOUSE).sent == 1

    assert len(server.letters) == 1
    assert (kept().attempts, kept().last_error) == (2, "")


def test_pauses_grow_from_five_minutes_to_a_day() -> None:
    pauses = [letters.pause_after(tries) for tries in range(1, letters.MOST_TRIES)]

    assert pauses[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert pauses[-1] == timedelta(minutes=1280)
    assert letters.pause_after(10) == timedelta(days=1)


def test_a_letter_that_is_always_refused_is_given_up_and_listed(context: Flask) -> None:
    with clock.at(NOW):
        put()
    moment, tries = NOW, 0

    for _day in range(20):
        moment += timedelta(days=1)
        with clock.at(moment):
            tries += letters.drain(refuse, HOUSE).refused

    dead = letters.list_dead()
    assert tries == letters.MOST_TRIES
    assert [(each.recipient, each.kind, each.why) for each in dead] == [
        ("a@b.example", "submitted", "451 Try later")
    ]
    assert letters.waiting_since() is None


def test_what_was_given_up_can_be_tried_again(context: Flask) -> None:
    with clock.at(NOW):
        put()
    for day in range(1, 12):
        with clock.at(NOW + timedelta(days=day)):
            letters.drain(refuse, HOUSE)

    count = letters.try_again()
    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        done = letters.drain(carrier.carry, HOUSE)

    assert (count, done.sent, len(server.letters)) == (1, 1, 1)
    assert letters.list_dead() == []


def test_a_server_that_is_down_costs_no_letter_a_try(context: Flask) -> None:
    put()
    put("another")

    with Carrier(read_url(f"smtp://127.0.0.1:{free_port()}")) as carrier:
        done = letters.drain(carrier.carry, HOUSE)

    assert (done.sent, done.refused) == (0, 0)
    assert "refused" in done.unreachable
    assert letters.waiting_since() is not None
    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        with clock.at(clock.now() + timedelta(minutes=6)):
            assert letters.drain(carrier.carry, HOUSE).sent == 2
        assert len(server.letters) == 2


def test_a_drainer_that_is_killed_in_between_loses_nothing(context: Flask) -> None:
    put()

    def die(_message: EmailMessage) -> None:
        raise PowerCutError

    with pytest.raises(PowerCutError):
        letters.drain(die, HOUSE)

    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        assert letters.drain(carrier.carry, HOUSE).sent == 0
        with clock.at(clock.now() + letters.CLAIM + timedelta(seconds=1)):
            assert letters.drain(carrier.carry, HOUSE).sent == 1
    assert len(server.letters) == 1


def test_two_who_drain_at_once_send_each_letter_once(app: Flask) -> None:
    with app.app_context():
        for number in range(20):
            put(f"key-{number}")
    together = threading.Barrier(3)

    def drain(url: str) -> int:
        with app.app_context(), Carrier(read_url(url)) as carrier:
            together.wait()
            sent = 0
            # Whoever finds that others are faster may go home early; the rest is theirs.
            while done := letters.drain(carrier.carry, HOUSE).sent:
                sent += done
            return sent

    with mail_server() as server, ThreadPoolExecutor(3) as pool:
        sent = sum(pool.map(drain, [server.url] * 3))

    identifiers = [str(letter["Message-ID"]) for letter in server.letters]
    assert sent == len(identifiers) == len(set(identifiers)) == 20


def test_the_secret_of_an_invitation_is_forgotten_once_it_is_sent(context: Flask) -> None:
    details = {"link": "https://register.example/account/invitation/TOKEN"}
    letters.put_to_address("a@b.example", "en", kind="invited", key="k", details=details)

    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        letters.drain(carrier.carry, HOUSE)

    assert "invitation/TOKEN" in server.text()
    assert kept().details == {}


def test_the_secret_is_forgotten_as_well_where_it_could_not_be_sent(context: Flask) -> None:
    with clock.at(NOW):
        put(kind="invited")

    with clock.at(NOW + timedelta(days=20)):
        letters.drain(refuse, HOUSE)

    assert kept().details == {}
    assert [each.why for each in letters.list_dead()] == ["It waited too long to be of use."]
    assert letters.try_again() == 0


def test_an_address_that_is_none_harms_nobody_else(context: Flask) -> None:
    put(to="a b\r\nBcc: c@d.example")
    put()

    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        done = letters.drain(carrier.carry, HOUSE)

    assert (done.sent, done.refused) == (1, 1)
    assert server.recipients == [["a@b.example"]]


def test_a_kind_of_letter_that_has_no_words_is_a_mistake_of_ours(context: Flask) -> None:
    with pytest.raises(ValueError, match="no letter of kind"):
        put(kind="unheard-of")


def test_what_cannot_be_reached_says_so_and_stops(context: Flask) -> None:
    put()

    def fail(_message: EmailMessage) -> None:
        raise UnreachableError("no way")

    assert letters.drain(fail, HOUSE).unreachable == "no way"
