"""A section saves itself, and nothing that goes wrong meanwhile costs a word."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.service import OFFICER, PASSWORD
from tests.browser.visitor import Visitor, faults, overflows, press, sign_in

pytestmark = pytest.mark.browser

SECTION = "/filing/{empty}/purpose"
STATUS = ".app-autosave"
END_OF_LAST = """
    UPDATE sign_in SET seen_at = '2020-01-01 00:00:00' WHERE id = (SELECT MAX(id) FROM sign_in)
"""
SAVE = ".app-form__end button[name=save]"


@contextmanager
def writing(visitor: Visitor, language: str = "") -> Iterator[Page]:
    """The section before somebody who has just signed in, in a browser of their own."""
    context = visitor.context()
    page = context.new_page()
    sign_in(page, OFFICER, language)
    page.goto(language + visitor.service.url(SECTION).removeprefix(visitor.service.base))
    try:
        yield page
    finally:
        context.close()


def kept(visitor: Visitor, control: str = "#purpose-en") -> str:
    """What is stored, as a fresh page shows it."""
    with writing(visitor) as page:
        return page.input_value(control)


def test_what_is_typed_is_saved_by_itself_and_the_page_says_so(visitor: Visitor) -> None:
    with writing(visitor) as page:
        page.fill("#purpose-en", "Saved by itself.")
        expect(page.locator(STATUS)).to_have_text("")
        expect(page.locator(STATUS)).to_contain_text("Saved at ")
        assert page.get_attribute(STATUS, "role") == "status"
        assert faults(page) == []
        assert overflows(page) == []

        assert kept(visitor) == "Saved by itself."


def test_saving_by_itself_does_not_come_in_the_way_of_saving_by_hand(visitor: Visitor) -> None:
    with writing(visitor) as page:
        page.fill("#purpose-en", "First.")
        expect(page.locator(STATUS)).to_contain_text("Saved at ")
        page.fill("#purpose-en", "Second.")
        press(page, SAVE)

        assert page.locator(".govuk-error-summary, .govuk-warning-text").count() == 0
        assert kept(visitor) == "Second."


def test_a_button_pressed_while_it_saves_waits_for_it(visitor: Visitor) -> None:
    def slowly(route: Route) -> None:
        if "autosave" in (route.request.post_data or ""):
            page.wait_for_timeout(1500)
        route.continue_()

    with writing(visitor) as page:
        page.route("**/purpose", slowly)
        page.fill("#purpose-en", "While it saves.")
        with page.expect_request(lambda r: "autosave" in (r.post_data or "")):
            pass
        page.fill("#purpose-en", "While it saves, and more.")
        press(page, SAVE)

        assert page.locator(".govuk-warning-text").count() == 0
        assert kept(visitor) == "While it saves, and more."


def test_somebody_else_s_text_stops_it_and_both_are_shown_on_saving(visitor: Visitor) -> None:
    with writing(visitor) as page, writing(visitor) as other:
        other.fill("#purpose-en", "Theirs.")
        press(other, SAVE)
        page.fill("#purpose-en", "Mine.")

        expect(page.locator(STATUS)).to_contain_text("Somebody else changed this section.")
        press(page, SAVE)

        assert "Theirs." in page.inner_text(".app-change-box")
        assert page.input_value("#purpose-en") == "Mine."
        assert page.locator("form[data-autosave]").count() == 0
        assert kept(visitor) == "Theirs."


def test_when_the_session_ends_the_text_stays_and_arrives_after_signing_in(
    visitor: Visitor,
) -> None:
    with writing(visitor) as page:
        end_last_session(visitor)
        page.fill("#purpose-en", "Written after the end.")

        expect(page.locator(STATUS)).to_contain_text("Your session has ended.")
        assert page.input_value("#purpose-en") == "Written after the end."
        press(page, SAVE)
        assert "What you wrote has been kept." in page.inner_text("main")
        page.fill("#email", OFFICER)
        page.fill("#password", PASSWORD)
        press(page, "main form button")
        assert faults(page) == []
        press(page, "text=Send it now")

        assert kept(visitor) == "Written after the end."


def test_without_a_network_it_tries_again_until_there_is_one(visitor: Visitor) -> None:
    with writing(visitor) as page:
        page.context.set_offline(True)
        page.fill("#purpose-en", "Through a tunnel.")
        expect(page.locator(STATUS)).to_contain_text("the register cannot be reached")

        page.context.set_offline(False)

        expect(page.locator(STATUS)).to_contain_text("Saved at ")
        assert kept(visitor) == "Through a tunnel."


def test_it_speaks_the_language_of_the_page(visitor: Visitor) -> None:
    with writing(visitor, "/ur") as page:
        page.fill("#purpose-ur", "خود محفوظ ہوا۔")
        expect(page.locator(STATUS)).not_to_have_text("")
        assert page.get_attribute("html", "dir") == "rtl"
        assert overflows(page) == []


def end_last_session(visitor: Visitor) -> None:
    """Let the session that was begun last grow old, as over a night."""
    with sqlite3.connect(visitor.service.log.parent / "register.sqlite", timeout=20) as database:
        database.execute(END_OF_LAST)
