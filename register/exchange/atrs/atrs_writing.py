"""How a record is written in the United Kingdom's template where a field is no single answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from register.exchange.atrs import atrs_headings as headings
from register.exchange.atrs.atrs_cells import (
    COMBINED,
    COMPANIES_HOUSE,
    FUNCTIONS,
    GOVERNANCE,
    GOVERNED,
    LISTS,
    MODEL,
    PHASES,
    SINGLE,
    SUPPLIER,
    kind_of_assessment,
)
from register.exchange.atrs.atrs_data import write_data
from register.exchange.atrs.atrs_headings import column_of
from register.exchange.cells.items import join_items, split_items
from register.exchange.cells.parts import answer_at, split_parts
from register.exchange.cells.values import one_line, tidy
from register.exchange.cells.writers import pick
from register.exchange.mapping import Record, Row

Answers = Mapping[str, Any]
_BY_OTHERS = frozenset({"contracted", "mixed", "purchased"})


def finish(record: Record, row: Row) -> None:
    """Write all that one link for a column cannot say."""
    answers = record["answers"]
    languages = ("en", *answers.get("languages", ()))
    body = one_line(pick(record["agency"]["name"], languages))
    row[headings.BODY] = row[column_of("2.1.1")] = body
    _write_summary(pick(answers.get("summary"), languages), row)
    _write_facets(answers, row)
    _write_suppliers(answers, row, languages)
    _write_models(answers, row, languages)
    for path, (main, others) in COMBINED.items():
        pieces = split_parts(pick(answer_at(answers, path), languages), tuple(others))
        text = pieces.get("", "")
        if main == GOVERNED:
            kept = {"retention": answer_at(answers, "data_governance.retention")}
            text = GOVERNANCE.write({"text": text, **kept}, languages)
        row[column_of(main)] = text
        for label, number in others.items():
            row[column_of(number)] = pieces.get(label) or row[column_of(number)]
    for number, prose in SINGLE.items():
        row[column_of(number)] = prose.write(answers, languages)
    write_data(answers, row, languages)
    _write_lists(answers, row, languages)


def _write_summary(text: str, row: Row) -> None:
    """Take a first paragraph of one line for the one sentence, if more follows."""
    divided = re.fullmatch(r"([^\n]+)\n\n(.+)", tidy(text), re.DOTALL)
    sentence, description = divided.groups() if divided else (text, text)
    row[headings.SENTENCE], row[column_of("1.2")] = one_line(sentence), description


def _write_facets(answers: Answers, row: Row) -> None:
    row[headings.REGION] = "; ".join(answers.get("territory") or ())
    row[headings.FUNCTION] = "; ".join(
        dict.fromkeys(FUNCTIONS.write_all(answers.get("policy_domains") or ()))
    )
    for tag in answers.get("tags") or ():
        if tag in PHASES.labels and PHASES.find(tag) == answers.get("phase"):
            row[headings.PHASE] = tag


def _write_suppliers(answers: Answers, row: Row, languages: Sequence[str]) -> None:
    suppliers = [dict(each) for each in answers.get("suppliers") or ()]
    for supplier in suppliers:
        if supplier.get("id_scheme") != COMPANIES_HOUSE:
            supplier.pop("id", None)
    _write_group(suppliers, SUPPLIER, row, languages)
    method = answers.get("development_method")
    if suppliers or method in _BY_OTHERS:
        row[column_of("2.1.4")] = "Yes"
    elif method == "in_house":
        row[column_of("2.1.4")] = "No"


def _write_models(answers: Answers, row: Row, languages: Sequence[str]) -> None:
    models = answers.get("models") or ()
    _write_group(models, MODEL, row, languages)
    names = (one_line(each.get("name") or "") for each in models)
    row[column_of("2.4.1.5")] = "; ".join(filter(None, names))


def _write_group(
    items: Sequence[Answers], parts: Mapping[str, str], row: Row, languages: Sequence[str]
) -> None:
    """Write a list whose parts have a column each, every item under the same number."""
    for number, part in parts.items():
        texts = {
            at: tidy(pick(item.get(part), languages)) for at, item in enumerate(items, start=1)
        }
        row[column_of(number)] = (
            join_items(texts, len(items)) if len(items) > 1 else texts.get(1, "")
        )


def _write_lists(answers: Answers, row: Row, languages: Sequence[str]) -> None:
    for number, (field, prose) in LISTS.items():
        items = [_without_usual(each, languages) for each in answers.get(field) or ()]
        texts = [text for item in items if (text := prose.write(item, languages))]
        row[column_of(number)] = join_items(dict(enumerate(texts, start=1)), len(texts))


def _without_usual(item: Answers, languages: Sequence[str]) -> Answers:
    """Leave out of an assessment what its text says by itself, and what says nothing."""
    is_told = item.get("type") == kind_of_assessment(pick(item.get("summary"), languages))
    usual = {"type": is_told, "status": item.get("status") == "not_stated"}
    return {name: answer for name, answer in item.items() if not usual.get(name)}


def shape(row: Row) -> dict[str, Any]:
    """Give a row as an object in which a field that repeats is a list."""
    return {column: _listed(text, column) for column, text in row.items()}


def _listed(text: str, column: str) -> str | list[str | None]:
    items = split_items(text, 999) if column in headings.REPEATED else None
    if items is None:
        return text
    return [items.get(number) for number in range(1, max(*items, 2) + 1)]
