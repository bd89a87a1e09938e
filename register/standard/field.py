"""What a question is: the frozen vocabulary in which a standard is written.

A field is described once, here as data. The form, the validation, the JSON Schema, the index,
the page and the printed standard each translate it with one small table from :class:`Kind`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

Answers = Mapping[str, Any]


class Kind(StrEnum):
    """The shapes an answer can have, with the JSON each is kept as."""

    LINE = "line"  # "text", or {"en": "text", "ur": "متن"} where localized
    PROSE = "prose"  # the same, over several lines
    LINES = "lines"  # ["text", …], one a line
    CHOICE = "choice"  # one option's value
    CHOICES = "choices"  # [option value, …] in the order given
    YES_NO = "yes_no"  # "yes", "no" or "unknown": never a tick box
    DATE = "date"  # "2026-11-23"
    PARTIAL_DATE = "partial_date"  # "2026", "2026-11" or "2026-11-23"
    NUMBER = "number"  # a JSON integer ≥ 0
    MONEY = "money"  # {"amount": "1250000.00", "currency": "PKR"}
    URL = "url"  # "https://…"
    EMAIL = "email"  # "unit@agency.example"
    AGENCY = "agency"  # an agency's slug
    GROUP = "group"  # {part: answer, …}
    GROUPS = "groups"  # [{part: answer, …}, …]


@dataclass(frozen=True, kw_only=True)
class When:
    """A condition on another answer, as data: it must be printable and work in the browser.

    ``field`` is a field's name, or ``group.part``. For an answer that is a list the condition
    holds if any of its values does. ``also`` names conditions that must hold too.
    ``When(field="")`` always holds.
    """

    field: str
    is_in: tuple[str, ...] = ()
    is_not_in: tuple[str, ...] = ()
    also: tuple["When", ...] = ()

    def holds(self, answers: Answers) -> bool:
        """Tell whether ``answers`` meet the condition; an absent answer meets only "always"."""
        return self.holds_alone(answers) and all(when.holds(answers) for when in self.also)

    def holds_alone(self, answers: Answers) -> bool:
        """Tell whether ``answers`` meet the condition, whatever it names under ``also``."""
        if not self.field:
            return True
        value: Any = answers
        for step in self._steps:
            value = value.get(step) if isinstance(value, Mapping) else None
        values = value if isinstance(value, list) else (value,)
        given = [each for each in values if isinstance(each, str)]
        if self.is_in:
            return any(each in self.is_in for each in given)
        return bool(given) and not any(each in self.is_not_in for each in given)

    @cached_property
    def _steps(self) -> tuple[str, ...]:
        return tuple(self.field.split("."))


ALWAYS = When(field="")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice: the value that is kept, the words a person reads, and help where words differ."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of the standard. Every attribute has at least two readers."""

    name: str
    kind: Kind
    label: str
    help: str = ""
    public: bool
    required: tuple[When, ...] = ()  # mandatory if any of these holds
    asked: tuple[When, ...] = ()  # asked only if all of these hold
    localized: bool = False
    options: tuple[Option, ...] = ()
    parts: tuple["Field", ...] = ()
    max_length: int | None = None  # characters, per language
    is_facet: bool = False
    is_withholdable: bool = True
    is_kept_by_system: bool = False

    def __hash__(self) -> int:
        # What is derived from a field is looked up by it often; all of its parts are too much.
        return hash((self.name, self.kind, self.label))

    @cached_property
    def has_texts(self) -> bool:
        """Whether the answer, or a part of it, is a text that may exist in several languages."""
        return self.localized or any(part.has_texts for part in self.parts)

    @cached_property
    def has_private_parts(self) -> bool:
        """Whether a part of it, or a part of a part, is not public."""
        return any(not part.public or part.has_private_parts for part in self.parts)

    def is_asked(self, answers: Answers) -> bool:
        """Tell whether the question arises at all, given the other ``answers``."""
        return not self.asked or all(when.holds(answers) for when in self.asked)

    def is_required(self, answers: Answers) -> bool:
        """Tell whether it must be answered or withheld, given the other ``answers``."""
        return self.is_asked(answers) and any(when.holds(answers) for when in self.required)

    def part(self, name: str) -> "Field":
        """Find a part by name; raise :exc:`KeyError` if there is none."""
        return _by_name(self.parts, name)

    def option(self, value: str) -> Option:
        """Find an option by its value; raise :exc:`KeyError` if there is none."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(value)


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together and are filled in on one page."""

    name: str
    title: str
    intro: str
    fields: tuple[Field, ...]

    @cached_property
    def asked_fields(self) -> tuple[Field, ...]:
        """The questions put to an officer: all but those that the system answers."""
        return tuple(field for field in self.fields if not field.is_kept_by_system)


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A version of the standard: once in force it never changes."""

    id: str
    title: str
    sections: tuple[Section, ...]

    def __iter__(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    def field(self, name: str) -> Field:
        """Find a field by name; raise :exc:`KeyError` if there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self}

    def section(self, name: str) -> Section:
        """Find a section by name; raise :exc:`KeyError` if there is none."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)

    @cached_property
    def asked_fields(self) -> tuple[Field, ...]:
        """Every question that is put to an officer, in order."""
        return tuple(field for field in self if not field.is_kept_by_system)

    @cached_property
    def public_fields(self) -> tuple[Field, ...]:
        """Those of them whose answers the public may read."""
        return tuple(field for field in self.asked_fields if field.public)

    def arising_sections(self, answers: Answers) -> tuple[Section, ...]:
        """Give the sections of which at least one question arises."""
        return tuple(
            section
            for section in self.sections
            if any(field.is_asked(answers) for field in section.asked_fields)
        )

    @property
    def facets(self) -> tuple[Field, ...]:
        """The fields by which a search can be narrowed."""
        return tuple(field for field in self if field.is_facet)

    def relevant(self, answers: Answers) -> dict[str, Any]:
        """Keep only answers to questions that arise, in the order of the standard.

        A question that no longer arises (its condition ceased to hold) counts as unanswered for
        the conditions that follow it.
        """
        kept: dict[str, Any] = {}
        for field in self.asked_fields:
            if field.name in answers and field.is_asked(kept):
                kept[field.name] = answers[field.name]
        return kept


def _by_name(fields: tuple[Field, ...], name: str) -> Field:
    for field in fields:
        if field.name == name:
            return field
    raise KeyError(name)
