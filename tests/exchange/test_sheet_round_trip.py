"""What is written into the workbook in either language is what is read from it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.exchange.sheet.sheet_cells import READ
from register.exchange.sheet.sheet_columns import SET_BY_THE_ACCOUNT
from register.exchange.sheet.sheet_reading import read_systems
from register.standard import CURRENT
from register.standard.field import Field, Kind
from tests.answers import answers_to
from tests.exchange.sheets import filled, the_words

ASKED = [field for field in CURRENT.asked_fields if field.name not in SET_BY_THE_ACCOUNT]
WORDS = the_words()


def fit(field: Field, answer: Any) -> Any:
    """The answer, where the agency is one of the directory and the kind can be filed by a row."""
    if field.kind is Kind.AGENCY:
        return "city"
    if field.kind is Kind.GROUP:
        return {name: fit(field.part(name), each) for name, each in answer.items()}
    return "system" if answer == "nil_return" else answer


def answers() -> st.SearchStrategy[dict[str, Any]]:
    """Good answers to some questions."""
    each = {
        field.name: answers_to(field).map(lambda answer, field=field: fit(field, answer))
        for field in ASKED
    }
    return st.fixed_dictionaries({}, optional=each).filter(bool)


@pytest.mark.parametrize("code", ["en", "ur"])
def test_what_is_filled_in_is_what_is_read(code: str) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(answers())
    def holds(made: dict[str, Any]) -> None:
        book = filled([("A-1", {"record_kind": "system", **made})], WORDS, code)

        read = read_systems(book, "filled.xlsx", WORDS)

        (system,) = read.systems
        assert system.problems == ()
        assert system.answers == {"record_kind": "system", **made}
        assert (read.problems, read.unknown, read.unread) == ((), (), ())

    holds()


@pytest.mark.parametrize("field", ASKED, ids=lambda field: field.name)
def test_every_question_can_be_answered_by_a_row(field: Field) -> None:
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(answers_to(field))
    def holds(answer: Any) -> None:
        made = {"record_kind": "system", field.name: fit(field, answer)}

        read = read_systems(filled([("A-1", made)], WORDS), "filled.xlsx", WORDS)

        assert read.systems[0].answers == made

    holds()


@pytest.mark.parametrize("kind", [k for k in Kind if k not in {Kind.GROUP, Kind.GROUPS}])
def test_every_kind_of_answer_can_be_read_from_a_cell(kind: Kind) -> None:
    assert kind in READ, "register/exchange/sheet/sheet_cells.py"
