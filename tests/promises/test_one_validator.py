"""Only ``schemas.validate`` judges what a disclosure says, whichever way it comes in."""

import pytest
from flask import Flask

from register.errors import Invalid
from register.schemas import find_errors
from register.services.filings import filing, publishing
from register.standard import CURRENT
from register.standard.content import Content
from register.storage import disclosures, transaction
from tests.promises.conftest import Office, sample_content
from tests.promises.sources import called_names, imported_names, modules

WAYS_IN = (
    "register/services/filings/filing.py",
    "register/services/filings/drafting.py",
    "register/services/filings/publishing.py",
    "register/services/imports/import_content.py",
    "register/services/imports/register_reading.py",
)


def test_a_form_field_judges_nothing() -> None:
    judging = {
        name
        for name, module in modules("register/forms/")
        if any(n.startswith("wtforms.validators") for n in imported_names(module))
        or called_names(module) & {"validate", "validate_on_submit"}
    }

    assert judging == set()


def test_only_the_validator_and_the_api_s_outer_shapes_know_marshmallow() -> None:
    users = {
        name
        for name, module in modules("register/")
        if any(n.split(".")[0] == "marshmallow" for n in imported_names(module))
    }

    # What a call takes is not what a disclosure says.
    outer = {f"register/schemas/{name}.py" for name in ("asking", "sending", "whole")}
    assert users <= {"register/schemas/kinds.py", "register/schemas/validate.py"} | outer


def test_a_draft_that_breaks_the_standard_is_kept_but_cannot_be_handed_in(
    context: Flask, office: Office
) -> None:
    wrong = Content(answers={**sample_content().answers, "next_review_due": "31 June"})

    with pytest.raises(Invalid) as refused:
        office.submit(wrong)

    kept = filing.list_filings(office.officer)[0].content
    assert kept.answers["next_review_due"] == "31 June"
    assert refused.value.errors == find_errors(CURRENT, kept)
    assert "next_review_due" in refused.value.errors


def test_publication_judges_again_what_submission_let_through(
    context: Flask, office: Office
) -> None:
    waiting = office.submit()
    with transaction():
        disclosure = disclosures.get_disclosure(waiting.reference)
        content = Content.from_json(disclosure.draft_content or {})
        broken = content.with_answers(impact_tier="enormous")
        disclosure.draft_content = broken.to_json()
    now = filing.get_filing(office.officer, waiting.reference)

    with pytest.raises(Invalid) as refused:
        publishing.publish(office.approver, waiting.reference, lock_version=now.lock_version)

    assert "impact_tier" in refused.value.errors


@pytest.mark.parametrize("service", WAYS_IN)
def test_every_way_in_asks_the_validator(service: str) -> None:
    called = {name: called_names(module) for name, module in modules(service)}

    assert called[service] & {"validate", "find_errors_of_public", "find_misshapen"}
