"""A draft that came from another register's file and is published by people keeps its origin."""

from dataclasses import replace

import pytest

from register.services.accounts import people
from register.services.actor import Actor
from register.services.filings import discarding, filing, publishing
from register.standard import CURRENT
from register.standard.lifecycle import Role
from register.standard.publication import Publication
from register.storage import publications
from tests import given
from tests.services.inventories import counts, imported, omb

pytestmark = pytest.mark.usefixtures("context")
APPROVER = "approver@weather.example"
CHANGED = {"problem_solved": "Storms came without warning."}


@pytest.fixture
def officer() -> Actor:
    """An officer of the agency whose rows are imported."""
    agency = given.an_agency("department-of-weather", names={"en": "Department of Weather"})
    given.an_account(Role.APPROVER, agency, APPROVER)
    return given.an_account(Role.OFFICER, agency)


def complete_and_publish(officer: Actor, reference: str) -> Publication:
    """Let people complete a draft, hand it in and publish it."""
    draft = filing.get_filing(officer, reference)
    for section in CURRENT.sections:
        if section.asked_fields:
            written = replace(given.content(), not_stated=())
            draft = filing.save_section(
                officer, reference, section, written, lock_version=draft.lock_version
            )
    note = {"en": "Completed."}
    draft = filing.submit(officer, reference, lock_version=draft.lock_version, change_note=note)
    publishing.publish(people.get_actor(APPROVER), reference, lock_version=draft.lock_version)
    return publications.get_publication(reference)


def test_an_imported_draft_that_people_complete_and_publish_keeps_its_source_row(
    officer: Actor,
) -> None:
    report = imported(omb({}), is_published=False)
    (draft,) = filing.list_filings(officer)

    published = complete_and_publish(officer, draft.reference)

    assert published.provenance is not None
    assert published.provenance["source_id"] == "DOW-1"
    assert published.provenance["file_sha256"] == report.sha256
    assert published.provenance["row"] == 2
    assert published.audit["raw"]["use_case_name"] == "Storm forecast"


def test_a_later_version_that_was_imported_as_a_draft_keeps_its_own_source_row(
    officer: Actor,
) -> None:
    imported(omb({}))
    second = imported(omb({"id": "DOW-9", "use_case_name": "Tides"}, CHANGED), is_published=False)
    assert counts(second) == (1, 1, 0, 0)
    first = next(each for each in filing.list_filings(officer) if each.version)

    published = complete_and_publish(officer, first.reference)

    assert published.version == 2
    assert published.provenance is not None
    assert published.provenance["file_sha256"] == second.sha256
    assert published.provenance["row"] == 3
    assert published.audit["raw"]["problem_solved"] == CHANGED["problem_solved"]


def test_what_people_write_after_the_import_has_no_source_row(officer: Actor) -> None:
    imported(omb({}), is_published=False)
    (draft,) = filing.list_filings(officer)
    complete_and_publish(officer, draft.reference)

    filing.amend(officer, draft.reference)
    amended = complete_and_publish(officer, draft.reference)

    assert (amended.version, amended.provenance) == (2, None)


def test_a_draft_that_was_discarded_takes_its_source_with_it(officer: Actor) -> None:
    imported(omb({}))
    imported(omb(CHANGED), is_published=False)
    (draft,) = filing.list_filings(officer)
    discarding.discard(officer, draft.reference, lock_version=draft.lock_version)

    filing.amend(officer, draft.reference)
    amended = complete_and_publish(officer, draft.reference)

    assert (amended.version, amended.provenance) == (2, None)
