"""Whoever asks for a few words does not wait for those who ask long questions."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from register.search import Query
from register.web.search.turns import in_turn
from tests.journeys.conftest import Town

LONG = ("street*", '"street fault"', "fault~", "a OR b", "one two three four " * 2)
PAGES = ("/search", "/search.json", "/search.csv", "/search.atom")
PLACES = (*PAGES, "/api/v1/disclosures", "/api/v1/facets")


@contextmanager
def somebody_asks_a_long_question() -> Iterator[None]:
    with in_turn(Query("street* light~")):
        yield


@pytest.mark.parametrize("text", LONG)
def test_what_may_take_long_is_told_by_what_is_asked(text: str) -> None:
    assert not Query(text).is_simple
    assert not Query("street", page=50).is_simple


@pytest.mark.parametrize("text", ["", "street", "سڑک کی بتیاں", "street lights in the north"])
def test_a_few_words_are_a_simple_question(text: str) -> None:
    assert Query(text).is_simple


def test_a_simple_question_is_answered_while_a_long_one_is_worked_on(town: Town) -> None:
    town.drain()
    with somebody_asks_a_long_question():
        answers = [town.citizen.client.get(place, query_string={"q": "street"}) for place in PLACES]

    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize("place", PLACES)
def test_two_long_questions_are_answered_one_after_the_other(town: Town, place: str) -> None:
    town.drain()
    is_answered = threading.Event()
    codes: list[int] = []

    def ask() -> None:
        answer = town.app.test_client().get(place, query_string={"q": "street*"})
        codes.append(answer.status_code)
        is_answered.set()

    asking = threading.Thread(target=ask)
    with somebody_asks_a_long_question():
        asking.start()
        was_answered_meanwhile = is_answered.wait(0.5)
    asking.join()

    assert (was_answered_meanwhile, codes) == (False, [200])


def test_after_a_long_question_that_failed_the_next_one_is_answered(town: Town) -> None:
    with pytest.raises(ZeroDivisionError), somebody_asks_a_long_question():
        _ = 1 / 0

    assert town.citizen.client.get("/search?q=street*").status_code == 200
