"""A section's page shows what is kept, reads back what was typed, and is surprised by nothing."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from register.errors import Invalid
from register.forms.sections import CONTROLS
from register.schemas import find_errors
from register.standard import CURRENT
from register.standard.content import Content
from tests.answers import answers_of, json_values
from tests.desk import sample_content
from tests.forms.browser import asking_about, page_of, posted

SECTIONS = [section.name for section in CURRENT.sections if section.asked_fields]
TODAY = date(2026, 11, 23)
CALLS_FOR_ALL = {
    "record_kind": "system",
    "impact_tier": "high",
    "phase": "retired",
    "personal_data": "personal",
    "appeal_status": "established",
    "languages": ["en", "ur"],
}
ENTRY = {
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would do harm.", "fr": "Cela nuirait."},
    "decided_by": "Somebody else",
    "decided_on": "2026-01-05",
    "review_on": "2027-01-05",
}
UNKNOWN = [
    "status",
    "agency",
    "agency_id",
    "lock_version-2",
    "is_admin",
    "draft_state",
    "name",
    "name-fr",
    "name-en-status-status",
    "name-en\n",
    "NAME-en",
    "withhold-name",
    "withhold-benefits",
    "withhold-nonsense",
    "withhold-unit-decided_by",
    "withhold-unit-decided_on-day",
    "external_ids-00-id",
    "external_ids-1000-id",
    "external_ids-٣-id",
    "external_ids--1-id",
    "external_ids-0-fax",
    "external_ids",
    "",
    "_method",
    "record_id",
    "workflow_state",
    "withheld",
    "translations",
]


def shown(page: Any, content: Content) -> dict[str, Any]:
    names = {field.name for field in page.fields}
    return {name: answer for name, answer in content.answers.items() if name in names}


@pytest.mark.parametrize("name", SECTIONS)
@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_what_is_shown_and_posted_back_untouched_stays_as_it_is(name: str, data: Any) -> None:
    section = CURRENT.section(name)
    given_answers = data.draw(answers_of(section.asked_fields, ("en", "ur", "fr")))
    content = Content(answers={**given_answers, **CALLS_FOR_ALL})
    page = page_of(name, content)

    again = page_of(name, content, posted(page, content))
    again.check_names()

    assert again.read("officer@taxes", TODAY).answers == shown(page, content)


@pytest.mark.parametrize("name", SECTIONS)
def test_the_sample_filing_survives_every_page(name: str) -> None:
    content = sample_content()
    page = page_of(name, content)

    again = page_of(name, content, posted(page, content))
    again.check_names()
    read = again.read("officer@taxes", TODAY)

    assert read.answers == shown(page, content)
    assert {field.name for field in page.fields} <= {f.name for f in CURRENT.section(name).fields}


def test_texts_in_languages_that_the_page_does_not_ask_for_survive_a_save() -> None:
    answers = {
        **CALLS_FOR_ALL,
        "purpose": {"en": "To sort.", "fr": "Trier."},
        "proportionality": {"necessity": {"fr": "Il le faut."}},
        "legal_basis": [{"title": {"en": "An act", "fr": "Une loi"}}, {"text": {"fr": "Texte"}}],
    }
    content = Content(
        answers=answers,
        translations={
            "purpose": {"fr": "machine_translation", "ur": "machine_translation"},
            "proportionality": {"fr": "machine_translation"},
        },
    )
    typed = posted(page_of("purpose", content), content)
    typed["purpose-en"] = "To sort letters."
    typed["purpose-ur"] = "خطوط چھانٹنا۔"

    read = page_of("purpose", content, typed).read("officer@taxes", TODAY)

    assert read.answers["purpose"] == {
        "en": "To sort letters.",
        "ur": "خطوط چھانٹنا۔",
        "fr": "Trier.",
    }
    assert read.answers["proportionality"] == answers["proportionality"]
    assert read.answers["legal_basis"] == answers["legal_basis"]
    assert read.translations["purpose"] == {
        "fr": "machine_translation",
        "ur": "machine_translation",
    }
    assert read.translations["proportionality"] == {"fr": "machine_translation"}


def test_a_withheld_answer_keeps_its_decision_until_the_withholding_changes() -> None:
    entries = tuple({"field": name, **ENTRY} for name in ("purpose", "benefits"))
    content = Content(answers=CALLS_FOR_ALL, withheld=entries)
    typed = posted(page_of("purpose", content), content)
    typed["withhold-benefits-citation"] = "Another act"

    kept, changed = page_of("purpose", content, typed).read("officer@taxes", TODAY).withheld

    assert kept == entries[0]
    assert changed == {
        **entries[1],
        "citation": "Another act",
        "decided_by": "officer@taxes",
        "decided_on": "2026-11-23",
    }


def test_a_withholding_that_is_taken_back_is_gone() -> None:
    content = Content(answers=CALLS_FOR_ALL, withheld=({"field": "purpose", **ENTRY},))
    typed = posted(page_of("purpose", content), content)
    del typed["withhold-purpose"]

    assert page_of("purpose", content, typed).read("officer@taxes", TODAY).withheld == ()


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_input_that_the_page_does_not_have_is_refused(name: str) -> None:
    content = Content(answers=CALLS_FOR_ALL)
    typed = MultiDict([("name-en", "x"), (name, "published")])

    with pytest.raises(Invalid):
        page_of("identity", content, typed).check_names()


def test_the_buttons_and_the_token_of_a_page_are_known() -> None:
    content = Content(answers=CALLS_FOR_ALL)

    page_of("identity", content, MultiDict.fromkeys(CONTROLS, "x")).check_names()


def test_too_many_inputs_are_refused_before_they_are_looked_at() -> None:
    content = Content(answers=CALLS_FOR_ALL)
    typed = MultiDict((f"external_ids-{n}-id", "x") for n in range(6000))

    with pytest.raises(Invalid, match="too many"):
        page_of("identity", content, typed).check_names()


@pytest.mark.parametrize("name", SECTIONS)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_whatever_is_posted_is_read_without_surprise(name: str, data: Any) -> None:
    content = Content(answers=CALLS_FOR_ALL)
    page = page_of(name, content)
    names = sorted({*posted(page, content), *(f"withhold-{each}" for each in page.withholding)})
    texts = st.text(st.characters(), max_size=12) | st.sampled_from(
        [
            "\ud800",
            "a\0b",
            "۱۲",
            "²",
            "٣٫٥",
            "-1",
            "1e9",
            "9" * 400,
            "yes",
            "none",
            "\r\n \r\n",
            "-",
            "2026",
        ]
    )
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), texts), max_size=40))
    typed = MultiDict(pairs)

    page = page_of(name, content, typed)
    page.check_names()
    read = page.read("officer@taxes", TODAY)
    views = page.questions(asking_about(read, errors=find_errors(CURRENT, read)), blank="risks")

    said = json.dumps([read.to_json(), views], default=str, ensure_ascii=False)
    said.encode("utf-8")
    assert "\\u0000" not in said


@pytest.mark.parametrize("name", SECTIONS)
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_whatever_is_kept_can_be_shown(name: str, data: Any) -> None:
    fields = [field.name for field in CURRENT.section(name).asked_fields]
    kept = data.draw(st.dictionaries(st.sampled_from(fields), json_values(), max_size=8))
    content = Content(answers={**CALLS_FOR_ALL, **kept})

    page = page_of(name, content)
    views = page.questions(asking_about(Content(), errors=find_errors(CURRENT, content)))

    assert len(views) == len(page.fields)
