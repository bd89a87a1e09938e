"""How a record becomes a row of the United States inventory of 2025, in its consolidated form."""

from collections.abc import Mapping
from typing import Any

from register.exchange.cells.values import parse_list
from register.exchange.cells.writers import pick
from register.exchange.mapping import Record, Row, Writing

COLUMNS = (
    "agency",
    "agency_name",
    "id",
    "use_case_name",
    "agency_bureau",
    "contact_email",
    "is_withheld",
    "development_stage",
    "is_high_impact",
    "HI_justification",
    "topic_area",
    "classification",
    "problem_solved",
    "benefits",
    "system_outputs",
    "operational_date",
    "contracting_usage",
    "vendor_name",
    "have_ato",
    "system_name_ato",
    "data_description",
    "link_to_data",
    "has_pii",
    "pia_url",
    "demographic_features",
    "has_custom_code",
    "code_url",
    "hi_testing_conducted",
    "hi_assessment_completed",
    "hi_potential_impacts",
    "hi_independent_review",
    "hi_ongoing_monitoring",
    "hi_training_established",
    "hi_failsafe_presence",
    "hi_appeal_process",
    "hi_public_consultation",
)


def _finish(record: Record, row: Row) -> None:
    """Write what takes more than one answer of ours."""
    answers = record["answers"]
    row["agency_name"] = pick(record["agency"]["name"], ("en",))
    row["agency"] = record["agency"].get("abbreviation") or row["agency_name"]
    determination = answers.get("impact_determination") or {}
    if answers.get("impact_tier") == "significant" and determination.get("presumed") != "yes":
        row["is_high_impact"] = "Not High-impact"
    assessments = answers.get("impact_assessments") or []
    row["pia_url"] = "; ".join(
        each["url"] for each in assessments if each.get("type") == "dpia_pia" and each.get("url")
    )
    _write_consultation(answers.get("consultation") or {}, row)
    row["is_withheld"] = _write_withheld(record)


def _write_consultation(consultation: Mapping[str, Any], row: Row) -> None:
    """Put the words of another way of consulting where the value "Other" would stand."""
    words = pick(consultation.get("text"), ("en",))
    if words and row["hi_public_consultation"]:
        listed = [each for each in parse_list(row["hi_public_consultation"]) if each != "Other"]
        row["hi_public_consultation"] = str([*listed, *words.splitlines()])


def _write_withheld(record: Record) -> str:
    """Tell whether anything is withheld; of an imported case the source alone could deny it."""
    if not record["withheld"]:
        return "" if record.get("import_provenance") else "No"
    is_prohibited = any(entry["ground"] == "prohibited_by_law" for entry in record["withheld"])
    return "Yes - Prohibited by Law" if is_prohibited else "Yes - Disclosure Risk"


WRITING = Writing(columns=COLUMNS, finish=_finish)
