"""Reading what is not public. Every look leaves a trace in the audit trail."""

from typing import Any

from register.errors import NotAllowed
from register.schemas import Audience, present
from register.services.actor import Actor
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import disclosures, events, publications, transaction

READERS = frozenset({Role.SECRETARIAT, Role.AUDITOR})


def read_record(
    by: Actor, reference: str, version: int | None = None, base_url: str = ""
) -> dict[str, Any]:
    """Give a published version with everything in it; that it was read is recorded with it.

    Raise :exc:`NotAllowed` to any other role, and :exc:`NotFound` if there is no such version.
    """
    if by.role not in READERS or by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))
    with transaction():
        publication = publications.get_publication(reference, version)
        events.add_event(
            "non_public_read",
            by=by.account_id,
            disclosure=disclosures.get_disclosure(reference),
            details={"version": publication.version},
        )
        return present(publication, Audience.AUDITOR, base_url)
