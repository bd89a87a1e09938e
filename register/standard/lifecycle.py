"""The states of a filing, and who may move it from which to which."""

from dataclasses import dataclass
from enum import StrEnum

from register.errors import Conflict, NotAllowed
from register.standard.marking import _


class Role(StrEnum):
    """What an account is for. An account has exactly one role."""

    OFFICER = "officer"
    APPROVER = "approver"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.OFFICER: _("Agency officer"),
    Role.APPROVER: _("Agency approver"),
    Role.SECRETARIAT: _("Register secretariat"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class Status(StrEnum):
    """What the public sees of a disclosure."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class DraftState(StrEnum):
    """Where the next version of a disclosure stands; ``NONE`` if nobody is preparing one.

    ``DISCARDED`` is what was never published and is prepared no more; its text can be taken up.
    """

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ENDORSED = "endorsed"
    RETURNED = "returned"
    DISCARDED = "discarded"


DRAFT_LABELS = {
    DraftState.NONE: _("No draft"),
    DraftState.DRAFT: _("Draft"),
    DraftState.SUBMITTED: _("Waiting for approval"),
    DraftState.ENDORSED: _("Approved by the agency, waiting for the secretariat"),
    DraftState.RETURNED: _("Returned for changes"),
    DraftState.DISCARDED: _("Discarded"),
}


class Action(StrEnum):
    """What a person may do to a filing."""

    SAVE = "save"
    SUBMIT = "submit"
    GIVE_BACK = "give_back"
    ENDORSE = "endorse"
    PUBLISH = "publish"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"
    DISCARD = "discard"
    RESUME = "resume"


@dataclass(frozen=True)
class Move:
    """One row of the table of moves: who may do it, and from which states."""

    roles: frozenset[Role]
    from_statuses: frozenset[Status]
    from_drafts: frozenset[DraftState]


_NOT_OPEN = _("This step is not open now: somebody may have moved the filing on. Look at it again.")
_ANY = frozenset(Status)
#: Where a draft can be written in, and where it waits for somebody's decision.
OPEN = frozenset({DraftState.DRAFT, DraftState.RETURNED})
WAITING = frozenset({DraftState.SUBMITTED, DraftState.ENDORSED})
_ONCE_PUBLIC = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
_WRITERS = frozenset({Role.OFFICER, Role.APPROVER})
_DECIDERS = frozenset({Role.APPROVER, Role.SECRETARIAT})

MOVES: dict[Action, Move] = {
    Action.SAVE: Move(_WRITERS, _ANY, OPEN),
    Action.SUBMIT: Move(_WRITERS, _ANY, OPEN),
    Action.GIVE_BACK: Move(_DECIDERS, _ANY, WAITING),
    Action.ENDORSE: Move(frozenset({Role.APPROVER}), _ANY, frozenset({DraftState.SUBMITTED})),
    Action.PUBLISH: Move(_DECIDERS, _ANY, WAITING),
    Action.AMEND: Move(_WRITERS, _ONCE_PUBLIC, frozenset({DraftState.NONE})),
    Action.WITHDRAW: Move(
        _WRITERS | {Role.SECRETARIAT},
        frozenset({Status.PUBLISHED}),
        frozenset({DraftState.NONE, DraftState.RETURNED}),
    ),
    Action.TAKE_BACK: Move(_WRITERS, _ANY, WAITING),
    Action.DISCARD: Move(_WRITERS, _ANY, OPEN),
    Action.RESUME: Move(
        _WRITERS, frozenset({Status.UNPUBLISHED}), frozenset({DraftState.DISCARDED})
    ),
}


# Who decides at which point, by the way of approval that an agency's filings take.
_SUBMITTED = frozenset({DraftState.SUBMITTED})
_ENDORSED = frozenset({DraftState.ENDORSED})
DECISIONS: dict[str, dict[Role, dict[Action, frozenset[DraftState]]]] = {
    "agency": {
        Role.APPROVER: {
            Action.PUBLISH: _SUBMITTED,
            Action.GIVE_BACK: WAITING,
        }
    },
    "both": {
        Role.APPROVER: {Action.ENDORSE: _SUBMITTED, Action.GIVE_BACK: WAITING},
        Role.SECRETARIAT: {
            Action.PUBLISH: _ENDORSED,
            Action.GIVE_BACK: _ENDORSED,
        },
    },
    "secretariat": {
        Role.SECRETARIAT: {
            Action.PUBLISH: _SUBMITTED,
            Action.GIVE_BACK: WAITING,
        }
    },
}


def open_decisions(approval: str, role: Role, draft: DraftState) -> frozenset[Action]:
    """Name the decisions that this role may take now on an agency's filing."""
    decisions = DECISIONS[approval].get(role, {})
    return frozenset(action for action, drafts in decisions.items() if draft in drafts)


def awaited_role(approval: str, draft: DraftState) -> Role | None:
    """Tell for whose decision a filing waits, if it waits for one."""
    if draft not in WAITING:
        return None
    if approval == "both":
        return Role.APPROVER if draft is DraftState.SUBMITTED else Role.SECRETARIAT
    return next(iter(DECISIONS[approval]))


def check_decision(
    action: Action, approval: str, role: Role, state: tuple[Status, DraftState]
) -> None:
    """Raise as :func:`check_move` does, for a decision on a filing of this way of approval."""
    check_move(action, role, *state)
    drafts = DECISIONS[approval].get(role, {}).get(action)
    if drafts is None:
        raise NotAllowed(_("For this agency somebody of another role takes this step."))
    if state[1] not in drafts:
        raise Conflict(_NOT_OPEN)


def check_move(action: Action, role: Role, status: Status, draft: DraftState) -> Move:
    """Give the move if it is open to ``role`` now.

    Raise :exc:`NotAllowed` if the role may never do it, and :exc:`Conflict` if it may, but not
    in this state.
    """
    move = MOVES[action]
    if role not in move.roles:
        raise NotAllowed(_("Your role may not do this."))
    if status not in move.from_statuses or draft not in move.from_drafts:
        raise Conflict(_NOT_OPEN)
    return move
