"""What the ledger is bound to: every value, and open only what the public may read anyway."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from register.schemas import present
from register.schemas.committed import Committed, committed_facts, committed_fields
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import Field, Kind, Section, Standard
from tests.desk import sample_content
from tests.schemas.test_present import published
from tests.schemas.withheld import ENTRY

SECRET = "Xyzzyplugh"


def whole() -> Content:
    """A content that says everything there is to say, and withholds two of its answers."""
    content = sample_content()
    return Content(
        answers={**content.answers, "filed_by": {"name": SECRET}, "no_such_question": SECRET},
        withheld=(ENTRY, {**ENTRY, "field": "cost"}),
        not_stated=("risks",),
        translations={"name": {"ur": "machine_translation"}, "benefits": {"ur": "original"}},
    )


def values(content: Content, **facts: Any) -> dict[str, Committed]:
    return {each.name: each for each in committed_fields(CURRENT, content, **facts)}


def test_what_is_open_is_what_the_presenter_shows() -> None:
    content = whole()

    found = values(content, author="officer@taxes", approver="approver@taxes", period="2026")
    shown = present(published(content, period="2026"))

    opened = {name: each.value for name, each in found.items() if each.is_public}
    answers = {name: opened[name] for name in opened if name.startswith("answers.")}
    assert answers == {f"answers.{name}": value for name, value in shown["answers"].items()}
    withheld = [value for name, value in opened.items() if name.startswith("withheld.")]
    assert sorted(withheld, key=str) == sorted(shown["withheld"], key=str)
    assert opened["not_stated"] == shown["not_stated"]
    assert opened["period"] == shown["period"]
    assert opened["translations"] == {"name": {"ur": "machine_translation"}}
    told = json.dumps(opened)
    assert not any(word in told for word in (SECRET, "The director", "@taxes"))


def test_no_value_can_be_changed_without_a_commitment_that_changes() -> None:
    content = whole().to_json()
    before = values(Content.from_json(content))

    for path in list(places(content)):
        changed = json.loads(json.dumps(content))
        *steps, last = path
        inner = changed
        for step in steps:
            inner = inner[step]
        inner[last] = f"{SECRET}2"
        after = values(Content.from_json(changed))

        assert after != before, path
        assert len(after) >= len(before) - 1, path


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a value that holds a single thing."""
    listed = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in listed:
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))
        else:
            yield (*path, step)


def test_parts_that_are_not_public_are_a_value_of_their_own() -> None:
    inner = Field(
        name="inner",
        kind=Kind.GROUP,
        label="",
        public=True,
        parts=(
            Field(name="said", kind=Kind.LINE, label="", public=True),
            Field(name="kept", kind=Kind.LINE, label="", public=False),
        ),
    )
    outer = Field(name="outer", kind=Kind.GROUPS, label="", public=True, parts=(inner,))
    section = CURRENT.section("disclosure_control")
    standard = Standard(
        id="v0",
        title="",
        sections=(section, Section(name="one", title="", intro="", fields=(outer,))),
    )
    content = Content(answers={"outer": [{"inner": {"said": "a", "kept": "b", "odd": "c"}}, {}]})

    found = {each.name: each[1:] for each in committed_fields(standard, content)}

    assert found["answers.outer"] == ([{"inner": {"said": "a"}}, {}], True)
    assert found["answers.outer/private"] == ([{"inner": {"kept": "b", "odd": "c"}}, {}], False)


def test_a_second_entry_of_a_withheld_answer_is_not_passed_over() -> None:
    content = replace(sample_content(), withheld=(ENTRY, {**ENTRY, "citation": "Another"}))

    found = values(content)["withheld.benefits"]

    assert [entry["citation"] for entry in found.value] == [ENTRY["citation"], "Another"]


def test_of_a_determination_the_public_knows_what_it_reads_of_the_version() -> None:
    facts = {"kind": "published", "tier": "high", "in_use_since": "2026-01-01", "by": "a@b"}

    shown = {each.name for each in committed_facts(facts, {"in_use_since"}) if each.is_public}
    of_a_draft = [each.is_public for each in committed_facts(facts, None)]

    assert shown == {"kind", "tier"}
    assert of_a_draft == [False] * 4
