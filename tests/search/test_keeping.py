"""What is kept for the next question stays within its bounds, whatever is asked."""

import numpy as np

from register.search.keeping import Keeper


def test_what_was_asked_for_last_stays_and_the_rest_goes() -> None:
    keeper = Keeper(3_000)
    made: list[str] = []

    def ask(name: str) -> None:
        keeper.get(name, lambda: (made.append(name), np.zeros(100))[1:])

    for name in ("one", "two", "one", "three", "one", "two"):
        ask(name)

    assert made == ["one", "two", "three", "two"]


def test_many_empty_answers_push_each_other_out() -> None:
    keeper = Keeper(100_000)
    made: list[int] = []

    for number in (*range(1_000), 0):
        keeper.get(number, lambda n=number: made.append(n) or ())  # type: ignore[misc]

    assert made == [*range(1_000), 0]


def test_an_answer_larger_than_all_room_is_still_given() -> None:
    keeper = Keeper(10)

    assert len(keeper.get("large", lambda: np.zeros(1_000))) == 1_000
    assert keeper.get("small", lambda: ("one",)) == ("one",)
