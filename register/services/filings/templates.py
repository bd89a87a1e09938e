"""Templates: answers that an agency keeps to begin filings from, for itself or for all agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from register.errors import Invalid, NotAllowed, NotFound
from register.services.actor import Actor
from register.services.filings import copying
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import Role, Status
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import agencies, disclosures, events, publications, templates, transaction
from register.storage.models import Template

WRITERS = frozenset({Role.OFFICER, Role.APPROVER})
LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A template as those see it who may begin from it; ``body`` is the agency that made it."""

    id: int
    names: Mapping[str, str]
    body: Body
    is_own: bool
    is_shared: bool
    at: datetime


def keep_template(
    by: Actor, reference: str, names: Mapping[str, str], *, is_shared: bool = False
) -> Kept:
    """Keep a filing of the own agency as a template.

    A shared one holds only what is public; of what was never published nothing is shared. Raise
    :exc:`Invalid` by field.
    """
    given = {lang: text.strip() for lang, text in names.items() if text.strip()}
    if by.role not in WRITERS or by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))
    with transaction():
        content = _own_content(by, reference, is_shared=is_shared)
        _check_names(given)
        template = templates.add_template(
            Template(
                agency_id=agencies.get_agency(str(by.agency)).id,
                names=given,
                content=content.to_json(),
                standard=CURRENT.id,
                is_shared=is_shared,
                is_removed=False,
                made_by_id=by.account_id,
                hands=sorted(copying.hands_in(by, reference)),
            )
        )
        details = {"template": template.id, "reference": reference, "is_shared": is_shared}
        events.add_event("template_kept", by=by.account_id, details=details)
        return _kept(template, by)


def list_templates(by: Actor) -> list[Kept]:
    """Give the templates of the actor's agency and those that others share, the newest first."""
    if by.agency is None:
        return []
    return [_kept(each, by) for each in templates.list_templates(agencies.get_agency(by.agency))]


def read_template(by: Actor, number: int) -> Content:
    """Give what a template holds, to begin a filing from."""
    template = templates.find_template(number)
    if template is None or not (template.is_shared or template.agency.slug == by.agency):
        raise NotFound(_("There is no such template."))
    content = Content.from_json(template.content)
    return content if template.is_shared else copying.for_itself(content, by)


def hands_in(number: int) -> frozenset[int]:
    """Give who kept a template that is an agency's own, and whose unpublished work it holds."""
    template = templates.find_template(number)
    if template is None or template.is_shared:
        return frozenset()
    return frozenset({template.made_by_id, *(template.hands or ())})


def remove_template(by: Actor, number: int) -> None:
    """Take a template of the own agency away; what was begun from it stays."""
    with transaction():
        template = templates.find_template(number)
        if template is None or by.role not in WRITERS or template.agency.slug != by.agency:
            raise NotFound(_("There is no such template."))
        template.is_removed = True
        events.add_event("template_removed", by=by.account_id, details={"template": number})


def _own_content(by: Actor, reference: str, *, is_shared: bool) -> Content:
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is None or by.agency is None or disclosure.agency.slug != by.agency:
        raise NotFound(_("There is no disclosure of this reference."))
    if not is_shared:
        return copying.read_for_copying(by, reference)
    current = publications.find_publication(reference)
    if current is None or current.status is not Status.PUBLISHED:
        refusal = _("Only what is published can be shared with other agencies.")
        raise Invalid(refusal, {"is_shared": [refusal]})
    return copying.for_others(current)


def _check_names(names: Mapping[str, str]) -> None:
    sentence = _("Some answers are missing or need to be corrected.")
    if not names:
        raise Invalid(sentence, {"names": [_("Give the template a name in one language.")]})
    if any(len(name) > LONGEST_NAME for name in names.values()):
        raise Invalid(sentence, {"names": [_("Use at most 100 characters.")]})


def _kept(template: Template, by: Actor) -> Kept:
    return Kept(
        id=template.id,
        names=dict(template.names),
        body=agencies.body_of(template.agency),
        is_own=template.agency.slug == by.agency,
        is_shared=template.is_shared,
        at=template.at,
    )
