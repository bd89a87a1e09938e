"""What the secretariat decides about who owes what: on stated grounds and never backwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from register import clock
from register.errors import Invalid, NotAllowed, NotFound
from register.services.audit import trail
from register.services.directory import directory, standings
from register.services.directory.standings import Decision
from register.services.duties.obligations import coverage, list_duties
from register.standard.obligations import DutyState, StandingKind
from register.storage import forget
from tests.desk import Desk, everything
from tests.services.duty_desk import RULES, WHY, checked, on

Deed = Callable[[], None]


def day(days: int = 0) -> date:
    return clock.today() + timedelta(days=days)


def deeds(desk: Desk, by: str, decision: Decision = WHY, from_on: date | None = None) -> list[Deed]:
    """Every deed, as somebody may try it."""
    who, on_day = desk[by], from_on or day()
    return [
        lambda: standings.exempt_agency(who, "taxes", decision, from_on=on_day),
        lambda: standings.exempt_duties(who, "taxes", decision, duties=[period()], rules=RULES),
        lambda: standings.bring_into_scope(who, "taxes", decision, from_on=on_day, rules=RULES),
        lambda: standings.owe_duties_again(who, "taxes", decision, duties=[period()]),
        lambda: standings.note_left(who, "taxes", decision, from_on=on_day),
    ]


def period(agency: str = "taxes") -> str:
    return next(each.key for each in list_duties(RULES, agency=agency) if each.period)


def standing(agency: str = "taxes") -> StandingKind | None:
    forget()
    return coverage(RULES, agency=agency).agencies[0].standing


@pytest.mark.parametrize("by", ["officer@taxes", "approver@taxes", "auditor", "administrator"])
def test_only_the_secretariat_decides(desk: Desk, by: str) -> None:
    before = everything()

    for deed in deeds(desk, by):
        with pytest.raises(NotAllowed):
            deed()

    assert everything() == before


@pytest.mark.parametrize(
    ("field", "decision"),
    [
        ("citation", replace(WHY, citation="  ")),
        ("citation", replace(WHY, citation="x" * 301)),
        ("reason", replace(WHY, reason={})),
        ("reason", replace(WHY, reason={"en": " ", "ur": ""})),
        ("reason", replace(WHY, reason={"en": "x" * 2001})),
    ],
)
def test_every_decision_needs_a_provision_and_a_public_reason(
    desk: Desk, field: str, decision: Decision
) -> None:
    before = everything()

    for deed in deeds(desk, "secretariat", decision):
        with pytest.raises(Invalid) as refused:
            deed()
        assert field in refused.value.errors

    assert everything() == before


@pytest.mark.parametrize("ground", ["", "convenience"])
def test_an_exemption_needs_one_of_the_grounds(desk: Desk, ground: str) -> None:
    for deed in deeds(desk, "secretariat", replace(WHY, ground=ground))[:2]:
        with pytest.raises(Invalid) as refused:
            deed()
        assert list(refused.value.errors) == ["ground"]


def test_no_exemption_and_no_leaving_reaches_back(desk: Desk) -> None:
    exempt, _duty, _scope, _again, leave = deeds(desk, "secretariat", from_on=day(-1))

    for deed in (exempt, leave):
        with pytest.raises(Invalid) as refused:
            deed()
        assert list(refused.value.errors) == ["from_on"]
    with pytest.raises(Invalid) as backwards:
        standings.exempt_agency(desk["secretariat"], "taxes", WHY, from_on=day(5), until_on=day(4))
    with pytest.raises(Invalid) as dayless:
        standings.note_left(desk["secretariat"], "taxes", WHY, from_on=None)
    assert list(backwards.value.errors) == ["until_on"]
    assert list(dayless.value.errors) == ["from_on"]


def test_an_unknown_agency_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        standings.note_left(desk["secretariat"], "nowhere", WHY, from_on=day())


def test_an_agency_is_exempt_and_in_scope_again(desk: Desk) -> None:
    standings.exempt_agency(desk["secretariat"], "taxes", WHY, from_on=day(), until_on=day(400))
    exempt, duty = standing(), list_duties(RULES, agency="taxes")[0]
    standings.bring_into_scope(desk["secretariat"], "taxes", WHY, from_on=day(), rules=RULES)

    assert (exempt, duty.state, duty.ground) == (StandingKind.EXEMPT, DutyState.EXEMPT, "other")
    assert standing() is StandingKind.IN_SCOPE
    assert list_duties(RULES, agency="taxes")[0].state is DutyState.DUE


def test_an_agency_that_left_stays_in_the_counts(desk: Desk) -> None:
    standings.note_left(desk["secretariat"], "taxes", WHY, from_on=day())
    listed = coverage(RULES).agencies

    assert {each.body.slug for each in listed if each.standing is StandingKind.LEFT} == {"taxes"}
    with pytest.raises(Invalid, match="Some answers"):
        standings.note_left(desk["secretariat"], "taxes", WHY, from_on=day(1))
    with pytest.raises(Invalid, match="Some answers"):
        standings.exempt_agency(desk["secretariat"], "taxes", WHY, from_on=day(1))


def test_only_an_agency_that_was_never_away_can_be_brought_into_scope_earlier(desk: Desk) -> None:
    by = desk["secretariat"]
    standings.bring_into_scope(
        by, "taxes", WHY, from_on=day(-800), rules=RULES, is_past_confirmed=True
    )
    standings.exempt_agency(by, "health", WHY, from_on=day(), until_on=day(1))

    with pytest.raises(Invalid) as again:
        standings.bring_into_scope(by, "taxes", WHY, from_on=day(-700), rules=RULES)
    with pytest.raises(Invalid) as back:
        standings.bring_into_scope(by, "health", WHY, from_on=day(-1), rules=RULES)

    assert list(again.value.errors) == list(back.value.errors) == ["from_on"]
    periods = [each for each in list_duties(RULES, agency="taxes") if each.period]
    assert [each.state for each in periods[:-1]] == [DutyState.OVERDUE] * (len(periods) - 1)
    assert len(periods) >= 3


def test_a_day_that_makes_duties_overdue_at_once_has_to_be_confirmed(desk: Desk) -> None:
    by = desk["secretariat"]
    before = everything()

    with pytest.raises(Invalid) as asked:
        standings.bring_into_scope(by, "taxes", WHY, from_on=day(-800), rules=RULES)
    untouched = everything() == before
    standings.bring_into_scope(
        by, "taxes", WHY, from_on=day(-800), rules=RULES, is_past_confirmed=True
    )

    assert untouched
    assert list(asked.value.errors) == ["past_confirmed"]
    overdue = [each for each in list_duties(RULES) if each.state is DutyState.OVERDUE]
    said: Any = asked.value.errors["past_confirmed"][0]
    assert said.values["count"] == len(overdue) > 0
    assert said.values["day"] == min(each.due_on for each in overdue).isoformat()


def test_an_agency_that_is_to_come_into_scope_can_come_today(desk: Desk) -> None:
    row = {"slug": "later", "names": {"en": "Later"}, "level": "local"}
    directory.import_agencies([{**row, "in_scope_from": "2999-01-01"}])

    assert standing("later") is None
    standings.bring_into_scope(desk["secretariat"], "later", WHY, from_on=day(), rules=RULES)

    assert standing("later") is StandingKind.IN_SCOPE


def test_one_overdue_duty_is_exempt_once_and_for_all_to_see(desk: Desk) -> None:
    standings.bring_into_scope(
        desk["secretariat"], "taxes", WHY, from_on=day(-800), rules=RULES, is_past_confirmed=True
    )
    key = period()
    decision = replace(WHY, ground="entered_in_error", reason={"en": " An error. ", "ur": " "})
    standings.exempt_duties(desk["secretariat"], "taxes", decision, duties=[key], rules=RULES)

    found = {each.key: each for each in list_duties(RULES, agency="taxes")}
    entry = standings.list_entries("taxes")[-1]

    assert (found[key].state, found[key].ground) == (DutyState.EXEMPT, "entered_in_error")
    assert (entry.duty, entry.decision.reason) == (key, {"en": "An error."})
    assert entry.decision.citation == WHY.citation
    for wrong in (key, "period:1999", "", period("health").replace("period", "system")):
        with pytest.raises(Invalid) as refused:
            standings.exempt_duties(desk["secretariat"], "taxes", WHY, duties=[wrong], rules=RULES)
        assert list(refused.value.errors) == ["duty"]


def test_several_duties_are_exempt_by_one_decision_or_none_is(desk: Desk) -> None:
    secretariat = desk["secretariat"]
    standings.bring_into_scope(
        secretariat, "taxes", WHY, from_on=day(-1200), rules=RULES, is_past_confirmed=True
    )
    keys = [each.key for each in list_duties(RULES, agency="taxes") if each.state == "overdue"]
    before = everything()
    for wrong in ([*keys, "period:1999"], []):
        with pytest.raises(Invalid) as refused:
            standings.exempt_duties(secretariat, "taxes", WHY, duties=wrong, rules=RULES)
        assert list(refused.value.errors) == ["duty"]
    assert everything() == before

    standings.exempt_duties(secretariat, "taxes", WHY, duties=[*keys, keys[0]], rules=RULES)

    entries = [each for each in standings.list_entries("taxes") if each.duty]
    assert [each.duty for each in entries] == keys
    assert len(keys) > 2
    states = {each.key: each.state for each in list_duties(RULES, agency="taxes")}
    assert {states[key] for key in keys} == {DutyState.EXEMPT}


def test_an_exemption_of_a_single_duty_is_taken_back_and_given_again(desk: Desk) -> None:
    secretariat = desk["secretariat"]
    standings.bring_into_scope(
        secretariat, "taxes", WHY, from_on=day(-800), rules=RULES, is_past_confirmed=True
    )
    key = period()

    def state() -> DutyState:
        forget()
        return next(e.state for e in list_duties(RULES, agency="taxes") if e.key == key)

    seen = [state()]
    standings.exempt_duties(secretariat, "taxes", WHY, duties=[key], rules=RULES)
    seen.append(state())
    standings.owe_duties_again(secretariat, "taxes", WHY, duties=[key])
    seen.append(state())
    for wrong in ([key], ["period:1999"], []):
        with pytest.raises(Invalid) as refused:
            standings.owe_duties_again(secretariat, "taxes", WHY, duties=wrong)
        assert list(refused.value.errors) == ["duty"]
    standings.exempt_duties(secretariat, "taxes", WHY, duties=[key], rules=RULES)
    seen.append(state())

    overdue, exempt = DutyState.OVERDUE, DutyState.EXEMPT
    assert seen == [overdue, exempt, overdue, exempt]
    kinds = [each.kind for each in standings.list_entries("taxes") if each.duty]
    assert kinds == [StandingKind.EXEMPT, StandingKind.IN_SCOPE, StandingKind.EXEMPT]
    assert standing() is StandingKind.IN_SCOPE


def test_what_was_filed_in_time_cannot_be_exempted(desk: Desk) -> None:
    desk.publish()
    key = next(each.key for each in list_duties(RULES, agency="taxes") if each.state == "filed")

    with pytest.raises(Invalid) as refused:
        standings.exempt_duties(desk["secretariat"], "taxes", WHY, duties=[key], rules=RULES)

    assert list(refused.value.errors) == ["duty"]


def test_an_exemption_leaves_what_is_overdue(desk: Desk) -> None:
    checked(desk, since="2020")
    with on((day(400)).isoformat()):
        before = {each.key for each in list_duties(RULES) if each.state is DutyState.OVERDUE}
        for deed in (standings.exempt_agency, standings.note_left):
            deed(desk["secretariat"], "taxes", WHY, from_on=clock.today())
        forget()
        after = {each.key for each in list_duties(RULES) if each.state is DutyState.OVERDUE}

    assert before == after
    assert len(before) > 1


def test_each_decision_is_told_in_the_trail(desk: Desk) -> None:
    by, key = desk["secretariat"], period()
    standings.exempt_duties(by, "taxes", WHY, duties=[key], rules=RULES)
    standings.owe_duties_again(by, "taxes", WHY, duties=[key])
    standings.exempt_agency(by, "taxes", WHY, from_on=day(), until_on=day(9))
    standings.bring_into_scope(by, "taxes", WHY, from_on=day(), rules=RULES)
    standings.note_left(by, "taxes", WHY, from_on=day(1))

    told = {each.action: (each.actor, each.details) for each in trail.list_trail(5)}

    today, later = day().isoformat(), day(9).isoformat()
    assert told == {
        "duty_exempted": ("secretariat", {"agency": "taxes", "from": today, "duty": key}),
        "duty_owed_again": ("secretariat", {"agency": "taxes", "from": today, "duty": key}),
        "agency_exempted": ("secretariat", {"agency": "taxes", "from": today, "until": later}),
        "agency_in_scope": ("secretariat", {"agency": "taxes", "from": today}),
        "agency_left": ("secretariat", {"agency": "taxes", "from": day(1).isoformat()}),
    }
