"""Removing what is left of what was erased, wherever it is not the database that removes it."""

from collections.abc import Callable

from register.cli.instance import Instance
from register.cli.speaking import complain, english, say
from register.errors import RegisterError
from register.services.exports.export_folder import ExportFolder
from register.services.ledger import bundle_files
from register.storage import dumping, erasing, remains

REMAINS = (
    "What was copied out of this register still has it: backups and archived logs of the database, "
    "exports, and other registers that took it in. See docs/operations.md."
)
NOT_DONE = "Some of it may still be there. When that is mended, run: ai-register erase --purge"


def purge(instance: Instance) -> bool:
    """Let go of what kept files, index and database have of what is not there any more.

    What cannot be done is said, and all else is done; tell whether all was. It may be repeated.
    """
    wanted, is_done = erasing.count_erased(), True
    # What anybody can fetch goes first. The signer soon makes the next bundles, without it.
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Kept exports", ExportFolder(instance.settings.exports_folder, erased=0).empty),
        ("Kept bundles", bundle_files.public_folder(instance.settings).empty),
        ("The bundle for auditors", bundle_files.auditors_folder(instance.settings).empty),
        ("The search index", instance.index.forget),
    )
    for what, step in steps:
        try:
            step()
        except (OSError, RegisterError) as error:
            complain(f"{what}: {english(error) if isinstance(error, RegisterError) else error}")
            is_done = False
    if not remains.wipe():
        complain("Somebody is reading, so the database's files still have it. Restart the service.")
        is_done = False
    for path in dumping.list_copies():
        complain(f"{path} is a copy of the database from before, and may have it. Delete it.")
    if is_done:
        erasing.note_purged(wanted)
    else:
        complain(NOT_DONE)
    say(REMAINS)
    return is_done
