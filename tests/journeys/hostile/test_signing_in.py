"""Nobody comes in by odd names or made-up cookies, and no address leads to another site."""

import pytest
from werkzeug.test import EnvironBuilder

from tests.journeys.conftest import Town
from tests.journeys.people import PASSWORD, Person

ELSEWHERE = (
    "//evil.example",
    "https://evil.example/",
    "http:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "///evil.example",
    "evil.example",
    "@evil.example",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(town: Town, target: str) -> None:
    person = Person(town.app, "colleague@city.example")
    form = person.client.get("/account/sign-in", query_string={"next": target})

    assert 'name="next"' not in form.text
    with town.app.test_request_context():
        from register.web.guard import safe_next

        assert safe_next(target) is None


def test_signing_in_with_a_foreign_address_leads_to_the_own_desk(town: Town) -> None:
    person = Person(town.app, "colleague@city.example")
    data = {"email": person.email, "password": PASSWORD, "next": "//evil.example"}
    token = {"csrf_token": Person(town.app).token()}
    page = person.get("/account/sign-in").form(control="password")

    answer = person.client.post(
        "/account/sign-in", data={**token, **data, "csrf_token": page["csrf_token"]}
    )

    assert answer.status_code == 303
    assert answer.location == "/filing/"


def test_the_font_choice_leads_back_to_this_site_only(town: Town) -> None:
    for referrer in ("https://evil.example/", "http://localhost.evil.example/", "//evil.example"):
        answer = town.citizen.client.post(
            "/account/font", data={"font": "light"}, headers={"Referer": referrer}
        )
        assert answer.location == "/"


def test_no_link_of_a_page_leads_to_another_site_by_its_address(town: Town) -> None:
    for path in ("//evil.example", "/ur//evil.example/x", "///evil.example", "/\\evil.example"):
        answer = town.citizen.client.open(
            EnvironBuilder(path="/", environ_overrides={"PATH_INFO": path}).get_environ()
        )
        assert answer.status_code in {308, 404}
        assert 'href="//evil' not in answer.text
        assert 'href="/\\' not in answer.text
        assert "/ur/\\" not in answer.text
        assert not answer.headers.get("Location", "").startswith(("//", "/\\"))


def test_odd_names_and_passwords_are_simply_wrong(town: Town) -> None:
    person = Person(town.app)
    token = person.token()

    for email, password in (
        ("\0", "\0"),
        ("x" * 100_000, "y" * 100_000),
        ("' OR 1=1 --", "x"),
        ("officer@city.example\n", "x"),
        ("\ud7ff\U0010ffff", "\U0010ffff"),
    ):
        answer = person.client.post(
            "/account/sign-in", data={"csrf_token": token, "email": email, "password": password}
        )
        assert answer.status_code in {400, 422}, email[:20]
        assert person.client.get("/filing/").status_code == 303


def test_cookies_that_were_not_given_out_are_nobody_s(town: Town) -> None:
    person = Person(town.app)

    for value in ("", "x", "e30.x.y", "eyJ0b2tlbiI6MX0.aaaaaa.bbbbbb", "\x7f", "é", "x" * 4000):
        answer = person.client.get("/filing/", headers={"Cookie": f"register={value}"})
        assert answer.status_code == 303
        assert person.client.get("/", headers={"Cookie": f"light_font={value}"}).status_code == 200
