"""Who may come in. Every route states its audience; the application will not start otherwise."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from register.config import Settings
from register.forms.sections import MOST_INPUTS
from register.services.accounts import people
from register.services.actor import Actor
from register.services.filings import kept
from register.standard.lifecycle import Role
from register.web import bearers, cross_origin, limits
from register.web.languages import reader_language
from register.web.showing import words

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY = "everybody"
SIGNED_IN = tuple(Role)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CACHED = "public, no-cache"  # kept, and asked about each time
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

csrf = CSRFProtect()


def audience(*roles: Role | str) -> Callable[[View], View]:
    """State who a route is for: :data:`EVERYBODY`, or some roles."""

    def mark(view: View) -> View:
        view.audience = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def takes_files(view: View) -> View:
    """State that a route takes a spreadsheet, so that more may be sent to it than to a form."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask, settings: Settings) -> None:
    """Stand at every door."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-register" if settings.is_https else "register",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=settings.max_form_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_form_bytes,
        MAX_FORM_PARTS=MOST_INPUTS,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    app.before_request(lambda: _greet(settings))
    app.before_request(lambda: _make_room(app, settings))
    csrf.init_app(app)
    app.before_request(lambda: _let_in(app))
    app.after_request(lambda response: _seal(response, settings))


def check_audiences(app: Flask) -> None:
    """Raise :exc:`RuntimeError` if a route does not say who it is for."""
    silent = sorted(n for n, view in app.view_functions.items() if not hasattr(view, "audience"))
    if silent:
        raise RuntimeError(f"these routes state no audience: {', '.join(silent)}")


def actor() -> Actor:
    """Give who is signed in; only for routes that are not for everybody."""
    found: Actor | None = g.get("actor")
    if found is None:
        abort(401)
    return found


def safe_next(target: str) -> str | None:
    """Give ``target`` if it leads to a page of this site, else ``None``."""
    is_plain = all(32 < ord(letter) < 0x10000 for letter in target) and "\\" not in target
    return target if is_plain and target.startswith("/") and not target.startswith("//") else None


def _greet(settings: Settings) -> None:
    """Find out who asks and in which language, before anything can be refused."""
    g.request_id = secrets.token_hex(8)
    reader_language(settings)
    g.actor = None
    if bearers.is_api():
        limits.check(settings, bearers.greet)
        return
    token = session.get("token")
    if token:
        g.actor = people.find_actor(token)


def _make_room(app: Flask, settings: Settings) -> None:
    """Let a spreadsheet through, also that of somebody who has to sign in again, and no flood.

    Werkzeug counts the parts of a form that comes in parts, and the fields of no other.
    """
    takes_files = getattr(app.view_functions.get(request.endpoint or ""), "takes_files", False)
    if takes_files and request.mimetype == "multipart/form-data":
        request.max_content_length = settings.max_upload_bytes + settings.max_form_bytes
    is_plain = request.mimetype == "application/x-www-form-urlencoded"
    if is_plain and request.get_data().count(b"&") >= MOST_INPUTS:
        abort(413)


def _let_in(app: Flask) -> AnyResponse | None:
    if request.endpoint is None:
        return None
    roles: frozenset[str] = getattr(app.view_functions[request.endpoint], "audience", frozenset())
    if EVERYBODY in roles:
        return None
    if bearers.is_api():
        bearers.let_in(app.view_functions[request.endpoint])
        return None
    if g.actor is None and "autosave" in request.form:
        abort(401)  # the page that saves by itself still holds the text
    if g.actor is None:
        return redirect(url_for("account.sign_in", next=_kept() or _here()), 303)
    if g.actor.role not in roles:
        abort(403)
    return None


def _kept() -> str | None:
    """Keep what was typed after the session had ended; give where its owner will find it.

    The form token was right, so it was sent from the register's own page in this browser.
    """
    pairs = words.sent()
    if _has_files() or words.has_secret() or not words.has_words(pairs):
        return None
    path = request.script_root + request.full_path.rstrip("?")
    number = kept.keep(session.get("token", ""), path, pairs)
    return url_for("kept.offer", number=number) if number else None


def _has_files() -> bool:
    return any(file.filename for file in request.files.values())


def _here() -> str:
    """Give the address to come back to after signing in; files are asked for again there."""
    if request.method in {"GET", "HEAD"}:
        return request.script_root + request.full_path.rstrip("?")
    # What was sent has no page of its own perhaps; the page it was sent from has one.
    sender = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return sender.partition("?")[0] + "?again=1" if _has_files() else sender


def _protect(response: Response, settings: Settings) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings.is_https:
        response.headers.setdefault(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        )


def _seal(response: Response, settings: Settings) -> Response:
    if response.status_code != 304:  # what was sent before has them, and keeps them
        _protect(response, settings)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    cross_origin.allow(response)
    limits.tell(response)
    if g.get("actor") is not None or request.path.startswith("/account/"):
        response.headers["Cache-Control"] = "no-store"
    elif request.method in {"GET", "HEAD"} and response.status_code == 200:
        response.headers.setdefault("Cache-Control", CACHED)
        response.vary.add(cross_origin.varies())
        if not response.is_streamed:
            response.add_etag()
            response.make_conditional(request)
    return response
