"""The doors that people come in by: pages for everybody, for agencies, and the API."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from register.config import Settings
from register.web import freshness, guard, handlers, languages, templating
from register.web.doors import BLUEPRINTS


def init_app(app: Flask, settings: Settings) -> None:
    """Open the doors, and check that each says who it is for."""
    guard.init_app(app, settings)
    app.wsgi_app = freshness.Unsent(app, app.wsgi_app)  # type: ignore[method-assign]
    languages.init_app(app, settings)
    templating.init_app(app, settings)
    handlers.init_app(app)
    for each in BLUEPRINTS:
        app.register_blueprint(each)
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
