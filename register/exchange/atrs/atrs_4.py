"""The United Kingdom's Algorithmic Transparency Recording Standard, template version 4.0."""

from typing import Any

from register.exchange.atrs import atrs_headings as headings
from register.exchange.atrs.atrs_cells import (
    COMBINED,
    DATA,
    FUNCTIONS,
    INVOLVEMENT,
    LISTS,
    MODEL,
    NAMED_SOURCES,
    PHASES,
    REGIONS,
    SENSITIVE,
    SINGLE,
    SUPPLIER,
)
from register.exchange.atrs.atrs_headings import column_of
from register.exchange.atrs.atrs_reading import complete, read_agency
from register.exchange.atrs.atrs_writing import finish, shape
from register.exchange.cells.withholding import MARK, write_withheld
from register.exchange.mapping import Format, Link, Record, Row, Writing
from register.exchange.result import NOT_AN_ADDRESS, Loss
from register.standard.marking import _

_PARTS_OF_DATA = (
    *("description", "modality", "quantity", "quality_notes", "quality_notes", "quality_notes"),
    "collected_for",
)


def _link(number: str, path: str, transform: str = "special", **more: Any) -> Link:
    return Link(column=column_of(number), path=path, transform=transform, **more)


LINKS = (
    _link("1.1", "name", "title"),
    _link(headings.TITLE, "name", "title"),
    _link(headings.BODY, "agency"),
    _link(headings.PHASE, "phase", "choice", values=PHASES),
    _link(headings.PHASE, "tags", values=PHASES),
    _link(headings.REGION, "territory", values=REGIONS),
    _link(headings.FUNCTION, "policy_domains", values=FUNCTIONS),
    _link(headings.SENTENCE, "summary"),
    _link("1.2", "summary"),
    _link("1.3", "info_url", "url"),
    _link("1.4", "contact_point", "contact"),
    _link("2.1.1", "agency"),
    _link("2.1.2", "unit", "title"),
    _link("2.1.3", "responsible_official", "title"),
    _link("2.1.4", "development_method", values=INVOLVEMENT),
    *(_link(number, f"suppliers.0.{part}") for number, part in SUPPLIER.items()),
    _link("2.2.1", "purpose", "text"),
    _link("2.2.2", "benefits", "text"),
    *(
        _link(number, path)
        for path, (main, others) in COMBINED.items()
        for number in (main, *others.values())
    ),
    _link("2.3.1", "process", "text"),
    *(
        _link(number, path)
        for number, prose in SINGLE.items()
        for path in (prose.main, *(part.path for part in prose.parts))
    ),
    *(_link(number, "data_sources.0.description") for number in NAMED_SOURCES),
    _link("2.4.1.5", "models.0.name"),
    *(_link(number, f"models.0.{part}") for number, part in MODEL.items()),
    *(
        _link(number, f"data_sources.0.{part}")
        for number, part in zip(DATA, _PARTS_OF_DATA, strict=True)
    ),
    _link("2.4.4.1", "data_sources"),
    _link("2.4.4.4", "data_governance.retention"),
    *(_link(number, "sensitive_attributes", values=SENSITIVE) for number in ("2.4.3.4", "2.4.4.2")),
    *(_link(number, f"{field}.0.{prose.main}") for number, (field, prose) in LISTS.items()),
)
LOSSES = (
    Loss(headings.TITLE, "name", _("A title other than the name has no place."), "disagreement"),
    Loss(headings.BODY, "agency", _("Of two bodies the responsible one counts."), "disagreement"),
    Loss(headings.PHASE, "phase", _("A trial is a private beta unless the source says more.")),
    Loss(column_of("1.3"), "info_url", NOT_AN_ADDRESS, "not_a_url"),
    Loss(column_of("1.3"), "info_url", _("There is a place for one web address."), "several"),
    Loss(column_of("1.4"), "contact_point", _("Only one way to reach the body is asked for.")),
    Loss(
        column_of("1.4"),
        "contact_point",
        _("Words in place of an address are left out."),
        "no_contact",
    ),
    Loss(column_of("1.4"), "contact_point", _("There is a place for one address."), "several"),
    Loss(column_of("2.1.4"), "development_method", _("Only yes or no is asked for.")),
    Loss(
        column_of("2.1.4"),
        "development_method",
        _("A yes without a third party, and words beside yes or no, have no place."),
        "unplaced",
    ),
    Loss(
        column_of("2.1.4"),
        "development_method",
        _("A no beside a third party is a contradiction."),
        "contradiction",
    ),
    Loss(
        column_of("2.1.4.2"),
        "suppliers",
        _("Country, contract and the numbers of other company registers have no place."),
    ),
    Loss(column_of("2.4.2.1"), "models", _("Who made a model has no place.")),
    Loss(
        headings.FUNCTION, "policy_domains", _("Other areas are written as the nearest function.")
    ),
    Loss(column_of("2.1.4.1"), "suppliers", _("What names no company is left out."), "not_a_name"),
    Loss(column_of("2.4.4.1"), "data_sources", _("Data for development come before others.")),
)
NOTES = (
    _(
        "A heading may be a field's number, its label, or both, with any marks between. Where they"
        " disagree the label counts, since pages number fields in their own way."
    ),
    _(
        "A sheet with a field a row is told from a table by this: more fields stand in one of its"
        " columns than in its header. Each column of answers is a record, and a field that comes"
        " again begins the next, unless the template repeats it."
    ),
    _(
        "Several suppliers, models, assessments, risks and data are numbered in their cell (“1. …”,"
        " “2. …”), each on a line of its own, and the number is the same in all columns of an item."
        " Repeated columns or rows, and lists in JSON, are read as the same."
    ),
    _(
        "The one sentence and the description are the first and the other paragraphs of the"
        " summary. A record with one paragraph has it in both."
    ),
    _(
        "Fields that share an answer of ours stand in it behind their label, such as “Previous"
        " process:”; answers that share a field stand in it in the same way, such as “Mitigation:”."
    ),
    _(
        "“No” to third party involvement is read as built by the body itself. “Yes” is written"
        " where a supplier is named or the system was bought or built by others."
    ),
    _(
        "“Withheld:” stands in each field of an answer that is withheld, with the reason given to"
        " the public, the ground and the provision. Read, such a field is not stated: an entry"
        " needs days that the template does not give."
    ),
    _("The function, which version 4.0 leaves to the publisher, is a column of its own."),
)


def _finish(record: Record, row: Row) -> None:
    finish(record, row)
    write_withheld(record, row, LINKS)


ATRS_4 = Format(
    name="atrs-4.0",
    title=_("United Kingdom, Algorithmic Transparency Recording Standard 4.0"),
    languages=("en",),
    links=LINKS,
    losses=LOSSES,
    required=(column_of("1.1"),),
    find_heading=headings.find_heading,
    repeated=headings.REPEATED,
    withheld_mark=MARK,
    prepare=headings.prepare,
    agency=read_agency,
    complete=complete,
    notes=NOTES,
    source="https://github.com/co-cddo/algorithmic-transparency-recording-standard",
    writing=Writing(
        columns=headings.COLUMNS,
        files=("csv", "xlsx", "json"),
        finish=_finish,
        shape=shape,
    ),
)
