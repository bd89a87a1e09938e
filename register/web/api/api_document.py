"""The API described for programs, in OpenAPI 3.1: what its calls state, and the standard says."""

from typing import Any

import flask_smorest  # type: ignore[import-untyped]
from flask import Flask, current_app

from register.services.accounts.tokens import Scope
from register.standard.marking import _
from register.web.api.api_shapes import part, ref, shapes
from register.web.calls import PROBLEM, STATUSES, Calls, header, status_name
from register.web.wiring import settings

KEPT = "register.openapi"


class _Described(flask_smorest.Api):
    """Flask-smorest, for describing alone: errors are answered as they are everywhere."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        for status, said in STATUSES.items():
            names = ["X-Request-Id", *(["Retry-After"] if status in {429, 503} else [])]
            response = {
                "description": said,
                "headers": {name: header(name) for name in names},
                "content": {PROBLEM: {"schema": ref("Problem")}},
            }
            self.spec.components.response(status_name(status), response, lazy=True)


def document() -> dict[str, Any]:
    """Give the description of the API of this application; it is made once."""
    kept = current_app.extensions
    if KEPT not in kept:
        kept[KEPT] = _described(current_app._get_current_object())  # type: ignore[attr-defined]
    made: dict[str, Any] = kept[KEPT]
    return made


def _described(app: Flask) -> dict[str, Any]:
    described = _Described()
    described.init_app(app, spec_kwargs=_head())
    spec = described.spec
    described.ma_plugin.converter.add_attribute_function(_as_the_standard_says)
    for name, schema in shapes().items():
        spec.components.schema(name, schema)
    scheme = {"type": "http", "scheme": "bearer", "bearerFormat": "air_…", "description": _scopes()}
    spec.components.security_scheme("token", scheme)
    for calls in app.blueprints.values():
        if isinstance(calls, Calls):
            calls.register_views_in_doc(described, app, spec, name=calls.name, parameters=None)
            spec.tag({"name": calls.topic, "description": calls.description})
    made: dict[str, Any] = spec.to_dict()
    return made


def _head() -> dict[str, Any]:
    return {
        "title": settings().service_name.get("en", "AI Register"),
        "version": "1",
        "openapi_version": "3.1.0",
        "info": {"description": _("What public bodies disclose of the AI systems that they use.")},
        "servers": [{"url": settings().base_url}],
    }


def _as_the_standard_says(
    _converter: Any, field: Any, ret: dict[str, Any], **_rest: Any
) -> dict[str, Any]:
    name = ret.pop("x-part", None)
    return part(name) if name else {}


def _scopes() -> str:
    return " ".join((_("A token of one of these scopes:"), ", ".join(Scope)))
