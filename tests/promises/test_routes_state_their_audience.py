"""Default deny: a route that does not say who it is for does not start."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from register.standard.lifecycle import Role
from register.web.guard import EVERYBODY, check_audiences

API = "/api/"
CLOSED = ("/filing", "/review", "/audit", "/admin")


def rules(app: Flask) -> Iterator[tuple[Rule, frozenset[str]]]:
    for rule in app.url_map.iter_rules():
        yield rule, getattr(app.view_functions[rule.endpoint], "audience", frozenset())


def address(rule: Rule) -> str:
    """An address of the route, with something in place of each variable."""
    values = {name: 1 if f"int:{name}" in rule.rule else "x" for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def test_every_route_states_its_audience(app: Flask) -> None:
    stated = [audience for _rule, audience in rules(app)]

    assert all(stated)
    assert set().union(*stated) <= {EVERYBODY, *Role}


def test_the_application_refuses_to_start_with_a_route_that_is_silent(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "open to all by mistake"

    with pytest.raises(RuntimeError, match="forgotten"):
        check_audiences(app)


def test_no_desk_is_for_everybody(app: Flask) -> None:
    open_desks = [
        rule.rule
        for rule, audience in rules(app)
        if rule.rule.startswith(CLOSED) and EVERYBODY in audience
    ]

    assert open_desks == []


def test_a_stranger_is_sent_to_sign_in_wherever_the_route_is_not_for_everybody(
    app: Flask, client: FlaskClient
) -> None:
    closed = [
        rule
        for rule, audience in rules(app)
        if EVERYBODY not in audience
        and "GET" in (rule.methods or ())
        and not rule.rule.startswith(API)
    ]

    answers = {rule.rule: client.get(address(rule)) for rule in closed}

    assert len(answers) > 5
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        answers, 303
    )
    assert all("/account/sign-in" in answer.location for answer in answers.values())


def test_a_stranger_changes_nothing_by_posting(app: Flask, client: FlaskClient) -> None:
    posts = [
        rule
        for rule, audience in rules(app)
        if EVERYBODY not in audience
        and "POST" in (rule.methods or ())
        and not rule.rule.startswith(API)
    ]

    statuses = {rule.rule: client.post(address(rule)).status_code for rule in posts}

    assert len(statuses) > 3
    # Refused for want of a form token, or sent to sign in; never let through.
    assert set(statuses.values()) <= {303, 400}


def test_a_stranger_is_told_to_bring_a_token_wherever_the_api_is_not_for_everybody(
    app: Flask, client: FlaskClient
) -> None:
    closed = [
        (rule, method)
        for rule, audience in rules(app)
        if EVERYBODY not in audience and rule.rule.startswith(API)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]

    answers = [client.open(address(rule), method=method) for rule, method in closed]

    assert len(answers) > 3
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}
