"""The doors that people come in by: pages for everybody, for agencies, and the API."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from register.config import Settings
from register.web import account, freshness, guard, handlers, health, languages, templating, tokens
from register.web.api import api, api_filing, api_reference
from register.web.audit import (
    audit,
    audit_bundle,
    audit_changes,
    audit_exceptions,
    audit_notes,
    audit_records,
    audit_sample,
    audit_trail,
)
from register.web.filing import filing, kept, renewal, review, starting, uploads, withdrawal
from register.web.public import bundles, coverage, data, exports, history, ledger, public, quality
from register.web.search import searching
from register.web.secretariat import accounts, imports, secretariat

DOORS = (
    public,
    searching,
    history,
    coverage,
    quality,
    account,
    tokens,
    kept,
    starting,
    uploads,
    filing,
    renewal,
    withdrawal,
    review,
    imports,
    secretariat,
    accounts,
    audit,
    audit_bundle,
    audit_changes,
    audit_exceptions,
    audit_notes,
    audit_records,
    audit_sample,
    audit_trail,
    data,
    ledger,
    api,
    exports,
    bundles,
    api_filing,
    api_reference,
    health,
)


def init_app(app: Flask, settings: Settings) -> None:
    """Open the doors, and check that each says who it is for."""
    guard.init_app(app, settings)
    app.wsgi_app = freshness.Unsent(app, app.wsgi_app)  # type: ignore[method-assign]
    languages.init_app(app, settings)
    templating.init_app(app, settings)
    handlers.init_app(app)
    for module in DOORS:
        app.register_blueprint(module.blueprint)
    app.register_blueprint(api_reference.pages)
    guard.check_audiences(app)
    app.wsgi_app = _surrounded(app.wsgi_app, settings)  # type: ignore[method-assign]


def _surrounded(application: Any, settings: Settings) -> Any:
    """Serve the static files before the application, and believe as many proxies as there are."""
    served = WhiteNoise(
        application,
        root=str(templating.STATIC),
        prefix="static/",
        max_age=3600,
        allow_all_origins=False,
        add_headers_function=_seal_file,
    )
    if not settings.proxies:
        return served
    return ProxyFix(served, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)


def _seal_file(headers: Any, _path: str, _url: str) -> None:
    for name, value in guard.HEADERS.items():
        headers[name] = value
