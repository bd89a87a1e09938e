"""How the text in a cell becomes an answer: one function for each word that a mapping may use."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from register.exchange.addresses import find_emails, find_urls
from register.exchange.dates import partial_date
from register.exchange.mapping import Link
from register.exchange.suppliers import is_supplier_name, split_suppliers
from register.exchange.values import (
    ValueMap,
    begins_as_no_answer,
    is_no_answer,
    one_line,
    parse_list,
    tidy,
    yes_no,
)

_SHOWN = 120  # characters of a value in a warning
_NOTHING = ValueMap({})


@dataclass(frozen=True)
class Outcome:
    """An answer in its JSON shape (``None``: none), remarks as (kind, message), unknown values."""

    answer: Any = None
    doubts: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[str, ...] = ()


def quoted(text: str) -> str:
    """Quote a value for a message, shortened."""
    text = one_line(text)
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def _no_answer(text: str) -> tuple[tuple[str, str], ...]:
    return (("no_answer", f"{quoted(text)} is taken for no answer."),)


def _text(text: str, _link: Link) -> Outcome:
    """Keep a text over several lines."""
    if is_no_answer(text):
        return Outcome(doubts=_no_answer(text))
    return Outcome(tidy(text))


def _line(text: str, _link: Link) -> Outcome:
    """Keep a text on one line."""
    if is_no_answer(text):
        return Outcome(doubts=_no_answer(text))
    return Outcome(one_line(text))


def _choice(text: str, link: Link) -> Outcome:
    """Look one value up; an unknown one becomes ``otherwise``, if there is one."""
    option, doubt, unmapped = _look_up(text, link)
    return Outcome(option or None, doubt, unmapped)


def _choices(text: str, link: Link) -> Outcome:
    """Look up each value of a list, once; "none" beside others is left out."""
    found: dict[str, None] = {}
    doubts: list[tuple[str, str]] = []
    unmapped: list[str] = []
    for value in listed_values(text, link.values or _NOTHING):
        options, doubt, unknown = _look_up(value, link)
        found.update(dict.fromkeys(option for option in options.split("+") if option))
        doubts.extend(doubt)
        unmapped.extend(unknown)
    if len(found) > 1 and "none" in found:
        del found["none"]
        doubts.append(("contradiction", f'{quoted(text)} says "none" and more.'))
    return Outcome(list(found) or None, tuple(doubts), tuple(unmapped))


def listed_values(text: str, values: ValueMap) -> tuple[str, ...]:
    """Divide a cell into the values it lists: a literal list, else at commas if that helps.

    A text of which no piece is known is one value, however many commas it has.
    """
    found: list[str] = []
    for item in parse_list(text):
        pieces = [piece.strip() for piece in re.split(r"[,;\n]", item) if piece.strip()]
        if values.find(item) is None and any(values.find(piece) is not None for piece in pieces):
            found.extend(pieces)
        else:
            found.append(item)
    return tuple(found)


def _labels(text: str, link: Link) -> Outcome:
    """Keep the values of a list as words to search for, in the standard's own spelling."""
    values = link.values or _NOTHING
    found = [values.label_of(value) for value in listed_values(text, values)]
    return Outcome(list(dict.fromkeys(label for label in found if label)) or None)


def _look_up(text: str, link: Link) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    option = (link.values or _NOTHING).find(text)
    if option is not None:
        return option, (), ()
    if begins_as_no_answer(text):
        return "", _no_answer(text), (text,)
    ending = f'it is taken for "{link.otherwise}"' if link.otherwise else "it is left out"
    message = f"{quoted(text)} is not a value that this format knows; {ending}."
    return link.otherwise, (("unknown_value", message),), (text,)


def _unknown_text(text: str, link: Link) -> Outcome:
    """Keep the words of those values of a list that are not known, where they say something."""
    values = link.values or _NOTHING
    unknown = [item for item in listed_values(text, values) if values.find(item) is None]
    words = [item for item in unknown if not begins_as_no_answer(item)]
    return Outcome("\n".join(words) or None)


def _date(text: str, _link: Link) -> Outcome:
    """Read a partial date."""
    if begins_as_no_answer(text):
        return Outcome(doubts=_no_answer(text))
    reading = partial_date(text)
    if not reading.doubt:
        return Outcome(reading.value)
    kind = "doubtful_date" if reading.value else "unreadable_date"
    return Outcome(reading.value, ((kind, f"{quoted(text)} {reading.doubt}."),))


def _url(text: str, _link: Link) -> Outcome:
    """Keep a web address; of several the first, and of a sentence none."""
    urls = find_urls(text)
    if not urls:
        return Outcome(doubts=(no_url(text),))
    if len(urls) > 1:
        message = f"Of {len(urls)} web addresses only the first is kept."
        return Outcome(urls[0], (("several", message),))
    return Outcome(urls[0])


def no_url(text: str) -> tuple[str, str]:
    """Give the remark on a text that should have been a web address."""
    if begins_as_no_answer(text) or yes_no(text):
        return "no_answer", f"{quoted(text)} is taken for no answer."
    return "not_a_url", f"{quoted(text)} is not a web address."


def _contact(text: str, _link: Link) -> Outcome:
    """Read a role's e-mail address or a web form as a contact point."""
    emails, urls = find_emails(text), find_urls(text)
    if emails:
        return Outcome({"email": emails[0]}, _only_first(emails))
    if urls:
        return Outcome({"form_url": urls[0]}, _only_first(urls))
    if "@" in text or "[" not in text:
        return Outcome(doubts=(("no_contact", f"{quoted(text)} is not an address."),))
    return Outcome()


def _only_first(found: Iterable[str]) -> tuple[tuple[str, str], ...]:
    number = len(set(found))
    return (("several", f"Of {number} addresses only the first is kept."),) if number > 1 else ()


def _suppliers(text: str, _link: Link) -> Outcome:
    """Read the names of suppliers."""
    if is_no_answer(text):
        return Outcome(doubts=_no_answer(text))
    names = split_suppliers(text)
    kept = [{"name": name} for name in names if is_supplier_name(name)]
    doubts = tuple(
        ("not_a_name", f"{quoted(name)} does not name a supplier.")
        for name in names
        if not is_supplier_name(name)
    )
    return Outcome(kept or None, doubts)


TRANSFORMS: dict[str, Callable[[str, Link], Outcome]] = {
    "text": _text,  # localised, over several lines
    "title": _line,  # localised, on one line
    "line": _line,  # in no language: a name, a number
    "choice": _choice,
    "choices": _choices,
    "labels": _labels,
    "unknown_text": _unknown_text,  # localised: what "choices" could not place
    "date": _date,
    "url": _url,
    "contact": _contact,
    "suppliers": _suppliers,
}
LOCALIZED = frozenset({"text", "title", "unknown_text"})
