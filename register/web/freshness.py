"""Pages that nobody has to be sent twice: 304 before anything is searched or drawn.

The mark of a page is made of all that it depends on: the address, the reader's language and font,
the index, what is public in the database, the settings, and the code with its templates and texts.
It is keyed, so that it tells nothing of them.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from register.errors import Unavailable
from register.services.code import code_print
from register.storage import forget, listing
from register.web.cross_origin import varies
from register.web.guard import CACHED
from register.web.languages import language_of
from register.web.templating import LIGHT_FONT
from register.web.wiring import keyed, search_index, settings

FOLDERS = ("register", "templates", "static")
MARK = re.compile('"[0-9a-f]{32}"')  # other pages have longer ones
MOMENT = 0.05  # seconds for which a process does not look again which commit the index is at
ENDINGS = frozenset({".py", ".html", ".svg", ".css", ".js", ".po", ".mo", ".json"})


class Unsent:
    """Answers a reader who has a page already before the application begins with the request.

    That is done for whoever is sent no cookie and sends none, outside of the API, where requests
    are counted. A page has a mark only where it was made for such a reader, and the mark names
    everything: so whoever has it may keep it. All others go the usual way.
    """

    def __init__(self, app: Flask, application: WSGIApplication) -> None:
        """Stand before ``application``, which is that of ``app`` or stands before it."""
        self._app = app
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with 304, or hand the request on."""
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        is_ours = MARK.fullmatch(known) and self._is_for_all(environ)
        if is_ours and known == self._mark(environ):
            headers = [("ETag", known), ("Cache-Control", CACHED), ("Vary", "Cookie")]
            start_response("304 NOT MODIFIED", headers)
            return []
        return self._application(environ, start_response)

    def _is_for_all(self, environ: WSGIEnvironment) -> bool:
        is_page = not environ.get("PATH_INFO", "").startswith("/api/")
        is_bare = "HTTP_COOKIE" not in environ and "HTTP_AUTHORIZATION" not in environ
        return environ["REQUEST_METHOD"] == "GET" and is_page and is_bare and not self._app.debug

    def _mark(self, environ: WSGIEnvironment) -> str:
        with self._app.app_context():
            try:
                return f'"{_mark(environ, light_font=None)}"'
            except Unavailable:
                return ""


def unless_unchanged(make: Callable[[], ResponseReturnValue]) -> Response:
    """Answer with what ``make`` makes, or with 304 to who has just that.

    What somebody signed in reads is always made anew, and so is what says that nobody may keep it.
    """
    if g.get("actor") is not None or current_app.debug:
        return make_response(make())
    mark = _mark(request.environ, light_font=request.cookies.get(LIGHT_FONT))
    # A star stands for whatever there is, and it is not known yet whether there is anything.
    known = request.if_none_match
    if not known.star_tag and known.contains_weak(mark):
        response = Response(status=304)
    else:
        response = make_response(make())
        if response.status_code != 200 or response.cache_control.no_store:
            return response
    response.set_etag(mark)
    response.headers["Cache-Control"] = CACHED
    response.vary.add(varies())
    return response


def public_state() -> listing.State:
    """Give the state of the public register in the database, read once for each page."""
    if "public_state" not in g:
        g.public_state = listing.find_state()
    state: listing.State = g.public_state
    return state


def _mark(environ: WSGIEnvironment, *, light_font: str | None) -> str:
    # What was read before, such as who asks, may be of an earlier moment than the mark: the page
    # must not be.
    forget()
    # The database first: what the index takes in meanwhile is then told by this mark or the next.
    state = public_state()
    told = (
        state,
        _seen(state),
        *(environ.get(name, "") for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")),
        language_of(environ, settings()),
        light_font,
        _service_print(),
    )
    return keyed(repr(told), 16)


def _seen(state: listing.State) -> tuple[str, bool]:
    """Name what the next search sees, and tell whether it is in a sample register.

    Most of the work for a page that is not sent is to look that up: so it is done once a moment,
    as long as the database says the same, which it does not once something waits for the index.
    """
    kept, now = current_app.extensions, time.monotonic()
    until, known, seen = kept.get("register.seen", (0.0, None, ("", False)))
    if now > until or known != state:
        seen = _position(), bool(kept["register.is_sample"]())
        kept["register.seen"] = now + MOMENT, state, seen
    position, is_sample = seen
    return position, is_sample


def _position() -> str:
    """Name the commit of the index that answers; nothing while there is none."""
    try:
        return search_index().position()
    except Unavailable:
        return ""


def _service_print() -> str:
    """Give a mark of this application: its settings and its code, which stay while it runs."""
    kept = current_app.extensions
    if "register.print" not in kept:
        told = repr((settings(), _libraries(), code_print(FOLDERS, ENDINGS))).encode()
        kept["register.print"] = hashlib.blake2b(told).hexdigest()
    return str(kept["register.print"])


@cache
def _libraries() -> list[str]:
    """Name what the code uses, with versions."""
    return sorted(f"{each.name} {each.version}" for each in metadata.distributions())
