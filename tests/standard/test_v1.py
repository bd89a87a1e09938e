"""Version 1 of the standard: its questions are frozen, complete and consistent."""

from collections.abc import Iterator

import pytest

from register.errors import NotFound
from register.standard import CURRENT, STANDARDS, get_standard
from register.standard.field import Field, Kind, When
from register.standard.v1 import V1

FROZEN = {
    "identity": "record_id external_ids record_kind name summary agency unit languages tags",
    "accountability": "contact_point responsible_official filed_by info_url",
    "classification": "phase impact_tier impact_determination policy_domains techniques users"
    " affected_groups territory",
    "dates": "development_started in_use_since ended_on next_review_due",
    "purpose": "purpose benefits alternatives proportionality legal_basis",
    "decision": "decision_role process outputs human_oversight operator_training failsafe scale",
    "rights": "notice appeal_status how_to_challenge opt_out consultation",
    "data": "data_sources personal_data sensitive_attributes data_governance processing_record_url",
    "supply": "development_method suppliers cost models how_it_works performance source_code_url"
    " authorisations",
    "assurance": "impact_assessments risks bias_testing testing monitoring independent_review"
    " waivers incidents",
    "disclosure_control": "withheld",
    "publication": "workflow_state first_published version standard import_provenance",
}
KEPT_BY_SYSTEM = {
    "record_id",
    "withheld",
    "workflow_state",
    "first_published",
    "version",
    "standard",
    "import_provenance",
}
FORBIDDEN = {"data", "errors", "validate", "load", "dump", "meta", "fields"}


def fields_and_parts() -> Iterator[tuple[str, Field]]:
    for field in V1:
        yield field.name, field
        for part in field.parts:
            yield f"{field.name}.{part.name}", part


def conditions(when: When) -> Iterator[When]:
    yield when
    for also in when.also:
        yield from conditions(also)


def all_conditions() -> Iterator[tuple[str, When]]:
    for path, field in fields_and_parts():
        for outer in (*field.required, *field.asked):
            for when in conditions(outer):
                if when.field:
                    yield path, when


def find(path: str) -> Field:
    name, _, part = path.partition(".")
    return V1.field(name).part(part) if part else V1.field(name)


every_field = pytest.mark.parametrize(
    ("path", "field"), [pytest.param(p, f, id=p) for p, f in fields_and_parts()]
)


def test_the_sections_and_their_questions_are_those_that_were_frozen() -> None:
    names = {s.name: " ".join(field.name for field in s.fields) for s in V1.sections}

    assert names == FROZEN
    assert list(names) == list(FROZEN)
    assert len(list(V1)) == 69


def test_no_two_questions_and_no_two_parts_of_a_group_share_a_name() -> None:
    for fields in (tuple(V1), *(field.parts for field in V1)):
        names = [field.name for field in fields]
        assert len(names) == len(set(names))


def test_only_what_the_register_knows_itself_is_kept_by_the_system() -> None:
    assert {field.name for field in V1 if field.is_kept_by_system} == KEPT_BY_SYSTEM
    assert not any(field.required for field in V1 if field.is_kept_by_system)


def test_what_must_never_be_withheld_cannot_be() -> None:
    fixed = {field.name for field in V1.asked_fields if not field.is_withholdable}

    assert fixed == {
        "phase",
        "impact_tier",
        "personal_data",
        "appeal_status",
        "record_kind",
        "name",
        "summary",
        "agency",
        "filed_by",
        "languages",
        "next_review_due",
    }


def test_only_names_of_officers_and_the_state_of_work_are_not_public() -> None:
    private = {path for path, field in fields_and_parts() if not field.public}

    assert private == {
        "filed_by",
        "filed_by.name",
        "filed_by.email",
        "filed_by.on_behalf_of",
        "withheld.decided_by",
        "workflow_state",
        "import_provenance.raw",
    }


def test_a_search_can_be_narrowed_by_seven_questions() -> None:
    assert [field.name for field in V1.facets] == [
        "phase",
        "impact_tier",
        "policy_domains",
        "techniques",
        "decision_role",
        "appeal_status",
        "personal_data",
    ]


def test_every_section_says_what_it_is_about() -> None:
    assert all(section.title and section.intro for section in V1.sections)


def test_every_question_put_to_an_officer_has_help() -> None:
    assert [field.name for field in V1.asked_fields if not field.help] == []


@every_field
def test_a_question_has_a_label_and_no_bare_percent_sign(path: str, field: Field) -> None:
    assert field.label.strip() == field.label != ""
    assert "%" not in field.label + field.help
    assert field.help == "" or field.help.endswith((".", "?")), path


@every_field
def test_no_question_has_a_name_that_the_libraries_use(path: str, field: Field) -> None:
    assert field.name.isidentifier()
    assert path not in FORBIDDEN
    assert field.name not in FORBIDDEN


@every_field
def test_a_question_to_choose_from_has_labelled_options_and_no_other_has(
    path: str, field: Field
) -> None:
    values = [option.value for option in field.options]

    assert bool(values) == (field.kind in {Kind.CHOICE, Kind.CHOICES}), path
    assert len(values) == len(set(values))
    assert all(option.label for option in field.options)
    assert not any("%" in option.label + option.help for option in field.options)


@every_field
def test_a_group_has_parts_that_are_no_groups_and_nothing_else_has_parts(
    path: str, field: Field
) -> None:
    is_group = field.kind in {Kind.GROUP, Kind.GROUPS}

    assert bool(field.parts) == is_group, path
    assert not any(part.parts for part in field.parts)
    assert field.public or not any(part.public for part in field.parts)


@every_field
def test_only_texts_are_localized_or_have_a_length(path: str, field: Field) -> None:
    if field.localized:
        assert field.kind in {Kind.LINE, Kind.PROSE}, path
    if field.max_length is not None:
        assert field.kind in {Kind.LINE, Kind.PROSE, Kind.LINES}, path


def test_conditions_name_questions_and_answers_that_exist() -> None:
    for path, when in all_conditions():
        asked_of = find(when.field)
        known = {option.value for option in asked_of.options}
        if asked_of.kind is Kind.YES_NO:
            known = {"yes", "no", "unknown"}

        assert bool(when.is_in) != bool(when.is_not_in), path
        assert {*when.is_in, *when.is_not_in} <= known, path


def test_a_question_is_asked_only_because_of_answers_that_come_before_it() -> None:
    order = [field.name for field in V1]
    for field in V1:
        for outer in field.asked:
            for when in conditions(outer):
                assert order.index(when.field) < order.index(field.name)


def test_a_standard_is_found_by_its_id_or_said_not_to_exist() -> None:
    assert get_standard("v1") is V1
    assert STANDARDS[CURRENT.id] is CURRENT
    with pytest.raises(NotFound):
        get_standard("v99")
