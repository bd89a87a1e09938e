"""The page of one format: which of its columns is which of our questions, value by value."""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from register.exchange import describing
from register.exchange.mapping import Format, Link
from register.exchange.reach import Reach, reach_of
from register.standard import CURRENT
from register.standard.field import Field
from register.web.languages import direction, language, language_name, say
from register.web.languages import gettext as _
from register.web.public import data_page

WRITTEN_IN = "en"  # the language in which the code of a format says what it does


def page_view(dialect: Format) -> dict[str, Any]:
    """Give everything that the template asks for."""
    return {
        "data_href": url_for("data.page"),
        "format": data_page.format_view(dialect),
        "bar": data_page.reach_bar(say(dialect.title), data_page.reach_counts(dialect)),
        "legend": [{"state": reach.value, "label": data_page.words_of(reach)} for reach in Reach],
        "columns": [_column(each) for each in describing.mapped_columns(dialect, CURRENT)],
        "values": list(_values(dialect)),
        "rules": [*_constants(dialect), *(_sentence(note) for note in dialect.notes)],
        "unplaced": list(describing.unplaced_columns(dialect)),
        "losses": [
            {"column": each.column, "field": _question(each.field), "text": _sentence(each.reason)}
            for each in dialect.losses
        ],
        "questions": list(_questions(dialect)),
        "formats": [
            {
                "label": "JSON",
                "href": url_for("data.mapping_json", name=dialect.name),
                "type": "application/json",
            }
        ],
    }


def page_data(dialect: Format) -> dict[str, Any]:
    """Give the mapping as JSON values."""
    reach = reach_of(CURRENT, dialect)
    return {
        **data_page.format_data(dialect),
        "links": [_link_data(link) for link in dialect.links],
        "constants": [
            {"path": each.path, "value": each.value, "given": each.given}
            for each in dialect.constants
        ],
        "notes": list(dialect.notes),
        "losses": [each.to_json() for each in dialect.losses],
        "unplaced_columns": list(describing.unplaced_columns(dialect)),
        "questions": {name: each.value for name, each in reach.items()},
    }


def _link_data(link: Link) -> dict[str, Any]:
    return {
        "column": link.column,
        "occurrence": link.occurrence,
        "path": link.path,
        "language": link.language,
        "transform": link.transform,
        "values": dict(link.values.pairs) if link.values else None,
        "otherwise": link.otherwise or None,
        "needs": link.needs or None,
        "is_fallback": link.is_fallback,
    }


def _column(each: describing.MappedColumn) -> dict[str, Any]:
    how = say(each.how)
    conditions = [_condition(kind, value) for kind, value in each.conditions]
    return {
        "column": each.column,
        "question": _question(each.path),
        "path": each.path,
        "how": _("; ").join([how, *conditions]),
        "language": language_name(each.language) if each.language else "",
    }


def _condition(kind: str, value: str) -> str:
    if kind == "needs":
        return _("only if there is an answer to: %(question)s", question=_question(value)["label"])
    if kind == "otherwise":
        return _("an unknown value becomes “%(value)s”", value=value)
    return _("if no other column says it")


def _values(dialect: Format) -> Iterator[dict[str, Any]]:
    """Give the values of each column together, by column."""
    by_column: dict[str, list[dict[str, str]]] = {}
    listed = [
        *describing.mapped_values(dialect, CURRENT),
        *describing.nearest_values(dialect, CURRENT),
    ]
    paths = {link.column: link.path for link in dialect.links if link.values}
    for each in listed:
        row = {
            "value": each.value,
            "ours": _options(paths[each.column], each.option) or _("No answer"),
            "written": each.written,
        }
        rows = by_column.setdefault(each.column, [])
        if row not in rows:
            rows.append(row)
    for column, rows in by_column.items():
        yield {"column": column, "rows": rows}


def _options(path: str, options: str) -> str:
    found = _field_at(path)[-1]
    labels = {option.value: say(option.label) for option in found.options}
    return _(", ").join(labels.get(each, each) for each in options.split("+") if each)


def _constants(dialect: Format) -> Iterator[dict[str, str]]:
    for each in dialect.constants:
        text = _(
            "“%(value)s” is the answer to “%(question)s” if there is one to “%(given)s”.",
            value=each.value,
            question=_question(each.path)["label"],
            given=_question(each.given)["label"],
        )
        yield {"text": text, "lang": language(), "dir": direction(language())}


def _questions(dialect: Format) -> Iterator[dict[str, Any]]:
    """Give the public questions that are not carried whole, with what is said of each."""
    for name, reach in reach_of(CURRENT, dialect).items():
        if reach is not Reach.WHOLE:
            yield {**_question(name), "reach": data_page.words_of(reach), "state": reach.value}


def _question(path: str) -> dict[str, str]:
    """Give the words of a question and of its part, and where the standard has it."""
    fields = _field_at(path)
    label = " – ".join(say(field.label) for field in fields)
    page = url_for("public.standard_version", version=CURRENT.id)
    return {"label": label, "href": f"{page}#field-{fields[0].name}"}


def _field_at(path: str) -> list[Field]:
    """Give the fields that a path leads through; its numbers and languages lead to none."""
    name, *steps = path.split(".")
    fields = [CURRENT.field(name)]
    for step in steps:
        fields += [part for part in fields[-1].parts if part.name == step]
    return fields


def _sentence(text: str) -> dict[str, str]:
    """Give a sentence of a format's own code in the reader's language, or in its own."""
    said = say(text)
    code = language() if said != text else WRITTEN_IN
    return {"text": said, "lang": code, "dir": direction(code)}
