"""Questions made ready for a template: plain values, translated, with the errors beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from register.config import LANGUAGE_NAMES, RIGHT_TO_LEFT
from register.errors import Message
from register.forms.fields import (
    AnswerField,
    AnswersForm,
    DateField,
    GroupField,
    GroupsField,
    TextField,
)
from register.standard.content import TRANSLATION_STATUSES, Content, translation_status
from register.standard.field import Kind, Option
from register.standard.marking import _

Translate = Callable[[str], str]
View = dict[str, Any]

YES_NO = (
    Option(value="yes", label=_("Yes")),
    Option(value="no", label=_("No")),
    Option(value="unknown", label=_("Not known")),
)
STATUS_LABELS = dict(
    zip(
        TRANSLATION_STATUSES,
        (_("Original"), _("Translated by a person"), _("Translated by a machine")),
        strict=True,
    )
)
DATE_PARTS = (("day", _("Day")), ("month", _("Month")), ("year", _("Year")))
LOOK_OF_ITS_OWN = frozenset({"languages"})


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What surrounds the questions: the reader's language, what is kept, and what is wrong.

    ``errors`` is keyed by field path; ``agencies`` are the bodies that may be chosen.
    """

    translate: Translate
    content: Content = field(default_factory=Content)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    agencies: Sequence[tuple[str, str]] = ()

    def say(self, sentence: str) -> str:
        """Translate a sentence and put its values in; a language is named, not coded."""
        values = dict(sentence.values) if isinstance(sentence, Message) else {}
        if "language" in values:
            code = str(values["language"])
            values["language"] = LANGUAGE_NAMES.get(code, code)
        text = self.translate(str(sentence))
        return text % values if values else text

    def errors_of(self, path: str) -> list[str]:
        """Give what is wrong at just this path."""
        return [self.say(sentence) for sentence in self.errors.get(path, ())]

    def errors_within(self, path: str) -> list[str]:
        """Give what is wrong at this path and below it."""
        found = self.errors_of(path)
        for other in self.errors:
            if other.startswith(path + "."):
                found += [text for text in self.errors_of(other) if text not in found]
        return found


def question_of(asked: AnswerField, path: str, asking: Asking) -> View:
    """Give one question as ``templates/ask`` expects it."""
    question = asked.question
    view: View = {
        "template": question.name if question.name in LOOK_OF_ITS_OWN else question.kind.value,
        "name": asked.name,
        "id": asked.name,
        "path": path,
        "label": asking.translate(question.label),
        "help": asking.translate(question.help) if question.help else "",
        "errors": asking.errors_of(path),
        "is_required": question.is_required(asking.content.answers),
        "is_localized": question.localized and question.kind in {Kind.LINE, Kind.PROSE},
        "max_length": question.max_length,
        "withhold": None,
    }
    view.update(_BY_KIND.get(question.kind, _one_input)(asked, path, asking))
    return view


def _one_input(asked: AnswerField, path: str, asking: Asking) -> View:
    value = asked.data
    if isinstance(value, list):
        value = "\n".join(str(line) for line in value)
    shown = "" if value is None else str(value)
    errors = asking.errors_within(path)
    return {
        "inputs": [{"name": asked.name, "id": asked.name, "value": shown, "errors": []}],
        "errors": errors,
    }


def _text(asked: AnswerField, path: str, asking: Asking) -> View:
    if not isinstance(asked, TextField) or not asked.question.localized:
        return _one_input(asked, path, asking)
    kept = asked.data if isinstance(asked.data, Mapping) else {}
    return {
        "inputs": [
            {
                "lang": language,
                "lang_name": LANGUAGE_NAMES.get(language, language),
                "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
                "name": f"{asked.name}-{language}",
                "id": f"{asked.name}-{language}",
                "value": kept.get(language, ""),
                "errors": asking.errors_of(f"{path}.{language}"),
                **_status(asked, language, path, asking),
            }
            for language in asked.languages
        ]
    }


def _status(asked: AnswerField, language: str, path: str, asking: Asking) -> View:
    """Ask how a translation came about, once a field and not of the authoritative language."""
    if "." in path or language == asking.content.languages[0]:
        return {}
    return {
        "status_name": f"{asked.name}-{language}-status",
        "status_value": translation_status(asking.content, path, language),
        "status_options": [
            {"value": value, "label": asking.translate(label)}
            for value, label in STATUS_LABELS.items()
        ],
    }


def _options(asked: AnswerField, path: str, asking: Asking) -> View:
    options = YES_NO if asked.question.kind is Kind.YES_NO else asked.question.options
    chosen = asked.data if isinstance(asked.data, list) else [asked.data]
    return {
        "options": [
            {
                "value": option.value,
                "label": asking.translate(option.label),
                "help": asking.translate(option.help) if option.help else "",
                "checked": option.value in chosen,
            }
            for option in options
        ],
        "first": chosen[0] if chosen else None,
        "errors": asking.errors_within(path),
    }


def _agencies(asked: AnswerField, path: str, asking: Asking) -> View:
    return {
        "options": [
            {"value": slug, "label": name, "help": "", "checked": slug == asked.data}
            for slug, name in asking.agencies
        ],
    }


def _date(asked: AnswerField, path: str, asking: Asking) -> View:
    values = asked.parts if isinstance(asked, DateField) else ("", "", "")
    return {
        "parts": [
            {
                "name": f"{asked.name}-{part}",
                "id": f"{asked.name}-{part}",
                "label": asking.translate(label),
                "value": value,
            }
            for (part, label), value in zip(DATE_PARTS, values, strict=True)
        ]
    }


def _money(asked: AnswerField, path: str, asking: Asking) -> View:
    kept = asked.data if isinstance(asked.data, Mapping) else {}
    labels = (("amount", _("Amount")), ("currency", _("Currency, such as PKR")))
    return {
        "inputs": [
            {
                "name": f"{asked.name}-{part}",
                "id": f"{asked.name}-{part}",
                "label": asking.translate(label),
                "value": kept.get(part, ""),
                "errors": asking.errors_of(f"{path}.{part}"),
            }
            for part, label in labels
        ],
        "errors": asking.errors_within(path),
    }


def _group(asked: AnswerField, path: str, asking: Asking) -> View:
    if not isinstance(asked, GroupField):
        raise TypeError(asked)
    return {"questions": questions_of(asked.form, path, asking)}


def _groups(asked: AnswerField, path: str, asking: Asking) -> View:
    if not isinstance(asked, GroupsField):
        raise TypeError(asked)
    shown = list(asked.forms) or [asked.entry(0)]
    if asked.has_blank_entry and asked.forms:
        shown.append(asked.entry(len(shown)))
    label = asking.translate(asked.question.label)
    last = len(shown) - 1
    return {
        "entries": [
            {
                "index": number,
                "legend": asking.translate(_("Entry %(number)s")) % {"number": number + 1},
                "questions": questions_of(
                    asked.entry(number, kept=form.answers), f"{path}.{number}", asking
                ),
                "buttons": _buttons(asked, number, last, asking),
            }
            for number, form in enumerate(shown)
        ],
        "add": {
            "name": "add",
            "value": asked.name,
            "label": asking.translate(_("Add another entry")),
            "legend": label,
        },
    }


def _buttons(asked: AnswerField, number: int, last: int, asking: Asking) -> View:
    def button(name: str, label: str, is_shown: bool) -> View | None:
        value = f"{asked.name}-{number}"
        made = {"name": name, "value": value, "label": asking.translate(label)}
        return made if is_shown else None

    return {
        "remove": button("remove", _("Remove"), True),
        "up": button("up", _("Move up"), number > 0),
        "down": button("down", _("Move down"), number < last),
    }


def questions_of(form: AnswersForm, path: str, asking: Asking) -> list[View]:
    """Give the questions of a form; ``path`` is that of the group they belong to, or empty."""
    before = f"{path}." if path else ""
    return [
        question_of(asked, f"{before}{asked.short_name}", asking)
        for asked in form
        if isinstance(asked, AnswerField)
    ]


_BY_KIND: Mapping[Kind, Callable[[AnswerField, str, Asking], View]] = {
    Kind.LINE: _text,
    Kind.PROSE: _text,
    Kind.CHOICE: _options,
    Kind.CHOICES: _options,
    Kind.YES_NO: _options,
    Kind.AGENCY: _agencies,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _date,
    Kind.MONEY: _money,
    Kind.GROUP: _group,
    Kind.GROUPS: _groups,
}
