"""Everybody may do, in every state, what the written-out table says and no more."""

from collections.abc import Callable

import pytest

from register import clock
from register.errors import RegisterError
from register.services.actor import Actor
from register.services.filings import publishing
from register.standard.lifecycle import Action, DraftState, Role, Status, check_move
from register.storage import accounts, agencies, disclosures, forget, transaction
from register.storage.models import Disclosure, Revision
from tests.desk import Desk, sample_content
from tests.services.deeds import DEEDS

WRITERS = {Role.OFFICER, Role.APPROVER}
DECIDERS = {Role.APPROVER, Role.SECRETARIAT}
OPEN = {DraftState.DRAFT, DraftState.RETURNED}
WAITING = {DraftState.SUBMITTED, DraftState.ENDORSED}
# Who may, in which public status, with which draft: written out anew, not read from the code.
MAY = {
    Action.SAVE: (WRITERS, set(Status), OPEN),
    Action.SUBMIT: (WRITERS, set(Status), OPEN),
    Action.GIVE_BACK: (DECIDERS, set(Status), WAITING),
    Action.ENDORSE: ({Role.APPROVER}, set(Status), {DraftState.SUBMITTED}),
    Action.PUBLISH: (DECIDERS, set(Status), WAITING),
    Action.AMEND: (WRITERS, {Status.PUBLISHED, Status.WITHDRAWN}, {DraftState.NONE}),
    Action.WITHDRAW: (
        WRITERS | {Role.SECRETARIAT},
        {Status.PUBLISHED},
        {DraftState.NONE, DraftState.RETURNED},
    ),
    Action.TAKE_BACK: (WRITERS, set(Status), WAITING),
    Action.DISCARD: (WRITERS, set(Status), OPEN),
    Action.RESUME: (WRITERS, {Status.UNPUBLISHED}, {DraftState.DISCARDED}),
}
# Who decides at which point, of an agency that publishes itself, of one whose approver and the
# secretariat decide one after the other, and of one for which the secretariat decides.
DECIDE: dict[str, dict[Role, dict[Action, set[DraftState]]]] = {
    "taxes": {
        Role.APPROVER: {
            Action.PUBLISH: {DraftState.SUBMITTED},
            Action.GIVE_BACK: WAITING,
        }
    },
    "courts": {
        Role.APPROVER: {Action.ENDORSE: {DraftState.SUBMITTED}, Action.GIVE_BACK: WAITING},
        Role.SECRETARIAT: {
            Action.PUBLISH: {DraftState.ENDORSED},
            Action.GIVE_BACK: {DraftState.ENDORSED},
        },
    },
    "schools": {
        Role.SECRETARIAT: {
            Action.PUBLISH: {DraftState.SUBMITTED},
            Action.GIVE_BACK: WAITING,
        }
    },
}
WRITING = set(Action) - {Action.GIVE_BACK, Action.ENDORSE, Action.PUBLISH, Action.WITHDRAW}
PEOPLE = (
    "officer@taxes",
    "approver@taxes",
    "officer@schools",
    "approver@schools",
    "officer@courts",
    "approver@courts",
    "secretariat",
    "auditor",
    "administrator",
)


def check(action: Action, role: Role, status: Status, draft: DraftState) -> str:
    roles, statuses, drafts = MAY[action]
    if role not in roles:
        return "NotAllowed"
    return "done" if status in statuses and draft in drafts else "Conflict"


def outcome(do: Callable[[], object]) -> str:
    try:
        do()
    except RegisterError as error:
        return type(error).__name__
    return "done"


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_the_table_of_moves_is_the_expected_one(role: Role, action: Action) -> None:
    for status in Status:
        for draft in DraftState:
            found = outcome(lambda s=status, d=draft: check_move(action, role, s, d))
            assert found == check(action, role, status, draft), (status, draft)


def expected(action: Action, by: Actor, agency: str, status: Status, draft: DraftState) -> str:
    """Say what the services must answer: what is not theirs does not exist for them."""
    if action is Action.WITHDRAW:
        return expected_withdrawal(by, agency, status, draft)
    if action in WRITING:
        return check(action, by.role, status, draft) if by.agency == agency else "NotFound"
    is_theirs = by.role is Role.SECRETARIAT or by.agency == agency
    if by.role not in DECIDE[agency] or not is_theirs:
        return "NotFound"
    found = check(action, by.role, status, draft)
    if found != "done":
        return found
    drafts = DECIDE[agency][by.role].get(action)
    if drafts is None:
        return "NotAllowed"
    return "done" if draft in drafts else "Conflict"


def expected_withdrawal(by: Actor, agency: str, status: Status, draft: DraftState) -> str:
    """The agency proposes it, or the secretariat where it alone decides.

    What was returned here is a new version, and no proposal to withdraw.
    """
    is_theirs = by.agency == agency or (by.role, agency) == (Role.SECRETARIAT, "schools")
    if not is_theirs or (status is Status.UNPUBLISHED and by.role is Role.SECRETARIAT):
        return "NotFound"
    is_open = status is Status.PUBLISHED and draft is DraftState.NONE
    return "done" if is_open else "Conflict"


def filing_in(agency: str, status: Status, draft: DraftState, owner: Actor) -> str:
    """Put a filing into any state, also into those that no deed leads to; nobody touched it."""
    content = sample_content().with_answers(agency=agency).to_json()
    version = 0 if status is Status.UNPUBLISHED else 1
    with transaction() as session:
        disclosure = Disclosure(
            reference=disclosures.next_reference("AIR"),
            agency=agencies.get_agency(agency),
            status=status,
            current_version=version,
            draft_state=draft,
            draft_content=None if draft is DraftState.NONE else content,
            draft_standard="v1",
            draft_complete=[],
            draft_endorser_id=accounts.get_account(f"second-approver@{agency}").id
            if draft is DraftState.ENDORSED
            else None,
            created_at=clock.now(),
        )
        session.add(disclosure)
        session.flush()
        if version:
            session.add(
                Revision(
                    disclosure_id=disclosure.id,
                    version=1,
                    action="withdrawn" if status is Status.WITHDRAWN else "published",
                    standard="v1",
                    content=content,
                    author_id=owner.account_id,
                    at=clock.now(),
                )
            )
        return disclosure.reference


def facts(reference: str) -> tuple[object, ...]:
    forget()
    found = disclosures.get_disclosure(reference)
    return found.status, found.draft_state, found.current_version, found.lock_version


@pytest.mark.parametrize("agency", DECIDE)
@pytest.mark.parametrize("action", Action)
def test_in_every_state_everybody_may_do_what_is_expected_and_no_more(
    desk: Desk, action: Action, agency: str
) -> None:
    owner = desk[f"second-officer@{agency}"]
    done = 0
    for status in Status:
        for draft in DraftState:
            reference = filing_in(agency, status, draft, owner)
            for name in PEOPLE:
                by, before = desk[name], facts(reference)
                seen = publishing.filing_of(disclosures.get_disclosure(reference), by)

                found = outcome(lambda by=by, seen=seen: DEEDS[action](by, seen))

                assert found == expected(action, by, agency, status, draft), (name, status, draft)
                if found == "done":
                    done += 1
                    reference = filing_in(agency, status, draft, owner)
                else:
                    assert facts(reference) == before

    assert done or (action is Action.ENDORSE and agency != "courts")
