"""What is shown to whom: the public never sees what is withheld or not public, anywhere."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register import standard
from register.schemas import Audience, present
from register.standard import CURRENT
from register.standard.content import Content, translation_status
from register.standard.field import Field, Kind, Section, Standard
from register.standard.lifecycle import Status
from register.standard.publication import Body, Publication
from tests.answers import all_answers, answers_to
from tests.desk import sample_content
from tests.standard.test_json_schema import sample

CANARY = "Xyzzyplugh"
KEYS = [
    "reference",
    "url",
    "version",
    "is_current",
    "standard",
    "status",
    "first_published_at",
    "published_at",
    "change_note",
    "agency",
    "answers",
    "withheld",
    "not_stated",
    "translations",
]
WITHHOLDABLE = [field.name for field in CURRENT.asked_fields if field.is_withholdable]
PRIVATE = [field.name for field in CURRENT.asked_fields if not field.public]


def published(content: Content, **facts: Any) -> Publication:
    return Publication(
        **{
            "reference": "AIR-2026-00042",
            "body": Body(
                slug="taxes",
                names={"en": "Taxes"},
                abbreviation="T",
                level="federal",
                sector="",
                parent=None,
            ),
            "version": 3,
            "standard": "v1",
            "status": Status.PUBLISHED,
            "content": content,
            "first_published_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            "published_at": datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC),
            "change_note": {"en": "Put right."},
            "withdrawal_reason": None,
            "provenance": None,
            "audit": {
                "author": f"{CANARY}@taxes.example",
                "approver": CANARY,
                "raw": {"x": CANARY},
            },
            "is_current": True,
            **facts,
        }
    )


def marked(answer: Any) -> Any:
    """Put the canary into every text of an answer, and into the languages of its texts."""
    if isinstance(answer, str):
        return CANARY + answer
    if isinstance(answer, list):
        return [marked(each) for each in answer]
    if isinstance(answer, Mapping):
        kept = {key: marked(each) for key, each in answer.items()}
        return {**kept, CANARY: CANARY} if set(answer) <= {"en", "ur"} else kept
    return answer


def entry(name: str) -> dict[str, Any]:
    return {
        "field": name,
        "ground": "commercial_confidence",
        "citation": "Information Act, section 7",
        "public_reason": {"en": "It would harm a supplier."},
        "decided_by": f"Director {CANARY}",
        "decided_on": "2026-01-05",
        "review_on": "2027-01-05",
    }


def told(content: Content, audience: Audience = Audience.PUBLIC, **facts: Any) -> str:
    return json.dumps(present(published(content, **facts), audience), ensure_ascii=False)


@settings(deadline=None, max_examples=20)
@given(all_answers(), st.sets(st.sampled_from(WITHHOLDABLE), min_size=1, max_size=12))
def test_whatever_is_withheld_or_private_is_absent_for_the_public(
    answers: dict[str, Any], hidden: set[str]
) -> None:
    secret = {name: marked(answers[name]) for name in {*hidden, *PRIVATE}}
    content = Content(
        answers={**answers, **secret},
        withheld=tuple(entry(name) for name in sorted(hidden)),
        translations={name: {CANARY: "original"} for name in sorted(hidden)},
    )

    public = told(content)

    assert CANARY not in public
    assert CANARY not in told(content, status=Status.WITHDRAWN, is_current=False)
    seen = present(published(content))
    assert not set(seen["answers"]) & {*hidden, *PRIVATE}
    assert {each["field"] for each in seen["withheld"]} == hidden - set(PRIVATE)
    assert told(content, Audience.AUDITOR).count(CANARY) >= len(hidden)


@pytest.mark.parametrize("name", [*WITHHOLDABLE, *PRIVATE])
def test_an_auditor_sees_what_the_public_does_not(name: str) -> None:
    answer = marked(sample(CURRENT.field(name)))
    content = Content(answers={name: answer}, withheld=(entry(name),))

    seen = present(published(content), Audience.AUDITOR)

    assert seen["answers"] == {name: answer}
    assert seen["withheld"] == [entry(name)]
    assert seen["audit"]["approver"] == CANARY
    assert present(published(content))["answers"] == {}


PARTS = (
    Field(name="open", kind=Kind.LINE, label="", public=True, localized=True),
    Field(name="shut", kind=Kind.LINE, label="", public=False, localized=True),
)
INNER = Standard(
    id="inner",
    title="",
    sections=(
        Section(
            name="one",
            title="",
            intro="",
            fields=(
                Field(name="group", kind=Kind.GROUP, label="", public=True, parts=PARTS),
                Field(name="groups", kind=Kind.GROUPS, label="", public=True, parts=PARTS),
                CURRENT.field("withheld"),
            ),
        ),
    ),
)


def test_a_part_that_is_not_public_is_absent_with_its_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(standard.STANDARDS, "inner", INNER)
    item = {"open": {"en": "said"}, "shut": {CANARY: CANARY}}
    content = Content(answers={"group": item, "groups": [item, item]})

    seen = present(published(content, standard="inner"))

    assert CANARY not in json.dumps(seen)
    assert seen["answers"]["groups"] == [{"open": {"en": "said"}}] * 2
    assert seen["translations"] == {"group": {"en": "original"}, "groups": {"en": "original"}}
    assert CANARY in told(content, Audience.AUDITOR, standard="inner")


@settings(deadline=None, max_examples=10)
@given(all_answers(), st.randoms(use_true_random=False))
def test_the_order_of_keys_is_fixed(answers: dict[str, Any], chance: Any) -> None:
    names = list(answers)
    chance.shuffle(names)
    content = Content(
        answers={name: answers[name] for name in names},
        withheld=tuple(entry(name) for name in ("cost", "benefits")),
    )

    seen = present(published(content))

    order = [field.name for field in CURRENT]
    assert list(seen) == KEYS
    assert list(seen["answers"]) == sorted(seen["answers"], key=order.index)
    assert [each["field"] for each in seen["withheld"]] == ["benefits", "cost"]
    assert list(present(published(content), Audience.AUDITOR)) == [*KEYS, "audit"]
    again = replace(content, answers=answers, withheld=tuple(reversed(content.withheld)))
    assert json.dumps(present(published(again))) == json.dumps(seen)


def test_a_moment_is_told_to_the_second_in_utc() -> None:
    seen = present(published(sample_content()), base_url="https://register.example")

    assert seen["published_at"] == "2026-02-03T04:05:06Z"
    assert seen["url"] == "https://register.example/disclosures/AIR-2026-00042"


@settings(deadline=None, max_examples=25)
@given(
    answers_to(CURRENT.field("name"), ("en", "ur", "fr")),
    st.sampled_from(["en", "ur", "fr"]),
    st.dictionaries(
        st.sampled_from(["en", "ur", "fr", "nl"]),
        st.sampled_from(["original", "human_translation", "machine_translation", "guessed"]),
    ),
)
def test_of_every_text_it_is_said_how_it_came_about(
    name: dict[str, str], first: str, stated: dict[str, str]
) -> None:
    content = Content(answers={"name": name, "languages": [first]}, translations={"name": stated})

    seen = present(published(content))["translations"]

    assert set(seen) == {"name"}
    assert set(seen["name"]) == set(name)
    for language, how in seen["name"].items():
        assert how == translation_status(content, "name", language)
        if stated.get(language, "guessed") == "guessed":
            assert how == ("original" if language == first else "human_translation")
        else:
            assert how == stated[language]


def test_a_withdrawn_disclosure_gives_the_reason_and_an_imported_one_its_source() -> None:
    withdrawn = present(
        published(
            sample_content(), status=Status.WITHDRAWN, withdrawal_reason={"en": "Filed twice."}
        )
    )
    imported = present(published(sample_content(), provenance={"source": "omb-2025", "row": 5}))

    assert withdrawn["withdrawal_reason"] == {"en": "Filed twice."}
    assert imported["import_provenance"] == {"source": "omb-2025", "row": 5}
    assert "withdrawal_reason" not in imported
    assert "import_provenance" not in withdrawn
