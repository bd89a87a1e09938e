"""Several people of three agencies and the secretariat at work on filings, checked by a model.

One agency publishes itself, for one the secretariat does, and for one its approver approves first.
The model is written from the rules, not from the code: what each filing's state is, who had a hand
in it or approved it since it was last published, and what every published version says. A deed that
would be rare by chance (publishing one's own work, deciding on what changed meanwhile, reaching for
another agency's filing) makes the filing that it needs; the counts show that each was tried often.
"""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from register.services.filings import discarding, filing, publishing, withdrawing
from register.services.filings.filing import WITHDRAWAL
from register.standard.lifecycle import DraftState
from tests.desk import NOTE, Desk
from tests.services.approval_deeds import WAITING, ApprovalDeeds, Chance
from tests.services.leaving_deeds import AGENCIES, OPEN, LeavingDeeds
from tests.services.office import Model

LEAST = {
    "publish": 50,
    "own work": 40,
    "stale": 40,
    "other agency": 40,
    "endorse": 40,
    "endorse own work": 30,
    "endorser publishes": 20,
    "unendorsed": 20,
    "another way": 12,
    "give back": 40,
    "withdraw": 10,
    "amend": 30,
    "submit again": 10,
    "take back": 10,
    "discard": 8,
    "resume": 4,
}

DEEDS = (
    "start",
    "save",
    "submit",
    "submit_again",
    "publish",
    "publish_an_improved_text",
    "publish_what_does_not_wait",
    "publish_own_work",
    "publish_own_work",
    "publish_what_oneself_endorsed",
    "endorse",
    "endorse",
    "endorse_own_work",
    "take_a_step_of_another_way",
    "give_back",
    "amend",
    "withdraw",
    "take_back",
    "discard",
    "resume",
    "act_on_what_changed_meanwhile",
    "act_on_what_changed_meanwhile",
    "reach_for_another_agency",
)


class FilingMachine(ApprovalDeeds, LeavingDeeds, RuleBasedStateMachine):
    """The deeds, as anybody may try them, and what must come of each."""

    @initialize(seed=st.integers(0, 2**64 - 1))
    def begin(self, seed: int) -> None:
        self.filings = []
        self.written = 0
        self.fate = Random(seed)

    @rule()
    def act(self) -> None:
        """Do something, drawn evenly from the seed.

        Hypothesis switches rules off for a while and repeats what it drew before, so what it would
        choose step by step meets some deeds seldom, and another number of them on each release.
        """
        chance = Chance(
            who=self.fate.randrange(10_000),
            turn=self.fate.randrange(10_000),
            agency=self.fate.choice(AGENCIES),
            off_by=self.fate.choice((-1, 1, 5)),
        )
        getattr(self, self.fate.choice(DEEDS))(chance)

    def start(self, chance: Chance) -> None:
        self.counts["start"] += 1
        self.check(self.started(chance.agency, self.writer(chance.agency, chance.who)))

    def save(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by, text = self.writer(model.agency, chance.who), self.text()
        is_open = model.state in OPEN and model.purpose != WITHDRAWAL
        expected = "done" if is_open else "Conflict"
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
        is_open = model.state in OPEN and model.purpose != WITHDRAWAL
        expected = "done" if is_open else "Conflict"
        self.attempt(
            "submit",
            expected,
            lambda: self.submitted(model, by),
        )
        self.check(model)

    def submit_again(self, chance: Chance) -> None:
        """Hand in what was given back, with its comments if it has any."""
        if self.pick(chance.turn, DraftState.RETURNED) is None:
            self.give_back(chance)
        model = self.pick(chance.turn, DraftState.RETURNED)
        if model is None or model.purpose == WITHDRAWAL:
            return
        self.counts["submit again"] += 1
        self.check(self.submitted(model, self.writer(model.agency, chance.who)))

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

    def amend(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.NONE) or self.pick(chance.turn, *DraftState)
        if model is None:
            return
        self.amended(model, chance.who)
        self.check(model)

    def amended(self, model: Model, who: int) -> None:
        by = self.writer(model.agency, who)
        expected = "done" if model.state is DraftState.NONE else "Conflict"
        if self.attempt("amend", expected, lambda: filing.amend(by, model.reference)):
            model.state, model.content = DraftState.DRAFT, model.versions[-1]
            model.comments = {}
            model.touched.add(by.email)
            model.events += 1

    def act_on_what_changed_meanwhile(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *WAITING, *OPEN) or self.started(
            chance.agency, self.writer(chance.agency, chance.who)
        )
        stale = self.lock(model) + chance.off_by
        by, decider = self.writer(model.agency, chance.who), self.stranger(model)
        if model.state is not model.awaited and model.state not in OPEN:
            decider = self.free_approver(model)
            deeds: list[Callable[[], Any]] = [
                lambda: publishing.endorse(decider, model.reference, lock_version=stale),
                lambda: publishing.give_back(
                    decider, model.reference, lock_version=stale, reason="No."
                ),
            ]
        elif model.state in OPEN:
            deeds = [
                lambda: self.save_as(model, by, "Late", stale),
                lambda: discarding.discard(by, model.reference, lock_version=stale),
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
            self.approver(other, chance.who),
            self.lock(model),
        )
        reference = model.reference
        deeds: list[Callable[[], Any]] = [
            lambda: self.save_as(model, by, "Stolen", lock),
            lambda: filing.submit(by, reference, lock_version=lock, change_note=NOTE),
            lambda: filing.amend(by, reference),
            lambda: discarding.discard(by, reference, lock_version=lock),
            lambda: discarding.resume(by, reference),
            lambda: filing.get_filing(by, reference),
            lambda: publishing.publish(decider, reference, lock_version=lock),
            lambda: publishing.give_back(decider, reference, lock_version=lock, reason="No."),
            lambda: publishing.endorse(decider, reference, lock_version=lock),
            lambda: withdrawing.propose(by, reference, reason=NOTE),
            lambda: discarding.take_back(by, reference, lock_version=lock),
            lambda: publishing.get_for_decision(decider, reference),
        ]
        for do in deeds:
            self.attempt("other agency", "NotFound", do)
        self.check(model)


def run(desk: Desk, *, examples: int, steps: int = 22) -> Counter[str]:
    """Let them work; give how often each thing was tried. Raise :exc:`AssertionError` if wrong."""
    facts = {"desk": desk, "counts": Counter(), "references": set()}
    machine: Any = type("Machine", (FilingMachine,), facts)
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
    counts: Counter[str] = machine.counts
    return counts
