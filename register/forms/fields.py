"""One WTForms field a kind. Each reads what was typed into the JSON shape of its kind.

``data`` is the answer (``None`` if there is none) and never raises, whatever was posted: a wrong
date or number is kept as it was typed, so that it can be shown again and judged by the validator.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wtforms import Field as WTField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from register.forms.typing_in import (
    ascii_digits,
    clean_line,
    clean_number,
    clean_text,
    joined_date,
    split_date,
)
from register.standard.content import TRANSLATION_STATUSES
from register.standard.field import Field, Kind

NUMBER = "(?:0|[1-9][0-9]{0,2})"  # of an entry, written in one way only
Typed = Any  # a werkzeug MultiDict, as WTForms hands it on


class AnswerField(WTField):
    """What all kinds have in common: the question asked, and an answer in its JSON shape."""

    def __init__(self, question: Field, languages: Sequence[str], **kwargs: Any) -> None:
        """Ask ``question`` in ``languages``, where it is localized."""
        super().__init__(label=question.label, **kwargs)
        self.question = question
        self.languages = tuple(languages)

    def process(
        self, formdata: Typed, data: Any = None, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Take the answer from what was posted, or from what is kept where nothing was."""
        self.kept = data
        self.data = data if formdata is None else self.read(formdata)

    def read(self, typed: Typed) -> Any:
        """Read the answer out of what was posted; ``None`` if nothing was typed."""
        return clean_line(typed.get(self.name, "")) or None

    def names(self) -> str:
        """Give the pattern of the input names that this field reads."""
        return re.escape(str(self.name))


class TextField(AnswerField):
    """A line or prose; localized ones have an input a language, named ``…-ur``."""

    def read(self, typed: Typed) -> Any:
        """Read the text, or the texts by language; languages that are not asked stay as kept."""
        clean = clean_line if self.question.kind is Kind.LINE else clean_text
        if not self.question.localized:
            return clean(typed.get(self.name, "")) or None
        kept = self.kept if isinstance(self.kept, Mapping) else {}
        texts = {
            language: text for language, text in kept.items() if language not in self.languages
        }
        asked = {name: clean(typed.get(f"{self.name}-{name}", "")) for name in self.languages}
        return {**{name: text for name, text in asked.items() if text}, **texts} or None

    def names(self) -> str:
        """Give the pattern of the input names."""
        if not self.question.localized:
            return re.escape(str(self.name))
        languages = "|".join(re.escape(language) for language in self.languages)
        return f"{re.escape(self.name)}-({languages})(-status)?"

    def statuses(self, typed: Typed) -> dict[str, str]:
        """Read how each translation came about."""
        found = {name: typed.get(f"{self.name}-{name}-status", "") for name in self.languages}
        return {name: status for name, status in found.items() if status in TRANSLATION_STATUSES}


class LinesField(AnswerField):
    """Several short texts, one a line."""

    def read(self, typed: Typed) -> Any:
        """Read the lines that are not blank."""
        lines = clean_text(typed.get(self.name, "")).split("\n")
        return [clean_line(line) for line in lines if line.strip()] or None


class ChoicesField(AnswerField):
    """Several options; one posted twice counts once.

    Tick boxes come in the order of the page, whatever order was kept: the same ones are no change.
    Where one comes twice, the first was chosen to be first.
    """

    def read(self, typed: Typed) -> Any:
        """Read the values."""
        posted = [value for each in typed.getlist(self.name) if (value := clean_line(each))]
        values = list(dict.fromkeys(posted))
        is_same = isinstance(self.kept, list) and sorted(map(str, self.kept)) == sorted(values)
        return self.kept if is_same and len(posted) == len(values) else values or None


class DateField(AnswerField):
    """Three inputs: ``…-day``, ``…-month``, ``…-year``."""

    def read(self, typed: Typed) -> Any:
        """Join the three into one text."""
        parts = [typed.get(f"{self.name}-{part}", "") for part in ("day", "month", "year")]
        return joined_date(*parts) or None

    def names(self) -> str:
        """Give the pattern of the input names."""
        return f"{re.escape(self.name)}-(day|month|year)"

    @property
    def parts(self) -> tuple[str, str, str]:
        """Day, month and year as they are to be shown."""
        return split_date(self.data)


class NumberField(AnswerField):
    """A whole number, in any digits, with or without separators."""

    def read(self, typed: Typed) -> Any:
        """Read the number; give back the text if it is none."""
        text = clean_number(typed.get(self.name, ""))
        return int(text) if re.fullmatch(r"\d{1,18}", text) else text or None


class MoneyField(AnswerField):
    """An amount and a currency."""

    def read(self, typed: Typed) -> Any:
        """Read both; a currency alone is no answer."""
        amount = clean_number(typed.get(f"{self.name}-amount", ""))
        currency = clean_line(typed.get(f"{self.name}-currency", "")).upper()
        return {"amount": amount, "currency": currency} if amount else None

    def names(self) -> str:
        """Give the pattern of the input names."""
        return f"{re.escape(self.name)}-(amount|currency)"


class AddressField(AnswerField):
    """A web or e-mail address."""

    def read(self, typed: Typed) -> Any:
        """Read it without white space."""
        return re.sub(r"\s", "", ascii_digits(clean_text(typed.get(self.name, "")))) or None


class GroupField(AnswerField):
    """Parts that belong together, each an input of its own name ``group-part``."""

    def process(
        self, formdata: Typed, data: Any = None, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Read the parts."""
        kept = data if isinstance(data, Mapping) else {}
        self.form = AnswersForm(
            self.question.parts, self.languages, formdata, kept, prefix=f"{self.name}-"
        )
        self.data = self.form.answers or None

    def names(self) -> str:
        """Give the pattern of the input names."""
        return f"(?:{self.form.names()})"


class GroupsField(AnswerField):
    """A list of groups; entries that were left empty are dropped."""

    has_blank_entry = False  # whether an empty entry is to be shown after the filled ones

    def process(
        self, formdata: Typed, data: Any = None, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Read the entries in the order of their numbers."""
        listed = data if isinstance(data, list) else []
        kept = [item for item in listed if isinstance(item, Mapping)]
        numbers = range(len(kept)) if formdata is None else self._numbers(formdata)
        forms = [
            self.entry(number, formdata, kept[number] if number < len(kept) else {})
            for number in numbers
        ]
        filled = [(n, form) for n, form in zip(numbers, forms, strict=True) if form.answers]
        self.forms = [form for _number, form in filled]
        self.data = [form.answers for form in self.forms] or None
        self.places = {f"{self.name}-{n}": place for place, (n, _form) in enumerate(filled)}

    def entry(self, number: int, formdata: Typed = None, kept: Any = None) -> "AnswersForm":
        """Make the form of one entry."""
        prefix = f"{self.name}-{number}-"
        return AnswersForm(self.question.parts, self.languages, formdata, kept or {}, prefix=prefix)

    def names(self) -> str:
        """Give the pattern of the input names, for entries of any number."""
        inner = "|".join(
            field.names().removeprefix(re.escape(f"{self.name}-0-"))
            for field in self.entry(0)
            if isinstance(field, AnswerField)
        )
        return f"{re.escape(self.name)}-{NUMBER}-(?:{inner})"

    def _numbers(self, formdata: Typed) -> list[int]:
        pattern = re.compile(f"{re.escape(self.name)}-({NUMBER})-")
        found = {int(match[1]) for name in formdata if (match := pattern.match(name))}
        return sorted(found)


class AnswersForm(BaseForm):
    """The inputs of a set of questions. Fields are reached by item, so any name is safe."""

    def __init__(
        self,
        questions: Sequence[Field],
        languages: Sequence[str],
        formdata: Typed = None,
        kept: Mapping[str, Any] | None = None,
        *,
        prefix: str = "",
    ) -> None:
        """Read ``formdata`` if there is any, else show what is ``kept``."""
        made = {question.name: _unbound(question, languages) for question in questions}
        super().__init__(made, prefix=prefix, meta=DefaultMeta())
        for field in self:
            kept_answer = (kept or {}).get(field.short_name)
            field.process(formdata, kept_answer)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that are not empty, by field name."""
        return {field.short_name: field.data for field in self if field.data is not None}

    def names(self) -> str:
        """Give the pattern of all the input names."""
        return "|".join(field.names() for field in self if isinstance(field, AnswerField))


KINDS: Mapping[Kind, Callable[..., AnswerField]] = {
    Kind.LINE: TextField,
    Kind.PROSE: TextField,
    Kind.LINES: LinesField,
    Kind.CHOICE: AnswerField,
    Kind.CHOICES: ChoicesField,
    Kind.YES_NO: AnswerField,
    Kind.DATE: DateField,
    Kind.PARTIAL_DATE: DateField,
    Kind.NUMBER: NumberField,
    Kind.MONEY: MoneyField,
    Kind.URL: AddressField,
    Kind.EMAIL: AddressField,
    Kind.AGENCY: AnswerField,
    Kind.GROUP: GroupField,
    Kind.GROUPS: GroupsField,
}


def _unbound(question: Field, languages: Sequence[str]) -> Any:
    return KINDS[question.kind](question, languages)
