"""From an invitation to the first sign-in, and what those meet who should not come in."""

import gc
import re
from pathlib import Path

import pytest
from flask import Flask

from register.cli import web_server
from register.services.accounts import invitations, people
from register.services.accounts.invitations import Wanted
from tests.journeys.conftest import Town, settle
from tests.journeys.page import Page
from tests.journeys.people import Person

SECRETARIAT = "secretariat@register.example"
NEW = "new.person@city.example"
PASSWORD = "four words that nobody guesses"
CLOSED = "This link does not work"


def invite(town: Town, by: str = SECRETARIAT, **other: str) -> Page:
    """Invite an officer of the city by the form."""
    person = town.person(by)
    form = person.get("/admin/accounts").form("Invite")
    given = {"email": NEW, "role": "officer", "agency": "city", "language": "ur", **other}
    return person.send(form.fill(given), "Invite")


def link_on(page: Page) -> str:
    return page.root.one("p", id="invitation-link").text


def visit(town: Town, link: str) -> tuple[Person, Page]:
    """Somebody follows the link."""
    person = Person(town.app)
    return person, person.get(link.removeprefix("http://127.0.0.1:8000"))


def choose(person: Person, page: Page, **other: str) -> Page:
    chosen = {"name": "A. Person", "password": PASSWORD, "password_again": PASSWORD, **other}
    return person.send(page.form(control="password_again").fill(chosen))


@pytest.mark.parametrize(
    ("by", "status"),
    [
        ("officer@city.example", 403),
        ("approver@city.example", 403),
        ("auditor@register.example", 403),
    ],
)
def test_an_officer_invites_nobody(town: Town, by: str, status: int) -> None:
    person = town.person(by)
    data = {"email": NEW, "role": "officer", "agency": "city", "language": "en"}

    for path in ("", "/link", "/take-back", "/disable", "/enable"):
        assert person.post(f"/admin/accounts{path}", data).status_code == status


def test_the_secretariat_invites_no_administrator_whatever_it_sends(town: Town) -> None:
    person = town.person(SECRETARIAT)
    offered = person.get("/admin/accounts").form("Invite")
    data = {"email": NEW, "role": "administrator", "agency": "", "language": "en"}

    answer = person.post("/admin/accounts", data)

    with pytest.raises(AssertionError, match="offers"):
        offered.fill({"role": "administrator"})
    assert answer.status_code == 403
    assert "127.0.0.1:8000/account/invitation" not in answer.get_data(as_text=True)


def test_somebody_who_is_invited_makes_an_account_and_signs_in(town: Town) -> None:
    link = link_on(invite(town))
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/ur/account/invitation/[\w-]{43}", link)

    person, page = visit(town, link)
    assert (page.path, page.language) == ("/ur/account/invitation", "ur")
    done = choose(person, page)

    assert done.path == "/ur/account/welcome"
    assert done.status == 200
    form = person.get("/account/sign-in").form(control="password")
    desk = person.send(form.fill({"email": NEW, "password": PASSWORD}))
    assert desk.path == "/filing/"
    with town.app.app_context():
        assert people.get_actor(NEW).language == "ur"


def test_the_secret_leaves_the_address_before_any_page_is_shown(town: Town) -> None:
    link = link_on(invite(town))
    client = Person(town.app).client

    answer = client.get(link.removeprefix("http://127.0.0.1:8000"))
    shown = client.get("/account/invitation").get_data(as_text=True)

    token = link.rsplit("/", 1)[1]
    assert answer.status_code == 303
    assert token not in answer.location
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert token not in shown


def test_a_link_is_good_for_one_account_and_a_copy_of_it_for_none(town: Town) -> None:
    link = link_on(invite(town, language="en"))
    thief, stolen = visit(town, link)
    person, page = visit(town, link)
    choose(person, page)

    late = choose(thief, stolen)
    again = visit(town, link)[1]

    assert (late.status, again.status) == (404, 404)
    assert CLOSED in late.heading
    with town.app.app_context():
        assert people.get_actor(NEW).name == "A. Person"


def test_every_link_that_does_not_work_meets_the_same_page(town: Town) -> None:
    used = link_on(invite(town))
    choose(*visit(town, used))
    old = link_on(invite(town, email="old@city.example"))
    invite(town, email="old@city.example")
    pages = [visit(town, link)[1] for link in (used, old, "/ur/account/invitation/nothing")]
    pages.append(Person(town.app).get("/ur/account/invitation"))

    assert {page.status for page in pages} == {404}
    assert len({re.sub(r'value="[^"]*"', "", page.html) for page in pages}) == 1
    assert "old@city.example" not in pages[1].html


def test_after_ten_guesses_nobody_at_that_network_address_is_heard(town: Town) -> None:
    person = Person(town.app)
    statuses = [person.get(f"/account/invitation/guess-{n}").status for n in range(11)]

    assert statuses == [404] * 10 + [429]


def test_a_choice_that_will_not_do_is_said_beside_its_place_and_keeps_the_name(town: Town) -> None:
    person, page = visit(town, link_on(invite(town, language="en")))

    wrong = choose(person, page, password="short", password_again="short")
    own = choose(person, wrong, password=NEW, password_again=NEW)
    differing = choose(person, own, password_again="something else entirely")

    assert [each.status for each in (wrong, own, differing)] == [422] * 3
    assert "12 to 128 characters" in wrong.beside("password")
    assert "not your e-mail address" in own.beside("password")
    assert "not the same" in differing.beside("password_again")
    assert differing.form(control="password_again")["name"] == "A. Person"
    assert PASSWORD not in differing.html
    assert choose(person, differing).status == 200


def test_without_the_form_token_no_account_is_made(town: Town) -> None:
    person, _page = visit(town, link_on(invite(town)))
    data = {"name": "A", "password": PASSWORD, "password_again": PASSWORD, "language": "en"}

    assert person.client.post("/account/invitation", data=data).status_code == 400
    with town.app.app_context():
        assert NEW not in [each[0] for each in people.list_accounts()]


def test_whoever_is_signed_in_as_somebody_else_is_so_no_more(town: Town) -> None:
    link = link_on(invite(town))
    person = town.officer

    page = person.get(link.removeprefix("http://127.0.0.1:8000"))
    choose(person, page)

    assert person.client.get("/filing/").status_code == 303


def test_a_new_password_ends_the_sessions_of_the_old_one(town: Town) -> None:
    officer, keeper = town.officer, town.person(SECRETARIAT)
    row = keeper.get("/admin/accounts?agency=city")
    form = next(
        each
        for each in row.root.all("form")
        if any(i["value"] == officer.email for i in each.all("input", name="email"))
    )
    assert form["action"] == "/admin/accounts/link"
    sent = keeper.post("/admin/accounts/link", {"email": officer.email})
    person, page = visit(town, link_on(Page(sent)))

    assert officer.client.get("/filing/").status_code == 200
    done = choose(person, page)

    assert done.status == 200
    assert officer.client.get("/filing/").status_code == 303


def test_where_mail_is_sent_nobody_but_the_invited_sees_the_link(make_app_town: Town) -> None:
    page = invite(make_app_town)

    assert page.path == "/admin/accounts"
    assert "A letter with a link is on its way" in page.text
    assert "/account/invitation/" not in page.html
    assert NEW in page.section("Invited, and not here yet")


@pytest.fixture
def make_app_town(make_app: object) -> Town:
    """A town with a mail server."""
    app: Flask = make_app(mail_url="smtp://localhost:25", mail_from="register@x.example")  # type: ignore[operator]
    settle(app)
    return Town(app)


def test_an_account_is_disabled_and_enabled_from_the_list(town: Town) -> None:
    keeper, officer = town.person(SECRETARIAT), town.officer
    here = "/admin/accounts?agency=city"

    keeper.post("/admin/accounts/disable", {"email": officer.email, "next": here})
    assert officer.client.get("/filing/").status_code == 303
    page = keeper.get(here)
    assert "Disabled" in page.text
    keeper.post("/admin/accounts/enable", {"email": officer.email, "next": here})

    assert officer.sign_in().path == "/filing/"


def test_the_list_shows_the_secretariat_no_account_that_it_does_not_keep(town: Town) -> None:
    page = town.person(SECRETARIAT).get("/admin/accounts")
    whole = town.person("administrator@register.example").get("/admin/accounts")

    assert "auditor@register.example" not in page.text
    assert "auditor@register.example" in whole.text
    assert [b.text for b in whole.root.all("button") if "Disable (administrator@" in b.text] == []


def test_the_web_server_writes_no_list_of_what_was_asked_for() -> None:
    settings = vars(web_server)

    assert "accesslog" not in settings
    assert "access_log_format" not in settings
    started = Path(str(web_server.__file__)).with_name("serve.py").read_text("utf-8")
    assert "access-log" not in started


def test_a_letter_of_invitation_is_written_in_the_language_that_was_chosen(town: Town) -> None:
    with town.app.app_context():
        wanted = Wanted(email=NEW, role="officer", agency="city", language="ur")
        invitations.invite(
            people.get_actor(SECRETARIAT), wanted, lambda _token, code: code, by_mail=False
        )

    assert NEW in town.person(SECRETARIAT).get("/admin/accounts").text


def test_what_a_web_process_begins_with_is_no_more_looked_through_for_garbage() -> None:
    before = gc.get_freeze_count()

    try:
        web_server.post_worker_init(None)

        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
