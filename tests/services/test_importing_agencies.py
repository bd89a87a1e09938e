"""A row goes to the one body that it names, and officers import for their own body only."""

import pytest

from register.errors import Conflict, NotAllowed
from register.services.filings import filing
from register.standard.lifecycle import Role
from tests.given import a_draft, an_account, an_agency
from tests.services.inventories import counts, imported, omb, published

pytestmark = pytest.mark.usefixtures("context")


def test_an_agency_is_known_by_its_name_and_added_only_once() -> None:
    an_agency("weather", names={"en": "Department of Weather", "ur": "محکمہ موسمیات"})

    report = imported(
        omb(
            {"agency_name": "DEPARTMENT OF  WEATHER"}, {"id": "2", "agency_name": "Office of Tides"}
        )
    )

    assert report.agencies_created == ["office-of-tides"]
    assert {record["agency"]["slug"] for record in published()} == {"weather", "office-of-tides"}


def test_a_new_body_stands_on_the_level_that_its_name_tells() -> None:
    csv = (
        "id;title;organisatie;status\n"
        "1;Een;Gemeente Bergen;in_gebruik\n"
        "2;Twee;Provincie Zeeland;in_gebruik\n"
    )

    imported(csv.encode(), format_name="nl-dump")

    levels = {record["agency"]["slug"]: record["agency"]["level"] for record in published()}
    assert levels == {"gemeente-bergen": "local", "provincie-zeeland": "provincial"}


def test_an_abbreviation_alone_is_enough_but_does_not_outweigh_another_name() -> None:
    an_agency("revenue", names={"en": "Federal Revenue Service"}, abbreviation="FRS")

    imported(
        omb(
            {"agency": "frs", "agency_name": "", "id": "1"},
            {"agency": "FRS", "agency_name": "Federal Reserve System", "id": "2"},
        )
    )

    slugs = [record["agency"]["slug"] for record in published()]
    assert slugs == ["revenue", "federal-reserve-system"]


def test_two_bodies_whose_names_give_one_slug_stay_two() -> None:
    an_agency("office-of-tides", names={"en": "Tidal Office"})

    report = imported(omb({"agency": "", "agency_name": "地震局"}, {"id": "2", "agency": "X1"}))

    assert report.rejected == 0
    assert len(set(report.agencies_created)) == 2


def test_a_row_that_names_no_agency_is_rejected_unless_the_file_is_one_agencys() -> None:
    data = omb({"agency": "", "agency_name": ""})

    rejected = imported(data)
    taken = imported(data, agency=an_agency("weather"))

    assert counts(rejected) == (0, 0, 0, 1)
    assert rejected.to_json()["rejections"][0]["row"] == 2
    assert counts(taken) == (1, 0, 0, 0)


def test_the_same_file_cannot_be_imported_for_two_bodies() -> None:
    imported(omb({}), agency=an_agency("weather"))

    with pytest.raises(Conflict) as caught:
        imported(omb({}), agency=an_agency("tides"))

    assert "weather" in caught.value.args[0].english


def test_a_row_keeps_its_identity_whether_the_file_names_the_agency_or_the_command_does() -> None:
    imported(omb({}))

    report = imported(omb({}), agency="department-of-weather")

    assert counts(report) == (0, 0, 1, 0)


def test_an_officer_imports_drafts_for_the_own_agency_only() -> None:
    officer = an_account(Role.OFFICER, an_agency("weather"))
    an_agency("tides")

    own = imported(omb({}), by=officer, agency="weather", is_published=False)

    assert counts(own) == (1, 0, 0, 0)
    for refused in ({"agency": "tides", "is_published": False}, {"agency": "weather"}, {}):
        with pytest.raises(NotAllowed):
            imported(omb({"id": "DOW-9"}), by=officer, **refused)


def test_other_filings_of_the_agency_are_left_alone() -> None:
    officer = an_account(Role.OFFICER, an_agency("weather"))
    draft = a_draft(officer)

    imported(omb({}), agency="weather")

    assert filing.get_filing(officer, draft.reference).content == draft.content
