"""From signing in to being found, as people do it: in English, in Urdu, and without scripts."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from register.standard.content import Content
from register.standard.field import Kind, Section
from tests.browser.conftest import MEASURED
from tests.browser.service import APPROVER, OFFICER
from tests.browser.visitor import Visitor, faults, sign_in, visited
from tests.journeys.answering import SECTIONS, inputs_of, sample

pytestmark = pytest.mark.browser

# The one limit on time in these tests: the register promises it to those who publish.
SOON = 2.0


@contextmanager
def before(visitor: Visitor, *, has_script: bool) -> Iterator[Page]:
    """A page in a browser of its own."""
    context = visitor.context(has_script=has_script)
    try:
        if has_script:
            with visited(context) as visit:
                yield visit.page
        else:
            yield context.new_page()
    finally:
        context.close()


def content_called(word: str, urdu_word: str, name: str) -> Content:
    """A complete filing with a name that nothing else in the register has."""
    content = sample(name)
    names = {"en": f"{word} street fault planner", "ur": f"{urdu_word} منصوبہ"}
    return content.with_answers(name=names)


def press(page: Page, button: str) -> None:
    """Press a button, and be on the next page without having been told of errors."""
    with page.expect_navigation():
        page.click(button)
    errors = page.locator(".govuk-error-summary")
    assert errors.count() == 0, errors.inner_text()


def begin(page: Page, content: Content, language: str) -> str:
    """Start a filing; give its reference."""
    page.click(f"a[href='{language}/filing/new']")
    page.check(f"[name=record_kind][value={content.answers['record_kind']}]")
    for code, text in content.answers["name"].items():
        page.fill(f"[name=name-{code}]", text)
    press(page, "main form button")
    return page.url.rsplit("/", 1)[1]


def fill_in(page: Page, reference: str, section: Section, content: Content, language: str) -> None:
    """Fill in a section, with as many entries as it needs, and mark it as complete."""
    page.goto(f"{language}/filing/{reference}/{section.name}")
    wanted = inputs_of(section, content)
    for field in section.asked_fields:
        entries = content.answers.get(field.name, ()) if field.kind is Kind.GROUPS else ()
        for number in range(1, len(entries)):
            enter(page, wanted, f"{field.name}-{number - 1}-")
            press(page, f"button[name=add][value={field.name}]")
            expect(page.locator(f"#{field.name}-item-{number}")).to_be_visible()
    enter(page, wanted)
    press(page, "button[name=complete]")
    # The browser takes the fragment of an entry that was added along.
    assert page.url.split("#")[0].endswith(f"/filing/{reference}")


def enter(page: Page, wanted: dict[str, list[str]], prefix: str = "") -> None:
    """Type and choose."""
    for name, values in wanted.items():
        if not name.startswith(prefix):
            continue
        control = page.locator(f"[name='{name}']")
        kind = control.first.evaluate("e => e.type")
        if kind in {"radio", "checkbox"}:
            for value in values:
                page.check(f"[name='{name}'][value='{value}']")
        elif name == "languages":
            control.first.select_option(values[0])
            for value in values:
                page.check(f"input[name=languages][value={value}]")
        elif kind.startswith("select"):
            control.select_option(values[0])
        else:
            control.fill(values[0])


def wait_until_found(page: Page, words: tuple[str, ...], reference: str) -> None:
    """Search again and again, as an impatient reader does, until each word finds it."""
    missing, tries = list(words), 0
    while missing and tries < 200:
        tries += 1
        answer = page.request.get("/search", params={"q": missing[0]})
        assert answer.status == 200
        if f"/disclosures/{reference}" in answer.text():
            missing.pop(0)
    assert missing == []


def file(visitor: Visitor, content: Content, language: str, *, has_script: bool) -> str:
    """Begin, hand in too early, be told, complete, and hand in; give the reference."""
    with before(visitor, has_script=has_script) as page:
        sign_in(page, OFFICER, language)
        reference = begin(page, content, language)
        page.goto(f"{language}/filing/{reference}/check")
        with page.expect_navigation():
            page.click("main form button")
        assert page.locator(".govuk-error-summary__list li").count() > 5
        assert page.title().startswith("Error: " if not language else "")
        assert not has_script or faults(page) == []
        for section in SECTIONS:
            if any(field.is_asked(content.answers) for field in section.asked_fields):
                fill_in(page, reference, section, content, language)
        page.goto(f"{language}/filing/{reference}/check")
        press(page, "main form button")
        assert page.url.endswith(f"/filing/{reference}")
    return reference


def publish(
    visitor: Visitor, reference: str, words: tuple[str, ...], language: str, *, has_script: bool
) -> float:
    """Publish as another person; give the seconds until each word finds it."""
    with before(visitor, has_script=has_script) as page:
        sign_in(page, APPROVER, language)
        page.goto(f"{language}/filing/")
        page.click(f"a[href='{language}/review/{reference}']")
        pressed_at = time.monotonic()
        press(page, "form[action$='/publish'] button")
        assert page.url.endswith(f"/disclosures/{reference}")
        wait_until_found(page, words, reference)
        return time.monotonic() - pressed_at


def export(page: Page, language: str) -> dict[str, Any]:
    """Download the register from the page on data; give its records by reference."""
    page.goto(f"{language}/data")
    with page.expect_download() as download:
        page.click("a[href$='/api/v1/export.ndjson']")
    lines = download.value.path().read_text("utf-8").splitlines()
    return {each["reference"]: each for each in map(json.loads, lines)}


@pytest.mark.parametrize(
    ("language", "has_script", "words", "name"),
    [
        ("", True, ("Zephyrine", "قندیلہ"), "street-fault-reports"),
        ("/ur", True, ("Quillonby", "شبنمستان"), "school-bus-routes"),
        ("", False, ("Marrowgate", "گلفشانہ"), "street-fault-reports"),
    ],
    ids=["in English", "in Urdu", "without scripts"],
)
def test_what_is_filed_and_published_is_found_at_once_and_read(
    visitor: Visitor,
    request: pytest.FixtureRequest,
    language: str,
    has_script: bool,
    words: tuple[str, str],
    name: str,
) -> None:
    content = content_called(*words, name)

    reference = file(visitor, content, language, has_script=has_script)
    seconds = publish(visitor, reference, words, language, has_script=has_script)
    request.node.user_properties.append((MEASURED, round(seconds, 2)))
    with before(visitor, has_script=has_script) as page:
        page.goto(f"{language}/")
        page.fill("[name=q]", words[1])
        page.press("[name=q]", "Enter")
        page.click(f"a[href='{language}/disclosures/{reference}']")
        heading, text = page.inner_text("h1"), page.inner_text("main")
        exported = export(page, language)

    assert seconds < SOON
    assert heading == content.answers["name"][language.strip("/") or "en"]
    assert content.answers["summary"][language.strip("/") or "en"] in text
    assert exported[reference]["answers"]["name"] == content.answers["name"]
    assert len(exported) > 30


def test_a_conditional_question_comes_and_goes_with_its_answer(visitor: Visitor) -> None:
    with visitor.page(OFFICER) as visit:
        page = visit.page
        page.goto(visitor.service.url("/filing/{high}/rights"))
        question = page.locator("#how_to_challenge-question")

        page.check("[name=appeal_status][value=established]")
        before_change = question.is_visible()
        page.locator(
            "[name=appeal_status]:not([value=established]):not([value=in_progress])"
        ).first.check()
        after_change = question.is_visible()

    assert before_change
    assert not after_change


def test_characters_are_counted_while_one_types(visitor: Visitor) -> None:
    with visitor.page(OFFICER) as visit:
        page = visit.page
        page.goto(visitor.service.url("/filing/{empty}/identity"))
        page.fill("#summary-en", "x" * 390)
        expect(page.locator("#summary-en-count")).to_contain_text("10")
        page.fill("#summary-en", "x" * 401)
        expect(page.locator("#summary-en-count")).to_have_class(re.compile("app-count--over"))


def test_buttons_for_scripts_are_there_only_with_scripts(visitor: Visitor) -> None:
    path = visitor.service.url("/disclosures/{high}")
    counts = {}

    for has_script in (True, False):
        with before(visitor, has_script=has_script) as page:
            page.goto(path)
            counts[has_script] = page.locator("[data-copy]:visible, [data-print]:visible").count()

    assert counts[True] >= 1
    assert counts[False] == 0
