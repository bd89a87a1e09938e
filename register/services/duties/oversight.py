"""What the secretariat watches over: which filings wait, for whom, and since when.

A draft that was not handed in to the secretariat is the agency's own affair: of it, only the
reference, the state and the day are told, and the name under which it is public already.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from register import clock
from register.errors import NotAllowed
from register.services.actor import Actor
from register.standard.lifecycle import WAITING, DraftState, Role, Status
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import briefs, disclosures
from register.storage.briefs import Brief

WATCHED = (DraftState.SUBMITTED, DraftState.ENDORSED, DraftState.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Position:
    """Where a filing stands, and since when. ``name`` is absent where it is nobody else's affair.

    ``is_ours`` says that the secretariat is to decide on it, ``is_stuck`` that nobody can:
    everybody who may has worked on it, or there is nobody.
    """

    reference: str
    body: Body
    name: Mapping[str, str] | None
    status: Status
    draft_state: DraftState
    version: int
    since: datetime | None
    is_ours: bool
    is_stuck: bool = False

    @property
    def days(self) -> int:
        """How many whole days it has stood like this."""
        return (clock.now() - self.since).days if self.since else 0


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The filings that wait: for the secretariat, at agencies, and for corrections."""

    ours: tuple[Position, ...]
    at_agencies: tuple[Position, ...]
    returned: tuple[Position, ...]


def get_queue(by: Actor) -> Queue:
    """Give what waits, the longest waiting first."""
    _check_secretariat(by)
    stuck = disclosures.list_undecidable()
    listed = (_position(each, stuck) for each in briefs.list_in_states(WATCHED))
    found = sorted(listed, key=_since)
    return Queue(
        ours=tuple(each for each in found if each.is_ours),
        at_agencies=tuple(
            each
            for each in found
            if not each.is_ours and each.draft_state is not DraftState.RETURNED
        ),
        returned=tuple(each for each in found if each.draft_state is DraftState.RETURNED),
    )


def list_of_agency(by: Actor, slug: str) -> list[Position]:
    """Give where each filing of an agency stands, the newest filing first."""
    _check_secretariat(by)
    stuck = disclosures.list_undecidable()
    return [_position(each, stuck) for each in briefs.list_of_agency(slug)]


def waits_for_secretariat(approval: str, state: DraftState) -> bool:
    """Tell whether a filing in this state is the secretariat's to decide."""
    if approval == "secretariat":
        return state in WAITING
    return approval == "both" and state is DraftState.ENDORSED


def _position(brief: Brief, stuck: Collection[str]) -> Position:
    state = DraftState(brief.draft_state)
    is_ours = waits_for_secretariat(brief.body.approval, state)
    name = brief.drafted_name if is_ours else brief.published_name
    return Position(
        reference=brief.reference,
        body=brief.body,
        name=name or brief.published_name,
        status=Status(brief.status),
        draft_state=state,
        version=brief.version,
        since=_since_when(brief, state),
        is_ours=is_ours,
        is_stuck=brief.reference in stuck,
    )


def _since_when(brief: Brief, state: DraftState) -> datetime | None:
    moved = {
        DraftState.NONE: brief.published_at,
        DraftState.SUBMITTED: brief.submitted_at,
        DraftState.ENDORSED: brief.endorsed_at,
        DraftState.RETURNED: brief.returned_at,
    }
    return moved.get(state) or brief.saved_at


def _since(position: Position) -> tuple[datetime, str]:
    return position.since or clock.now(), position.reference


def _check_secretariat(by: Actor) -> None:
    if by.role is not Role.SECRETARIAT:
        raise NotAllowed(_("Your role may not do this."))
