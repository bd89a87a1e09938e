"""Made-up answers of every kind: for tests of what must hold whatever is answered."""

import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from register.standard import CURRENT
from register.standard.field import Field, Kind

Strategy = st.SearchStrategy[Any]
LETTERS = string.ascii_letters + string.digits + "éßΩ٪ابپتثکگہی\u200c.,;:-–'\"“”<>&%/\\|=+@#{}()"
WORDS = st.text(LETTERS, min_size=1, max_size=9).filter(lambda word: word.strip("\u200c") != "")
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
PROSE = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
NAMES = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
ADDRESSES = st.builds("https://{}.example/{}?q={}".format, NAMES, NAMES, NAMES)
MAILBOXES = st.builds("{}@{}.example".format, NAMES, NAMES)
AMOUNTS = st.builds("{}{}".format, st.integers(0, 10**15 - 1), st.sampled_from(["", ".5", ".00"]))
CURRENCIES = st.text(string.ascii_uppercase, min_size=3, max_size=3)
DAYS = st.dates().map(str)
PARTIAL_DATES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))

SIMPLE: Mapping[Kind, Strategy] = {
    Kind.YES_NO: st.sampled_from(["yes", "no", "unknown"]),
    Kind.DATE: DAYS,
    Kind.PARTIAL_DATE: PARTIAL_DATES,
    Kind.NUMBER: st.integers(0, 10**12),
    Kind.MONEY: st.fixed_dictionaries({"amount": AMOUNTS, "currency": CURRENCIES}),
    Kind.URL: ADDRESSES,
    Kind.EMAIL: MAILBOXES,
    Kind.AGENCY: NAMES,
}


def json_values() -> Strategy:
    """Any JSON at all, with what a client can get wrong."""
    texts = st.text(max_size=6) | st.sampled_from(["\ud800", "a\0b", "en", "name", "2026-02-30"])
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=8,
    )


def answers_to(field: Field, languages: Sequence[str] = ("en", "ur")) -> Strategy:
    """Good answers to a question; texts are at least in the first of these languages."""
    if field.kind in SIMPLE:
        return SIMPLE[field.kind]
    return COMPOSED[field.kind](field, languages)


def answers_of(fields: Sequence[Field], languages: Sequence[str] = ("en", "ur")) -> Strategy:
    """Good answers to some of these questions."""
    return st.fixed_dictionaries(
        {}, optional={field.name: answers_to(field, languages) for field in fields}
    )


def all_answers(languages: Sequence[str] = ("en", "ur")) -> Strategy:
    """Good answers to every question of the standard."""
    return st.fixed_dictionaries(
        {field.name: answers_to(field, languages) for field in CURRENT.asked_fields}
    )


def _texts(field: Field, languages: Sequence[str]) -> Strategy:
    shapes = LINES if field.kind is Kind.LINE else PROSE
    texts = shapes.map(lambda text: text[: field.max_length].strip()).filter(
        lambda text: text.strip("\u200c") != ""
    )
    if not field.localized:
        return texts
    first, *others = languages
    return st.fixed_dictionaries({first: texts}, optional=dict.fromkeys(others, texts))


def _lines(field: Field, _languages: Sequence[str]) -> Strategy:
    line = LINES.map(lambda text: text[: field.max_length].strip())
    return st.lists(line, min_size=1, max_size=4)


def _choice(field: Field, _languages: Sequence[str]) -> Strategy:
    return st.sampled_from([option.value for option in field.options])


def _choices(field: Field, languages: Sequence[str]) -> Strategy:
    """Give options in the order of the standard, as a page posts them; "none" stands alone."""
    chosen = st.lists(_choice(field, languages), min_size=1, unique=True)
    order = [option.value for option in field.options]
    return chosen.map(
        lambda values: ["none"] if "none" in values else sorted(values, key=order.index)
    )


def _group(field: Field, languages: Sequence[str]) -> Strategy:
    made = {part.name: answers_to(part, languages) for part in field.parts}
    needed = {part.name for part in field.parts if part.required} or {field.parts[0].name}
    return st.fixed_dictionaries(
        {name: each for name, each in made.items() if name in needed},
        optional={name: each for name, each in made.items() if name not in needed},
    )


def _groups(field: Field, languages: Sequence[str]) -> Strategy:
    return st.lists(_group(field, languages), min_size=1, max_size=3)


COMPOSED: Mapping[Kind, Callable[[Field, Sequence[str]], Strategy]] = {
    Kind.LINE: _texts,
    Kind.PROSE: _texts,
    Kind.LINES: _lines,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.GROUP: _group,
    Kind.GROUPS: _groups,
}
