"""The language of a page: the first configured one has no prefix, the others have (``/ur/…``)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from gettext import NullTranslations
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import flask_babel
from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from babel.support import Translations
from flask import Flask, g, has_app_context, request
from flask_babel import Babel, get_locale

from register.config import RIGHT_TO_LEFT, ROOT, Settings
from register.errors import Message
from register.standard.content import Content, translation_status

TRANSLATIONS = ROOT / "register" / "translations"
babel = Babel()


class LanguagePrefix:
    """Takes the language off the path and into ``SCRIPT_NAME``, so that links keep it."""

    def __init__(self, application: WSGIApplication, languages: Iterable[str]) -> None:
        """Stand before ``application``; ``languages`` are those that have a prefix."""
        self.application = application
        self.languages = frozenset(languages)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Move the prefix, and hand the request on."""
        language = (environ.get("PATH_INFO", "") + "/").split("/", 2)[1]
        if language in self.languages:
            environ["register.language"] = language
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/" + language
            environ["PATH_INFO"] = environ["PATH_INFO"][len(language) + 1 :] or "/"
        return self.application(environ, start_response)


def init_app(app: Flask, settings: Settings) -> None:
    """Let every request speak the language of its address."""
    app.config["BABEL_DEFAULT_LOCALE"] = settings.languages[0]
    app.config["BABEL_DOMAIN"] = "messages;standard"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{TRANSLATIONS};{TRANSLATIONS}"
    babel.init_app(app, locale_selector=lambda: reader_language(settings))
    # A page says hundreds of texts: our way to the catalogue is a tenth as long as Babel's.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _texts(language()).gettext(text),
        ngettext=lambda one, many, num: _texts(language()).ngettext(one, many, num),
        newstyle=True,
    )
    app.wsgi_app = LanguagePrefix(app.wsgi_app, settings.languages[1:])  # type: ignore[method-assign]


def reader_language(settings: Settings) -> str:
    """Give the language of this request."""
    if "language" not in g:
        g.language = language_of(request.environ, settings)
    return str(g.language)


def language_of(environ: WSGIEnvironment, settings: Settings) -> str:
    """Give the language that an address is in."""
    return str(environ.get("register.language", settings.languages[0]))


def language() -> str:
    """Give the reader's language, as Babel knows it."""
    said = g.get("language") if has_app_context() else None
    return said or str(get_locale() or "en")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Let the page speak another language for a while."""
    before = language()
    g.language = code
    try:
        with flask_babel.force_locale(code):
            yield
    finally:
        g.language = before


@cache
def _texts(code: str) -> NullTranslations:
    """Give all texts of a language: the law's words, and behind them the service's."""
    found = Translations.load(TRANSLATIONS, [code], "standard")
    found.add_fallback(Translations.load(TRANSLATIONS, [code], "messages"))
    return found


@cache
def _catalogue(code: str, domain: str = "standard") -> NullTranslations:
    return Translations.load(TRANSLATIONS, [code], domain)


def label_in(text: str, code: str) -> str:
    """Give an option's label in a language, also outside a request: the index asks for it."""
    return _catalogue(code).gettext(text)


def said_in(sentence: str, code: str) -> str:
    """Give a marked sentence in a language that need not be the reader's: files are written so."""
    found = _catalogue(code).gettext(sentence)
    return found if found != sentence else _catalogue(code, "messages").gettext(sentence)


def gettext(sentence: str, **values: object) -> str:
    """Translate a sentence into the reader's language."""
    said = _texts(language()).gettext(sentence)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Translate a sentence with a number in it."""
    return _texts(language()).ngettext(one, many, num) % {"num": num, **values}


def number_text(number: Any) -> str:
    """Write a number as the reader's language does."""
    return _number_in(number, language())


@lru_cache(maxsize=4096)
def _number_in(number: Any, code: str) -> str:
    return str(format_decimal(number, locale=code))


def direction(code: str) -> str:
    """Give ``rtl`` or ``ltr``."""
    return "rtl" if code.split("-", 1)[0] in RIGHT_TO_LEFT else "ltr"


def language_name(code: str) -> str:
    """Give a language's name in the reader's language."""
    return _name_in(code, language())


@lru_cache(maxsize=1024)
def _name_in(code: str, reader: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code


def say(sentence: str) -> str:
    """Translate a sentence of the floors below, and put its values in; nothing stays nothing."""
    if not sentence:
        return ""  # a catalogue keeps its own header under the empty text
    values = dict(sentence.values) if isinstance(sentence, Message) else {}
    if "language" in values:
        values["language"] = language_name(str(values["language"]))
    return gettext(str(sentence), **values) if values else gettext(str(sentence))


def text_view(
    texts: Mapping[str, str] | None, content: Content | None = None, name: str = ""
) -> dict[str, Any] | None:
    """Give a text in the reader's language, or in the one it exists in; ``None`` if in none.

    ``content`` and ``name`` tell where the text comes from, so that translations can be labelled.
    """
    if not texts:
        return None
    wanted = language()
    first = content.languages[0] if content else "en"
    code = next((c for c in (wanted, first, "en") if c in texts), next(iter(texts)))
    return {
        "text": texts[code],
        "lang": code,
        "dir": direction(code),
        "is_other_language": code != wanted,
        "lang_name": language_name(code),
        "status": translation_status(content, name, code) if content else "original",
    }
