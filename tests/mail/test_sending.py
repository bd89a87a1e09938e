"""Letters on their way to a real mail server, and what is told when there is no way."""

import re

import pytest

from register.mail.letters import compose
from register.mail.sending import Carrier, RefusedError, UnreachableError, read_url
from tests.mail.server import PASSWORD, USER, check, free_port, mail_server
from tests.mail.test_letters import HOUSE, letter

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
QUOTED = "s3cret%2Fwith%3Asigns%40"


def test_a_letter_arrives_at_its_reader_alone() -> None:
    message = compose(letter(language="ur"), HOUSE)

    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        carrier.carry(message)
        carrier.carry(message)

    assert server.recipients == [["a@b.example"], ["a@b.example"]]
    assert "سیلاب" in str(server.letters[0]["Subject"])
    assert "سیلاب" in server.text(0)


def test_a_server_that_wants_a_password_gets_it() -> None:
    options = {"authenticator": check, "auth_required": True, "auth_require_tls": False}

    with mail_server(**options) as server:
        url = server.url.replace("//", f"//{USER}:{QUOTED}@")
        with Carrier(read_url(url)) as carrier:
            carrier.carry(compose(letter(), HOUSE))

    assert len(server.letters) == 1


def test_a_wrong_password_is_not_shown_and_no_fault_of_the_letter() -> None:
    options = {"authenticator": check, "auth_required": True, "auth_require_tls": False}

    with mail_server(**options) as server:
        url = server.url.replace("//", f"//{USER}:wr0ng-{QUOTED}@")
        with Carrier(read_url(url)) as carrier, pytest.raises(UnreachableError) as caught:
            carrier.carry(compose(letter(), HOUSE))

    assert PASSWORD not in str(caught.value)
    assert "535" in str(caught.value)


def test_a_server_that_is_down_cannot_be_reached() -> None:
    url = f"smtp://127.0.0.1:{free_port()}"

    with Carrier(read_url(url)) as carrier, pytest.raises(UnreachableError):
        carrier.carry(compose(letter(), HOUSE))


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_no_letter_goes_in_the_open_where_it_should_be_sealed(scheme: str) -> None:
    with mail_server() as server:
        url = server.url.replace("smtp:", f"{scheme}:")
        carrier = Carrier(read_url(url), timeout=2)
        with carrier, pytest.raises(UnreachableError):
            carrier.carry(compose(letter(), HOUSE))

    assert server.letters == []


@pytest.mark.parametrize("reply", ["451 Try later", "550 Nobody of this name"])
def test_a_letter_that_is_refused_does_not_stop_the_next(reply: str) -> None:
    with mail_server() as server, Carrier(read_url(server.url)) as carrier:
        server.replies.append(reply)
        with pytest.raises(RefusedError, match=reply[:3]):
            carrier.carry(compose(letter(), HOUSE))
        carrier.carry(compose(letter(), HOUSE))

    assert len(server.letters) == 1


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://a:secret@b", "smtp://", "smtp://u:secret@h:port"]
)
def test_a_setting_that_cannot_be_read_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="REGISTER_MAIL_URL") as caught:
        read_url(url)

    assert "secret" not in str(caught.value)


def test_the_password_does_not_stand_in_what_is_printed_of_a_server() -> None:
    server = read_url(f"smtps://{USER}:{QUOTED}@mail.example")

    assert (server.port, server.password) == (465, PASSWORD)
    assert re.search("s3cret", repr(server)) is None
