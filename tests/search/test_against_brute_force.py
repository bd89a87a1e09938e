"""Whatever happened to the index, it answers as reading every document would.

``python -m bench agreement 5000`` asks more.
"""

import pytest

from tests.search.agreement import differences

QUESTIONS = 40


@pytest.mark.parametrize("seed", range(16))
def test_sets_order_and_counts_are_those_of_reading_everything_and_of_a_rebuild(seed: int) -> None:
    asked = dict(differences(seed, QUESTIONS))

    assert {question: wrong for question, wrong in asked.items() if wrong} == {}
