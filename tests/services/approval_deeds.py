"""Publishing, approving and returning, as anybody may try it, and what must come of each."""

from dataclasses import dataclass

from register.services.filings import publishing
from register.standard.lifecycle import DraftState
from tests.services.office import Model, Office

WAITING = (DraftState.SUBMITTED, DraftState.ENDORSED)
COMMENTS = ({}, {"purpose": "Whose purpose?"}, {"purpose": "Why?", "risks": "Is this all?"})


@dataclass(frozen=True)
class Chance:
    """Who does something, with which of the filings, and by how much they are behind."""

    who: int
    turn: int
    agency: str
    off_by: int


class ApprovalDeeds(Office):
    """What those do who did not write the filing, and those who did and should not."""

    def waiting(self, chance: Chance, agency: str = "") -> Model:
        """A filing that waits, of this agency if one is named."""
        fit = [
            each for each in self.filings if each.state in WAITING and agency in {"", each.agency}
        ]
        if fit:
            return fit[chance.turn % len(fit)]
        where = agency or chance.agency
        begun = self.started(where, self.writer(where, chance.who))
        return self.submitted(begun, self.writer(where, chance.who + 1))

    def publish(self, chance: Chance) -> None:
        model = self.waiting(chance)
        by, lock = self.decider(model.agency, chance.who), self.lock(model)
        deed, expected = "publish", "done"
        if model.state is not model.awaited:
            deed, expected = "unendorsed", "Conflict"
        elif by.email in model.barred:
            deed, expected = "own work", "NotAllowed"
        if self.attempt(
            deed,
            expected,
            lambda: publishing.publish(by, model.reference, lock_version=lock),
        ):
            self.made_public(model, model.content, by)
        self.check(model)

    def publish_own_work(self, chance: Chance) -> None:
        model = self.ready(self.waiting(chance))
        names = sorted(model.touched)
        by, lock = self.as_decider(names[chance.who % len(names)], model.agency), self.lock(model)
        self.attempt(
            "own work",
            "NotAllowed",
            lambda: publishing.publish(by, model.reference, lock_version=lock),
        )
        self.check(model)

    def publish_what_oneself_endorsed(self, chance: Chance) -> None:
        """Approve as the agency's approver, change to the secretariat, and publish."""
        self.try_as_endorser(self.ready(self.waiting(chance, "courts")))

    def try_as_endorser(self, model: Model) -> None:
        by, lock = self.as_decider(model.endorser, model.agency), self.lock(model)
        self.attempt(
            "endorser publishes",
            "NotAllowed",
            lambda: publishing.publish(by, model.reference, lock_version=lock),
        )
        self.check(model)

    def endorse(self, chance: Chance) -> None:
        model = self.waiting(chance, "courts")
        if model.state is DraftState.SUBMITTED:
            secretariat, seen = self.stranger(model), self.lock(model)
            self.attempt(
                "unendorsed",
                "Conflict",
                lambda: publishing.publish(secretariat, model.reference, lock_version=seen),
            )
            approver = self.free_approver(model)
            self.attempt(
                "stale",
                "Conflict",
                lambda: publishing.endorse(
                    approver, model.reference, lock_version=seen + chance.off_by
                ),
            )
        by, lock = self.approver(model.agency, chance.who), self.lock(model)
        deed, expected = "endorse", "done"
        if model.state is DraftState.ENDORSED:
            deed, expected = "endorse again", "Conflict"
        elif by.email in model.touched:
            deed, expected = "endorse own work", "NotAllowed"
        if self.attempt(
            deed,
            expected,
            lambda: publishing.endorse(by, model.reference, lock_version=lock),
        ):
            self.made_endorsed(model, by)
            self.try_as_endorser(model)
        self.check(model)

    def endorse_own_work(self, chance: Chance) -> None:
        model = self.started("courts", self.writer("courts", chance.who))
        self.submitted(model, self.writer("courts", chance.turn))
        names = sorted(model.touched)
        by, lock = self.as_approver(names[chance.who % len(names)], "courts"), self.lock(model)
        self.attempt(
            "endorse own work",
            "NotAllowed",
            lambda: publishing.endorse(by, model.reference, lock_version=lock),
        )
        self.check(model)

    def take_a_step_of_another_way(self, chance: Chance) -> None:
        """Approve where nobody asks for it, and publish where the secretariat does."""
        model = self.waiting(chance)
        lock = self.lock(model)
        if model.agency == "courts":
            newcomer = self.as_approver("approver@health", "courts")
            self.attempt(
                "another way",
                "NotAllowed",
                lambda: publishing.publish(newcomer, model.reference, lock_version=lock),
            )
        else:
            by = self.decider(model.agency, chance.who)
            expected = "NotAllowed" if model.state is DraftState.SUBMITTED else "Conflict"
            self.attempt(
                "another way",
                expected,
                lambda: publishing.endorse(by, model.reference, lock_version=lock),
            )
        self.check(model)

    def give_back(self, chance: Chance) -> None:
        model = self.waiting(chance)
        lock, comments = self.lock(model), COMMENTS[chance.turn % len(COMMENTS)]
        is_endorsed = model.state is DraftState.ENDORSED
        decide = self.decider if is_endorsed or model.agency != "courts" else self.approver
        by = decide(model.agency, chance.who)
        odd = {**comments, "no_such_question": "What?"}
        for said, expected in ((odd, "Invalid"), (comments, "done")):
            self.attempt(
                "give back",
                expected,
                lambda said=said: publishing.give_back(
                    by,
                    model.reference,
                    lock_version=lock,
                    reason="" if said else "No.",
                    comments=said,
                ),
            )
        model.state, model.comments, model.endorser = DraftState.RETURNED, comments, ""
        model.events += 1
        self.check(model)
