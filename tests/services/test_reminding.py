"""Reminders: at each step once, all on one letter, also after days on which nobody reminded."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from register import clock, config
from register.services.accounts import people
from register.services.duties import reminding
from register.services.duties.reminding import Step, step_of
from register.services.filings import publishing
from register.storage import forget
from register.storage.database import db
from register.storage.models import MailMessage
from tests.desk import Desk
from tests.services.test_renewing import begin, confirm, submit

SETTINGS = config.Settings()
# The agencies come into scope on the day of the test, which is earlier.
PUBLISHED = date(clock.today().year + 1, 1, 5)
DUE = PUBLISHED.replace(year=PUBLISHED.year + 1)
TO = "officer@taxes"


def at(day: date, hour: int = 8) -> Any:
    return clock.at(datetime.combine(day, time(hour), tzinfo=UTC))


def remind(*days: date) -> None:
    for day in days:
        with at(day):
            reminding.remind(SETTINGS)


def publish(desk: Desk, days_later: int = 0) -> str:
    """A record that is to be confirmed a year after its publication."""
    day = PUBLISHED + timedelta(days=days_later)
    with at(day):
        return desk.publish(next_review_due=day.replace(year=day.year + 2).isoformat())


def told(reference: str, to: str = TO) -> list[tuple[int, str]]:
    """How many days before the due day somebody was told of a record, and at which step."""
    forget()
    found = []
    for letter in db.session.query(MailMessage).filter_by(recipient=to, kind="reminder"):
        day = date.fromisoformat(letter.key.partition(":")[2])
        for step in letter.details["steps"]:
            for duty in step["duties"]:
                if duty["reference"] == reference and duty["kind"] == "confirmation":
                    found.append(((DUE - day).days, step["step"]))
    return found


def days(first: int, last: int) -> Iterable[date]:
    """The days from so many before the due day to so many before it."""
    return (DUE - timedelta(days=left) for left in range(first, last - 1, -1))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_a_step_comes_on_the_day_it_says_and_lasts_until_the_next(due: date, left: int) -> None:
    today = due - timedelta(days=left)

    step, before = step_of(due, today), step_of(due, today - timedelta(days=1))

    is_first_day = left in {60, 30, 7} or (left < 0 and (-left - 1) % 30 == 0)
    assert (step != before) == is_first_day
    assert (step is None) == (left > 60)
    assert (step is not None and step.name == "overdue") == (left < 0)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sets(st.integers(-200, 100)))
def test_whichever_days_are_missed_no_step_is_told_twice_and_none_too_early(
    due: date, missed: set[int]
) -> None:
    steps = [step_of(due, due - timedelta(days=left)) for left in range(100, -201, -1)]
    run = [s for left, s in zip(range(100, -201, -1), steps, strict=True) if left not in missed]

    known: list[Step] = []
    for step in run:
        if step is not None and step not in known:
            known.append(step)

    order = [Step("60"), Step("30"), Step("7"), *(Step("overdue", n) for n in range(7))]
    assert known == [step for step in order if step in known]
    assert set(known) == {step for step in run if step is not None}


def test_a_duty_is_told_at_each_step_once(desk: Desk) -> None:
    reference = publish(desk)

    remind(*days(63, -62))

    assert told(reference) == [
        (60, "60"),
        (30, "30"),
        (7, "7"),
        (-1, "overdue"),
        (-31, "overdue"),
        (-61, "overdue"),
    ]


def test_reminding_twice_a_day_sends_nothing_twice(desk: Desk) -> None:
    reference = publish(desk)

    remind(*days(60, 60), *days(60, 60), *days(59, 59))

    assert told(reference) == [(60, "60")]


def test_days_on_which_nobody_reminded_are_made_up_for_once(desk: Desk) -> None:
    reference = publish(desk)

    remind(*days(33, 32), *days(28, 26), *days(-5, -7))

    assert told(reference) == [(33, "60"), (28, "30"), (-5, "overdue")]


def test_every_officer_and_approver_of_the_agency_is_told_and_nobody_else(desk: Desk) -> None:
    reference = publish(desk)
    people.disable_account("second-officer@taxes")

    remind(*days(60, 60))

    assert {name for name in desk.people if told(reference, name)} == {
        TO,
        "approver@taxes",
        "second-approver@taxes",
    }


def test_all_that_is_due_stands_on_one_letter_the_most_urgent_first(desk: Desk) -> None:
    soon = publish(desk)
    later = publish(desk, 50)

    remind(*days(7, 7))

    forget()
    letters = db.session.query(MailMessage).filter_by(recipient=TO, kind="reminder").all()
    confirmations = [
        (step["step"], duty["reference"])
        for step in letters[0].details["steps"]
        for duty in step["duties"]
        if duty["kind"] == "confirmation"
    ]
    assert len(letters) == 1
    assert confirmations == [("7", soon), ("60", later)]


def test_what_was_confirmed_is_not_told_any_more(desk: Desk) -> None:
    reference = publish(desk)
    remind(*days(30, 30))
    with at(DUE - timedelta(days=20)):
        waiting = submit(desk, confirm(desk, begin(desk, reference)))
        publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)

    remind(*days(19, -40))

    assert told(reference) == [(30, "30")]


def test_letters_of_long_ago_are_forgotten(desk: Desk) -> None:
    publish(desk)
    remind(*days(60, 60))

    remind(DUE + timedelta(days=500))

    forget()
    oldest = min(each.at for each in db.session.query(MailMessage))
    assert oldest.date() == DUE + timedelta(days=500)


def told_secretariat(to: str = "secretariat") -> list[tuple[str, list[str]]]:
    """On which days the secretariat was told that nobody can be reminded, and at which bodies."""
    forget()
    return [
        (letter.key, [body["path"].rpartition("/")[2] for body in letter.details["bodies"]])
        for letter in db.session.query(MailMessage).filter_by(recipient=to, kind="unattended")
    ]


def nobody_at(*slugs: str) -> None:
    for slug in slugs:
        for name in ("officer", "second-officer", "approver", "second-approver"):
            people.disable_account(f"{name}@{slug}")


def test_while_somebody_can_be_reminded_the_secretariat_is_not_told(desk: Desk) -> None:
    publish(desk)
    people.disable_account("second-officer@taxes")
    overdue_on = DUE + timedelta(days=1)

    remind(overdue_on)

    assert all("taxes" not in bodies for _key, bodies in told_secretariat())


def test_what_is_overdue_with_nobody_to_remind_is_told_to_the_secretariat_once_a_step(
    desk: Desk,
) -> None:
    nobody_at("taxes")
    first = date(clock.today().year + 1, 1, 31)  # the return for this year is overdue from here on

    remind(first - timedelta(days=1), first, first, *(first + timedelta(n) for n in range(1, 32)))

    days = [first, first + timedelta(days=30)]
    expected = [(f"unattended:{day.isoformat()}", ["taxes"]) for day in days]
    assert told_secretariat() == told_secretariat("second-secretariat") == expected


def test_one_letter_names_all_bodies_with_nobody_as_soon_as_one_is_new(desk: Desk) -> None:
    first = date(clock.today().year + 1, 1, 31)
    nobody_at("taxes")
    remind(first)

    nobody_at("health")
    people.disable_account("second-secretariat")
    remind(first + timedelta(days=1), first + timedelta(days=2))

    assert [bodies for _key, bodies in told_secretariat()] == [["taxes"], ["health", "taxes"]]
    assert len(told_secretariat("second-secretariat")) == 1
