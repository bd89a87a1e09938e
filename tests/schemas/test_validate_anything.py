"""The validator is surprised by nothing: whatever it is given, it judges."""

import ast
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.errors import Invalid, Message
from register.schemas import find_errors, validate
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.field import Kind
from tests.answers import json_values
from tests.desk import sample_content
from tests.schemas.withheld import ENTRY

SOURCES = Path(validate.__code__.co_filename).parent


def sentences() -> set[str]:
    """Every text that the validator's own sources mark for translation."""
    return {
        node.args[0].value
        for path in SOURCES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }


SENTENCES = sentences()


def judge(content: Content) -> None:
    """Ask for a judgement, which must be one, and in words that can be translated."""
    for is_imported in (False, True):
        found = find_errors(CURRENT, content, is_imported=is_imported)
        for path, texts in found.items():
            assert isinstance(path, str)
            assert texts
            for text in texts:
                assert str(text) in SENTENCES
                assert isinstance(text, Message) or "%(" not in text
                assert not isinstance(text, Message) or text.english
        if found:
            with pytest.raises(Invalid) as refused:
                validate(CURRENT, content, is_imported=is_imported)
            assert refused.value.errors == found
        else:
            json.dumps(validate(CURRENT, content, is_imported=is_imported).to_json())


@settings(deadline=None, max_examples=80)
@given(json_values(), json_values(), json_values(), json_values())
def test_any_json_at_all_is_judged(
    answers: Any, withheld: Any, not_stated: Any, translations: Any
) -> None:
    judge(
        Content(
            answers=answers, withheld=withheld, not_stated=not_stated, translations=translations
        )
    )


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([field.name for field in CURRENT]), json_values(), min_size=1, max_size=20
    ),
    st.lists(st.dictionaries(st.sampled_from([*ENTRY, "more"]), json_values()), max_size=2),
)
def test_any_json_under_the_names_of_the_standard_is_judged(answers: Any, withheld: Any) -> None:
    judge(Content(answers={**sample_content().answers, **answers}, withheld=tuple(withheld)))


@settings(deadline=None, max_examples=80)
@given(json_values(), st.randoms(use_true_random=False))
def test_any_json_in_any_place_of_a_good_filing_is_judged(value: Any, chance: Any) -> None:
    whole = {
        **sample_content().to_json(),
        "withheld": [ENTRY],
        "not_stated": ["cost"],
        "translations": {"name": {"ur": "human_translation"}},
    }

    spoiled = replaced(json.loads(json.dumps(whole)), value, chance)

    judge(
        Content(
            answers=spoiled["answers"],
            withheld=spoiled["withheld"],
            not_stated=spoiled["not_stated"],
            translations=spoiled["translations"],
        )
    )


def replaced(whole: Any, value: Any, chance: random.Random, depth: int = 0) -> Any:
    """Put a value in some place inside another."""
    if depth and (not isinstance(whole, dict | list) or not whole or chance.random() < 0.2):
        return value
    key = chance.choice(list(whole) if isinstance(whole, dict) else range(len(whole)))
    whole[key] = replaced(whole[key], value, chance, depth + 1)
    return whole


@pytest.mark.parametrize("kind", [Kind.URL, Kind.EMAIL])
def test_a_long_hostile_address_is_refused_in_passing(kind: Kind) -> None:
    name, part = ("contact_point", "email") if kind is Kind.EMAIL else ("contact_point", "form_url")
    for hostile in ("https://" + "a-" * 50_000, "a@" + "a." * 50_000, '"' + "\\a" * 50_000 + '"@b'):
        content = sample_content().with_answers(**{name: {part: hostile}})

        assert f"{name}.{part}" in find_errors(CURRENT, content)
