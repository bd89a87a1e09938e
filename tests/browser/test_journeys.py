"""From the first question to being found: in English and in Urdu, with scripts and without."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from register.standard.content import Content
from tests.browser.conftest import MEASURED
from tests.browser.filling import (
    PUBLISH,
    SUBMIT,
    add_entry,
    begin,
    called,
    fill_in,
    hand_in,
    move_entry,
)
from tests.browser.prepared import Bureau, a_bureau, stored
from tests.browser.service import OFFICER
from tests.browser.visitor import Visitor
from tests.browser.walker import SCRIPTED, Walker, Way, walking
from tests.journeys.answering import sample

pytestmark = pytest.mark.browser

WORDS = {"en": ("Zephyrine", "قندیلہ"), "ur": ("Quillonby", "شبنمستان")}
WITHHELD = {
    "field": "benefits",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier.", "ur": "اس سے نقصان ہوگا۔"},
    "review_on": "2030-01-05",
}
LISTS = {
    "authorisations": "duplicate-identity-faces",
    "incidents": "street-fault-reports",
    "processing_record_url": "cash-support-scoring",
    "waivers": "power-demand-and-meter-checks",
}


def everything(bureau: Bureau, words: tuple[str, str]) -> Content:
    """A filing of the highest tier with an answer of every kind, one of them withheld."""
    content = called("tax-return-risk", *words)
    lists = {name: sample(source).answers[name] for name, source in LISTS.items()}
    links = {
        "external_ids": [{"scheme": "national", "id": "N-17"}],
        "source_code_url": "https://code.zarwan.example/risk",
    }
    content = content.with_answers(agency=bureau.slug, **lists, **links)
    return replace(content, withheld=(WITHHELD,))


def rearrange(walker: Walker, reference: str) -> None:
    """Add an entry and take it away again, move another up and down again."""
    walker.go(f"/filing/{reference}/purpose")
    add_entry(walker, "legal_basis")
    walker.enter({"legal_basis-2-citation": ["s. 3"]})
    move_entry(walker, "up", "legal_basis-2")
    assert walker.control("legal_basis-1-citation").input_value() == "s. 3"
    move_entry(walker, "remove", "legal_basis-1")
    move_entry(walker, "down", "legal_basis-0")
    move_entry(walker, "up", "legal_basis-1")


def file(visitor: Visitor, way: Way, bureau: Bureau, content: Content) -> str:
    """Begin, hand in too early, be told, complete with a colleague, and hand in."""
    with (
        walking(visitor, way, bureau.officer) as officer,
        walking(visitor, way.other, bureau.colleague) as colleague,
    ):
        reference = begin(officer, content)
        officer.go(f"/filing/{reference}/check")
        assert len(officer.press_in_vain(SUBMIT)) > 5
        fill_in(reference, content, officer, colleague)
        for walker in (officer, colleague):
            rearrange(walker, reference)
        hand_in(officer, reference)
    return reference


def publish_and_find(
    visitor: Visitor, way: Way, bureau: Bureau, reference: str, words: tuple[str, ...]
) -> float:
    """Publish as another person; give the seconds until each word finds it."""
    with walking(visitor, way, bureau.approver) as walker:
        walker.go("/filing/")
        walker.press(f"main a[href='{way.prefix}/review/{reference}']")
        pressed_at = time.monotonic()
        walker.press(PUBLISH, is_looked_at=False)
        wait_until_found(walker, words, reference)
        seconds = time.monotonic() - pressed_at
        walker.look()
    return seconds


def wait_until_found(walker: Walker, words: tuple[str, ...], reference: str) -> None:
    """Search again and again, as an impatient reader does, until each word finds it."""
    missing, tries = list(words), 0
    while missing and tries < 200:
        tries += 1
        answer = walker.page.request.get("/search", params={"q": missing[0]})
        assert answer.status == 200
        if f"/disclosures/{reference}" in answer.text():
            missing.pop(0)
    assert missing == []


def export(walker: Walker) -> dict[str, Any]:
    """Download the register from the page on data; give its records by reference."""
    walker.go("/data")
    with walker.page.expect_download() as download:
        walker.page.click("a[href$='/api/v1/export.ndjson']")
    lines = download.value.path().read_text("utf-8").splitlines()
    return {each["reference"]: each for each in map(json.loads, lines)}


def in_any_order(answer: Any) -> Any:
    """An answer with what is chosen from options in an order that both sides have."""
    if isinstance(answer, Mapping):
        return {name: in_any_order(part) for name, part in answer.items()}
    if isinstance(answer, list) and all(isinstance(each, str) for each in answer):
        return sorted(answer)
    return [in_any_order(each) for each in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize("way", SCRIPTED, ids=str)
def test_what_is_filed_and_published_is_found_at_once_and_read(
    visitor: Visitor, request: pytest.FixtureRequest, way: Way
) -> None:
    words = WORDS[way.language]
    bureau = a_bureau(visitor.service, "street-office")
    content = everything(bureau, words)

    reference = file(visitor, way, bureau, content)
    kept = stored(visitor.service, bureau, reference)
    seconds = publish_and_find(visitor, way.other, bureau, reference, words)
    request.node.user_properties.append((MEASURED, round(seconds, 2)))
    with walking(visitor, way.other) as reader:
        reader.go("/")
        reader.page.fill("[name=q]", words[1])
        reader.page.press("[name=q]", "Enter")
        reader.press(f"a[href='{way.other.prefix}/disclosures/{reference}']")
        heading, text = reader.page.inner_text("h1"), reader.page.inner_text("main")
        exported = export(reader)

    code = way.other.language
    assert in_any_order(kept.answers) == in_any_order(content.answers)
    assert heading == content.answers["name"][code]
    assert content.answers["summary"][code] in text
    assert content.answers["benefits"][code] not in text
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
    path = "/disclosures/" + visitor.service.references["high"]
    counts = {}

    for has_script in (True, False):
        with walking(visitor, Way("en", has_script)) as walker:
            walker.go(path)
            buttons = walker.page.locator("[data-copy]:visible, [data-print]:visible")
            counts[has_script] = buttons.count()

    assert counts[True] >= 1
    assert counts[False] == 0
