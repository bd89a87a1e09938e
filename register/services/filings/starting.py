"""How a disclosure begins: from a determination, and perhaps from a record or a template."""

from collections.abc import Mapping
from typing import Any

from register.errors import NotAllowed
from register.services.actor import Actor
from register.services.filings import copying, determinations, filing, templates
from register.services.filings.filing_facts import Filing
from register.standard.content import Content
from register.standard.marking import _
from register.storage import agencies, disclosures, transaction


def begin(
    by: Actor,
    reference_prefix: str,
    answers: Mapping[str, Any],
    *,
    check: int,
    copy: str = "",
    template: int | None = None,
) -> Filing:
    """Begin the disclosure of a system that a check of the own agency says must be disclosed.

    ``copy`` is the reference of a record, or ``template`` a template, whose answers it takes over.
    Raise :exc:`NotFound` for what is another agency's, :exc:`Conflict` if it was begun already.
    """
    if by.agency is None:
        raise NotAllowed(_("You file for your own agency only."))
    with transaction():
        # Of two who begin at once, one waits and then finds that it was begun.
        agencies.hold_agency(by.agency)
        matter = determinations.claim(by, check)
        basis = filing.Basis(
            content=read_source(by, copy, template),
            matter=matter,
            details={"determination": check}
            | ({"copy_of": copy} if copy else {})
            | ({"template": template} if template else {}),
        )
        begun = filing.start(by, by.agency, reference_prefix, answers, basis=basis)
        _note_hands(begun, by, copy, template)
        return begun


def read_source(by: Actor, copy: str = "", template: int | None = None) -> Content:
    """Give what a filing takes over from a record or a template; nothing if neither is named."""
    if copy:
        return copying.read_for_copying(by, copy)
    return templates.read_template(by, template) if template is not None else Content()


def _note_hands(begun: Filing, by: Actor, copy: str, template: int | None) -> None:
    """Let those whose unpublished work was taken over count as its authors: they may not publish.

    Otherwise somebody could write a draft, have a colleague copy it, and publish the copy.
    """
    hands = copying.hands_in(by, copy) if copy else frozenset()
    if template is not None:
        hands |= templates.hands_in(template)
    disclosure = disclosures.get_disclosure(begun.reference)
    for account_id in sorted(hands):
        disclosures.add_contribution(disclosure, account_id)
