"""Answers made ready for ``templates/show``: plain values in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from flask import url_for
from flask_babel import format_currency, format_datetime

from register.errors import NotFound
from register.forms.asking import YES_NO
from register.services.directory import directory
from register.standard import get_standard
from register.standard.content import Content
from register.standard.field import Field, Kind, Standard
from register.standard.publication import Publication
from register.web.languages import gettext as _
from register.web.languages import language, number_text, say, text_view

Shown = dict[str, Any]
PATTERNS = {4: "y", 7: "LLLL y", 10: "d MMMM y"}


class Record:
    """A disclosure's content, read for one page."""

    def __init__(self, standard: Standard, content: Content) -> None:
        """Read ``content``, which holds only what the audience may see."""
        self.standard = standard
        self.content = content

    @classmethod
    def of(cls, presented: Mapping[str, Any]) -> "Record":
        """Read what ``schemas.present`` gave."""
        return cls(get_standard(presented["standard"]), Content.from_json(presented))

    def text(self, name: str) -> Shown | None:
        """Give a localized answer in the reader's language, or ``None``."""
        return text_view(self.content.answers.get(name), self.content, name)

    def name(self, reference: str) -> Shown:
        """Give the name, or the reference of a record whose source gave it none."""
        nameless = {"text": reference, "lang": "en", "dir": "ltr", "is_other_language": False}
        return self.text("name") or nameless

    def texts(self, language: str) -> list[str]:
        """Give every text but the name that there is in a language, in the standard's order."""
        answers = self.standard.relevant(self.content.answers)
        return list(_texts_in({k: v for k, v in answers.items() if k != "name"}, language))

    def label(self, name: str) -> str | None:
        """Give the words of a chosen option, or ``None``."""
        value = self.content.answers.get(name)
        if not isinstance(value, str):
            return None
        return str(_choice(self.standard.field(name), value)["label"])

    def answer(self, name: str, *, is_beneath: bool = False) -> Shown:
        """Give one answer, or why there is none; ``is_beneath`` looks under a withholding."""
        field = self.standard.field(name)
        view: Shown = {
            "name": name,
            "kind": field.kind.value,
            "label": say(field.label),
            "help": say(field.help) if field.help else "",
            "state": "answered",
            "value": None,
            "withheld": None,
            "erased": None,
        }
        entry = next((e for e in self.content.withheld if e["field"] == name), None)
        if entry is not None and not is_beneath:
            view["state"] = "withheld"
            view["withheld"] = self._withheld(entry)
        elif (erased := self._erased(name)) is not None:
            view["state"] = "erased"
            view["erased"] = erased
        elif name in self.content.answers:
            view["value"] = self._value(field, self.content.answers[name], name)
        else:
            is_missing = name in self.content.not_stated
            view["state"] = "not_stated" if is_missing else "not_answered"
        return view

    def answers(self, names: tuple[str, ...]) -> list[Shown]:
        """Give the answers worth showing: given, withheld, or missing at the source."""
        views = [self.answer(name) for name in names if self.standard.field(name).public]
        return [view for view in views if view["state"] != "not_answered"]

    def _withheld(self, entry: Mapping[str, Any]) -> Shown:
        ground = _choice(self.standard.field("withheld").part("ground"), entry.get("ground", ""))
        review_on = entry.get("review_on")
        return {
            "ground_label": ground["label"],
            "citation": entry.get("citation"),
            "reason": text_view(entry.get("public_reason"), self.content),
            "erased": self._erased(f"withheld.{entry['field']}"),
            "review_on": date_view(str(review_on)) if review_on else None,
        }

    def _erased(self, name: str) -> Shown | None:
        entry = next((e for e in self.content.erased if e["field"] == name), None)
        return erased_view(entry) if entry is not None else None

    def _value(self, field: Field, answer: Any, name: str) -> Any:
        show = _BY_KIND.get(field.kind)
        if show is not None:
            return show(field, answer)
        if field.kind is Kind.GROUP:
            return self._parts(field, answer, name)
        if field.kind is Kind.GROUPS:
            return [self._parts(field, item, name) for item in answer]
        return text_view(answer, self.content, name) if field.localized else str(answer)

    def _parts(self, field: Field, item: Mapping[str, Any], name: str) -> list[Shown]:
        return [
            {
                "name": None,
                "kind": part.kind.value,
                "label": say(part.label),
                "help": "",
                "state": "answered",
                "value": self._value(part, item[part.name], name),
                "withheld": None,
                "is_public": part.public,
            }
            for part in field.parts
            if part.name in item
        ]


def erased_view(entry: Mapping[str, Any]) -> Shown:
    """Give the day and the basis on which something was erased."""
    return {"on": date_view(str(entry.get("at", ""))[:10]), "basis": str(entry.get("basis", ""))}


def note_view(publication: Publication) -> Shown | str | None:
    """Give what was said of a version, or that this was erased, or ``None``."""
    if "change_note" in publication.content.erased_fields:
        return _("Erased by order of a court or a law.")
    return text_view(publication.change_note, publication.content)


def _texts_in(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get(language), str):
            yield value[language]
        for inner in value.values():
            yield from _texts_in(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner, language)


def date_view(text: str) -> Shown:
    """Give a day, a month or a year in the reader's words; what is no date stays as it is."""
    try:
        first = date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return {"iso": text, "text": text}
    return {"iso": text, "text": _day_in_words(first, len(text), language())}


@lru_cache(maxsize=4096)
def _day_in_words(first: date, length: int, code: str) -> str:
    return str(format_date(first, PATTERNS.get(length, "d MMMM y"), locale=code))


def moment_text(moment: datetime) -> str:
    """Write a day and its time, with the zone: everybody's day begins at another moment."""
    return str(format_datetime(moment, "d MMMM y, HH:mm z"))


def _choice(field: Field, value: Any) -> Shown:
    options = YES_NO if field.kind is Kind.YES_NO else field.options
    for option in options:
        if option.value == value:
            return {"label": say(option.label), "help": say(option.help) if option.help else ""}
    return {"label": str(value), "help": ""}


def _choices(field: Field, values: Any) -> list[Shown]:
    return [_choice(field, value) for value in values]


def _money(_field: Field, value: Any) -> Shown:
    amount, currency = str(value.get("amount", "")), str(value.get("currency", ""))
    try:
        return {"text": format_currency(Decimal(amount), currency)}
    except InvalidOperation:
        return {"text": f"{amount} {currency}"}


def _number(_field: Field, value: Any) -> str:
    return number_text(value) if isinstance(value, int) else str(value)


def _agency(_field: Field, slug: Any) -> Shown:
    try:
        name = text_view(directory.get_body(str(slug)).names)
    except NotFound:
        return {"text": str(slug)}
    return {**(name or {"text": str(slug)}), "href": url_for("public.agency", slug=slug)}


_BY_KIND: Mapping[Kind, Callable[[Field, Any], Any]] = {
    Kind.CHOICE: _choice,
    Kind.YES_NO: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: lambda _field, value: date_view(str(value)),
    Kind.PARTIAL_DATE: lambda _field, value: date_view(str(value)),
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.LINES: lambda _field, value: [str(line) for line in value],
    Kind.URL: lambda _field, value: {"href": str(value), "text": str(value)},
    Kind.AGENCY: _agency,
}
