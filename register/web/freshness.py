"""Pages that nobody has to be sent twice: 304 before anything is searched or drawn.

The mark of a page is made of all that it depends on: the address, the reader's language and font,
the index, what is public in the database, the settings, and the code with its templates and texts.
It is keyed, so that it tells nothing of them.
"""

import hashlib
import time
from collections.abc import Callable
from functools import cache
from importlib import metadata

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from register.config import ROOT
from register.errors import Unavailable
from register.storage import forget, listing
from register.web.cross_origin import varies
from register.web.languages import language
from register.web.templating import LIGHT_FONT
from register.web.wiring import search_index, settings

FOLDERS = ("register", "templates", "static")
MOMENT = 0.05  # seconds for which a process does not look again which commit the index is at
ENDINGS = frozenset({".py", ".html", ".svg", ".css", ".js", ".po", ".mo", ".json"})


def unless_unchanged(make: Callable[[], ResponseReturnValue]) -> Response:
    """Answer with what ``make`` makes, or with 304 to who has just that.

    What somebody signed in reads is always made anew, and so is what says that nobody may keep it.
    """
    if g.get("actor") is not None or current_app.debug:
        return make_response(make())
    mark = _mark()
    # A star stands for whatever there is, and it is not known yet whether there is anything.
    known = request.if_none_match
    if not known.star_tag and known.contains_weak(mark):
        response = Response(status=304)
    else:
        response = make_response(make())
        if response.status_code != 200 or response.cache_control.no_store:
            return response
    response.set_etag(mark)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add(varies())
    return response


def public_state() -> listing.State:
    """Give the state of the public register in the database, read once for each page."""
    if "public_state" not in g:
        g.public_state = listing.find_state()
    state: listing.State = g.public_state
    return state


def _mark() -> str:
    # What was read before, such as who asks, may be of an earlier moment than the mark: the page
    # must not be.
    forget()
    # The database first: what the index takes in meanwhile is then told by this mark or the next.
    state = public_state()
    told = (
        state,
        _position(state),
        request.script_root,
        request.path,
        request.query_string,
        language(),
        request.cookies.get(LIGHT_FONT),
        current_app.extensions["register.is_sample"](),
        _service_print(),
    )
    key = str(current_app.secret_key).encode()[:64]
    return hashlib.blake2b(repr(told).encode(), key=key, digest_size=16).hexdigest()


def _position(state: listing.State) -> str:
    """Name what the next search sees; nothing while there is no index.

    Most of the work for a page that is not sent is to look that up: so it is done once a moment,
    as long as the database says the same, which it does not once something waits for the index.
    """
    kept, now = current_app.extensions, time.monotonic()
    until, known, position = kept.get("register.position", (0.0, None, ""))
    if now > until or known != state:
        try:
            position = search_index().position()
        except Unavailable:
            position = ""
        kept["register.position"] = now + MOMENT, state, position
    return str(position)


def _service_print() -> str:
    """Give a mark of this application: its settings and its code, which stay while it runs."""
    kept = current_app.extensions
    if "register.print" not in kept:
        told = repr((settings(), _code_print())).encode()
        kept["register.print"] = hashlib.blake2b(told).hexdigest()
    return str(kept["register.print"])


@cache
def _code_print() -> str:
    """Give a mark of the code: ours with templates, texts and static files, and what it uses."""
    used = sorted(f"{each.name} {each.version}" for each in metadata.distributions())
    found = hashlib.blake2b(repr(used).encode())
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*")):
        if path.suffix in ENDINGS:
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
