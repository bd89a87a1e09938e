"""What every page has around it: languages, navigation, the person signed in."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, get_flashed_messages, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from register.config import LANGUAGE_NAMES, ROOT, Settings
from register.standard.lifecycle import ROLE_LABELS, Role
from register.storage import ledger
from register.web.languages import direction, language, ngettext, number_text, say
from register.web.languages import gettext as _

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
FONTS = {"en": "fonts/source-sans-3.woff2", "ur": "fonts/noto-nastaliq-urdu.woff2"}
LIGHT_FONT = "light_font"
SHOWN_OF_ROOT = 12  # characters of the log's root at the foot of a page
DESKS = {
    Role.OFFICER: "filing.dashboard",
    Role.APPROVER: "filing.dashboard",
    Role.SECRETARIAT: "review.dashboard",
    Role.AUDITOR: "audit.desk",
    Role.ADMINISTRATOR: "accounts.listed",
}


def init_app(app: Flask, settings: Settings) -> None:
    """Teach the templates what every page needs."""
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.filters["numberformat"] = number_text
    app.context_processor(lambda: _frame(settings))


def static_url(path: str) -> str:
    """Give the address of a static file, which changes whenever the file does."""
    return f"/static/{path}?{_fingerprint(path)}"


def in_language(settings: Settings, code: str) -> str:
    """Give the address of this page in another language, its query kept."""
    prefix = "" if code == settings.languages[0] else f"/{code}"
    query = request.query_string.decode("ascii", "replace")
    # What stands in an address is a stranger's: "//" or "/\\" would lead to another site.
    path = quote("/" + request.path.lstrip("/"), safe="/:@!$&'()*+,;=~")
    return prefix + path + (f"?{query}" if query else "")


def named(texts: Any, fallback: str = "") -> str:
    """Give a configured text in the reader's language."""
    return str(texts.get(language()) or texts.get("en") or fallback)


def _frame(settings: Settings) -> dict[str, Any]:
    code = language()
    is_light = request.cookies.get(LIGHT_FONT) == "yes"
    return {
        "lang": code,
        "dir": direction(code),
        "service_name": named(settings.service_name, "AI Register"),
        "government_name": named(settings.government_name),
        "home_href": url_for("public.home"),
        "languages": [_language(settings, each) for each in settings.languages],
        "page_url": settings.base_url + request.script_root + request.path,
        "nav": _navigation(),
        "footer_links": _footer(),
        "log": _log(),
        "account": _account(),
        "site_notice": _notice(),
        "light_font": is_light and code == "ur",
        "font_switch": _font_switch(is_light) if code == "ur" else None,
        "preload_fonts": [] if is_light else _preloads(code),
        "brand_stylesheet": None,
        "flashes": [
            {"kind": flashed[0], "text": flashed[1]}
            for flashed in get_flashed_messages(with_categories=True)
        ]
        if g.get("actor")
        else [],
        "errors": [],
        "alternates": [],
    }


def _language(settings: Settings, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": LANGUAGE_NAMES.get(code, code),
        "dir": direction(code),
        "href": in_language(settings, code),
        "is_current": code == language(),
    }


def _navigation() -> list[dict[str, Any]]:
    items = [
        ("search.page", _("Find a system")),
        ("public.agencies", _("Public bodies")),
        ("coverage.page", _("Who has filed")),
        ("public.standard", _("The standard")),
        ("data.page", _("Data")),
    ]
    actor = g.get("actor")
    if actor is not None:
        items.append((DESKS[actor.role], _("My desk")))
    here = (request.endpoint or "").removesuffix("_json")
    return [
        {"text": text, "href": url_for(endpoint), "is_active": endpoint == here}
        for endpoint, text in items
    ]


def _footer() -> list[dict[str, str]]:
    links = [
        {"text": _("Accessibility"), "href": url_for("public.accessibility")},
        {"text": _("How quality is marked"), "href": url_for("quality.rules")},
        {"text": _("Licences"), "href": url_for("public.licences")},
    ]
    if g.get("actor") is None:
        words = _("For public bodies: sign in")
        links.append({"text": words, "href": url_for("account.sign_in")})
    return links


def _log() -> dict[str, str] | None:
    """Give what was last signed of the log: whoever prints a page keeps it."""
    signed = ledger.glance()
    if signed is None:
        return None
    size, note = signed
    root = [*note.split("\n", 3), "", ""][2]
    words = ngettext(
        "Public log: %(count)s entry, state",
        "Public log: %(count)s entries, state",
        size,
        count=number_text(size),
    )
    return {"text": words, "root": root[:SHOWN_OF_ROOT], "href": url_for("ledger.page")}


def _account() -> dict[str, str] | None:
    actor = g.get("actor")
    if actor is None:
        return None
    return {
        "name": actor.name or actor.email,
        "role_label": say(ROLE_LABELS[actor.role]),
        "href": url_for("account.home"),
        "sign_out_href": url_for("account.sign_out"),
    }


def _notice() -> dict[str, str] | None:
    if not current_app.extensions["register.is_sample"]():
        return None
    words = _("Every body, person and system shown here is invented.")
    return {"tag": _("Sample"), "text": words}


def _font_switch(is_light: bool) -> dict[str, str]:
    words = _("Use the full Nastaliq font") if is_light else _("Use a lighter Urdu font")
    return {
        "text": words,
        "href": url_for("account.font"),
        "name": "font",
        "value": "full" if is_light else "light",
    }


def _preloads(code: str) -> list[str]:
    path = FONTS.get(code, FONTS["en"])
    return [f"/static/{path}"] if (STATIC / path).exists() else []


@lru_cache(maxsize=256)
def _fingerprint(path: str) -> str:
    file: Path = STATIC / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "0"
