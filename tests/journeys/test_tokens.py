"""People make tokens for their programs on a page of their own, and revoke them there."""

import re

from register.services.accounts import tokens
from register.services.actor import SYSTEM
from tests.journeys.conftest import Town
from tests.journeys.people import Person

SECRET = re.compile(r"air_[A-Za-z0-9_-]{43}")
OFFICER = "officer@city.example"


def token(town: Town, scope: str = "read", email: str = OFFICER) -> str:
    """A token of somebody, made by the command line."""
    with town.app.app_context():
        return tokens.make(SYSTEM, email, scope)[1]


def test_what_the_page_does_not_offer_is_refused_beside_its_control(lasting_town: Town) -> None:
    officer = lasting_town.officer

    for name, value in (
        ("scope", "read:audit"),
        ("scope", ""),
        ("days", "366"),
        ("days", "-1"),
        ("days", "soon"),
        ("days", "٣٠"),
        ("label", "x" * 101),
    ):
        sent = {"scope": "file", "days": "90", "label": "x", name: value}
        answer = officer.post("/account/tokens", sent)
        assert answer.status_code == 422, (name, value)
        assert f'href="#{name}"' in answer.text
        assert SECRET.search(answer.text) is None


def test_a_token_is_shown_once_and_kept_by_no_cache(lasting_town: Town) -> None:
    officer = lasting_town.officer

    answer = officer.post("/account/tokens", {"scope": "file", "days": "30", "label": "Nightly"})
    listed = officer.get("/account/tokens")

    (secret,) = set(SECRET.findall(answer.text))
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET.search(listed.text) is None
    assert "Nightly" in listed.text
    assert "Write drafts and hand them in" in listed.text
    assert "Never" in listed.text
    with lasting_town.app.app_context():
        assert tokens.find_bearer(secret)


def test_each_role_is_offered_what_it_may_do(lasting_town: Town) -> None:
    def offered(person: Person) -> list[str]:
        page = person.get("/account/tokens")
        return [each["value"] for each in page.root.all("select", name="scope")[0].all("option")]

    assert offered(lasting_town.officer) == ["read", "file"]
    assert offered(lasting_town.auditor) == ["read", "read:audit"]
    assert offered(lasting_town.person("secretariat@register.example")) == ["read"]


def test_a_token_is_revoked_by_its_owner_and_by_nobody_else(town: Town) -> None:
    headers = {"Authorization": f"Bearer {token(town)}"}
    form = town.officer.get("/account/tokens").form("Revoke")

    strange = town.approver.post(form.action, {})
    still = town.citizen.client.get("/api/v1/agencies", headers=headers)
    page = town.officer.send(form, "Revoke")
    dead = town.citizen.client.get("/api/v1/agencies", headers=headers)

    assert strange.status_code == 404
    assert still.status_code == 200
    assert "The token is revoked" in page.text
    assert dead.status_code == 401
    assert dead.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_what_is_no_bearer_of_a_token_is_refused_and_not_passed_over(lasting_town: Town) -> None:
    secret, client = token(lasting_town), lasting_town.citizen.client
    wrong = ("", "Bearer", "Bearer ", "Bearer x", "Basic {}", "{}", "Bearer {} x", "bearer: {}")

    for shown in wrong:
        headers = {"Authorization": shown.format(secret)}
        answer = client.get("/api/v1/agencies", headers=headers)
        assert answer.status_code == 401, shown
        assert answer.content_type == "application/problem+json"
        assert answer.headers["X-Request-Id"] == answer.get_json()["request_id"]
    for shown in ("Bearer {}", "bearer  {} "):
        headers = {"Authorization": shown.format(secret)}
        assert client.get("/api/v1/agencies", headers=headers).status_code == 200


def test_a_token_in_an_address_is_refused_and_not_repeated(lasting_town: Town) -> None:
    secret, client = token(lasting_town), lasting_town.citizen.client

    for query in ("token={}", "access_token=x", "q={}", "Api_Key=1", "a=b&c=x{}y", "q=%61ir_{}"):
        asked = query.format(secret).replace("%61ir_air_", "%61ir_")
        answer = client.get(f"/api/v1/agencies?{asked}")
        assert answer.status_code == 400, query
        assert "never into an address" in answer.get_json()["detail"]
        assert secret not in answer.text


def test_a_browser_s_cookie_opens_nothing_in_the_api(lasting_town: Town) -> None:
    answer = lasting_town.officer.client.get("/api/v1/agencies")

    assert answer.headers["Cache-Control"] == "public, no-cache"
