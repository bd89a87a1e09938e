"""Annex VIII of the EU's Artificial Intelligence Act: what its database asks, by sections.

A record has section A if Annex III lists its use and it is of high impact, with C beside it, since
every body of this register is a public authority that deploys; or section B if it was determined
not to be of high impact. Nothing is imported in this format.
"""

from collections.abc import Sequence
from typing import Any

from register.exchange.cells.withholding import write_withheld
from register.exchange.eu.eu_annex_viii_answers import (
    STATUS,
    copy_of,
    data_and_logic,
    deployer,
    entry_in_database,
    findings,
    member_states,
    number_of,
    provider,
    trade_name,
)
from register.exchange.mapping import Format, Link, Record, Row, Writing
from register.exchange.result import AgencyHint, Loss
from register.standard.marking import _

REFERENCE, SECTIONS, PART = "Reference", "Section", "Part of the database"
_ITEMS = {
    "A": (
        *("A1 Provider", "A2 Submitted by", "A3 Authorised representative"),
        *("A4 Trade name and reference", "A5 Intended purpose", "A6 Data and operating logic"),
        *("A7 Status", "A8 Certificate", "A9 Copy of the certificate", "A10 Member States"),
        *(
            "A11 EU declaration of conformity",
            "A12 Instructions for use",
            "A13 Further information",
        ),
    ),
    "B": (
        *("B1 Provider", "B2 Submitted by", "B3 Authorised representative"),
        *("B4 Trade name and reference", "B5 Intended purpose", "B6 Condition under Article 6(3)"),
        *("B7 Grounds for not being high-risk", "B8 Status", "B9 Member States"),
    ),
    "C": (
        *("C1 Deployer", "C2 Submitted by", "C3 Entry of the provider"),
        *("C4 Fundamental rights impact assessment", "C5 Data protection impact assessment"),
    ),
}
_COLUMNS = (REFERENCE, SECTIONS, PART, *(each for items in _ITEMS.values() for each in items))
_BY_NUMBER = {column.partition(" ")[0]: column for column in _COLUMNS[3:]}
_LISTED = frozenset(
    {
        *("eu_biometrics", "eu_critical_infrastructure", "eu_education", "eu_employment"),
        *("eu_essential_services", "eu_law_enforcement", "eu_migration", "eu_justice_democracy"),
    }
)
_NATIONAL = frozenset({"eu_critical_infrastructure"})
_NOT_PUBLIC = frozenset({"eu_law_enforcement", "eu_migration"})
_KEPT_BACK = ("A6", "A8", "A9", "A11", "A12", "A13", "B6", "B7", "C4", "C5")

NOT_LISTED = _("Annex III does not list this kind of use.")
NOT_PRESUMED = _("The record says that Annex III does not presume it to be high-risk.")
NATIONAL = _("High-risk systems of critical infrastructure are registered nationally.")
NEVER_USED = _("It was given up before it was put into service.")


def _link(number: str, path: str, transform: str = "special", **more: Any) -> Link:
    return Link(column=_BY_NUMBER[number], path=path, transform=transform, **more)


LINKS = (
    *(_link(number, path) for number in ("A1", "B1") for path in ("suppliers", "contact_point")),
    *(_link(number, "development_method") for number in ("A1", "B1")),
    *(_link(number, path) for number in ("A4", "B4") for path in ("name", "external_ids")),
    *(_link(number, "purpose", "text") for number in ("A5", "B5")),
    *(_link("A6", path) for path in ("data_sources", "how_it_works")),
    *(_link(number, "phase", "choice", values=STATUS) for number in ("A7", "B8")),
    *(_link(number, "authorisations") for number in ("A8", "A9", "A11")),
    *(_link(number, "territory") for number in ("A10", "B9")),
    _link("A13", "info_url", "url"),
    _link("B7", "impact_determination.justification", "text"),
    _link("C1", "contact_point"),
    _link("C3", "external_ids"),
    *(_link(number, "impact_assessments") for number in ("C4", "C5")),
    Link(column=SECTIONS, path="impact_tier", transform="special"),
    Link(column=SECTIONS, path="impact_determination", transform="special"),
    Link(column=PART, path="impact_determination.trigger_codes", transform="special"),
)
LOSSES = (
    Loss(_BY_NUMBER["A7"], "phase", _("A trial is in service, what is suspended no longer is.")),
    Loss(_BY_NUMBER["A10"], "territory", _("Of all places only Member States are asked for.")),
    Loss(SECTIONS, "impact_tier", _("Only whether a system is high-risk decides on its section.")),
)
NOTES = (
    _(
        "Section A: a use that Annex III lists, of high impact or not determined. The provider is"
        " the body if it built the system or had it built, and the supplier if it was bought"
        " ready-made."
    ),
    _("Section C stands beside every section A, since the body that files deploys the system."),
    _(
        "Section B: a use that Annex III lists and presumes to be high-risk, but that was"
        " determined to be of lower impact (Article 6(3))."
    ),
    _(
        "Left out, with the reason: uses that Annex III does not list or does not presume to be"
        " high-risk, high-risk systems of critical infrastructure, and what was never in service."
    ),
    _(
        "Law enforcement and migration belong to the part that is not public, where fewer items are"
        " asked; the others stay blank."
    ),
    _(
        "Blank, since no question of the register asks for them or their answers are not public:"
        " A2, A3, A12, B2, B3, B6 and C2."
    ),
)


def sections_of(record: Record) -> tuple[str, ...]:
    """Give the sections that a record has, none if Annex VIII does not apply to it."""
    if left_out(record):
        return ()
    return ("A", "C") if _is_high(record) else ("B",)


def left_out(record: Record) -> str:
    """Say why Annex VIII does not apply to a record, ``""`` if it does."""
    answers = record["answers"]
    listed = _listed(record)
    if not listed:
        return NOT_LISTED
    if _is_high(record) and listed <= _NATIONAL:
        return NATIONAL
    if not _is_high(record) and answers["impact_determination"].get("presumed") == "no":
        return NOT_PRESUMED
    is_given_up = answers.get("phase") == "cancelled" and not answers.get("in_use_since")
    return NEVER_USED if is_given_up else ""


def _listed(record: Record) -> frozenset[str]:
    determination = record["answers"].get("impact_determination") or {}
    return _LISTED & set(determination.get("trigger_codes") or ())


def _is_high(record: Record) -> bool:
    """Tell whether the presumption of Annex III stands: nobody determined a lower tier."""
    return record["answers"].get("impact_tier") not in {"significant", "limited"}


def _finish(record: Record, row: Row) -> None:
    """Write what takes more than one answer, and leave blank what a section does not ask."""
    sections = sections_of(record)
    is_public = not _listed(record) & _NOT_PUBLIC
    row[REFERENCE], row[SECTIONS] = record["reference"], ", ".join(sections)
    row[PART] = "public" if is_public else "not public"
    for number, text in _written(record).items():
        row[_BY_NUMBER[number]] = text
    write_withheld(record, row, LINKS)
    for number, column in _BY_NUMBER.items():
        if number[0] not in sections or (not is_public and number in _KEPT_BACK):
            row[column] = ""


def _written(record: Record) -> dict[str, str]:
    """Give the texts of all items that are made of several answers."""
    certificate, declaration = "notified_body_certificate", "eu_declaration_of_conformity"
    return {
        **dict.fromkeys(("A1", "B1"), provider(record)),
        **dict.fromkeys(("A4", "B4"), trade_name(record)),
        "A6": data_and_logic(record),
        "A8": number_of(record, certificate),
        "A9": copy_of(record, certificate),
        **dict.fromkeys(("A10", "B9"), member_states(record)),
        "A11": copy_of(record, declaration) or number_of(record, declaration),
        "C1": deployer(record),
        "C3": entry_in_database(record),
        "C4": findings(record, "fria"),
        "C5": findings(record, "dpia_pia"),
    }


def _rows(row: Row) -> Sequence[Row]:
    """Give a record a row for each of its sections."""
    return [
        {
            column: text if column in {REFERENCE, PART, *_ITEMS[section]} else ""
            for column, text in row.items()
        }
        | {SECTIONS: section}
        for section in row[SECTIONS].split(", ")
        if section
    ]


def _shape(row: Row) -> dict[str, Any]:
    """Give a record as an object with its sections, each with all its items."""
    return {
        REFERENCE: row[REFERENCE],
        PART: row[PART],
        "Sections": {
            section: {column: row[column] for column in _ITEMS[section]}
            for section in row[SECTIONS].split(", ")
            if section
        },
    }


EU_ANNEX_VIII = Format(
    name="eu-annex-viii",
    title=_("European Union, Annex VIII of Regulation (EU) 2024/1689"),
    languages=("en",),
    links=LINKS,
    losses=LOSSES,
    agency=lambda _cells: AgencyHint(),
    notes=NOTES,
    source="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
    is_read=False,
    writing=Writing(
        columns=_COLUMNS,
        files=("json", "csv", "xlsx"),
        left_out=left_out,
        finish=_finish,
        rows=_rows,
        shape=_shape,
    ),
)
