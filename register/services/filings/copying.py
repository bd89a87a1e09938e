"""What a new filing may take over from another: never what holds for that one alone."""

from dataclasses import replace

from register import clock
from register.errors import Conflict, NotFound
from register.schemas import present
from register.services.actor import Actor
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.marking import _
from register.standard.publication import Publication
from register.storage import disclosures, publications

OF_ONE_RECORD = frozenset(
    {
        "agency",
        "development_started",
        "ended_on",
        "external_ids",
        "filed_by",
        "in_use_since",
        "name",
        "next_review_due",
        "phase",
    }
)
OF_ONE_AGENCY = frozenset(
    {"impact_determination", "territory", "unit"}
    | {field.name for field in CURRENT.section("accountability").asked_fields}
)


def read_for_copying(by: Actor, reference: str) -> Content:
    """Give what this person may take over from a record.

    From a record of the own agency that is everything, what is withheld with its withholding; from
    another agency's only what the public reads. Raise :exc:`NotFound` if there is nothing.
    """
    disclosure = disclosures.find_disclosure(reference)
    current = publications.find_publication(reference)
    if disclosure is not None and by.agency is not None and disclosure.agency.slug == by.agency:
        draft = Content.from_json(disclosure.draft_content or {})
        return for_itself(current.content if current else draft, by)
    if current is None or current.status is not Status.PUBLISHED:
        raise NotFound(_("There is no published disclosure of this reference and version."))
    return for_others(current)


def hands_in(by: Actor, reference: str) -> frozenset[int]:
    """Give the accounts whose unpublished work :func:`read_for_copying` takes over.

    What was published had a second person already; a draft had none, and its authors stay authors.
    """
    disclosure = disclosures.find_disclosure(reference)
    if disclosure is None or disclosure.agency.slug != by.agency or disclosure.current_version:
        return frozenset()
    return disclosures.contributors(disclosure)


def for_itself(content: Content, by: Actor) -> Content:
    """Give what an agency may take over from itself; who copies a withholding decides it anew."""
    decided = {"decided_by": by.email, "decided_on": clock.today().isoformat()}
    kept = _without(content, OF_ONE_RECORD)
    return replace(kept, withheld=tuple({**entry, **decided} for entry in kept.withheld))


def for_others(publication: Publication) -> Content:
    """Give what another agency may take over: what is public, and not about the first agency."""
    shown = Content.from_json(present(publication))
    return replace(_without(shown, OF_ONE_RECORD | OF_ONE_AGENCY), withheld=())


def _without(content: Content, left_out: frozenset[str]) -> Content:
    """Keep only answers to questions of the standard in force, and nothing about absent ones."""
    if content.answers.get("record_kind") == "nil_return":
        raise Conflict(_("A nil return says nothing about a system: there is nothing to copy."))
    names = {field.name for field in CURRENT.asked_fields} - left_out
    return Content(
        answers={k: v for k, v in content.answers.items() if k in names},
        withheld=tuple(entry for entry in content.withheld if entry["field"] in names),
        translations={
            k: v for k, v in content.translations.items() if k in names and k in content.answers
        },
    )
