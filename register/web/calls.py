"""The calls of the API: each states once what it takes, and is read and documented by that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import flask_smorest  # type: ignore[import-untyped]
from flask import Request
from webargs.flaskparser import FlaskParser

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


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a call is for, takes and answers.

    The view is given what stands in the ``query`` as ``asked``, in the ``headers`` as ``headers``
    and in the ``body`` as ``sent``; it answers with ``status`` and, in JSON, with what is called
    ``answer`` in the document.
    """

    summary: str
    answer: str
    description: str = ""
    query: Any = None
    headers: Any = None
    body: Any = None
    status: int = 200
    told: tuple[str, ...] = ()  # the headers of the answer, beside those of every answer
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
    """Some calls of the API, with all that is said of them."""

    ARGUMENTS_PARSER = Parser()

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
            taken.call = call
            registered: View = self.route(rule, methods=[method])(taken)
            return registered

        return answering


def _wrong_header(name: str, errors: Mapping[str, Sequence[str]], *, is_missing: bool) -> Refused:
    if name == "If-Match" and is_missing:
        text = _("Say which state of the draft you know, in the header If-Match.")
        return Refused(428, text, {name: [_("Take the ETag of the last answer about the draft.")]})
    text = _("The header “%(name)s” is missing or has no such value.")
    return Refused(400, Message(text, name=name), errors)
