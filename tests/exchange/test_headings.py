"""A heading is known again however it is spelled, and of rivals for a column the surest has it."""

import pytest

from register.exchange.cells.headings import Headings
from register.exchange.formats import FORMATS, get_format

OMB = get_format("omb-2025")


@pytest.mark.parametrize(
    "heading",
    [
        "SECTION 1: Use Case Identifiers\nComplete this section for all use cases",
        "If Other, please explain.",
        "Is this AI use case supporting a High-Impact Service Provider (HISP)?",
        "Does this AI use case have an",
        "What are the",
        "colour",
        "",
        "…",
    ],
)
def test_a_heading_that_means_no_column_or_might_mean_two_is_not_known(heading: str) -> None:
    assert OMB.column_of(heading) is None


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("1. Use Case Name", "use_case_name"),
        ("Q12) AI Classification", "classification"),
        ("(4) Bureau / Component *", "agency_bureau"),
        ("USE CASE ID [Agency Abbrev.] – [#]", "id"),
        ("Use_Case_Identifier", "id"),
        ("#", "id"),
        ("Use Case Name (required)", "use_case_name"),
        ("Has pre-deployment testing been conducted for this AI", "hi_testing_conducted"),
        ("Does this AI use case have an associated Auth", "have_ato"),
        ("Does this AI use case have an appropriate fail\u2011safe?", "hi_failsafe_presence"),
        (
            "Has an AI impact assessment\nbeen completed? Practice: Complete AI Impact Assessment",
            "hi_assessment_completed",
        ),
        (
            "Did an independent review take place? Subpractice: Complete AI Impact Assessment",
            "hi_independent_review",
        ),
        ("What are the expected benefits for the agency\ufffds mission?", "benefits"),
        ("Intended Purpose and Expected Benefits", "problem_solved"),
        ("Justification for High-Impact Determination", "HI_justification"),
        ("Describe the AI system\x92s outputs.", "system_outputs"),
        ("Vendor(s) Name(s)", "vendor_name"),
        ("Is PII involved?", "has_pii"),
        ("Link to the PIA", "pia_url"),
        ("HI_justification", "HI_justification"),
    ],
)
def test_a_heading_is_known_in_every_spelling(heading: str, column: str) -> None:
    assert OMB.column_of(heading) == column


@pytest.mark.parametrize("name", FORMATS)
def test_every_column_of_a_format_is_known_by_its_own_name(name: str) -> None:
    dialect = get_format(name)

    assert {column: dialect.column_of(column) for column, _ in dialect.columns} == {
        column: column for column, _ in dialect.columns
    }
    written = dialect.writing.columns if dialect.writing else ()
    known = {column for column, _ in dialect.columns} | set(written)
    assert set(dialect.headings.values()) - {""} <= known


def test_of_rivals_for_a_column_the_surest_has_it_wherever_it_stands() -> None:
    header = ("Name", "Description", "Use Case Name", "What problem is the AI intended to solve?")

    assert OMB.columns_of(header) == (None, None, "use_case_name", "problem_solved")
    assert OMB.columns_of(header[:2]) == ("use_case_name", "problem_solved")


def test_columns_of_one_heading_are_all_kept() -> None:
    headings = Headings({"Why*": "reason", "Because": "reason"})

    assert headings.assign(("Why?", "Because", "Why not?")) == ("reason", None, "reason")
