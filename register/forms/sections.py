"""The page of one section: its questions, the withholding beside each, and reading both back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from register.errors import Invalid, Message
from register.forms.asking import Asking, View, question_of, questions_of
from register.forms.fields import AnswerField, AnswersForm, GroupsField, TextField
from register.standard.content import Content
from register.standard.field import Field, Section, Standard, When
from register.standard.marking import _

CONTROLS = frozenset(
    "csrf_token lock_version section_seen autosave save complete add remove up down leave".split()
)
ASKED_WHEN_WITHHOLDING = ("ground", "citation", "public_reason", "review_on")
SET_AT_THE_START = frozenset({"agency"})
MOST_INPUTS = 5000
Typed = Any


class SectionForm:
    """One section as a form, for showing and for reading.

    Only questions that the kept answers call for are shown; those that depend on an answer of the
    same section are shown with their condition.
    """

    def __init__(
        self,
        standard: Standard,
        section: Section,
        content: Content,
        *,
        languages: Sequence[str],
        typed: Typed = None,
    ) -> None:
        """Read what was ``typed``, or show the kept ``content``."""
        self.standard = standard
        self.section = section
        self.content = content
        self.fields = tuple(
            field
            for field in section.asked_fields
            if field.name not in SET_AT_THE_START and _may_arise(field, section, content)
        )
        self.form = AnswersForm(self.fields, languages, typed, content.answers)
        self.withholding = {
            field.name: self._withholding_form(field, languages, typed)
            for field in self.fields
            if field.is_withholdable
        }
        self.typed = typed

    def check_names(self) -> None:
        """Raise :exc:`Invalid` if something was posted that this page does not ask for."""
        if len(self.typed) > MOST_INPUTS:
            raise Invalid(_("This form was sent with too many answers at once."))
        for name in self._unknown_names():
            raise Invalid(
                Message(_("This page has no question called “%(name)s”."), name=name[:100])
            )

    def unasked(self) -> list[tuple[str, str]]:
        """Give what was typed for questions that this page does not ask, or not any more."""
        unknown = self._unknown_names()
        return [(name, text) for name in unknown for text in self.typed.getlist(name) if text]

    def _unknown_names(self) -> list[str]:
        forms = [self.form, *self.withholding.values()]
        patterns = [form.names() for form in forms] + [f"withhold-{n}" for n in self.withholding]
        known = re.compile("|".join(patterns))
        return [n for n in self.typed if n not in CONTROLS and not known.fullmatch(n)]

    def read(self, decided_by: str, decided_on: date) -> Content:
        """Give what was typed as content, of this section's fields only."""
        decision = {"decided_by": decided_by, "decided_on": decided_on.isoformat()}
        return Content(
            answers=self.form.answers,
            withheld=tuple(
                self._decided({"field": name, **form.answers}, decision)
                for name, form in self.withholding.items()
                if self._is_withheld(name)
            ),
            translations={
                asked.short_name: statuses
                for asked in self.form
                if (statuses := self._statuses(asked))
            },
        )

    def _decided(self, entry: dict[str, Any], decision: Mapping[str, str]) -> dict[str, Any]:
        """Put the decision beside what is withheld: the kept one, unless the entry changed."""
        kept = _entry_of(self.content, str(entry["field"]))
        is_unchanged = entry == {k: v for k, v in kept.items() if k not in decision}
        return dict(kept) if is_unchanged else {**entry, **decision}

    def _statuses(self, asked: Any) -> Mapping[str, str]:
        """Give how each text came about: as typed, and as kept where this page does not ask."""
        kept = self.content.translations.get(asked.short_name, {})
        if not (isinstance(asked, TextField) and asked.question.localized):
            return kept
        others = {code: how for code, how in kept.items() if code not in asked.languages}
        return {**others, **asked.statuses(self.typed)}

    def answers_after(self, pressed: str, step: int) -> dict[str, Any]:
        """Give the answers typed once a button of an entry, such as ``risks-2``, was pressed.

        The entry moves up (-1) or down (+1), or is removed (0). The number is the one that the
        entry was shown under: entries before it that were emptied meanwhile do not shift it.
        """
        answers = dict(self.form.answers)
        for asked in self.form:
            if isinstance(asked, GroupsField) and pressed in asked.places:
                answers[asked.name] = _moved(asked.data, asked.places[pressed], step)
        return {name: answer for name, answer in answers.items() if answer != []}

    def questions(self, asking: Asking, *, blank: str = "") -> list[View]:
        """Give the questions for the template; the list named ``blank`` gets an empty entry."""
        views = []
        around = replace(asking, content=replace(self.content, answers=self._answers()))
        for asked in self.form:
            if not isinstance(asked, AnswerField):
                continue
            if isinstance(asked, GroupsField):
                asked.has_blank_entry = asked.name == blank
            view = question_of(asked, asked.short_name, around)
            view["withhold"] = self._withhold(asked.question, around)
            view["conditions"] = _conditions(asked.question, self.section, around)
            views.append(view)
        return views

    def _entry(
        self, name: str, form: AnswersForm, decided_by: str, decided_on: date
    ) -> Mapping[str, Any]:
        """Give the withholding that was typed; who decided changes only if it does."""
        kept = _entry_of(self.content, name)
        if kept and all(kept.get(n) == form.answers.get(n) for n in ASKED_WHEN_WITHHOLDING):
            return kept
        decided = {"decided_by": decided_by, "decided_on": decided_on.isoformat()}
        return {"field": name, **form.answers, **decided}

    def _answers(self) -> dict[str, Any]:
        return {**self.content.answers, **self.form.answers}

    def _withholding_form(
        self, field: Field, languages: Sequence[str], typed: Typed
    ) -> AnswersForm:
        parts = [self.standard.field("withheld").part(name) for name in ASKED_WHEN_WITHHOLDING]
        kept = _entry_of(self.content, field.name)
        return AnswersForm(parts, languages, typed, kept, prefix=f"withhold-{field.name}-")

    def _is_withheld(self, name: str) -> bool:
        if self.typed is None:
            return bool(_entry_of(self.content, name))
        return bool(self.typed.get(f"withhold-{name}"))

    def _withhold(self, field: Field, asking: Asking) -> View | None:
        if field.name not in self.withholding:
            return None
        form = self.withholding[field.name]
        questions = questions_of(form, f"withheld.{field.name}", asking)
        for question in questions:
            question["is_required"] = True
        return {
            "id": f"withhold-{field.name}",
            "name": f"withhold-{field.name}",
            "is_withheld": self._is_withheld(field.name),
            "questions": questions,
        }


def _moved(entries: Sequence[Any], position: int, step: int) -> list[Any]:
    moved = list(entries)
    entry = moved.pop(position)
    if step:
        moved.insert(max(0, position + step), entry)
    return moved


def first_control(view: View) -> str:
    """Give the id of a question's first control, for an error summary to point to."""
    for key in ("inputs", "parts"):
        if view.get(key):
            return str(view[key][0]["id"])
    if view.get("questions"):
        return first_control(view["questions"][0])
    if view.get("entries"):
        return first_control(view["entries"][0]["questions"][0])
    return str(view["id"])


def _entry_of(content: Content, name: str) -> Mapping[str, Any]:
    for entry in content.withheld:
        if entry["field"] == name:
            return entry
    return {}


def _own_conditions(field: Field, section: Section) -> list[When]:
    own = {each.name for each in section.fields}
    return [when for when in field.asked if when.field.split(".")[0] in own]


def _may_arise(field: Field, section: Section, content: Content) -> bool:
    """Tell whether the question arises, or could arise by another answer on the same page."""
    inner = _own_conditions(field, section)
    return all(when.holds(content.answers) for when in field.asked if when not in inner)


def _conditions(field: Field, section: Section, asking: Asking) -> list[View]:
    """Say in words and as data on which answers of this page the question depends."""
    told = []
    for when in _own_conditions(field, section):
        other = next(each for each in section.fields if each.name == when.field.split(".")[0])
        labels = [asking.translate(other.option(value).label) for value in when.is_in]
        told.append(
            {
                "field": other.name,
                "values": list(when.is_in),
                "question": asking.translate(other.label),
                "labels": labels,
                "holds": when.holds(asking.content.answers),
            }
        )
    return told
