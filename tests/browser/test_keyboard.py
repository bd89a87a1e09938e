"""The keyboard alone: nothing is out of reach, and it is always seen where one is."""

import pytest
from playwright.sync_api import Page

from tests.browser.service import OFFICER
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

# What is focused, whether it can be seen, and whether anything shows that it is focused.
FOCUSED = """async () => {
    // The browser scrolls there in the next frame.
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    const element = document.activeElement;
    const shows = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none";
    const around = [element, element.labels?.[0]].filter(Boolean);
    const styles = around.flatMap((each) => [null, "::before", "::after"]
        .map((part) => getComputedStyle(each, part)));
    const box = element.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0
        && box.left < innerWidth;
    return {
        name: `${element.tagName} ${element.id || element.name || element.textContent.trim()}`,
        isShown: styles.some(shows),
        isInside: inside,
    };
}"""
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)].filter((e) => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && !e.disabled
    && !(e.type === "radio" && e !== (document.querySelector(`[name="${e.name}"]:checked`)
        ?? document.querySelector(`[name="${e.name}"]`)))).length"""


@pytest.mark.parametrize("language", ["", "/ur"])
def test_the_first_key_shows_a_way_past_the_navigation(visitor: Visitor, language: str) -> None:
    with visitor.page() as visit:
        visit.page.goto(f"{language}/search")
        visit.page.keyboard.press("Tab")
        link = visit.page.evaluate(FOCUSED)
        box = visit.page.locator(":focus").bounding_box()

        visit.page.keyboard.press("Enter")
        target = visit.page.evaluate("document.activeElement.id")
        visit.page.keyboard.press("Tab")
        is_within = visit.page.evaluate("!!document.activeElement.closest('main')")

    assert link["isInside"]
    assert box is not None
    assert box["height"] > 20
    assert target == "main-content"
    assert is_within


@pytest.mark.parametrize(
    ("email", "path"),
    [
        ("", "/search?q=health"),
        ("", "/disclosures/{high}"),
        ("", "/ur/account/sign-in"),
        (OFFICER, "/filing/must-disclose"),
        (OFFICER, "/ur/filing/{empty}/rights"),
    ],
)
def test_every_control_is_reached_and_shows_that_it_is(
    visitor: Visitor, email: str, path: str
) -> None:
    with visitor.page(email) as visit:
        visit.page.goto(visitor.service.url(path))
        count = visit.page.evaluate(REACHABLE)
        stops = list(walk(visit.page))

    assert len(stops) >= count
    assert [stop["name"] for stop in stops if not stop["isShown"]] == []
    assert [stop["name"] for stop in stops if not stop["isInside"]] == []


def walk(page: Page) -> list[dict[str, object]]:
    """Every stop from the top of the page to its end."""
    stops = []
    for _step in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return stops
        stops.append(page.evaluate(FOCUSED))
    raise AssertionError("there is no way out of the page")


def test_errors_take_the_reader_to_the_control(visitor: Visitor) -> None:
    with visitor.page() as visit:
        visit.page.goto("/account/sign-in")
        visit.page.focus("#email")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector(".govuk-error-summary:focus")
        title = visit.page.title()

        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")

        assert title.startswith("Error: ")
        assert visit.page.evaluate("document.activeElement.id") == "email"
