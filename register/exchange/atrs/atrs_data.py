"""The data of the United Kingdom's template: development, operation, and what goes in.

All of it is entries of the sources of data: what is used for training or testing belongs to
development, the rest to operation, and some fields are entries under the field's own name.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from register.exchange.atrs.atrs_cells import (
    DATA,
    DEVELOPMENT,
    MODALITY,
    NAMED_SOURCES,
    NOTES_ON_DATA,
    OPERATION,
    SENSITIVE,
    SENSITIVE_WORDS,
)
from register.exchange.atrs.atrs_headings import column_of
from register.exchange.atrs.atrs_sheet import Sheet
from register.exchange.cells.items import join_items, split_group, split_items, whole_item
from register.exchange.cells.parts import Part, join_parts, split_parts
from register.exchange.cells.transforms import listed_values
from register.exchange.cells.values import one_line, tidy
from register.exchange.cells.writers import pick
from register.exchange.draft import Draft
from register.exchange.mapping import Row

Source = dict[str, Any]
_FIELD = "data_sources"
_FORM = Part("", "modality", "choices", MODALITY)
_ATTRIBUTES = Part("", "sensitive_attributes", "choices", SENSITIVE)
_LABELS = tuple(NOTES_ON_DATA)
_SENSITIVE = "Sensitive attributes"
_DEVELOPING = frozenset({"training", "evaluation"})


def read_data(sheet: Sheet, draft: Draft) -> None:
    """Read all fields on data."""
    sources = [*_development(sheet), *_operation(sheet), *_named(sheet)]
    for at, source in enumerate(sources):
        draft.place(f"{_FIELD}.{at}", source)
    attributes: dict[str, None] = {}
    for number in ("2.4.3.4", "2.4.4.2"):
        values = listed_values(sheet.said(number, ""), SENSITIVE_WORDS)
        found = [SENSITIVE_WORDS.find(value) or "" for value in values]
        attributes.update(dict.fromkeys(found if all(found) else []))
    if attributes:
        draft.place("sensitive_attributes", _without_none(list(attributes)))


def _without_none(found: list[str]) -> list[str]:
    return [each for each in found if each != "none"] or found


def _development(sheet: Sheet) -> list[Source]:
    texts = {number: sheet.said(number, _FIELD, is_group=True) for number in DATA}
    if not any(texts.values()):
        return []
    items, _whole = split_group(texts, DATA[0], is_strict=True)
    return [_developed(item if len(items) > 1 else texts) for item in items]


def _developed(texts: Mapping[str, str]) -> Source:
    description, modality, quantity, _attributes, notes, _cleaning, collected = (
        texts.get(number, "") for number in DATA
    )
    source = {"role": "training"} | DEVELOPMENT.read(description)
    source.setdefault("name", {"en": DEVELOPMENT.usual})
    forms = _FORM.read(modality) if modality else None
    behind = {label: texts.get(number, "") for label, number in NOTES_ON_DATA.items()}
    if forms:
        source["modality"], behind["Data modality"] = forms, ""
    if quantity:
        source["quantity"] = {"en": one_line(quantity)}
    if collected:
        source["collected_for"] = {"en": tidy(collected)}
    _put_notes(source, {"": notes, **behind})
    return source


def _put_notes(source: Source, pieces: dict[str, str]) -> None:
    if any(pieces.values()):
        source["quality_notes"] = {"en": join_parts(pieces, _LABELS)}


def _operation(sheet: Sheet) -> list[Source]:
    text, attributes = sheet.said("2.4.4.1", _FIELD), sheet.said("2.4.4.2", "sensitive_attributes")
    is_chosen = _ATTRIBUTES.read(attributes) is not None and not sheet.said("2.4.3.4", "")
    kept = "" if is_chosen else attributes
    items = split_items(text) or ({1: whole_item(text)} if text or kept else {})
    sources = [{"role": "input"} | OPERATION.read(each) for each in items.values()]
    for source in sources:
        source.setdefault("name", {"en": OPERATION.usual})
        notes = pick(source.pop("quality_notes", None), ("en",))
        _put_notes(source, {"": notes, _SENSITIVE: kept})
        kept = ""
    return sources


def _named(sheet: Sheet) -> list[Source]:
    return [
        {"name": {"en": name}, "role": role, "description": {"en": text}}
        for number, (name, role) in NAMED_SOURCES.items()
        if (text := sheet.said(number, _FIELD))
    ]


def write_data(answers: Mapping[str, Any], row: Row, languages: Sequence[str]) -> None:
    """Write all fields on data."""
    names = {name: number for number, (name, _role) in NAMED_SOURCES.items()}
    developing: list[Source] = []
    operating: list[Source] = []
    for source in answers.get(_FIELD) or ():
        number = names.get(pick(source.get("name"), ("en",)))
        if number and not row[column_of(number)]:
            row[column_of(number)] = pick(source.get("description"), languages)
        else:
            is_developing = source.get("role") in _DEVELOPING
            (developing if is_developing else operating).append(dict(source))
    _write_development(developing, row, languages)
    kept = _write_operation(operating, row, languages)
    chosen = answers.get("sensitive_attributes") or []
    if kept or row[column_of("2.4.3.4")]:
        row[column_of("2.4.4.2")] = kept
    else:
        row[column_of("2.4.4.2")] = _ATTRIBUTES.write(chosen, languages)


def _write_development(sources: Sequence[Source], row: Row, languages: Sequence[str]) -> None:
    written: dict[str, dict[int, str]] = {number: {} for number in DATA}
    for at, source in enumerate(sources, start=1):
        for number, text in _development_texts(source, languages).items():
            written[number][at] = text
    for number, items in written.items():
        row[column_of(number)] = _group_cell(items, len(sources))


def _group_cell(items: dict[int, str], count: int) -> str:
    """Write a column of a list; the text of an only item stands as it is."""
    return join_items(items, count) if count > 1 else items.get(1, "")


def _development_texts(source: Source, languages: Sequence[str]) -> dict[str, str]:
    notes = split_parts(pick(source.get("quality_notes"), languages), _LABELS)
    if source.get("role") == "training":
        del source["role"]
    texts = {
        "2.4.3.1": DEVELOPMENT.write(source, languages),
        "2.4.3.2": _FORM.write(source.get("modality"), languages),
        "2.4.3.3": pick(source.get("quantity"), languages),
        "2.4.3.5": notes.get("", ""),
        "2.4.3.7": pick(source.get("collected_for"), languages),
    }
    for label, number in NOTES_ON_DATA.items():
        texts[number] = notes.get(label) or texts.get(number, "")
    return texts


def _write_operation(sources: Sequence[Source], row: Row, languages: Sequence[str]) -> str:
    """Write the sources; give the words on sensitive attributes that are kept with the first."""
    kept, texts = "", []
    for source in sources:
        notes = split_parts(pick(source.get("quality_notes"), languages), (_SENSITIVE,))
        kept = kept or notes.get(_SENSITIVE, "")
        source["quality_notes"] = notes.get("", "")
        if source.get("role") == "input":
            del source["role"]
        texts.append(OPERATION.write(source, languages))
    items = dict(enumerate(filter(None, texts), start=1))
    row[column_of("2.4.4.1")] = join_items(items, len(items))
    return kept
