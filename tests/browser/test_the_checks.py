"""The checks of the pages find what they are there to find."""

import pytest

from tests.browser.visitor import Visitor, faults, overflows, visited

pytestmark = pytest.mark.browser

BROKEN = """() => {
    const main = document.querySelector("main");
    const picture = document.createElement("img");
    picture.src = "/static/img/favicon.svg";
    const wide = document.createElement("p");
    wide.style.width = "400px";
    wide.textContent = "Wide";
    const styled = document.createElement("div");
    styled.setAttribute("style", "color: red");
    const pale = ["One", "Another"].map((text) => {
        const made = document.createElement("p");
        made.style.color = "rgb(0 0 0 / 20%)";
        made.textContent = text;
        return made;
    });
    main.append(picture, wide, styled, ...pale);
    console.error("Something is wrong.");
}"""


def test_a_broken_page_is_found_out(visitor: Visitor) -> None:
    with visited(visitor.as_role(""), is_watched=False) as visit:
        visit.page.goto("/accessibility")
        visit.page.evaluate(BROKEN)
        found, wide = faults(visit.page), overflows(visit.page)
        complaints = visit.all_complaints()

    assert any(fault.startswith("image-alt") for fault in found)
    assert sum(fault.startswith("color-contrast") for fault in found) == 2
    assert any(each.startswith("plain: P") for each in wide)
    assert any(each.startswith("spaced: P") for each in wide)
    assert any(each.startswith("style-src") for each in complaints)
    assert "Something is wrong." in complaints
