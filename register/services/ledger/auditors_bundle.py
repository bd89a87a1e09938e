"""The auditors' bundle of the day: kept by the process that signs, given to auditors alone."""

from register.errors import NotFound
from register.services.actor import Actor, check_role
from register.services.ledger.bundle_files import BundleFolder, Kept
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import events

NONE_YET = _(
    "There is no bundle for auditors yet. The process that signs the log makes one every day on "
    "which something is signed; the operator can make one with ai-register bundle --for-auditors."
)


def find(by: Actor, folder: BundleFolder) -> Kept | None:
    """Give the newest bundle for auditors, if there is one."""
    check_role(by, Role.AUDITOR)
    return folder.latest()


def get(by: Actor, folder: BundleFolder) -> Kept:
    """Give the newest bundle for auditors; raise :exc:`NotFound` if there is none yet."""
    kept = find(by, folder)
    if kept is None:
        raise NotFound(NONE_YET)
    return kept


def note_taken(by: Actor, kept: Kept) -> None:
    """Record that somebody takes the bundle, or a piece of it."""
    check_role(by, Role.AUDITOR)
    details = {"file": kept.path.name, "sha256": kept.sha256.hex()}
    events.add_event("auditors_bundle_taken", by=by.account_id, details=details)
