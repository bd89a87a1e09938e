"""New York City's reports on algorithmic tools, which Local Law 35 of 2022 asks of its agencies.

A report is yearly, and a tool is reported again each year. It is known by its agency and its name,
and its newest report in a file counts. Until 2022 one column spoke of all data, and one of the
vendor; since then there are several of each.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from register.exchange.cells.agreement import add_words
from register.exchange.cells.suppliers import is_supplier_name, split_suppliers
from register.exchange.cells.transforms import TRANSFORMS, quoted
from register.exchange.cells.values import begins_as_no_answer, is_blank, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.files.reading import Row, Table
from register.exchange.identity import normalised_name
from register.exchange.mapping import Constant, Format, IsHeading, Link, Opener
from register.exchange.nyc.nyc_ll35_lists import (
    IS_VENDOR_USED,
    PERSONAL_DATA,
    POPULATIONS,
    TECHNIQUES,
    list_populations,
    list_techniques,
)
from register.exchange.result import AgencyHint, Loss
from register.standard.marking import _

_COLUMNS = (
    *("year", "agency", "tool_name", "tool_desc_brief", "tool_desc_detail", "data", "vendor"),
    *("date_use", "data_training", "data_input", "data_output", "vendor_name", "vendor_desc"),
    *("identifying_info", "analysis_type", "population_type", "updated", "updated_desc"),
)
_TRAINING, _INPUT, _DATA = (f"data_sources.{number}" for number in range(3))
_NAMES = {_TRAINING: "Training data", _INPUT: "Input data", _DATA: "Data"}
_PART_OF_DATA = re.compile(r"^[^\w\n]*(training|input|output) data\s*:\s*", re.I | re.M)
_YEAR = re.compile(r"\d{4}")
_LONGEST_NAME = 60  # characters of a text that may be a vendor's name and no description

LINKS = (
    Link(column="year", path="version", transform="special"),
    Link(column="agency", path="agency", transform="special"),
    Link(column="tool_name", path="name", transform="title"),
    Link(column="tool_desc_brief", path="summary"),
    Link(column="tool_desc_detail", path="purpose"),
    Link(column="date_use", path="in_use_since", transform="date"),
    Link(column="data_training", path=f"{_TRAINING}.description"),
    Link(column="data_input", path=f"{_INPUT}.description"),
    Link(column="data_output", path="outputs"),
    Link(column="data", path="data_sources", transform="special"),
    Link(column="data", path="outputs", transform="special"),
    Link(column="vendor_name", path="suppliers", transform="special"),
    Link(column="vendor_desc", path="suppliers.0.role", transform="special"),
    Link(column="vendor", path="suppliers", transform="special"),
    Link(column="vendor", path="development_method", transform="special", values=IS_VENDOR_USED),
    Link(
        column="identifying_info",
        path="personal_data",
        transform="choice",
        values=PERSONAL_DATA,
    ),
    Link(column="analysis_type", path="techniques", transform="special", values=TECHNIQUES),
    Link(column="analysis_type", path="tags", transform="special", values=TECHNIQUES),
    Link(column="analysis_type", path="how_it_works", transform="special"),
    Link(
        column="population_type",
        path="affected_groups.groups",
        transform="special",
        values=POPULATIONS,
    ),
    Link(column="population_type", path="affected_groups.description", transform="special"),
    Link(column="updated", path="version", transform="special"),
    Link(column="updated_desc", path="version", transform="special"),
)
CONSTANTS = tuple(
    Constant(f"{item}.{part}", value, given=f"{item}.description")
    for item, role in ((_TRAINING, "training"), (_INPUT, "input"))
    for part, value in (("name.en", _NAMES[item]), ("role", role))
)
_NO_VERSION = _("What changed in a year has no place: versions are counted by the register.")
LOSSES = (
    Loss("year", "version", _("The year tells which report of a tool is the newest, no more.")),
    Loss("updated", "version", _NO_VERSION),
    Loss("updated_desc", "version", _NO_VERSION, "unplaced"),
    Loss("vendor", "suppliers", _("A description that names no vendor has no place."), "unplaced"),
    Loss(
        "vendor_desc",
        "suppliers",
        _("A description that names no vendor has no place."),
        "unplaced",
    ),
    Loss("population_type", "affected_groups", _("Places and things are described, not chosen.")),
)
NOTES = (
    _(
        "A tool is known by its agency and its name. Of several reports on it in one file the"
        " newest counts; the older rows change nothing, and it is said which row is newer."
    ),
    _("“Other” in a list takes whatever follows it, and its words are kept as a text."),
    _("The one column on data of 2022 is divided at “Training data:” and its like."),
)


def _prepare(open_as: Opener, is_heading: IsHeading) -> Table:
    """Pass over each row of which a newer report stands in the same file."""
    newest: dict[tuple[str, str], tuple[int, int]] = {}
    for key, year, row in _reports(open_as(is_heading)):
        if year:
            newest[key] = max(newest.get(key, (0, 0)), (year, row.number))
    table = open_as(is_heading)
    return replace(table, rows=_judged(table, newest))


def _reports(table: Table) -> Iterator[tuple[tuple[str, str], int, Row]]:
    """Give each row with the agency and tool it is about, and the year of the report, or 0."""
    found = [NYC_LL35.column_of(heading) for heading in table.header]
    places = {column: at for at, column in reversed(list(enumerate(found))) if column}
    for row in table.rows:
        about, tool, said = (
            row.cells[places[column]] if column in places else ""
            for column in ("agency", "tool_name", "year")
        )
        year = _YEAR.search(said)
        key = normalised_name(about), normalised_name(tool)
        yield key, int(year.group()) if year and key[1] else 0, row


def _judged(table: Table, newest: dict[tuple[str, str], tuple[int, int]]) -> Iterator[Row]:
    for key, year, row in _reports(table):
        latest, number = newest.get(key, (0, 0))
        if not 0 < year < latest:
            yield row
            continue
        reason = f"It reports a tool of {year}; row {number} reports the same tool of {latest}."
        yield replace(row, idle=reason)


def _agency(cells: Cells) -> AgencyHint:
    text = one_line(cells.get("agency"))
    is_short = text.isupper() and " " not in text
    return AgencyHint({"en": text} if text else {}, text if is_short else None)


def _complete(cells: Cells, draft: Draft) -> None:
    _divide_data(cells, draft)
    _name_suppliers(cells, draft)
    _describe_vendor(cells, draft)
    list_techniques(cells, draft)
    list_populations(cells, draft)
    if not is_blank(cells.get("updated_desc")):
        _unplaced(draft, "updated_desc", "version", "the register counts versions by itself")


def _divide_data(cells: Cells, draft: Draft) -> None:
    """Read the one column on all data: each part that it names, or the whole."""
    beginning, *parts = _PART_OF_DATA.split(cells.get("data"))
    _place_data(draft, _DATA, beginning)
    for kind, text in zip(parts[::2], parts[1::2], strict=True):
        item = {"training": _TRAINING, "input": _INPUT}.get(kind.casefold())
        if item:
            _place_data(draft, item, text)
        else:
            add_words(draft, "outputs", text)


def _place_data(draft: Draft, item: str, text: str) -> None:
    outcome = TRANSFORMS["text"](text, Link(column="data", path=f"{item}.description"))
    for kind, message in outcome.doubts if not is_blank(text) else ():
        draft.warn("data", f"{item}.description", kind, message)
    if outcome.answer is None or is_blank(text):
        return
    add_words(draft, f"{item}.description", text)
    draft.place(f"{item}.name.en", _NAMES[item])
    if item != _DATA:
        draft.place(f"{item}.role", "training" if item == _TRAINING else "input")


def _name_suppliers(cells: Cells, draft: Draft) -> None:
    """Take the names of vendors, and a short text that may be one where only "vendor" is asked."""
    text, column = cells.get("vendor_name"), "vendor_name"
    said = cells.get("vendor")
    is_name = len(one_line(said)) <= _LONGEST_NAME and IS_VENDOR_USED.find(said) is None
    if is_blank(text) and is_name and len(split_suppliers(said)) == 1 and _is_plain_name(said):
        text, column = said, "vendor"
    if is_blank(text):
        return
    outcome = TRANSFORMS["suppliers"](text, Link(column=column, path="suppliers"))
    for kind, message in outcome.doubts:
        draft.warn(column, "suppliers", kind, message)
    for number, supplier in enumerate(outcome.answer or ()):
        draft.place(f"suppliers.{number}", dict(supplier))


def _is_plain_name(text: str) -> bool:
    """Tell a name from a phrase about one: each of its words begins with a capital or a figure."""
    words = [word for word in re.findall(r"\w+", text) if word not in {"and", "of", "the", "for"}]
    return bool(words) and is_supplier_name(text) and not any(word[0].islower() for word in words)


def _describe_vendor(cells: Cells, draft: Draft) -> None:
    """Say what the vendor does, or by whom the tool was made if there is none."""
    for column in ("vendor_desc", "vendor"):
        text = cells.get(column)
        method = IS_VENDOR_USED.find(text) if column == "vendor" else None
        if is_blank(text):
            continue
        if method:
            draft.place("development_method", method)
        elif begins_as_no_answer(text):
            draft.warn(column, "suppliers", "no_answer", f"{quoted(text)} is taken for no answer.")
        elif draft.find("suppliers.0.name") is None:
            _unplaced(draft, column, "suppliers", "no vendor is named")
        elif method is None and draft.find("suppliers.0.name") != one_line(text):
            draft.place("suppliers.0.role.en", one_line(text))


def _unplaced(draft: Draft, column: str, path: str, why: str) -> None:
    draft.warn(column, path, "unplaced", f"Kept in the source row only: {why}.")


NYC_LL35 = Format(
    name="nyc-ll35",
    title=_("New York City, algorithmic tools under Local Law 35 of 2022"),
    languages=("en",),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=("agency", "tool_name"),
    headings={column.replace("_", " "): column for column in _COLUMNS if "_" in column},
    prepare=_prepare,
    agency=_agency,
    complete=_complete,
    notes=NOTES,
    source="https://data.cityofnewyork.us/d/jaw4-yuem",
)
