"""Several items or answers in one text: whatever the text is, it comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register.exchange.atrs.atrs_cells import ASSESSMENT, DEVELOPMENT, OPERATION, RISK, SINGLE
from register.exchange.cells.items import (
    join_items,
    join_repeats,
    split_group,
    split_items,
    squeezed,
    whole_item,
)
from register.exchange.cells.parts import Prose, join_parts, split_parts
from register.exchange.cells.values import tidy

PROSES = [RISK, ASSESSMENT, DEVELOPMENT, OPERATION, *SINGLE.values()]
_PIECES = st.sampled_from(
    [
        *("1. ", "2. ", "3.", " 1. ", "10. ", "a", "Text. ", "\n", "\n\n", " ", ": ", ":", "ا"),
        *(
            "Mitigation: ",
            " Mitigation: ",
            "Status: Done",
            "Status: ",
            "Link: ",
            "https://a.example",
        ),
        *(
            "Level: Spot checks",
            "Count: 12",
            "Count: 012",
            "Per: Year",
            "Used for: Testing",
            "\u2028",
        ),
        *("Development data: ", "Date: 2024-05", "Form: Text; Images", "Kind of risk: Privacy"),
    ]
)
texts = st.lists(_PIECES, max_size=14).map("".join)


def again(prose: Prose, text: str) -> str:
    found: dict[str, object] = {}
    for path, answer in prose.read(text).items():
        *above, last = path.split(".")
        branch = found
        for step in above:
            branch = branch.setdefault(step, {})  # type: ignore[assignment]
        branch[last] = answer
    return prose.write(found, ("en",))


@pytest.mark.parametrize("prose", PROSES, ids=lambda prose: prose.main)
@given(text=texts)
@example(text="a\n Status: soon\n Level: low\n Count: many\n Kind of risk: none\n Used for: it")
def test_a_text_of_several_answers_is_written_as_it_was_read(prose: Prose, text: str) -> None:
    assert tidy(squeezed(again(prose, text))) == tidy(squeezed(tidy(text)))


@given(text=texts)
@example(text="1. 2. a\n2. b")
@example(text="1.\n2.")
@example(text="1.\n2. b")
def test_a_list_is_written_as_it_was_read(text: str) -> None:
    text = tidy(text)
    items = split_items(text) or {1: whole_item(text)}

    assert tidy(squeezed(join_items(items, len(items)))) == squeezed(text)


@given(items=st.lists(texts.map(tidy).filter(bool), min_size=1, max_size=4))
def test_a_list_is_read_as_it_was_written(items: list[str]) -> None:
    numbered = dict(enumerate(items, start=1))

    written = tidy(join_items(numbered, len(items)))

    read = split_items(written) or {1: whole_item(written)}
    assert {at: tidy(squeezed(each)) for at, each in read.items()} == {
        at: tidy(squeezed(each)) for at, each in numbered.items()
    }


@given(main=texts.map(tidy), other=texts.map(tidy))
def test_texts_behind_labels_are_read_as_they_were_written(main: str, other: str) -> None:
    labels = ("Mitigation", "Development data")
    pieces = {label: text for label, text in (("", main), (labels[1], other)) if text}

    read = split_parts(join_parts(pieces, labels), labels)

    assert {label: squeezed(each).strip() for label, each in read.items()} == {
        label: squeezed(each).strip() for label, each in pieces.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1. a",
        "a\n1. b\n2. c",
        "1. a\n3. c",
        "2. a\n3. b",
        "1. a\n2. b\n1. c",
        "1.5 million\n2.",
    ],
)
def test_what_is_no_whole_list_is_one_text(text: str) -> None:
    assert split_items(text) is None


def test_the_columns_of_a_list_are_divided_together_or_not_at_all() -> None:
    texts_of = {"name": "1. A\n2. B", "role": "1. x\n3. y", "note": "2. z", "id": ""}

    assert split_group(texts_of, "name") == (
        [{"name": "A", "role": "x"}, {"name": "B", "note": "z"}, {"role": "y"}],
        [],
    )
    both = {"name": "1. A\n2. B", "role": "They build it."}
    assert split_group(both, "name") == (
        [{"name": "A", "role": "They build it."}, {"name": "B"}],
        ["role"],
    )
    assert split_group(both, "name", is_strict=True) == ([both], [])


@pytest.mark.parametrize(
    ("cells", "is_group", "text"),
    [
        (["a"], True, "a"),
        (["a", "b"], False, "1. a\n2. b"),
        (["a", ""], False, "a"),
        (["a", ""], True, "1. a"),
        (['["a", null, 3]'], False, "1. a\n3. 3"),
        (["[]"], False, ""),
        (['[{"a": 1}]'], False, '[{"a": 1}]'),
        (["[1] Smith"], False, "[1] Smith"),
        (["[" * 5000], False, "[" * 5000),
    ],
)
def test_repeated_columns_and_lists_become_numbered_texts(
    cells: list[str], is_group: bool, text: str
) -> None:
    assert join_repeats(cells, is_group=is_group) == text
