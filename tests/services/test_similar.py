"""Two records that may be about one system: who is warned, of what."""

import pytest

from register.services.filings import filing, similar
from register.services.filings.filing import Filing
from tests.desk import Desk

NAME = {"en": "Sorting of housing benefit claims", "ur": "رہائشی امداد کی درخواستوں کی چھانٹی"}
OTHER = {"en": "Forecast of floods along the river", "ur": "دریا کے سیلاب کی پیش گوئی"}
SUMMARY = {
    "en": "The tool reads each claim for housing benefit and puts the oldest ones first.",
    "ur": "یہ ٹول رہائشی امداد کی ہر درخواست پڑھتا ہے اور سب سے پرانی کو پہلے رکھتا ہے۔",
}
UNLIKE = {"en": "It tells how high the river will be in three days.", "ur": "دریا کی سطح بتاتا ہے۔"}


def found(desk: Desk, by: str, draft: Filing) -> list[str]:
    return [each.reference for each in similar.find_similar(desk[by], draft)]


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        {"en": "SORTING of Housing-Benefit Claims"},
        {"en": "Housing benefit claims, sorting of"},
        {"en": "Sorting of housing benefits claims"},
        {"ur": "رہائشي امداد كي درخواستوں كي چھانٹي"},
    ],
)
def test_a_name_is_known_again_in_either_language_and_spelling(
    desk: Desk, name: dict[str, str]
) -> None:
    other = desk.publish(name=NAME, summary=SUMMARY)

    draft = desk.start("second-officer@taxes", name=name, summary=UNLIKE)

    assert found(desk, "officer@taxes", draft) == [other]


def test_a_summary_is_known_again_under_another_name(desk: Desk) -> None:
    other = desk.start(name=NAME, summary=SUMMARY)

    draft = desk.start(name=OTHER, summary=SUMMARY)

    assert found(desk, "officer@taxes", draft) == [other.reference]


def test_what_is_different_is_not_warned_of(desk: Desk) -> None:
    desk.publish(name=NAME, summary=SUMMARY)

    draft = desk.start(name=OTHER, summary=UNLIKE)

    assert found(desk, "officer@taxes", draft) == []


def test_records_of_other_agencies_and_the_filing_itself_are_no_matter(desk: Desk) -> None:
    desk.publish("officer@health", name=NAME, summary=SUMMARY)

    draft = desk.start(name=NAME, summary=SUMMARY)

    assert found(desk, "officer@taxes", draft) == []


def test_a_nil_return_and_an_amendment_resemble_nothing(desk: Desk) -> None:
    desk.publish(name=NAME, summary=SUMMARY)
    second = desk.publish(name=NAME, summary=SUMMARY)

    nil = desk.start(name=NAME, summary=SUMMARY, record_kind="nil_return")
    amendment = filing.amend(desk["officer@taxes"], second)

    assert found(desk, "officer@taxes", nil) == []
    assert found(desk, "officer@taxes", amendment) == []


def test_the_secretariat_is_told_of_no_draft_that_was_not_handed_in(desk: Desk) -> None:
    desk.start("officer@schools", name=NAME, summary=SUMMARY)
    waiting = desk.submit("officer@schools", name=NAME, summary=SUMMARY)
    public = desk.publish("officer@schools", name=NAME, summary=SUMMARY)
    asked = desk.submit("officer@schools", name=NAME, summary=SUMMARY)

    told = similar.find_similar(desk["secretariat"], asked)

    assert [(each.reference, each.is_public) for each in told] == [
        (waiting.reference, False),
        (public, True),
    ]


def test_the_secretariat_is_told_of_no_draft_that_its_agency_has_yet_to_approve(desk: Desk) -> None:
    waiting = desk.submit("officer@courts", name=NAME, summary=SUMMARY)
    approved = desk.endorse(desk.submit("officer@courts", name=NAME, summary=SUMMARY))
    asked = desk.endorse(desk.submit("officer@courts", name=NAME, summary=SUMMARY))

    assert found(desk, "secretariat", asked) == [approved.reference]
    assert found(desk, "approver@courts", asked) == [waiting.reference, approved.reference]


def test_a_withdrawn_record_is_no_duplicate(desk: Desk) -> None:
    gone = desk.publish(name=NAME, summary=SUMMARY)
    desk.withdraw(gone, reason={"en": "Never used."})

    draft = desk.start(name=NAME, summary=SUMMARY)

    assert found(desk, "officer@taxes", draft) == []
