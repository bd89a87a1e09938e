"""What is filed looks ahead from its day; what is published stays right as days go by."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from register import clock
from register.errors import Invalid
from register.schemas import find_errors, validate
from register.standard import CURRENT
from register.standard.content import Content
from tests.desk import sample_content

TODAY = clock.today()


def filed(**answers: object) -> dict[str, list[str]]:
    return find_errors(CURRENT, sample_content().with_answers(**answers), filed_on=TODAY)


def withholding(review_on: date | str, field: str = "benefits", **entry: str) -> Content:
    made = {
        "field": field,
        "ground": "other",
        "citation": "Act, section 7",
        "public_reason": {"en": "It would do harm.", "ur": "نقصان۔"},
        "decided_by": "A. Director",
        "decided_on": TODAY.isoformat(),
        "review_on": str(review_on),
        **entry,
    }
    return replace(sample_content(), withheld=(made,))


def test_a_review_that_has_gone_by_is_refused_on_the_day_of_filing_only() -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()

    assert list(filed(next_review_due=yesterday)) == ["next_review_due"]
    assert filed(next_review_due=TODAY.isoformat()) == {}
    assert find_errors(CURRENT, sample_content().with_answers(next_review_due=yesterday)) == {}


@pytest.mark.parametrize(
    ("days", "is_right"), [(-9000, False), (0, False), (1, True), (1800, True), (1900, False)]
)
def test_a_withholding_is_looked_at_again_on_a_day_to_come_within_five_years(
    days: int, is_right: bool
) -> None:
    content = withholding(TODAY + timedelta(days=days))

    errors = find_errors(CURRENT, content, filed_on=TODAY)

    assert list(errors) == ([] if is_right else ["withheld.benefits.review_on"])
    assert find_errors(CURRENT, content) == {}


def test_what_is_withheld_has_to_be_answered_unless_it_is_not_decided_yet() -> None:
    content = withholding(TODAY + timedelta(days=9))
    silent = replace(content, answers={k: v for k, v in content.answers.items() if k != "benefits"})
    undecided = replace(silent, withheld=({**silent.withheld[0], "ground": "not_yet_determined"},))

    with pytest.raises(Invalid) as refused:
        validate(CURRENT, silent, filed_on=TODAY)

    assert list(refused.value.errors) == ["benefits"]
    assert validate(CURRENT, undecided, filed_on=TODAY)
    assert validate(CURRENT, silent)


@pytest.mark.parametrize("day", ["", "soon", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_raises_nothing_here(day: str) -> None:
    assert find_errors(CURRENT, withholding(day), filed_on=TODAY)
