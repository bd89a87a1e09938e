"""Any request at all, as the description of the API allows it or forbids it, put to the API itself.

A generator that knows only the description makes requests. Nothing may break, nor may anything come
back that the description does not tell of.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from register.services.erasure import erasing
from register.services.erasure.erasing import Order
from tests.journeys.programs import Program

# A day such as 30 February has the shape of one, and is none: a right shape is not all.
TAKEN_IF_WELL_SHAPED = positive_data_acceptance
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@dataclass
class Outcome:
    """What came back, by call and status; and each thing that ought not to have, with a request."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)

    def statuses(self, method: str = "") -> set[int]:
        return {status for call, status in self.answers if call.startswith(method)}


@dataclass(frozen=True)
class Asking:
    """Who asks, of which references there are, and how often each call in each way."""

    program: Program
    references: tuple[str, ...]
    examples: int
    is_repeatable: bool = True

    def ask_everything(self) -> Outcome:
        """Put requests to every call."""
        outcome = Outcome()
        described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", self.program.app)
        for operation in (each.ok() for each in described.get_all_operations()):
            for mode in MODES:
                self._ask(operation, mode, outcome)
        return outcome

    def _ask(self, operation: Any, mode: GenerationMode, outcome: Outcome) -> None:
        headers = {"Accept-Encoding": "identity", **self.program.headers}

        @settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            derandomize=self.is_repeatable,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(
            case=operation.as_strategy(generation_mode=mode),
            reference=st.sampled_from(self.references),
            is_there=st.booleans(),
        )
        def put(case: Any, reference: str, is_there: bool) -> None:
            if is_there and mode is GenerationMode.POSITIVE:
                self._make_it_meet_something(case, reference)
            answer = case.call(headers=headers)
            outcome.answers[operation.label, answer.status_code] += 1
            for fault in _faults(case, answer, headers):
                told = f"{case.as_curl_command()}\n{answer.status_code} {answer.text[:300]}"
                outcome.faults.setdefault(f"{operation.label}: {fault}", told)

        try:
            put()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, operation.label  # where nothing is forbidden

    def _make_it_meet_something(self, case: Any, reference: str) -> None:
        """Ask of a filing that there is, in the state in which it is."""
        if "reference" in case.path_parameters:
            case.path_parameters["reference"] = reference
        if "If-Match" in case.headers:
            draft = self.program.get(f"/disclosures/{reference}/draft")
            case.headers["If-Match"] = draft.headers.get("ETag", '"1"')


def _faults(case: Any, answer: Any, headers: Mapping[str, str]) -> Iterator[str]:
    """Name what is wrong with an answer, in one line each."""
    if answer.status_code >= 500 and answer.status_code != 503:
        yield f"broke with {answer.status_code}"
    try:
        unasked = [TAKEN_IF_WELL_SHAPED]
        case.validate_response(answer, headers=headers, excluded_checks=unasked)
    except AssertionError as error:
        yield _line(error)
    except BaseExceptionGroup as error:
        for each in error.exceptions:
            yield _line(each)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def prepared(app: Flask) -> tuple[str, ...]:
    """Fill a register with a filing of each kind; give their references."""
    from register.web.wiring import search_index
    from tests.desk import make_desk

    with app.app_context():
        desk = make_desk()
        published = [desk.publish() for _each in range(4)]
        desk.withdraw(published[2])
        erasing.erase(Order(reference=published[3], field="purpose", basis="By order of a court"))
        found = (*published, desk.start().reference, desk.submit().reference)
        search_index().drain()
    return found
