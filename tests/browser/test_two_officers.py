"""Two officers write in one section at once: no word of either is lost."""

import pytest

from tests.browser.filling import SAVE, called
from tests.browser.prepared import a_bureau, a_draft, stored
from tests.browser.visitor import Visitor
from tests.browser.walker import WAYS, Walker, Way, walking

pytestmark = pytest.mark.browser

PURPOSE, TITLE, OTHER_TITLE = "purpose-en", "legal_basis-0-title-en", "legal_basis-1-title-en"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_of_two_who_save_at_once_the_second_sees_both_texts_and_chooses(
    visitor: Visitor, way: Way
) -> None:
    bureau = a_bureau(visitor.service, "harbour-office")
    content = called("tax-return-risk", f"Berth {way}", "برتھ")
    reference = a_draft(visitor.service, bureau, content)
    with (
        walking(visitor, way, bureau.officer) as officer,
        walking(visitor, way.other, bureau.colleague) as colleague,
    ):
        for walker in (officer, colleague):
            walker.go(f"/filing/{reference}/purpose")
        officer.enter({PURPOSE: ["Theirs."], TITLE: ["Their law."]})
        officer.press(SAVE)
        colleague.enter({PURPOSE: ["Mine."], OTHER_TITLE: ["My law."]})

        colleague.press(SAVE)

        colleague.forgive(409)
        assert colleague.page.locator(".govuk-warning-text").count() == 1
        assert {"Theirs.", "Their law."} <= words_in(colleague, ".app-before")
        assert {"Mine.", "My law."} <= words_in(colleague, ".app-after")
        assert colleague.control(PURPOSE).input_value() == "Mine."
        assert colleague.control(OTHER_TITLE).input_value() == "My law."

        colleague.enter({PURPOSE: ["Mine and theirs."], TITLE: ["Their law."]})
        colleague.press(SAVE)

    kept = stored(visitor.service, bureau, reference).answers
    assert kept["purpose"]["en"] == "Mine and theirs."
    assert [entry["title"]["en"] for entry in kept["legal_basis"]] == ["Their law.", "My law."]


def words_in(walker: Walker, place: str) -> set[str]:
    """The lines that stand in such places."""
    texts = walker.page.locator(place).all_inner_texts()
    return {line.strip() for text in texts for line in text.splitlines()}
