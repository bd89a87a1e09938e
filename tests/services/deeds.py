"""What can be done with a filing, each in one call."""

from collections.abc import Callable

from register.services.actor import Actor
from register.services.filings import discarding, filing, publishing, withdrawing
from register.services.filings.filing import Filing
from register.standard import CURRENT
from register.standard.lifecycle import Action
from tests.desk import NOTE

SECTION = CURRENT.section("purpose")
DEEDS: dict[Action, Callable[[Actor, Filing], object]] = {
    Action.SAVE: lambda by, f: filing.save_section(
        by, f.reference, SECTION, f.content, lock_version=f.lock_version
    ),
    Action.SUBMIT: lambda by, f: filing.submit(
        by, f.reference, lock_version=f.lock_version, change_note=NOTE
    ),
    Action.GIVE_BACK: lambda by, f: publishing.give_back(
        by, f.reference, lock_version=f.lock_version, reason="The cost is missing."
    ),
    Action.ENDORSE: lambda by, f: publishing.endorse(by, f.reference, lock_version=f.lock_version),
    Action.PUBLISH: lambda by, f: publishing.publish(by, f.reference, lock_version=f.lock_version),
    Action.AMEND: lambda by, f: filing.amend(by, f.reference),
    Action.WITHDRAW: lambda by, f: withdrawing.propose(by, f.reference, reason=NOTE),
    Action.TAKE_BACK: lambda by, f: discarding.take_back(
        by, f.reference, lock_version=f.lock_version
    ),
    Action.DISCARD: lambda by, f: discarding.discard(by, f.reference, lock_version=f.lock_version),
    Action.RESUME: lambda by, f: discarding.resume(by, f.reference),
}
