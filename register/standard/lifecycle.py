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
    """Where the next version of a disclosure stands; ``NONE`` if nobody is preparing one."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"


DRAFT_LABELS = {
    DraftState.NONE: _("No draft"),
    DraftState.DRAFT: _("Draft"),
    DraftState.SUBMITTED: _("Waiting for approval"),
    DraftState.RETURNED: _("Returned for changes"),
}


class Action(StrEnum):
    """What a person may do to a filing."""

    SAVE = "save"
    SUBMIT = "submit"
    GIVE_BACK = "give_back"
    PUBLISH = "publish"
    AMEND = "amend"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """One row of the table of moves: who may do it, and from which states."""

    roles: frozenset[Role]
    from_statuses: frozenset[Status]
    from_drafts: frozenset[DraftState]


_ANY = frozenset(Status)
_OPEN = frozenset({DraftState.DRAFT, DraftState.RETURNED})
_ONCE_PUBLIC = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
_WRITERS = frozenset({Role.OFFICER, Role.APPROVER})
_DECIDERS = frozenset({Role.APPROVER, Role.SECRETARIAT})

MOVES: dict[Action, Move] = {
    Action.SAVE: Move(_WRITERS, _ANY, _OPEN),
    Action.SUBMIT: Move(_WRITERS, _ANY, _OPEN),
    Action.GIVE_BACK: Move(_DECIDERS, _ANY, frozenset({DraftState.SUBMITTED})),
    Action.PUBLISH: Move(_DECIDERS, _ANY, frozenset({DraftState.SUBMITTED})),
    Action.AMEND: Move(_WRITERS, _ONCE_PUBLIC, frozenset({DraftState.NONE})),
    Action.WITHDRAW: Move(_DECIDERS, frozenset({Status.PUBLISHED}), frozenset(DraftState)),
}


def check_move(action: Action, role: Role, status: Status, draft: DraftState) -> Move:
    """Give the move if it is open to ``role`` now.

    Raise :exc:`NotAllowed` if the role may never do it, and :exc:`Conflict` if it may, but not
    in this state.
    """
    move = MOVES[action]
    if role not in move.roles:
        raise NotAllowed(_("Your role may not do this."))
    if status not in move.from_statuses or draft not in move.from_drafts:
        raise Conflict(
            _("This step is not open now: somebody may have moved the filing on. Look at it again.")
        )
    return move
