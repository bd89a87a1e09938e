"""The calls of the API: each states once what it takes, and is read and documented by that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import flask_smorest  # type: ignore[import-untyped]
from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.http import HTTP_STATUS_CODES

from register.errors import Message, Unprocessable
from register.schemas.sending import Nothing
from register.schemas.validate import flat
from register.standard.marking import _
from register.web import strict_json
from register.web.parameters import check_names, no_such_value, too_many_values
from register.web.refusing import Refused

View = TypeVar("View", bound=Callable[..., Any])
MOST_ERRORS = 100
LONGEST_PATH = 200
PROBLEM = "application/problem+json"
WHOLE_FILE = 20  # reads that a whole file counts as


STATUSES = {
    400: _("The request means nothing, or has a parameter that this call does not know."),
    401: _("No token, or one that opens nothing."),
    403: _("The token does not go as far as this call."),
    404: _("There is no such thing, or none that you may know of."),
    409: _("It is not open for this step now."),
    412: _("The draft changed in between; ETag has its present state."),
    413: _("More than is taken at once."),
    415: _("Something else than JSON."),
    416: _("The file ends before the piece that was asked for."),
    422: _("Something has to be corrected; errors has it by the path."),
    428: _("If-Match is missing."),
    429: _("Too many requests; Retry-After says when to go on."),
    503: _("Not ready; Retry-After says when to try again."),
}
UNCHANGED = _("What If-None-Match names is still what there is.")
DIGESTS = ("Content-Digest", "Repr-Digest")
HEADERS = {
    "Accept-Ranges": _("That the file can be fetched in pieces."),
    "Content-Digest": _("The SHA-256 of what is sent, where that is the whole file."),
    "Content-Disposition": _("What the file is called."),
    "Content-Location": _("The address under which this file stays."),
    "Content-Range": _("Which piece of the file this is."),
    "ETag": _("Names this state of it."),
    "Link": _("The next page, as rel=next."),
    "Location": _("Where the draft is."),
    "Idempotency-Replayed": _("True where this was done before, under the same key."),
    "Register-As-Of": _("All that was done before this moment is in it."),
    "Register-As-Of-Is-Settled": _("Yes where the same is said of that moment for good."),
    "Repr-Digest": _("The SHA-256 of the whole file, as it is sent."),
    "X-Request-Id": _("Names this request, for questions about it."),
    "RateLimit": _("How many requests are left (r), and for how many seconds (t)."),
    "RateLimit-Policy": _("How many requests (q) there may be in so many seconds (w)."),
    "Retry-After": _("After how many seconds it is worth trying again."),
}


PLACES = {
    "reference": (_("The reference of a disclosure."), "AIR-2026-00042"),
    "version": (_("The name of a version of the standard."), "v1"),
    "name": (_("The name of a bundle."), "NAME"),
}
PIECES = {
    "Range": _("Which piece of the file is wanted, where it is one that is kept."),
    "If-Range": _("The ETag of the file that was begun; of another one comes the whole."),
}


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a call is for, takes and answers.

    The view is given what stands in the ``query`` as ``asked``, in the ``headers`` as ``headers``
    and in the ``body`` as ``sent``; it answers with ``status`` and, in JSON, with what is called
    ``answer`` in the document, or with one of the kinds of ``files``.
    """

    summary: str
    answer: str = ""
    description: str = ""
    query: Any = None
    headers: Any = None
    body: Any = None
    status: int = 200
    files: tuple[str, ...] = ()
    cost: int = 1  # of the reads that may be made in a minute, if it is sent
    told: tuple[str, ...] = ()  # the headers of the answer, beside those of every answer
    in_pieces: bool = False  # whether a piece of the file can be asked for
    refused: tuple[int, ...] = ()  # the statuses beside those that follow from what it takes


class Parser(FlaskParser):
    """Reads what a call takes. Whatever it does not take is refused by name."""

    DEFAULT_VALIDATION_STATUS = 400
    DEFAULT_UNKNOWN_BY_LOCATION: Mapping[str, str | None] = {  # type: ignore[assignment]
        "query": "raise",
        "json": "raise",
        "headers": "exclude",
    }

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """Give the parameters of the address, each of them known and said once."""
        check_names(schema.fields)
        for name, values in req.args.lists():
            if len(values) > 1 and not hasattr(schema.fields[name], "inner"):
                raise too_many_values(name, 1)
        return super().load_querystring(req, schema)

    def load_json(self, req: Request, schema: Any) -> Any:
        """Give the body of the request."""
        return strict_json.read_object()

    def handle_error(self, error: Any, req: Request, schema: Any, **_rest: Any) -> NoReturn:
        """Say what is wrong by the name of the parameter or header, or by the path in the body."""
        ((location, messages),) = error.messages.items()
        errors: dict[str, list[str]] = {}
        for path, sentence in list(flat(messages))[:MOST_ERRORS]:
            errors.setdefault(path[:LONGEST_PATH], []).append(sentence)
        if location == "json":
            raise Unprocessable(_("What was sent has not the shape that this call takes."), errors)
        name = next(iter(errors))
        if location == "query":
            raise no_such_value(name.split(".")[0], errors[name])
        raise _wrong_header(name, errors, is_missing=name not in req.headers)


class Calls(flask_smorest.Blueprint):
    """Some calls of the API on one ``topic``, with all that is said of them."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, import_name: str, topic: str, description: str) -> None:
        """Keep what the calls are about; all have an address below ``/api/v1``."""
        super().__init__(name, import_name, url_prefix="/api/v1", description=description)
        self.topic = topic

    def on(self, method: str, rule: str, call: Call) -> Callable[[View], View]:
        """Let a view answer a call, and give it what the call takes."""

        def answering(view: View) -> View:
            taken: Any = view
            if call.body is not None:
                taken = self.arguments(call.body, location="json", arg_name="sent")(taken)
            if call.headers is not None:
                taken = self.arguments(call.headers, location="headers", arg_name="headers")(taken)
            called = {"arg_name": "asked"} if call.query else {"as_kwargs": True}
            taken = self.arguments(call.query or Nothing, location="query", **called)(taken)
            described = _described(call, method, rule, getattr(view, "scope", None))
            taken = self.doc(**described, operationId=view.__name__)(taken)
            taken.call = call
            about = {"tags": [self.topic], "parameters": [*_places(rule), *_pieces(call)]}
            registered: View = self.route(rule, methods=[method], **about)(taken)
            return registered

        return answering


def _wrong_header(name: str, errors: Mapping[str, Sequence[str]], *, is_missing: bool) -> Refused:
    if name == "If-Match" and is_missing:
        text = _("Say which state of the draft you know, in the header If-Match.")
        return Refused(428, text, {name: [_("Take the ETag of the last answer about the draft.")]})
    text = _("The header “%(name)s” is missing or has no such value.")
    return Refused(400, Message(text, name=name), errors)


def _described(call: Call, method: str, rule: str, scope: str | None) -> dict[str, Any]:
    """Say in the words of OpenAPI what does not follow from what the call takes."""
    refused = {400, 401, 429, 503, *call.refused}
    refused |= {403} if scope else set()
    refused |= {404} if "<" in rule else set()
    refused |= {413, 415, 422} if call.body is not None else set()
    refused |= {416} if call.in_pieces else set()
    return {
        "summary": call.summary,
        "description": call.description,
        "security": [{"token": [scope]}] if scope else [{}, {"token": []}],
        "responses": {
            str(call.status): _answered(call, call.status),
            **({"206": _answered(call, 206, "Content-Range")} if call.in_pieces else {}),
            **({"304": _unchanged()} if method == "GET" and not scope else {}),
            **{str(status): status_name(status) for status in sorted(refused)},
        },
    }


def _answered(call: Call, status: int, *more: str) -> dict[str, Any]:
    if call.answer:
        schema = {"$ref": f"#/components/schemas/{call.answer}"}
        content: dict[str, Any] = {"application/json": {"schema": schema}}
    else:
        content = {kind: {"schema": {"type": "string"}} for kind in call.files}
    more = (*more, "Accept-Ranges") if call.in_pieces else more
    names = sorted({"ETag", "RateLimit", "RateLimit-Policy", "X-Request-Id", *call.told, *more})
    return {
        "description": HTTP_STATUS_CODES[status],
        "headers": {name: header(name) for name in names},
        "content": content,
    }


def _unchanged() -> dict[str, Any]:
    names = ("ETag", "RateLimit", "RateLimit-Policy", "X-Request-Id")
    return {"description": UNCHANGED, "headers": {name: header(name) for name in names}}


def status_name(status: int) -> str:
    """Name a status as the document does."""
    return HTTP_STATUS_CODES[status].upper().replace(" ", "_")


def header(name: str) -> dict[str, Any]:
    """Describe a header of an answer."""
    return {"description": HEADERS[name], "schema": {"type": "string"}}


def _places(rule: str) -> list[dict[str, Any]]:
    """Describe the parts of an address."""
    return [
        {"in": "path", "name": name, "description": said, "example": example}
        for name, (said, example) in PLACES.items()
        if f"<{name}>" in rule
    ]


def _pieces(call: Call) -> list[dict[str, Any]]:
    """Describe the headers by which a piece of a file is asked for."""
    return [
        {"in": "header", "name": name, "description": said, "schema": {"type": "string"}}
        for name, said in PIECES.items()
        if call.in_pieces
    ]
