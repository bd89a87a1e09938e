"""Programs that come in by a token: in the header alone, and never by a browser's cookie."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request

from register.services.accounts import tokens
from register.services.accounts.tokens import PREFIX, ROLES, Bearer, Scope
from register.services.actor import Actor
from register.standard.marking import _
from register.web.refusing import Refused

View = TypeVar("View", bound=Callable[..., Any])
SECRET = re.compile(re.escape(PREFIX) + "[A-Za-z0-9_-]{43}")
SHOWN = re.compile(r"[Bb]earer +(\S{1,200}) *")
PARAMETERS = frozenset({"token", "access_token", "api_key", "apikey", "key"})
CHALLENGE = "WWW-Authenticate"


def by_token(scope: Scope) -> Callable[[View], View]:
    """State that a route is for programs with a token of this scope, and so for its roles."""

    def mark(view: View) -> View:
        view.scope = scope  # type: ignore[attr-defined]
        view.audience = ROLES[scope]  # type: ignore[attr-defined]
        return view

    return mark


def is_api() -> bool:
    """Tell whether the API is asked; a cookie opens nothing there."""
    return request.path.startswith("/api/")


def greet() -> None:
    """Find out whose token is shown, before anything else is looked at.

    Raise :exc:`Refused` for one in the address, which is written into logs, and for one that opens
    nothing: whoever shows a token means to be known.
    """
    g.bearer = None
    if name := _named_in_address():
        text = _("A token belongs into the header Authorization, never into an address.")
        way_out = _("Revoke a token that stood in an address: addresses are written into logs.")
        raise Refused(400, text, {name: [way_out]})
    shown = request.headers.get("Authorization")
    if shown is None:
        return
    match = SHOWN.fullmatch(shown)
    g.bearer = tokens.find_bearer(match[1]) if match else None
    if g.bearer is None:
        text = _("This token opens nothing: it is not whole, has expired, or was revoked.")
        raise Refused(401, text, headers={CHALLENGE: 'Bearer error="invalid_token"'})


def let_in(view: Callable[..., Any]) -> None:
    """Let whoever shows a token of the scope that a route states act; refuse everybody else."""
    scope, bearer = getattr(view, "scope", None), found()
    if bearer is None:
        text = _("This call needs a token, in the header Authorization: Bearer …")
        raise Refused(401, text, headers={CHALLENGE: "Bearer"})
    if bearer.scope is not scope:
        words = f'Bearer error="insufficient_scope", scope="{scope}"'
        text = _("The token does not go as far as this call.")
        raise Refused(403, text, headers={CHALLENGE: words})
    g.actor = bearer.actor


def found() -> Bearer | None:
    """Give who shows a token, if anybody does."""
    bearer: Bearer | None = g.get("bearer")
    return bearer


def auditor() -> Actor | None:
    """Give the auditor who reads with what is not public, and let nobody keep what they read."""
    bearer = found()
    if bearer is None or bearer.scope is not Scope.READ_AUDIT:
        return None
    g.actor = bearer.actor
    return bearer.actor


def _named_in_address() -> str | None:
    """Name the parameter that is a token, or looks like one; a token itself is not repeated."""
    for name, text in request.args.items(multi=True):
        if name.casefold() in PARAMETERS or SECRET.search(text) or SECRET.search(name):
            return SECRET.sub("…", name)[:80] or "…"
    return None
