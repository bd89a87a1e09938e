"""Annex VIII: who has which section, what stands in it, and who is left out and why."""

import re
from typing import Any

import pytest

from register.errors import Invalid
from register.exchange.eu.eu_annex_viii import EU_ANNEX_VIII, LINKS, NOTES, sections_of
from register.exchange.exporting import export_row, exported, is_exportable, why_left_out
from register.exchange.importing import import_file
from tests.exchange.native_records import record, samples

PRESUMED = {"trigger_codes": ["eu_education"], "presumed": "yes"}
WITHHELD = {
    "field": "suppliers",
    "ground": "commercial_confidence",
    "citation": "section 12",
    "public_reason": {"en": "Naming them would harm them."},
}


def high(**answers: Any) -> dict[str, Any]:
    return record(impact_tier="high", impact_determination=PRESUMED, **answers)


def tables_of(made: dict[str, Any]) -> list[dict[str, str]]:
    assert EU_ANNEX_VIII.writing is not None
    return list(EU_ANNEX_VIII.writing.rows(export_row(made, EU_ANNEX_VIII)))


def test_a_file_in_it_is_not_taken_in() -> None:
    with pytest.raises(Invalid, match="a format to export in"):
        import_file(b"Reference,Section\nAIR-1,A\n", EU_ANNEX_VIII)


@pytest.mark.parametrize(
    ("tier", "codes", "presumed", "sections"),
    [
        ("high", ["eu_education"], "yes", ("A", "C")),
        ("undetermined", ["eu_education"], "yes", ("A", "C")),
        (None, ["eu_education"], "unknown", ("A", "C")),
        ("significant", ["eu_education", "national_list"], "yes", ("B",)),
        ("limited", ["eu_critical_infrastructure"], "yes", ("B",)),
        ("high", ["eu_critical_infrastructure", "eu_education"], "yes", ("A", "C")),
        ("high", ["eu_critical_infrastructure"], "yes", ()),
        ("limited", ["eu_education"], "no", ()),
        ("high", ["national_list", "omb_presumed"], "yes", ()),
        ("high", [], "yes", ()),
    ],
)
def test_tier_and_determination_decide_on_the_sections(
    tier: str | None, codes: list[str], presumed: str, sections: tuple[str, ...]
) -> None:
    determination = {"trigger_codes": codes, "presumed": presumed}
    made = record(impact_tier=tier, impact_determination=determination)

    assert sections_of(made) == sections
    assert is_exportable(made, EU_ANNEX_VIII) is bool(sections)
    assert bool(why_left_out(made, EU_ANNEX_VIII)) is not bool(sections)


def test_each_reason_for_leaving_out_is_given() -> None:
    reasons = [
        why_left_out(made, EU_ANNEX_VIII)
        for made in (
            record(impact_tier="high"),
            record(record_kind="nil_return"),
            high(phase="cancelled"),
            high(phase="cancelled", in_use_since="2025"),
        )
    ]

    assert reasons == [
        "Annex III does not list this kind of use.",
        "The standard has no row for this kind of record.",
        "It was given up before it was put into service.",
        "",
    ]


def test_a_record_has_a_row_for_each_section_and_one_object() -> None:
    made = high(purpose={"en": "Sorts"}, phase="pilot")

    first, second = tables_of(made)

    assert (first["Section"], second["Section"]) == ("A", "C")
    assert first["A5 Intended purpose"] == "Sorts"
    assert first["A7 Status"] == "On the market or in service"
    assert first["C1 Deployer"] == second["A5 Intended purpose"] == ""
    assert second["C1 Deployer"] == "Office of Sorting"
    assert {first["Reference"], second["Reference"]} == {"AIR-2026-00001"}
    assert EU_ANNEX_VIII.writing is not None
    whole = EU_ANNEX_VIII.writing.shape(export_row(made, EU_ANNEX_VIII))
    assert list(whole["Sections"]) == ["A", "C"]
    assert [len(items) for items in whole["Sections"].values()] == [13, 5]


@pytest.mark.parametrize(
    ("method", "named"),
    [
        ("in_house", "Office of Sorting\nai@os.example"),
        ("contracted", "Office of Sorting\nai@os.example"),
        ("purchased", "Acme, 12, Zarwan\nBeta"),
        ("undisclosed", "Acme, 12, Zarwan\nBeta"),
    ],
)
def test_the_provider_is_the_body_that_built_it_or_whoever_sold_it(method: str, named: str) -> None:
    made = high(
        development_method=method,
        contact_point={"email": "ai@os.example"},
        suppliers=[{"name": "Acme", "id": "12", "country": "Zarwan"}, {"name": "Beta"}],
    )

    assert export_row(made, EU_ANNEX_VIII)["A1 Provider"] == named


def test_what_is_withheld_says_so_in_its_place_with_reason_and_ground() -> None:
    made = high(development_method="purchased")
    made["withheld"] = [WITHHELD]

    row = export_row(made, EU_ANNEX_VIII)

    said = "Withheld: Naming them would harm them. (Trade secrets of a company, section 12)"
    assert row["A1 Provider"] == said
    assert row["B1 Provider"] == ""


def test_law_enforcement_is_told_apart_and_says_less() -> None:
    made = record(
        impact_tier="high",
        impact_determination={"trigger_codes": ["eu_law_enforcement"], "presumed": "yes"},
        how_it_works={"en": "By rules"},
        purpose={"en": "Sorts"},
        impact_assessments=[{"type": "fria", "status": "done", "summary": {"en": "Fair."}}],
    )

    row = export_row(made, EU_ANNEX_VIII)

    assert row["Part of the database"] == "not public"
    assert row["A5 Intended purpose"] == "Sorts"
    assert row["A6 Data and operating logic"] == ""
    assert row["C4 Fundamental rights impact assessment"] == ""


def test_items_are_made_of_all_the_answers_that_speak_of_them() -> None:
    made = high(
        name={"en": "Sorting", "ur": "چھانٹی"},
        languages=["ur", "en"],
        external_ids=[{"scheme": "EU database", "id": "7", "url": "https://eu.example/7"}],
        data_sources=[{"name": {"en": "Forms"}, "description": {"ur": "درخواستیں"}}],
        how_it_works={"en": "By rules"},
        territory=["the Netherlands", "Lahore", "France"],
        authorisations=[
            {"kind": "notified_body_certificate", "id": "C-1", "issuer": "TÜV"}
            | {"expires": "2027-01-01", "url": "https://c.example"},
            {"kind": "eu_declaration_of_conformity", "id": "D-1"},
        ],
        impact_assessments=[
            {"type": "fria", "status": "done", "summary": {"en": "Fair."}, "url": "https://f.ex"},
            {"type": "dpia_pia", "status": "done", "summary": {"en": "Safe."}},
        ],
        info_url="https://os.example",
    )

    row = export_row(made, EU_ANNEX_VIII)

    assert {column: text for column, text in row.items() if text and column[0] in "AC"} == {
        "A4 Trade name and reference": "Sorting / چھانٹی\nAIR-2026-00001\nEU database: 7",
        "A6 Data and operating logic": "Forms: درخواستیں\nBy rules",
        "A8 Certificate": "C-1, TÜV, 2027-01-01",
        "A9 Copy of the certificate": "https://c.example",
        "A10 Member States": "Netherlands; France",
        "A11 EU declaration of conformity": "D-1",
        "A13 Further information": "https://os.example",
        "C1 Deployer": "Office of Sorting",
        "C3 Entry of the provider": "https://eu.example/7",
        "C4 Fundamental rights impact assessment": "Fair.\nhttps://f.ex",
        "C5 Data protection impact assessment": "Safe.",
    }


def test_an_answer_is_lost_if_no_column_holds_any_of_it() -> None:
    made = high(purpose={"en": "Sorts"}, benefits={"en": "Many"}, phase="planned")

    (one,) = exported([made], EU_ANNEX_VIII)

    assert {loss.field for loss in one.losses} == {"benefits", "phase"}


def test_the_sample_has_its_sections() -> None:
    found = {each["reference"][-2:]: sections_of(each) for each in samples() if sections_of(each)}

    assert found == {
        **dict.fromkeys(("04", "06", "12", "16", "18", "22"), ("A", "C")),
        **dict.fromkeys(("07", "09", "15", "19", "29"), ("B",)),
    }


def test_columns_that_nothing_answers_are_named_in_the_notes() -> None:
    assert EU_ANNEX_VIII.writing is not None
    answered = {link.column for link in LINKS} | {"Reference"}
    blank = [c for c in EU_ANNEX_VIII.writing.columns if c not in answered]

    named = re.findall(r"\b[ABC]\d+\b", NOTES[-1])
    assert sorted(column.split()[0] for column in blank) == sorted(named)
