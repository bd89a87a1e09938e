"""Withdrawing, taking back, discarding and taking up, as anybody may try it."""

from register.services.filings import discarding, withdrawing
from register.services.filings.filing import WITHDRAWAL
from register.standard.lifecycle import DraftState, Status
from tests.desk import NOTE
from tests.services.approval_deeds import WAITING, Chance
from tests.services.office import Office

AGENCIES = ("taxes", "schools", "courts")
OPEN = {DraftState.DRAFT, DraftState.RETURNED}


class LeavingDeeds(Office):
    """What ends a filing, or its next version, and what undoes that."""

    def withdraw(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *DraftState, status=Status.PUBLISHED)
        if model is None:
            model = self.published(chance.turn, chance.who, AGENCIES[chance.turn % 3])
        by = self.writer(model.agency, chance.who)
        if chance.who % 5 == 0 and model.agency == "schools":
            by = self.decider(model.agency, chance.who)
        is_free = model.state is DraftState.NONE or (
            model.state is DraftState.RETURNED and model.purpose == WITHDRAWAL
        )
        if self.attempt(
            "withdraw",
            "done" if is_free else "Conflict",
            lambda: withdrawing.propose(by, model.reference, reason=NOTE),
        ):
            model.state, model.content = DraftState.SUBMITTED, model.versions[-1]
            model.purpose, model.comments = WITHDRAWAL, {}
            model.touched.add(by.email)
            model.events += 1
        self.check(model)

    def take_back(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *WAITING) or self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by, lock = self.writer(model.agency, chance.who), self.lock(model)
        expected = "done" if model.state in WAITING else "Conflict"
        if self.attempt(
            "take back",
            expected,
            lambda: discarding.take_back(by, model.reference, lock_version=lock),
        ):
            is_over = model.purpose == WITHDRAWAL
            model.state = DraftState.NONE if is_over else DraftState.DRAFT
            model.purpose, model.comments, model.endorser = "filing", {}, ""
            model.touched.add(by.email)
            model.events += 1
        self.check(model)

    def discard(self, chance: Chance) -> None:
        model = self.pick(chance.turn, *OPEN) or self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by, lock = self.writer(model.agency, chance.who), self.lock(model)
        expected = "done" if model.state in OPEN else "Conflict"
        if self.attempt(
            "discard",
            expected,
            lambda: discarding.discard(by, model.reference, lock_version=lock),
        ):
            is_new = model.status is Status.UNPUBLISHED
            model.state = DraftState.DISCARDED if is_new else DraftState.NONE
            model.comments, model.endorser = model.comments if is_new else {}, ""
            model.purpose = "filing"
            model.touched.add(by.email)
            model.events += 1
        self.check(model)

    def resume(self, chance: Chance) -> None:
        model = self.pick(chance.turn, DraftState.DISCARDED) or self.pick(chance.turn, *DraftState)
        if model is None:
            return
        by = self.writer(model.agency, chance.who)
        expected = "done" if model.state is DraftState.DISCARDED else "Conflict"
        if self.attempt("resume", expected, lambda: discarding.resume(by, model.reference)):
            model.state = DraftState.DRAFT
            model.touched.add(by.email)
            model.events += 1
        self.check(model)
