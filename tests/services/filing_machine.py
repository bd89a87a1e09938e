"""Several people of two agencies and the secretariat at work on filings, checked by a model.

The model is written from the rules, not from the code: what each filing's state is, who had a hand
in it since it was last published, and what every published version says. A deed that would be rare
by chance (publishing one's own work, deciding on what changed meanwhile, reaching for another
agency's filing) makes the filing that it needs; the counts show that each was tried often.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from register.services import filing, publishing
from register.standard.lifecycle import DraftState, Status
from tests.desk import NOTE, Desk
from tests.services.office import Office

AGENCIES = ("taxes", "schools")
OPEN = {DraftState.DRAFT, DraftState.RETURNED}
LEAST = {
    "publish": 50,
    "own work": 40,
    "stale": 40,
    "other agency": 40,
    "withdraw": 10,
    "amend": 10,
}

DEEDS = (
    "start",
    "save",
    "submit",
    "publish",
    "publish_an_improved_text",
    "publish_what_does_not_wait",
    "publish_own_work",
    "publish_own_work",
    "give_back",
    "amend",
    "withdraw",
    "act_on_what_changed_meanwhile",
    "reach_for_another_agency",
)

turns = st.integers(0, 10_000)


@dataclass(frozen=True)
class Chance:
    """Who does something, with which of the filings, and by how much they are behind."""

    who: int
    turn: int
    agency: str
    off_by: int


class FilingMachine(Office, RuleBasedStateMachine):
    """The deeds, as anybody may try them, and what must come of each."""

    @initialize()
    def begin(self) -> None:
        self.filings = []
        self.written = 0

    @rule(
        deed=st.sampled_from(DEEDS),
        chance=st.builds(
            Chance,
            who=turns,
            turn=turns,
            agency=st.sampled_from(AGENCIES),
            off_by=st.sampled_from([-1, 1, 5]),
        ),
    )
    def act(self, deed: str, chance: Chance) -> None:
        """One rule for all deeds: Hypothesis switches whole rules off for a while."""
        getattr(self, deed)(chance)

    def start(self, chance: Chance) -> None:
        self.counts["start"] += 1
        self.check(self.started(chance.agency, self.writer(chance.agency, chance.who)))

    def save(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by, text = self.writer(model.agency, chance.who), self.text()
        expected = "done" if model.state in OPEN else "Conflict"
        lock = self.lock(model)
        if self.attempt("save", expected, lambda: self.save_as(model, by, text, lock)):
            model.content = text
            model.touched.add(by.email)
            model.events += 1
        self.check(model)

    def submit(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *OPEN) or self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by = self.writer(model.agency, chance.who)
        expected = "done" if model.state in OPEN else "Conflict"
        self.attempt(
            "submit",
            expected,
            lambda: self.submitted(model, by),
        )
        self.check(model)

    def publish(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.SUBMITTED) or self.submitted(
            self.started(chance.agency, self.writer(chance.agency, 0)),
            self.writer(chance.agency, 1),
        )
        by = self.decider(model.agency, chance.who)
        expected = "NotAllowed" if by.email in model.touched else "done"
        deed = "publish" if expected == "done" else "own work"
        lock = self.lock(model)
        if self.attempt(
            deed,
            expected,
            lambda: publishing.publish(by, model.reference, lock_version=lock),
        ):
            self.made_public(model, model.content)
            model.state = DraftState.NONE
            model.status = Status.PUBLISHED
        self.check(model)

    def publish_an_improved_text(self, chance: Chance) -> None:
        self.check(self.published(chance.turn, chance.who, chance.agency))

    def publish_what_does_not_wait(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.NONE, *OPEN)
        if model is None:
            return
        by, lock = self.decider(model.agency, chance.who), self.lock(model)
        self.attempt(
            "not waiting",
            "Conflict",
            lambda: publishing.publish(by, model.reference, lock_version=lock),
        )
        self.check(model)

    def publish_own_work(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.SUBMITTED) or self.submitted(
            self.started(chance.agency, self.writer(chance.agency, chance.who)),
            self.writer(chance.agency, chance.who + 1),
        )
        names = sorted(model.touched)
        by, lock = self.as_decider(names[chance.who % len(names)], model.agency), self.lock(model)
        self.attempt(
            "own work",
            "NotAllowed",
            lambda: publishing.publish(by, model.reference, lock_version=lock),
        )
        self.check(model)

    def give_back(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.SUBMITTED)
        if model is None:
            return
        by, lock = self.decider(model.agency, chance.who), self.lock(model)
        self.attempt(
            "give back",
            "done",
            lambda: publishing.give_back(by, model.reference, lock_version=lock, reason="No."),
        )
        model.state = DraftState.RETURNED
        model.events += 1
        self.check(model)

    def amend(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.NONE) or self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by = self.writer(model.agency, chance.who)
        expected = "done" if model.state is DraftState.NONE else "Conflict"
        if self.attempt("amend", expected, lambda: filing.amend(by, model.reference)):
            model.state, model.content = DraftState.DRAFT, model.versions[-1]
            model.touched.add(by.email)
            model.events += 1
        self.check(model)

    def withdraw(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *DraftState, status=Status.PUBLISHED)
        model = model or self.published(chance.turn, chance.who, AGENCIES[chance.turn % 2])
        by = self.decider(model.agency, chance.who)
        expected = "NotAllowed" if by.email in model.touched else "done"
        if self.attempt(
            "withdraw",
            expected,
            lambda: publishing.withdraw(by, model.reference, reason=NOTE),
        ):
            touched = model.touched
            self.made_public(model, model.versions[-1])
            model.touched = touched
            model.status = Status.WITHDRAWN
        self.check(model)

    def act_on_what_changed_meanwhile(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.SUBMITTED, *OPEN) or self.started(
            chance.agency, self.writer(chance.agency, chance.who)
        )
        stale = self.lock(model) + chance.off_by
        by, decider = self.writer(model.agency, chance.who), self.stranger(model)
        if model.state in OPEN:
            deeds: list[Callable[[], Any]] = [
                lambda: self.save_as(model, by, "Late", stale),
                lambda: filing.submit(by, model.reference, lock_version=stale, change_note=NOTE),
            ]
        else:
            deeds = [
                lambda: publishing.publish(decider, model.reference, lock_version=stale),
                lambda: publishing.give_back(
                    decider, model.reference, lock_version=stale, reason="No."
                ),
            ]
        for do in deeds:
            self.attempt("stale", "Conflict", do)
        self.check(model)

    def reach_for_another_agency(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *DraftState) or self.started(
            chance.agency, self.writer(chance.agency, chance.who)
        )
        other = "health" if chance.who % 2 else AGENCIES[AGENCIES.index(model.agency) - 1]
        by, decider, lock = (
            self.writer(other, chance.who),
            self.decider(other, chance.who),
            self.lock(model),
        )
        reference = model.reference
        deeds: list[Callable[[], Any]] = [
            lambda: self.save_as(model, by, "Stolen", lock),
            lambda: filing.submit(by, reference, lock_version=lock, change_note=NOTE),
            lambda: filing.amend(by, reference),
            lambda: filing.get_filing(by, reference),
            lambda: publishing.publish(decider, reference, lock_version=lock),
            lambda: publishing.give_back(decider, reference, lock_version=lock, reason="No."),
            lambda: publishing.withdraw(decider, reference, reason=NOTE),
            lambda: publishing.get_for_decision(decider, reference),
        ]
        for do in deeds:
            self.attempt("other agency", "NotFound", do)
        self.check(model)


def run(desk: Desk, *, examples: int, steps: int = 22) -> Counter[str]:
    """Let them work; give how often each thing was tried. Raise :exc:`AssertionError` if wrong."""
    machine = type("Machine", (FilingMachine,), {"desk": desk, "counts": Counter()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.counts
