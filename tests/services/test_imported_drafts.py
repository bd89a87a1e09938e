"""A draft that came from another register's file and is published by people keeps its origin."""

from dataclasses import replace

import pytest

from register.services import filing, publishing
from register.standard import CURRENT
from register.standard.lifecycle import Role
from register.storage import publications
from tests import given
from tests.services.inventories import imported, omb

pytestmark = pytest.mark.usefixtures("context")


def test_an_imported_draft_that_people_complete_and_publish_keeps_its_source_row() -> None:
    agency = given.an_agency("department-of-weather", names={"en": "Department of Weather"})
    officer = given.an_account(Role.OFFICER, agency)
    approver = given.an_account(Role.APPROVER, agency)
    imported(omb({}), is_published=False)
    (draft,) = filing.list_filings(officer)

    for section in CURRENT.sections:
        if section.asked_fields:
            written = replace(given.content(), not_stated=())
            draft = filing.save_section(
                officer, draft.reference, section, written, lock_version=draft.lock_version
            )
    draft = filing.submit(officer, draft.reference, lock_version=draft.lock_version)
    publishing.publish(approver, draft.reference, lock_version=draft.lock_version)

    published = publications.get_publication(draft.reference)
    assert published.provenance is not None
    assert published.provenance["source_id"] == "DOW-1"
    assert published.audit["raw"]["use_case_name"] == "Storm forecast"
