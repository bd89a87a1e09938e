"""What a person is told to leave out of a query."""

import pytest

from register.search import Query


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("one", []),
        ("", []),
        ("one two", [("one", "two"), ("two", "one")]),
        ('one "two three"', [('"two three"', "one"), ("one", '"two three"')]),
        ("one -two", [("-two", "one"), ("one", "-two")]),
        ("one NOT two", [("NOT two", "one"), ("one", "NOT two")]),
        ("one OR two", [("one", "two"), ("two", "one")]),
        (
            "one AND two OR three",
            [("one", "two OR three"), ("two", "one AND three"), ("three", "one AND two")],
        ),
        ("agency:fbr one", [("agency:fbr", "one"), ("one", "agency:fbr")]),
        ("(one two) three", [("(one two)", "three"), ("three", "(one two)")]),
        ("one one two", [("one", "two"), ("two", "one one")]),
        ("“ایک دو” تین", [("“ایک دو”", "تین"), ("تین", "“ایک دو”")]),
        ('one "two', [('"two', "one"), ("one", '"two')]),
        ("(one (two)) three", [("(one (two))", "three"), ("three", "(one (two))")]),
        ("one (two", [("(two", "one"), ("one", "(two")]),
        ("one) two", [("one", "two"), ("two", "one")]),
        ("one NOT -two", [("NOT -two", "one"), ("one", "NOT -two")]),
        ("c-two one", [("c-two", "one"), ("one", "c-two")]),
    ],
)
def test_each_thing_of_a_query_can_be_left_out(text: str, left: list[tuple[str, str]]) -> None:
    assert [(piece, query.text) for piece, query in Query(text).each_left_out()] == left


@pytest.mark.parametrize(
    "text", ["(" * 300, '"' * 300, "-" * 300, "a:" * 150, "NOT " * 90, "OR " * 90]
)
def test_no_query_is_taken_apart_into_too_many_things(text: str) -> None:
    assert len(list(Query(text).each_left_out())) <= 12


def test_what_stands_far_behind_can_be_left_out_as_well() -> None:
    text = "a" * 300 + " giraffe"

    left = [piece for piece, _query in Query(text).each_left_out()]

    assert left == ["a" * 300, "giraffe"]
