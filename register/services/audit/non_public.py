"""Reading what is not public. Every look leaves a trace in the audit trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from register.errors import NotAllowed, NotFound
from register.schemas import Audience, present
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role, Status
from register.standard.marking import _
from register.storage import disclosures, events, past, publications, transaction

READERS = (Role.SECRETARIAT, Role.AUDITOR)


def read_record(
    by: Actor,
    reference: str,
    version: int | None = None,
    base_url: str = "",
    *,
    before: datetime | None = None,
) -> dict[str, Any]:
    """Give a published version with everything in it; that it was read is recorded with it.

    ``before`` asks for the version that counted just before that moment. Raise :exc:`NotAllowed`
    to any other role, and :exc:`NotFound` if there is no such version.
    """
    _check_reader(by)
    with transaction():
        publication = (
            past.get_as_of(reference, before)
            if before
            else publications.get_publication(reference, version)
        )
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


def read_records(by: Actor, references: Sequence[str], base_url: str = "") -> list[dict[str, Any]]:
    """Give what is published now of these references, with everything in it, in this order.

    That they were read is recorded, with the version of each. Raise as :func:`read_record` does.
    """
    _check_reader(by)
    with transaction():
        found = publications.map_current(references)
        read = [
            found[each]
            for each in references
            if each in found and found[each].status is Status.PUBLISHED
        ]
        details = {"versions": {each.reference: each.version for each in read}, **by.means}
        events.add_event("non_public_listed", by=by.account_id, details=details)
        return [present(each, Audience.AUDITOR, base_url) for each in read]


def _check_reader(by: Actor) -> None:
    check_role(by, *READERS)
    if by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))


def _note(by: Actor, reference: str, details: dict[str, Any]) -> None:
    disclosure = disclosures.get_disclosure(reference)
    told = {**details, **by.means}
    events.add_event("non_public_read", by=by.account_id, disclosure=disclosure, details=told)
