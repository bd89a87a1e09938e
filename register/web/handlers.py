"""Errors, turned once into a page or into an RFC 9457 problem document."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from register.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    RegisterError,
    TooMany,
    Unavailable,
    Unprocessable,
)
from register.services.exports.exports import as_json
from register.web.bearers import is_api
from register.web.languages import gettext as _
from register.web.languages import say
from register.web.parameters import LONGEST_NAME, WrongParameter, without
from register.web.refusing import Refused
from register.web.showing import words

STATUSES: dict[type[RegisterError], int] = {
    Unprocessable: 422,
    Invalid: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    TooMany: 429,
    Unavailable: 503,
}


def init_app(app: Flask) -> None:
    """Answer every kind of error."""
    app.register_error_handler(RegisterError, _on_register_error)
    app.register_error_handler(Refused, _on_refused)
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_surprise)


def wants_json() -> bool:
    """Tell whether a machine asks: by the API, of the log, or by an address ending in ``.json``."""
    return request.path.startswith(("/api/", "/log/")) or request.path.endswith(".json")


def problem(
    status: int,
    message: str,
    errors: dict[str, list[str]] | None = None,
    *,
    typed: Sequence[Mapping[str, Any]] = (),
    way_back: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a page or a problem document; the words are the reader's already.

    ``typed`` is what the reader wrote, given back because it was not taken. A page that has a
    ``way_back`` says of each of the ``errors`` what can be done.
    """
    search = {"text": _("Search the register"), "href": url_for("search.page")}
    if wants_json():
        document: dict[str, object] = {
            "type": "about:blank",
            "title": _title(status),
            "status": status,
            "detail": message,
            "request_id": g.get("request_id", ""),
        }
        if errors:
            document["errors"] = errors
        response = Response(as_json(document) + "\n", content_type="application/problem+json")
    else:
        response = make_response(
            render_template(
                "public/error.html",
                title=_title(status),
                message=message,
                told=[text for texts in (errors or {}).values() for text in texts if way_back],
                actions=[way_back, search] if way_back else [search],
                words=typed,
                request_id=g.get("request_id", ""),
            )
        )
    response.status_code = status
    return response


def _on_refused(error: Refused) -> Response:
    response = problem(error.status, say(error.args[0]), _said(error.errors))
    response.headers.update(error.headers)
    return response


def _said(errors: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {path: [say(text) for text in texts] for path, texts in errors.items()}


def _on_register_error(error: RegisterError) -> Response:
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 400)
    errors = _said(error.errors) if isinstance(error, Invalid) else None
    sentence, way_back = say(error.args[0]), _way_back(error)
    response = problem(status, sentence, errors, typed=words.typed(), way_back=way_back)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = "10"
    return response


def _way_back(error: RegisterError) -> dict[str, str] | None:
    """Lead from a page that a parameter of its address spoils to the same page without it."""
    if not isinstance(error, WrongParameter) or request.method not in {"GET", "HEAD"}:
        return None
    text = _("Open this page without the parameter “%(name)s”", name=error.name[:LONGEST_NAME])
    return {"text": text, "href": without(error.name)}


def _on_csrf_error(_error: CSRFError) -> Response:
    return problem(
        400,
        _("This form was open too long or in another session. Go back, reload it and send again."),
        typed=words.typed() if words.is_from_here() else (),
    )


def _on_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    is_shut_out = status == 403
    response = problem(status, _message(status), typed=words.typed() if is_shut_out else ())
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "Content-Range"}:
            response.headers[name] = value
    return response


def _on_surprise(error: Exception) -> Response:
    current_app.logger.error("request %s failed", g.get("request_id", ""), exc_info=error)
    return problem(500, _("Something went wrong on our side. It has been noted; try again later."))


def _title(status: int) -> str:
    if is_api() and status in {401, 404}:
        return _("A token is needed") if status == 401 else _("There is no such thing")
    titles = {
        400: _("This request cannot be understood"),
        401: _("Sign in first"),
        403: _("This is not open to you"),
        404: _("There is no such page"),
        405: _("This cannot be done here"),
        409: _("Something changed in between"),
        412: _("Something changed in between"),
        413: _("This is too large"),
        415: _("This is not what is taken here"),
        416: _("There is no such piece"),
        422: _("Something has to be corrected"),
        428: _("Something is missing"),
        429: _("Too many requests"),
        503: _("Not ready"),
    }
    return titles.get(status, _("Something went wrong"))


def _message(status: int) -> str:
    if is_api() and status == 404:
        return _("The API has no such call.")
    messages = {
        401: _("Sign in and try again."),
        403: _("Your account has not the role that this page is for."),
        404: _("Check the address, or search the register."),
        405: _("This address does not take this kind of request."),
        413: _("What you sent is larger than the register takes at once. What was saved is kept."),
        416: _("The file ends before the piece that was asked for. Ask for the whole file."),
    }
    return messages.get(status, _("Check what you sent and try again."))
