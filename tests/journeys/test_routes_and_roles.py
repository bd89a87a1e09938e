"""Every route and every role: who gets in, who is turned away, and how."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from register.standard.lifecycle import Role
from register.web.guard import EVERYBODY
from tests.journeys.conftest import Town
from tests.journeys.people import Person

PEOPLE = {
    "officer": "officer@city.example",
    "approver": "approver@city.example",
    "secretariat": "secretariat@register.example",
    "auditor": "auditor@register.example",
    "administrator": "administrator@register.example",
}
ALL = " ".join(PEOPLE)
WRITERS = "officer approver"
DECIDERS = "approver secretariat"
WATCHERS = "secretariat auditor"
KEEPERS = "secretariat administrator"
# Whoever adds a route says here, too, who it is for. What is not listed is for everybody and GET.
CLOSED = {
    "GET /account/": ALL,
    "POST /account/language": ALL,
    "POST /account/sign-out": ALL,
    "GET /account/tokens": ALL,
    "POST /account/tokens": ALL,
    "POST /account/tokens/<int:number>/revoke": ALL,
    "GET /account/kept/<int:number>": ALL,
    "POST /account/kept/<int:number>/discard": ALL,
    "GET /filing/": WRITERS,
    "GET /filing/must-disclose": WRITERS,
    "POST /filing/must-disclose": WRITERS,
    "GET /filing/determinations": WRITERS,
    "GET /filing/determinations/<int:number>": WRITERS,
    "GET /filing/new": WRITERS,
    "POST /filing/new": WRITERS,
    "GET /filing/nil": WRITERS,
    "POST /filing/nil": WRITERS,
    "POST /filing/copy": WRITERS,
    "GET /filing/templates": WRITERS,
    "POST /filing/templates": WRITERS,
    "POST /filing/templates/<int:number>/remove": WRITERS,
    "GET /filing/upload": WRITERS,
    "POST /filing/upload": WRITERS,
    "GET /filing/upload/template.xlsx": WRITERS,
    "GET /filing/upload/<token>": WRITERS,
    "POST /filing/upload/<token>": WRITERS,
    "GET /filing/upload/<token>/marked.xlsx": WRITERS,
    "GET /filing/upload/<token>/discard": WRITERS,
    "POST /filing/upload/<token>/discard": WRITERS,
    "GET /filing/<reference>": WRITERS,
    "GET /filing/<reference>/<section_name>": WRITERS,
    "POST /filing/<reference>/<section_name>": WRITERS,
    "GET /filing/<reference>/check": WRITERS,
    "POST /filing/<reference>/check": WRITERS,
    "POST /filing/<reference>/amend": WRITERS,
    "GET /filing/<reference>/withdraw": f"{WRITERS} secretariat",
    "POST /filing/<reference>/withdraw": f"{WRITERS} secretariat",
    "POST /filing/<reference>/take-back": WRITERS,
    "GET /filing/<reference>/discard": WRITERS,
    "POST /filing/<reference>/discard": WRITERS,
    "POST /filing/<reference>/resume": WRITERS,
    "GET /filing/<reference>/renew": WRITERS,
    "POST /filing/<reference>/renew": WRITERS,
    "POST /filing/<reference>/renew/begin": WRITERS,
    "POST /filing/<reference>/renew/amend": WRITERS,
    "GET /review/": DECIDERS,
    "GET /review/<reference>": DECIDERS,
    "POST /review/<reference>/endorse": DECIDERS,
    "POST /review/<reference>/publish": DECIDERS,
    "POST /review/<reference>/return": DECIDERS,
    "GET /filing/withholding": WRITERS,
    "GET /review/agencies": "secretariat",
    "POST /review/agencies": "secretariat",
    "GET /review/agencies/<slug>": "secretariat",
    "POST /review/agencies/<slug>": "secretariat",
    "POST /review/agencies/<slug>/standing": "secretariat",
    "GET /review/determinations": WATCHERS,
    "GET /review/withholding": WATCHERS,
    "GET /review/records": WATCHERS,
    "GET /review/records/<reference>": WATCHERS,
    "GET /review/imports": KEEPERS,
    "POST /review/imports": KEEPERS,
    "GET /review/imports/<int:number>": KEEPERS,
    "GET /review/imports/<int:number>/columns": KEEPERS,
    "GET /review/imports/<int:number>/report.json": KEEPERS,
    "POST /review/imports/<int:number>/try": KEEPERS,
    "POST /review/imports/<int:number>/apply": KEEPERS,
    "POST /review/imports/<int:number>/decide": KEEPERS,
    "POST /review/imports/<int:number>/cancel": KEEPERS,
    "GET /admin/accounts": KEEPERS,
    "POST /admin/accounts": KEEPERS,
    "POST /admin/accounts/link": KEEPERS,
    "POST /admin/accounts/take-back": KEEPERS,
    "POST /admin/accounts/disable": KEEPERS,
    "POST /admin/accounts/enable": KEEPERS,
    "GET /audit/": "auditor",
    "GET /audit/bundle.zip": "auditor",
    "GET /audit/export.ndjson": "auditor",
    "GET /audit/changes": "auditor",
    "GET /audit/changes.csv": "auditor",
    "GET /audit/changes.json": "auditor",
    "GET /audit/exceptions": "auditor",
    "GET /audit/exceptions/<kind>": "auditor",
    "GET /audit/exceptions/<kind>.csv": "auditor",
    "GET /audit/notes": "auditor",
    "POST /audit/notes": "auditor",
    "GET /audit/notes.ndjson": "auditor",
    "GET /audit/notes/<int:number>": "auditor",
    "POST /audit/notes/<int:number>": "auditor",
    "GET /audit/records": "auditor",
    "GET /audit/records.ndjson": "auditor",
    "GET /audit/records/<reference>": "auditor",
    "GET /audit/records/<reference>.json": "auditor",
    "GET /audit/records/<reference>/compare": "auditor",
    "GET /audit/sample": "auditor",
    "GET /audit/sample.csv": "auditor",
    "GET /audit/sample.json": "auditor",
    "GET /audit/sample/population.txt": "auditor",
    "GET /audit/trail": "auditor",
    "GET /audit/trail.csv": "auditor",
    "GET /audit/trail.ndjson": "auditor",
}
# What programs do with a token of this scope; no browser gets in, whoever has signed in there.
BY_TOKEN = {
    "POST /api/v1/disclosures": "file",
    "GET /api/v1/disclosures/<reference>/draft": "file",
    "PUT /api/v1/disclosures/<reference>/draft": "file",
    "POST /api/v1/disclosures/<reference>/submit": "file",
}
SCOPES = {"file": WRITERS}
OPEN_POSTS = {"POST /account/sign-in", "POST /account/font", "POST /account/invitation"}


def routes(app: Flask) -> Iterator[tuple[str, Rule, str]]:
    """Each route as it is named above, with its rule and its method."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}", rule, method


def address(rule: Rule) -> str:
    """An address of the route; there is nothing behind it."""
    values = {name: 1 if f"int:{name}" in rule.rule else "x" for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def test_the_table_and_the_application_agree(app: Flask) -> None:
    stated = {
        name: frozenset(app.view_functions[rule.endpoint].audience)  # type: ignore[attr-defined]
        for name, rule, _method in routes(app)
    }

    scopes = {
        name: app.view_functions[rule.endpoint].scope  # type: ignore[attr-defined]
        for name, rule, _method in routes(app)
        if name in BY_TOKEN
    }
    closed = {name: audience for name, audience in stated.items() if EVERYBODY not in audience}
    by_token = {name: SCOPES[BY_TOKEN[name]] for name in BY_TOKEN}
    posts = {name for name in stated if not name.startswith("GET ")}

    assert closed == {
        name: frozenset(map(Role, roles.split())) for name, roles in (CLOSED | by_token).items()
    }
    assert scopes == BY_TOKEN
    assert posts - set(closed) == OPEN_POSTS


@pytest.mark.parametrize("role", ["nobody", *PEOPLE])
def test_each_role_gets_in_where_it_may_and_nowhere_else(lasting_town: Town, role: str) -> None:
    town = lasting_town
    town.drain()
    person = town.person(PEOPLE[role]) if role in PEOPLE else Person(town.app)
    wrong = {}

    for name, rule, method in routes(town.app):
        if name == "POST /account/sign-out":
            continue  # it would end the journey
        data = {"csrf_token": person.token()} if method == "POST" else None
        sent = {"method": method, "data": data, "buffered": True}
        answer = person.client.open(address(rule), **sent)
        is_allowed = name not in CLOSED or role in CLOSED[name].split()
        if name in BY_TOKEN:
            if answer.status_code != 401:
                wrong[name] = answer.status_code
            continue
        if is_allowed and (answer.status_code in {401, 403} or answer.status_code >= 500):
            wrong[name] = answer.status_code
        if not is_allowed and role == "nobody" and answer.status_code != 303:
            wrong[name] = answer.status_code
        if not is_allowed and role != "nobody" and answer.status_code != 403:
            wrong[name] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize("role", ["nobody", *PEOPLE])
def test_without_a_form_token_no_post_is_heard(lasting_town: Town, role: str) -> None:
    town = lasting_town
    person = town.person(PEOPLE[role]) if role in PEOPLE else Person(town.app)
    posts = [(name, rule) for name, rule, method in routes(town.app) if method == "POST"]

    statuses = {
        name: person.client.post(address(rule)).status_code
        for name, rule in posts
        # The one is a matter of taste, kept by the browser; in the others no browser is believed.
        if name != "POST /account/font" and name not in BY_TOKEN
    }

    assert statuses == dict.fromkeys(statuses, 400)


def test_a_method_that_is_not_taken_is_refused_with_those_that_are(town: Town) -> None:
    person = town.officer
    listed: dict[str, set[str]] = {}
    for _name, rule, method in routes(town.app):
        listed.setdefault(address(rule), set()).add(method)

    for path, methods in listed.items():
        answer = person.client.open(path, method="DELETE")
        assert answer.status_code == 405, path
        assert methods <= set(answer.headers["Allow"].replace(",", " ").split()), path


def test_a_stranger_comes_back_after_signing_in_to_where_the_way_led(town: Town) -> None:
    person = Person(town.app, "officer@city.example")

    form = person.get("/ur/filing/must-disclose").form(control="password")
    page = person.send(form.fill({"email": person.email, "password": "a long enough password"}))

    assert page.path == "/ur/filing/must-disclose"


def test_after_signing_out_the_way_is_closed_and_the_secret_is_dead(town: Town) -> None:
    person = town.officer
    secret = person.client.get_cookie("register")
    assert secret is not None

    page = person.send(person.get("/filing/").form("Sign out"), "Sign out")
    person.client.set_cookie("register", secret.value)
    answer = person.client.get("/filing/")

    assert page.status == 200
    assert answer.status_code == 303


def test_a_disabled_account_is_out_at_the_next_request(town: Town) -> None:
    from register.services.accounts import people

    person = town.officer
    with town.app.app_context():
        people.disable_account(person.email)

    assert person.client.get("/filing/").status_code == 303


def test_what_a_person_signed_in_reads_is_kept_by_no_cache(town: Town) -> None:
    for path in ("/filing/", "/account/", "/", "/search"):
        assert town.officer.client.get(path).headers["Cache-Control"] == "no-store", path
