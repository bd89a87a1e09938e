"""The search box tells how a query could go on; it is a plain box for those without a script."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route

from tests.browser.visitor import Visitor, faults, overflows, press

pytestmark = pytest.mark.browser

TEXTS = ("tax return", "tax returns", "tax risk")
LIST, OPTIONS, TOLD = "[role=listbox]", "[role=option]", "[aria-live]"
PLACES = [("", "/"), ("", "/search"), ("/ur", "/search"), ("", "/search/help")]


@contextmanager
def suggesting(page: Page, *texts: str) -> Iterator[list[str]]:
    """Let the server suggest just this; give what it is asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        body = json.dumps({"query": "", "suggestions": texts})
        route.fulfill(content_type="application/json", body=body)

    page.route("**/search/suggest.json*", answer)
    yield asked
    page.unroute("**/search/suggest.json*")


def state(page: Page) -> tuple[str, str | None, str | None]:
    """What stands in the box, whether its list is open, and which option is told."""
    box = page.locator("#q")
    active = box.get_attribute("aria-activedescendant")
    chosen = page.locator(f"#{active}").text_content() if active else None
    return box.input_value(), box.get_attribute("aria-expanded"), chosen


@pytest.mark.parametrize(("language", "path"), PLACES)
def test_the_list_is_gone_through_by_keys_and_left_by_escape(
    visitor: Visitor, language: str, path: str
) -> None:
    with visitor.page() as visit, suggesting(visit.page, *TEXTS):
        page = visit.page
        page.goto(language + path)
        page.fill("#q", "")
        page.type("#q", "tax")
        page.wait_for_selector(LIST)
        opened = state(page)
        told = page.inner_text(TOLD)
        broken = faults(page)

        seen = []
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
            page.keyboard.press(key)
            seen.append(state(page)[0::2])
        page.keyboard.press("Escape")

        assert opened == ("tax", "true", None)
        assert told.startswith("3 ")
        assert broken == []
        assert seen == [(t, t) for t in TEXTS[:2]] + [
            (TEXTS[0], TEXTS[0]),
            ("tax", None),
            (TEXTS[2], TEXTS[2]),
        ]
        assert state(page) == ("tax", "false", None)
        assert page.locator(LIST).is_hidden()
        assert visit.all_complaints() == []


def test_enter_searches_for_what_stands_in_the_box(visitor: Visitor) -> None:
    with visitor.page() as visit, suggesting(visit.page, *TEXTS):
        addresses = []
        for keys in (["Enter"], ["ArrowDown", "ArrowDown", "Enter"]):
            visit.page.goto("/")
            visit.page.type("#q", "tax")
            visit.page.wait_for_selector(LIST)
            with visit.page.expect_navigation():
                for key in keys:
                    visit.page.keyboard.press(key)
            addresses.append(visit.page.url.partition("/search")[2])

    assert addresses == ["?q=tax", "?q=tax+returns"]


def test_a_press_on_an_option_searches_for_it(visitor: Visitor) -> None:
    with visitor.page() as visit, suggesting(visit.page, *TEXTS):
        visit.page.goto("/ur/search?phase=in_use")
        visit.page.type("#q", "tax")
        visit.page.wait_for_selector(LIST)
        with visit.page.expect_navigation():
            visit.page.locator(OPTIONS).nth(2).click()

        assert visit.page.input_value("#q") == "tax risk"
        assert "phase=in_use" in visit.page.url


def test_one_who_types_on_is_asked_for_once(visitor: Visitor) -> None:
    with visitor.page() as visit, suggesting(visit.page, "<b>bold</b>") as asked:
        visit.page.goto("/search")
        visit.page.type("#q", "a")
        visit.page.type("#q", "udit risk", delay=5)
        visit.page.wait_for_selector(LIST)
        shown = visit.page.inner_text(OPTIONS)
        visit.page.keyboard.press("Tab")

        assert [address.partition("?")[2] for address in asked] == ["q=audit+risk"]
        assert shown == "<b>bold</b>"
        assert visit.page.locator(LIST).is_hidden()


def test_the_open_list_fits_a_small_screen(visitor: Visitor) -> None:
    with visitor.page() as visit, suggesting(visit.page, "a" * 150, "کاروباری " * 12):
        visit.page.goto("/ur/")
        visit.page.type("#q", "aa")
        visit.page.wait_for_selector(LIST)

        assert overflows(visit.page) == []


def test_where_nothing_can_be_suggested_the_box_just_searches(visitor: Visitor) -> None:
    with visitor.page() as visit:
        visit.page.route("**/search/suggest.json*", lambda route: route.abort())
        visit.page.goto("/")
        visit.page.type("#q", "audit")
        visit.page.wait_for_timeout(400)
        with visit.page.expect_navigation():
            visit.page.keyboard.press("Enter")
        visit.page.unroute("**/search/suggest.json*")

        assert visit.page.url.endswith("/search?q=audit")
        visit.complaints.clear()  # the browser tells of what was broken off


def test_without_a_script_the_box_is_a_form_and_suggestions_are_a_page(visitor: Visitor) -> None:
    with visitor.lent(has_script=False) as visit:
        visit.page.goto("/")
        visit.page.fill("#q", "audit")
        press(visit.page, "main form button")
        found = visit.page.url
        visit.page.goto("/search/suggest")
        visit.page.fill("#q", "audit")
        press(visit.page, "main form button")

        assert found.endswith("/search?q=audit")
        assert visit.page.url.endswith("/search/suggest?q=audit")
        assert visit.page.locator("a[href='/search?q=audit']").count() >= 1
