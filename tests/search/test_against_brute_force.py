"""Whatever happened to the index, it answers as reading every document would.

``python -m bench agreement 5000`` asks more.
"""

import random

import pytest

from register.search import Query, SearchIndex
from register.search.language import variants
from register.search.matching import score
from register.search.nodes import Otherwise, Word
from tests.search.agreement import differences
from tests.search.plain_search import PlainSearch
from tests.search.random_register import documents_of, random_register
from tests.search.register_in_memory import RegisterInMemory

QUESTIONS = 40


@pytest.mark.parametrize("seed", range(10))
def test_sets_order_and_counts_are_those_of_reading_everything_and_of_a_rebuild(seed: int) -> None:
    asked = dict(differences(seed, QUESTIONS))

    assert {question: wrong for question, wrong in asked.items() if wrong} == {}


@pytest.mark.parametrize("seed", range(4))
def test_a_word_said_in_another_way_counts_as_is_promised(seed: int) -> None:
    word = Word(variants("models"), (Otherwise(("health",), 2), Otherwise(("tax", "model"), 2)))

    with random_register(random.Random(seed)) as (lived, _):
        plain = PlainSearch(lived.documents(), lived.index.facets)
        found = lived.index._searcher.ask(lambda s: (s.references, *score(s, word)))

    references, documents, scores = found
    expected = {r.document.reference: plain.score(r, word) for r in plain.readers if r.has(word)}
    held = [reference.decode() for reference in references[documents]]
    assert dict(zip(held, scores, strict=True)) == pytest.approx(expected)


def test_a_facet_with_many_values_is_counted_like_one_with_few(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    phases = ("pilot", "in_use", "retired")
    for number in range(150):
        said = {"agency": f"body{number % 70:02}", "phase": phases[number % 3]}
        register.publish(f"AIR-2026-{number:05}", **said)
    index.drain()
    register.withdraw("AIR-2026-00000")
    index.drain()

    plain = PlainSearch(documents_of(register), index.facets)
    for filters in (
        {},
        {"phase": ["pilot"]},
        {"agency": ["body01"]},
        {"phase": ["retired"], "agency": ["body02"]},
    ):
        query = Query(filters=filters)
        assert index.search(query).facets == plain.count(query)
