"""Facts of an agency, in few words."""

from datetime import date
from typing import Any

from register.standard.obligations import (
    AgencyFacts,
    Duty,
    DutyKind,
    DutyState,
    NilReturn,
    Rules,
    Stance,
    StandingKind,
    Statement,
    SystemFacts,
    Version,
    duties,
)

RULES = Rules()
IN_SCOPE, EXEMPT, LEFT = StandingKind.IN_SCOPE, StandingKind.EXEMPT, StandingKind.LEFT


def day(text: str) -> date:
    return date.fromisoformat(text)


def stance(
    kind: StandingKind, from_on: str, until: str = "", noted: str = "", **more: str
) -> Stance:
    """An entry about an agency, noted on its first day unless said otherwise."""
    return Stance(
        kind=kind,
        noted_on=day(noted or from_on),
        from_on=day(from_on),
        until_on=day(until) if until else None,
        **more,
    )


def exempted(key: str, noted: str, ground: str = "other") -> Stance:
    """An exemption of one duty."""
    return stance(EXEMPT, noted, duty=key, ground=ground)


def said(on: str, since: str = "", *, must: bool = True, **more: str) -> Statement:
    """What was said of a system that is in use, unless said otherwise."""
    given = {"phase": "in_use", **more}
    return Statement(on=day(on), must=must, in_use_since=since, **given)


def version(on: str, review: str = "", **more: Any) -> Version:
    return Version(on=day(on), review_due=day(review) if review else None, **more)


def withdrawal(on: str) -> Version:
    return Version(on=day(on), is_withdrawal=True)


def nil(period: str, on: str, withdrawn: str = "") -> NilReturn:
    return NilReturn(period=period, on=day(on), withdrawn_on=day(withdrawn) if withdrawn else None)


def system(*facts: Statement | Version, key: str = "7", reference: str = "AIR-1") -> SystemFacts:
    return SystemFacts(
        key=key,
        reference=reference,
        statements=[each for each in facts if isinstance(each, Statement)],
        versions=[each for each in facts if isinstance(each, Version)],
    )


def agency(*facts: Stance | SystemFacts | NilReturn, since: str = "2024-01-01") -> AgencyFacts:
    """An agency, in scope since a day unless that is empty."""
    begun = [stance(IN_SCOPE, since)] if since else []
    return AgencyFacts(
        agency="taxes",
        stances=[*begun, *(each for each in facts if isinstance(each, Stance))],
        systems=[each for each in facts if isinstance(each, SystemFacts)],
        nil_returns=[each for each in facts if isinstance(each, NilReturn)],
    )


def duty_of(
    facts: AgencyFacts, today: str, kind: DutyKind = DutyKind.SYSTEM, rules: Rules = RULES
) -> tuple[DutyState, str, str] | None:
    """State, due day and day of settlement of the first duty of a kind; ``None`` without one."""
    found = [each for each in duties(facts, rules, day(today)) if each.kind is kind]
    return brief(found[0]) if found else None


def brief(duty: Duty) -> tuple[DutyState, str, str]:
    settled = duty.settled_on.isoformat() if duty.settled_on else ""
    return duty.state, duty.due_on.isoformat(), settled


def duties_by_key(facts: AgencyFacts, today: str, rules: Rules = RULES) -> dict[str, Duty]:
    """Every duty, by key."""
    return {each.key: each for each in duties(facts, rules, day(today))}


def by_key(facts: AgencyFacts, today: str, rules: Rules = RULES) -> dict[str, DutyState]:
    """The state of every duty, by key."""
    return {each.key: each.state for each in duties(facts, rules, day(today))}
