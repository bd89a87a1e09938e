"""A letter put together: in the reader's language, as plain text and as HTML, in an envelope.

Names are written by strangers. They never reach a header with a line break in it, and what they
hold of directions stays within them.
"""

import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import urlsplit

from babel import UnknownLocaleError
from babel.dates import format_date

from register import clock
from register.config import RIGHT_TO_LEFT, ROOT
from register.mail import wording

TRANSLATIONS = ROOT / "register" / "translations"
LONGEST_VALUE = 200
RIGHT_TO_LEFT_MARK = "\u200f"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
_UNWANTED = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it waits in the outbox. ``details`` holds what varies."""

    recipient: str
    language: str
    kind: str
    key: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class House:
    """Who writes: the register's address, its languages (the first has no prefix), its names."""

    base_url: str
    languages: tuple[str, ...]
    service_name: Mapping[str, str]
    sender: str


@dataclass(frozen=True)
class _Block:
    """A piece of a letter: a sentence with its values, a heading, an item of a list or a link."""

    kind: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)

    def filled(self, shown: Callable[[str], str], sentence: str) -> str:
        """Put the values into ``sentence``, each as ``shown`` shows it."""
        values = {name: shown(value) for name, value in self.values.items()}
        return sentence % values if values else sentence


def compose(letter: Letter, house: House) -> EmailMessage:
    """Put a letter into its envelope. Raise :exc:`ValueError` if an address is none."""
    code = letter.language if letter.language in house.languages else house.languages[0]
    blocks = list(_blocks(letter, house, code))
    message = EmailMessage(policy=SMTP)
    message["From"] = sender_of(house)
    message["To"] = _address("", letter.recipient)
    message["Subject"] = _subject(letter, code)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = _message_id(letter, house)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_as_text(blocks, code), cte="base64")
    message.add_alternative(_as_html(blocks, code), subtype="html", cte="base64")
    message["Content-Language"] = code
    return message


def sender_of(house: House) -> Address:
    """Give who letters come from; raise :exc:`ValueError` if that is no address."""
    name, address = parseaddr(house.sender)
    if "@" not in address:
        raise ValueError("REGISTER_MAIL_FROM is no address such as: Name <register@example.gov>")
    return _address(_cleaned(name), address)


def translated(text: str, code: str) -> str:
    """Give a marked text in a language, or as it is where there is no translation."""
    return _catalogue(code).gettext(text)


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=name, addr_spec=address)
    except (MessageError, IndexError) as error:
        raise ValueError(f"{address!r} is no address: {error}") from None


def _subject(letter: Letter, code: str) -> str:
    steps = (step["step"] for step in letter.details.get("steps", []))
    text = wording.subject_of(letter.kind, steps)
    subject = _Block("subject", text, _values(letter.details, code))
    return subject.filled(str, translated(subject.text, code))


def _message_id(letter: Letter, house: House) -> str:
    """Give the same identifier each time, so that a letter that arrives twice is known as one."""
    mark = sha256(f"{letter.recipient}\n{letter.key}".encode()).hexdigest()[:40]
    return f"<{mark}@{urlsplit(house.base_url).hostname or 'localhost'}>"


def _blocks(letter: Letter, house: House, code: str) -> Iterator[_Block]:
    kind, details = wording.KINDS[letter.kind], letter.details
    values = _values(details, code)
    for text in kind.paragraphs:
        yield _Block("text", text, values)
    if link := _link(details, house, code):
        yield _Block("link", link)
    for step in details.get("steps", []):
        yield _Block("heading", wording.STEP_HEADINGS[step["step"]])
        for duty in step["duties"]:
            yield _Block("item", wording.DUTY_SENTENCES[duty["kind"]], _values(duty, code))
            yield _Block("link", _link(duty, house, code))
    for body in details.get("bodies", []):
        yield _Block("item", wording.BODY_SENTENCE, _values(body, code))
        yield _Block("link", _link(body, house, code))
    name = house.service_name.get(code) or next(iter(house.service_name.values()), "")
    yield _Block("text", wording.CLOSING)
    yield _Block("name", _cleaned(name))


def _values(details: Mapping[str, Any], code: str) -> dict[str, str]:
    """Give what varies, in a language where there is a choice."""
    said = {name: value for name, value in details.items() if isinstance(value, str)}
    for name in ("name", "agency"):
        texts = details.get(f"{name}_texts") or {}
        known = [texts[each] for each in (code, "en", *texts) if each in texts]
        said[name] = known[0] if known else translated(wording.NAMELESS, code)
    if "day" in said:
        said["day"] = _day(said["day"], code)
    return {name: _cleaned(value) for name, value in said.items()}


def _link(details: Mapping[str, Any], house: House, code: str) -> str:
    if "link" in details:
        return str(details["link"])
    prefix = "" if code == house.languages[0] else f"/{code}"
    return house.base_url.rstrip("/") + prefix + details["path"] if "path" in details else ""


def _as_text(blocks: list[_Block], code: str) -> str:
    """Write plain text; in Urdu each line says that it runs from the right.

    A link has a line of its own, without any mark that could be taken for a part of it.
    """
    mark = RIGHT_TO_LEFT_MARK if _direction(code) == "rtl" else ""
    lines = []
    for block in blocks:
        if block.kind == "link":
            lines.append(block.text)
            continue
        sentence = block.text if block.kind == "name" else translated(block.text, code)
        bullet = "- " if block.kind == "item" else ""
        lines.append(mark + bullet + block.filled(lambda v: f"{ISOLATE}{v}{END_ISOLATE}", sentence))
    return "\n\n".join(lines) + "\n"


def _as_html(blocks: list[_Block], code: str) -> str:
    """Write HTML that says its language and direction, and loads nothing."""
    parts = []
    for block in blocks:
        if block.kind == "link":
            href = escape(block.text)
            parts.append(f'<p dir="ltr"><a href="{href}">{href}</a></p>')
            continue
        sentence = escape(block.text if block.kind == "name" else translated(block.text, code))
        text = block.filled(lambda value: f"<bdi>{escape(value)}</bdi>", sentence)
        parts.append(f"<h2>{text}</h2>" if block.kind == "heading" else f"<p>{text}</p>")
    direction = _direction(code)
    head = '<meta charset="utf-8"><title></title>'
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{code}" dir="{direction}"><head>{head}</head>\n'
        f'<body lang="{code}" dir="{direction}">\n{body}\n</body></html>\n'
    )


def _cleaned(text: str) -> str:
    """Give a text on one line, without what would turn the direction of what follows it."""
    plain = "".join(c if c.isprintable() or ord(c) > 127 else " " for c in _UNWANTED.sub("", text))
    # The library decodes what looks like an encoded word, line breaks included.
    return " ".join(plain.split())[:LONGEST_VALUE].replace("=?", "= ?")


def _day(text: str, code: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "long", locale=code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return text


def _direction(code: str) -> str:
    return "rtl" if code.split("-", 1)[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("messages", TRANSLATIONS, [code.replace("-", "_")], fallback=True)
