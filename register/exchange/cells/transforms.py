"""How the text in a cell becomes an answer: one function for each word that a mapping may use."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from register.exchange.cells.addresses import find_emails, find_urls, without_personal_addresses
from register.exchange.cells.dates import partial_date
from register.exchange.cells.html_reading import read_html
from register.exchange.cells.suppliers import is_supplier_name, split_suppliers
from register.exchange.cells.values import (
    ValueMap,
    begins_as_no_answer,
    is_blank,
    is_no_answer,
    one_line,
    parse_list,
    tidy,
    yes_no,
)
from register.exchange.mapping import Link

_SHOWN = 120  # characters of a value in a warning
_NOTHING = ValueMap({})
_BETWEEN = re.compile(r"[,;\n]")


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


def _html(text: str, _link: Link) -> Outcome:
    """Read HTML as text over several lines."""
    reading = read_html(text)
    if is_no_answer(reading.text):
        return Outcome(doubts=_no_answer(text))
    said, doubts = _uncovered(reading.text)
    if reading.left_out:
        message = f"Markup of these names is not kept: {', '.join(reading.left_out)[:_SHOWN]}."
        doubts = (*doubts, ("markup", message))
    return Outcome(said or None, doubts)


def _uncovered(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Leave out personal addresses that only show once a cell was decoded."""
    text, removed = without_personal_addresses(text)
    message = f"{removed} personal e-mail address(es) not taken over."
    return text, ((("personal_address", message),) if removed else ())


def _words(text: str, _link: Link) -> Outcome:
    """Read a list of words, between commas, semicolons or lines, with or without markup."""
    listed = [words for item in parse_list(text) for words in _BETWEEN.split(read_html(item).text)]
    said = [one_line(words.removeprefix("- ")) for words in listed]
    return Outcome(list(dict.fromkeys(each for each in said if each)) or None)


def _items(text: str, link: Link) -> Outcome:
    """Read a list of objects, each an item of ours; a text in their place is the first part."""
    objects = _json_list(text)
    if objects is None:
        return Outcome(doubts=(("not_a_list", f"{quoted(text)} is not a list of objects."),))
    items: list[dict[str, Any]] = []
    doubts: list[tuple[str, str]] = []
    unmapped: list[str] = []
    for each in objects:
        item: dict[str, Any] = {}
        for part in link.parts:
            outcome = _part(each, part, first=link.parts[0].column)
            doubts.extend(outcome.doubts)
            unmapped.extend(outcome.unmapped)
            if outcome.answer is not None:
                path = f"{part.path}.{part.language}" if part.transform in LOCALIZED else part.path
                item.setdefault(path, outcome.answer)
        if item:
            items.append(item)
    return Outcome(items or None, tuple(doubts), tuple(unmapped))


def _json_list(text: str) -> Sequence[Any] | None:
    """Read a JSON list, or one object as a list of it."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else [found] if isinstance(found, dict) else None


def _part(item: Any, part: Link, first: str) -> Outcome:
    if isinstance(item, Mapping):
        said = item.get(part.column)
    else:
        said = item if part.column == first else None
    if said is None:
        return Outcome()
    whole = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    text, doubts = _uncovered(whole)
    outcome = Outcome() if is_blank(text) else TRANSFORMS[part.transform](text, part)
    return replace(outcome, doubts=(*doubts, *outcome.doubts))


def in_language(link: Link, language: str) -> Link:
    """Give a link with this language where it has none of its own, and its parts too."""
    parts = tuple(in_language(part, language) for part in link.parts)
    return replace(link, language=link.language or language, parts=parts)


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
    "html": _html,  # localised, over several lines
    "plain": _html,  # the same, which is written without markup
    "words": _words,  # in no language: a list of short texts
    "items": _items,  # several items of a list, by the parts of the link
}
LOCALIZED = frozenset({"text", "title", "unknown_text", "html", "plain"})
