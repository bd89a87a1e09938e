"""How far a dialect reaches: which questions of the standard a row of it can answer.

It is read off the mapping, so that what is said of a format changes whenever the mapping does. A
text counts as carried if it is in the dialect's languages.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from register.exchange.mapping import Format, Link
from register.standard.field import Field, Kind, Standard

_PARTLY = frozenset({"contact", "suppliers"})  # words that write one part of a group


class Reach(StrEnum):
    """How much of an answer a row has room for."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


def reach_of(standard: Standard, dialect: Format) -> dict[str, Reach]:
    """Tell how much a dialect carries of each public question, in the order of the standard."""
    public = [question for question in standard.asked_fields if question.public]
    return {question.name: _reach(question, dialect) for question in public}


def links_of(dialect: Format) -> list[Link]:
    """Give the links by which answers are written, or, where none are, those that are read."""
    if dialect.writing is None:
        return list(dialect.links)
    columns = frozenset(dialect.writing.columns)
    return [each for each in dialect.links if each.column in columns and not each.is_fallback]


def plain_path(path: str) -> str:
    """Give a path without the numbers of items: ``risks.0.description`` is of every risk."""
    return ".".join(step for step in path.split(".") if not step.isdigit())


def _reach(question: Field, dialect: Format) -> Reach:
    links = [each for each in links_of(dialect) if each.field == question.name]
    if not links:
        return Reach.NONE
    if question.kind in {Kind.GROUP, Kind.GROUPS}:
        return Reach.WHOLE if _has_all_parts(question, links) else Reach.PART
    is_whole = any(plain_path(each.path) == question.name for each in links)
    return Reach.WHOLE if is_whole and _has_all_options(question, links) else Reach.PART


def _has_all_parts(question: Field, links: Iterable[Link]) -> bool:
    if any(each.transform in _PARTLY for each in links):
        return False
    written = [_part_path(each, question) for each in links]
    if question.name in written:
        return True
    return all(part.name in written for part in question.parts if part.public)


def _part_path(link: Link, question: Field) -> str:
    return plain_path(link.path).removeprefix(f"{question.name}.").partition(".")[0]


def _has_all_options(question: Field, links: Iterable[Link]) -> bool:
    offered = {option.value for option in question.options}
    return not offered or offered <= set(_options(links))


def _options(links: Iterable[Link]) -> Iterator[str]:
    for link in links:
        if link.values is not None:
            yield from link.values.options
