"""A filing on which nobody may decide: its officer and who can mend it are told."""

import pytest

from register.services.accounts import people
from register.services.duties import oversight
from register.services.filings import deciders, filing, publishing
from register.services.filings.filing import Filing
from register.standard.lifecycle import Role
from register.storage import accounts, transaction
from register.storage.database import db
from register.storage.models import MailMessage
from tests.desk import Desk, add_person


def only_one_approver(agency: str) -> None:
    with transaction():
        accounts.get_account(f"second-approver@{agency}").is_disabled = True


def submitted(desk: Desk, by: str) -> Filing:
    draft = desk.start(by)
    return filing.submit(desk[by], draft.reference, lock_version=draft.lock_version)


def told(kind: str) -> set[str]:
    found = db.session.query(MailMessage).filter_by(kind=kind)
    return {each.recipient for each in found}


def stuck(desk: Desk) -> set[str]:
    queue = oversight.get_queue(desk["secretariat"])
    return {
        each.reference
        for each in (*queue.ours, *queue.at_agencies, *queue.returned)
        if each.is_stuck
    }


@pytest.mark.parametrize(
    ("by", "agency", "keepers"),
    [
        ("approver@taxes", "taxes", {"secretariat", "second-secretariat"}),
        ("approver@courts", "courts", {"secretariat", "second-secretariat"}),
    ],
)
def test_what_the_only_approver_hands_in_is_not_left_lying(
    desk: Desk, by: str, agency: str, keepers: set[str]
) -> None:
    only_one_approver(agency)
    assert not deciders.has_decider(desk[by], desk.start(by).reference)

    waiting = submitted(desk, by)

    assert stuck(desk) == {waiting.reference}
    assert deciders.is_stuck(waiting.reference)
    assert told("nobody_decides") == keepers
    add_person(f"third-approver@{agency}", Role.APPROVER, agency)
    assert stuck(desk) == set()


def test_what_the_only_member_of_the_secretariat_would_decide_is_told_to_administrators(
    desk: Desk,
) -> None:
    with transaction():
        for email in ("secretariat", "second-secretariat"):
            accounts.get_account(email).is_disabled = True

    submitted(desk, "officer@schools")

    assert told("nobody_decides") == {"administrator"}


def test_what_somebody_can_decide_is_not_flagged(desk: Desk) -> None:
    waiting = [submitted(desk, f"officer@{name}") for name in ("taxes", "schools", "courts")]
    endorsed = desk.endorse(waiting[2])

    assert stuck(desk) == set()
    assert told("nobody_decides") == set()
    assert deciders.has_decider(desk["officer@taxes"], desk.start().reference)
    assert people.get_actor("secretariat").role is Role.SECRETARIAT
    assert publishing.publish(
        desk["secretariat"], endorsed.reference, lock_version=endorsed.lock_version
    )


def test_what_waits_for_the_secretariat_is_stuck_if_all_of_it_had_a_hand(desk: Desk) -> None:
    only_one_approver("courts")
    endorsed = desk.endorse(submitted(desk, "officer@courts"))
    assert stuck(desk) == set()

    with transaction():
        for email in ("secretariat", "second-secretariat"):
            accounts.get_account(email).role = Role.AUDITOR

    assert deciders.is_stuck(endorsed.reference)
