"""Which part of a version an erasure takes, and how what is left is written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from register.standard.bound import PRIVATE
from register.standard.content import Content
from register.standard.field import Field, Kind, Standard
from register.storage.models import Disclosure

CHANGE_NOTE = "change_note"
WITHHELD = "withheld."
#: What stays of a withholding: without it the answer beneath would be public, and nobody would be
#: told to look at it again.
STAYS = ("field", "ground", "decided_on", "review_on")
_WRITTEN = (Kind.LINE, Kind.PROSE, Kind.LINES, Kind.URL, Kind.EMAIL)
_LEAST = 6  # characters of a text by which it is known again in another


@dataclass(frozen=True)
class Part:
    """The part of a filing that is to be erased: an answer, why it is withheld, or the note."""

    field: str

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer."""
        return self.field != CHANGE_NOTE and not self.field.startswith(WITHHELD)

    @property
    def question(self) -> str:
        """The question that it belongs to, if to one."""
        return self.field.removeprefix(WITHHELD)

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which the ledger is bound to it."""
        if self.field == CHANGE_NOTE:
            return (CHANGE_NOTE,)
        name = f"answers.{self.field}" if self.is_answer else self.field
        return name, name + PRIVATE

    def texts(self, standard: Standard, value: Any) -> Iterator[str]:
        """Give the texts in what would be taken by which they are known again elsewhere."""
        if self.field == CHANGE_NOTE:
            return texts_of(value)
        return texts_of(value, standard.field(self.field if self.is_answer else "withheld"))

    def value(self, content: Content, change_note: Mapping[str, str] | None) -> Any:
        """Give what would be taken, or ``None``."""
        if self.field == CHANGE_NOTE:
            return change_note
        if self.is_answer:
            return content.answers.get(self.field)
        taken = [_without_frame(e) for e in content.withheld if e["field"] == self.question]
        return next(filter(None, taken), None)

    def taken_from(self, content: Content) -> Content:
        """Give what is left of a content."""
        if self.field == CHANGE_NOTE:
            return content
        if self.is_answer:
            left = {k: v for k, v in content.answers.items() if k != self.field}
            return replace(content, answers=left)
        return replace(
            content,
            withheld=tuple(
                {k: v for k, v in entry.items() if k in STAYS}
                if entry["field"] == self.question
                else entry
                for entry in content.withheld
            ),
        )

    def marked(self, content: Content, basis: str, at: str) -> Content:
        """Give what is left of a content, which says that the rest was erased."""
        marker = {"field": self.field, "basis": basis, "at": at}
        others = tuple(e for e in content.erased if e["field"] != self.field)
        return replace(self.taken_from(content), erased=(*others, marker))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What an erasure takes of a filing: the part, what it said, and why and when it goes.

    ``texts`` are those by which it is known again elsewhere; with ``is_whole`` the version that
    counts is among those that lose it.
    """

    disclosure: Disclosure
    part: Part
    values: tuple[Any, ...]
    texts: frozenset[str]
    basis: str
    at: str
    is_whole: bool

    def left_of(self, content: Content) -> Content:
        """Give what is left of a content, which says that the rest was erased."""
        return self.part.marked(content, self.basis, self.at)


def texts_of(value: Any, field: Field | None = None) -> Iterator[str]:
    """Give the texts in a value that are long enough to be known again elsewhere.

    With a ``field`` what somebody wrote counts, and what they chose from a list does not.
    """
    if field is not None and field.kind not in (*_WRITTEN, Kind.GROUP, Kind.GROUPS):
        return
    parts = {part.name: part for part in field.parts} if field is not None else {}
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts_of(inner, parts.get(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_of(inner, field)
    elif isinstance(value, str) and len(value.strip()) >= _LEAST:
        yield value.strip()


def says(value: Any, texts: Collection[str]) -> bool:
    """Tell whether any of the texts stands anywhere in a value."""
    if isinstance(value, Mapping):
        return any(says(inner, texts) for pair in value.items() for inner in pair)
    if isinstance(value, list | tuple):
        return any(says(inner, texts) for inner in value)
    return isinstance(value, str) and any(text in value for text in texts)


def without(value: Any, texts: Collection[str]) -> Any:
    """Give a value in which every text that has one of these in it is empty."""
    if isinstance(value, Mapping):
        return {
            name: without(inner, texts) for name, inner in value.items() if not says(name, texts)
        }
    if isinstance(value, list | tuple):
        return [without(inner, texts) for inner in value]
    return "" if says(value, texts) else value


def _without_frame(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in entry.items() if k not in STAYS}
