"""Where agency and secretariat both approve, the database insists on the one before the other."""

import pytest

from register.errors import Conflict, NotAllowed
from register.services.filings import filing
from register.services.filings.filing import Filing
from register.storage.database import db
from register.storage.models import Revision
from tests.desk import Desk, everything
from tests.services.past_services import endorse_past_the_services, handed_in_by_several, insert


@pytest.fixture
def waiting(desk: Desk) -> Filing:
    return handed_in_by_several(desk)


@pytest.mark.parametrize("name", ["secretariat", "second-approver@schools", "administrator"])
def test_what_the_agency_must_approve_first_nobody_publishes_before(
    desk: Desk, waiting: Filing, name: str
) -> None:
    before = everything()

    with pytest.raises(NotAllowed, match="must approve it first"):
        insert(waiting.reference, desk[name])

    assert everything() == before


@pytest.mark.parametrize(
    ("endorser", "said"),
    [
        ("officer@courts", "must approve it first"),
        ("second-officer@courts", "must approve it first"),
        ("secretariat", "Somebody else must"),
    ],
)
def test_an_approval_by_who_wrote_it_or_publishes_it_is_none(
    desk: Desk, waiting: Filing, endorser: str, said: str
) -> None:
    endorse_past_the_services(waiting, desk[endorser])

    with pytest.raises(NotAllowed, match=said):
        insert(waiting.reference, desk["secretariat"])

    assert db.session.query(Revision).count() == 0


def test_an_approval_of_the_version_before_does_not_count_for_the_next(desk: Desk) -> None:
    reference = desk.publish("officer@courts")
    filing.amend(desk["officer@courts"], reference)

    with pytest.raises(NotAllowed, match="must approve it first"):
        insert(reference, desk["secretariat"])


def test_a_withdrawal_needs_the_agencys_approval_and_an_import_does_not(desk: Desk) -> None:
    reference = desk.publish("officer@courts")

    with pytest.raises(NotAllowed, match="approve it first"):
        insert(reference, desk["secretariat"], action="withdrawn")
    insert(reference, None)

    assert db.session.query(Revision).count() == 2


def test_of_two_who_publish_at_once_the_second_is_told_that_it_was_done(desk: Desk) -> None:
    reference = desk.publish("officer@courts")

    for name in ("officer@courts", "approver@courts", "secretariat", "second-secretariat"):
        with pytest.raises(Conflict, match="Somebody else changed this"):
            insert(reference, desk[name], version=1)


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_number_that_is_not_the_next_is_refused_by_the_guard_itself(
    desk: Desk, number: int
) -> None:
    reference = desk.publish()

    with pytest.raises(Conflict) as refused:
        insert(reference, desk["second-approver@taxes"], version=number)

    assert "a revision must follow the last one" in str(refused.value.__cause__)


@pytest.mark.parametrize("table", ["contribution", "disclosure", "agency"])
def test_a_table_made_for_the_moment_hides_nothing_from_the_guard(
    desk: Desk, waiting: Filing, table: str
) -> None:
    before = everything()

    hiding = f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {table} WHERE 1 = 2"
    refused = {"officer@courts": "Somebody else must", "secretariat": "must approve it first"}
    for name, said in refused.items():
        with pytest.raises(NotAllowed, match=said):
            insert(waiting.reference, desk[name], first=hiding)

    assert everything() == before
