"""Reading what is not public. Every look leaves a trace in the audit trail."""

from collections.abc import Sequence
from typing import Any

from register.errors import NotAllowed, NotFound
from register.schemas import Audience, present
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import disclosures, events, publications, transaction

READERS = (Role.SECRETARIAT, Role.AUDITOR)


def read_record(
    by: Actor, reference: str, version: int | None = None, base_url: str = ""
) -> dict[str, Any]:
    """Give a published version with everything in it; that it was read is recorded with it.

    Raise :exc:`NotAllowed` to any other role, and :exc:`NotFound` if there is no such version.
    """
    _check_reader(by)
    with transaction():
        publication = publications.get_publication(reference, version)
        _note(by, reference, {"version": publication.version})
        return present(publication, Audience.AUDITOR, base_url)


def read_versions(
    by: Actor, reference: str, versions: Sequence[int] | None = None, base_url: str = ""
) -> list[dict[str, Any]]:
    """Give several versions of a record, or all of them, the newest first, as one recorded look.

    Raise as :func:`read_record` does.
    """
    _check_reader(by)
    with transaction():
        listed = publications.list_versions(reference)
        found = [each for each in listed if versions is None or each.version in versions]
        if not found or len(found) < len(set(versions or ())):
            raise NotFound(_("There is no published disclosure of this reference and version."))
        _note(by, reference, {"versions": sorted(each.version for each in found)})
        return [present(each, Audience.AUDITOR, base_url) for each in found]


def _check_reader(by: Actor) -> None:
    check_role(by, *READERS)
    if by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))


def _note(by: Actor, reference: str, details: dict[str, Any]) -> None:
    disclosure = disclosures.get_disclosure(reference)
    events.add_event("non_public_read", by=by.account_id, disclosure=disclosure, details=details)
