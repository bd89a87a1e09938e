"""How the United Kingdom's template is read where a field is not simply an answer."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from register.exchange.atrs import atrs_data
from register.exchange.atrs import atrs_headings as headings
from register.exchange.atrs.atrs_cells import (
    COMBINED,
    COMPANIES_HOUSE,
    FUNCTIONS,
    GOVERNANCE,
    GOVERNED,
    INVOLVEMENT,
    LISTS,
    MODEL,
    REGIONS,
    SINGLE,
    SUPPLIER,
    kind_of_assessment,
)
from register.exchange.atrs.atrs_headings import column_of
from register.exchange.atrs.atrs_sheet import Sheet
from register.exchange.cells.items import join_items, split_group, split_items, whole_item
from register.exchange.cells.parts import Prose, join_parts
from register.exchange.cells.suppliers import is_supplier_name, split_suppliers
from register.exchange.cells.transforms import quoted
from register.exchange.cells.values import ValueMap, fold, one_line, tidy, yes_no
from register.exchange.draft import Cells, Draft
from register.exchange.result import AgencyHint

_BETAS = ("Private beta", "Public beta")
_MOST_WORDS = 6  # of the name of a model in a list; a longer piece is a sentence


def read_agency(cells: Cells) -> AgencyHint:
    """Take the body that is responsible, else the one that the record is filed under."""
    names = (one_line(cells.get(each)) for each in (column_of("2.1.1"), headings.BODY))
    name = next(filter(None, names), "")
    return AgencyHint({"en": name} if name else {})


def complete(cells: Cells, draft: Draft) -> None:
    """Read all that one link for a column cannot say."""
    sheet = Sheet(cells, draft)
    _compare_bodies(cells, draft)
    _read_summary(sheet, draft)
    _read_facets(sheet, draft)
    _read_suppliers(sheet, draft)
    _read_involvement(sheet, draft)
    models_text = _read_models(sheet, draft)
    _combine(sheet, draft, models_text)
    for number, prose in SINGLE.items():
        _place(draft, "", prose.read(sheet.said(number, prose.main)))
    atrs_data.read_data(sheet, draft)
    for number, (field, prose) in LISTS.items():
        _read_list(sheet.said(number, field), draft, field, prose)
    _name_assessments(draft)


def _place(draft: Draft, above: str, answers: Mapping[str, Any]) -> None:
    for path, answer in answers.items():
        draft.place(f"{above}{path}", answer)


def _compare_bodies(cells: Cells, draft: Draft) -> None:
    own, filed = (one_line(cells.get(each)) for each in (column_of("2.1.1"), headings.BODY))
    if own and filed and own != filed:
        message = f"It disagrees with what another column says of the body: {quoted(own)}."
        draft.warn(headings.BODY, "agency", "disagreement", message)


def _read_summary(sheet: Sheet, draft: Draft) -> None:
    """Put the one sentence before the description, with a blank line between."""
    sentence = one_line(sheet.said(headings.SENTENCE, "summary"))
    text = sheet.said("1.2", "summary")
    if sentence and text and one_line(text) != sentence:
        draft.place("summary.en", f"{sentence}\n\n{text}")
    elif sentence or text:
        # A blank line after the first would make that the one sentence.
        draft.place("summary.en", re.sub(r"\A([^\n]+)\n\s*\n", r"\1\n", text) or sentence)


def _read_facets(sheet: Sheet, draft: Draft) -> None:
    phase = fold(sheet.said(headings.PHASE, "")).replace("-", " ")
    if beta := next((each for each in _BETAS if fold(each) == phase), ""):
        draft.place("tags", [beta])
    regions = sheet.said(headings.REGION, "territory")
    if places := [REGIONS.find(each) or each for each in listed(regions, REGIONS)]:
        draft.place("territory", list(dict.fromkeys(places)))
    found: dict[str, None] = {}
    for value in listed(sheet.said(headings.FUNCTION, "policy_domains"), FUNCTIONS):
        option = FUNCTIONS.find(value)
        if option is None:
            sheet.unknown(headings.FUNCTION, "policy_domains", value)
        found[option or "other"] = None
    if found:
        draft.place("policy_domains", list(found))


def listed(text: str, values: ValueMap) -> Iterator[str]:
    """Divide a list at semicolons and lines, and at commas where that gives values."""
    for piece in filter(None, map(one_line, re.split(r"[;\n]", text))):
        smaller = [one_line(each) for each in piece.split(",") if each.strip()]
        is_list = values.find(piece) is None and any(values.find(each) for each in smaller)
        yield from smaller if is_list else [piece]


def _read_suppliers(sheet: Sheet, draft: Draft) -> None:
    texts = {number: sheet.said(number, "suppliers", is_group=True) for number in SUPPLIER}
    names = split_suppliers(texts["2.1.4.1"])
    if split_items(texts["2.1.4.1"]) is None and len(names) > 1:
        numbered = dict(enumerate(filter(is_supplier_name, names), start=1))
        texts["2.1.4.1"] = join_items(numbered, len(numbered))
    items, whole = split_group(texts, "2.1.4.1")
    for number in whole:
        message = f"It speaks of {len(items)} suppliers, and stands with the first."
        draft.warn(column_of(number), "suppliers", "several", message)
    for at, item in enumerate(items):
        name = one_line(item.get("2.1.4.1", ""))
        if name and not is_supplier_name(name):
            message = f"{quoted(name)} does not name a supplier."
            draft.warn(column_of("2.1.4.1"), "suppliers", "not_a_name", message)
            item.pop("2.1.4.1")
        _place_supplier(draft, at, item)


def _place_supplier(draft: Draft, at: int, item: Mapping[str, str]) -> None:
    for number, part in SUPPLIER.items():
        text = item.get(number, "")
        if not text:
            continue
        if part in {"name", "id"}:
            draft.place(f"suppliers.{at}.{part}", one_line(text))
        else:
            is_prose = part == "data_access_terms"
            draft.place(f"suppliers.{at}.{part}.en", tidy(text) if is_prose else one_line(text))
        if part == "id":
            draft.place(f"suppliers.{at}.id_scheme", COMPANIES_HOUSE)


def _read_involvement(sheet: Sheet, draft: Draft) -> None:
    """Take "no" for a system that the body built itself; "yes" says less than the suppliers do."""
    column, path = column_of("2.1.4"), "development_method"
    text = sheet.said("2.1.4", path)
    if not text:
        return
    option = INVOLVEMENT.find(text)
    first = yes_no(re.split(r"\W", text, maxsplit=1)[0])
    if option is None and first not in {"yes", "no"}:
        sheet.unknown(column, path, text)
        return
    if option is None:
        message = "Beside yes or no its words are kept in the source row only."
        draft.warn(column, path, "unplaced", message)
    if first == "no" and draft.find("suppliers"):
        draft.warn(column, path, "contradiction", "It says no, and a third party is described.")
    elif first == "no":
        draft.place(path, "in_house")
    elif not draft.find("suppliers"):
        message = "Kept in the source row only: no third party is described."
        draft.warn(column, path, "unplaced", message)


def _read_models(sheet: Sheet, draft: Draft) -> str:
    """Read the models; give the words on all of them, if they are not just their names."""
    texts = {number: sheet.said(number, "models", is_group=True) for number in MODEL}
    summary = sheet.said("2.4.1.5", "models")
    items, whole = split_group(texts, "2.4.2.1")
    for number in whole:
        message = f"It speaks of {len(items)} models, and stands with the first."
        draft.warn(column_of(number), "models", "several", message)
    if not any(texts.values()):
        names = summary.split("; ")
        are_names = all(len(name.split()) <= _MOST_WORDS for name in names)
        is_list = are_names and summary == one_line(summary) and not re.search(r"[,:]", summary)
        items = [{"2.4.2.1": name} for name in names] if is_list else []
    for at, item in enumerate(items):
        for number, part in MODEL.items():
            if text := one_line(item.get(number, "")):
                path = f"models.{at}.{part}"
                draft.place(f"{path}.en" if part == "task" else path, text)
    written = "; ".join(one_line(item.get("2.4.2.1", "")) for item in items)
    return "" if summary == written else summary


def _combine(sheet: Sheet, draft: Draft, models_text: str) -> None:
    for path, (main, others) in COMBINED.items():
        pieces = {"": sheet.said(main, path)}
        if main == GOVERNED:
            governed = GOVERNANCE.read(pieces[""])
            pieces[""] = governed.get("text", {}).get("en", "")
            if "retention" in governed:
                draft.place("data_governance.retention", governed["retention"])
        for label, number in others.items():
            pieces[label] = models_text if number == "2.4.1.5" else sheet.said(number, path)
        if any(pieces.values()):
            draft.place(f"{path}.en", join_parts(pieces, tuple(others)))


def _read_list(text: str, draft: Draft, field: str, prose: Prose) -> None:
    """Read each item of a list that stands in one cell."""
    items = split_items(text) or ({1: whole_item(text)} if text else {})
    for at, each in enumerate(items.values()):
        _place(draft, f"{field}.{at}.", prose.read(each))


def _name_assessments(draft: Draft) -> None:
    """Say of each assessment what its text says that it is, and that its status is not stated."""
    for at in range(len(draft.find("impact_assessments") or ())):
        item = f"impact_assessments.{at}"
        if draft.find(f"{item}.type") is None:
            text = draft.find(f"{item}.summary.en") or ""
            draft.place(f"{item}.type", kind_of_assessment(text))
        if draft.find(f"{item}.status") is None:
            draft.place(f"{item}.status", "not_stated")
