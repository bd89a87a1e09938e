"""Records of one agency that may be about the same system: a warning, never a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register.schemas.likeness import Told, is_alike
from register.services.actor import Actor
from register.services.filings.filing_facts import Filing
from register.standard.lifecycle import DraftState, Status, awaited_role
from register.storage import outlines
from register.storage.outlines import Outline

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Similar:
    """A record that resembles another; ``names`` by language, ``is_public`` if anybody reads it."""

    reference: str
    names: Mapping[str, str]
    is_public: bool


def find_similar(by: Actor, filing: Filing) -> list[Similar]:
    """Give what of the same agency resembles a filing, as far as this person may know of it.

    What was published before was looked at then, and nothing resembles a declaration that there is
    nothing to report.
    """
    own = filing.content.answers
    if filing.version or own.get("record_kind") == "nil_return":
        return []
    told = _told(own)
    is_insider = by.agency == filing.body.slug
    found = []
    for outline in outlines.list_outlines(filing.body.slug, filing.reference):
        awaited = awaited_role(filing.body.approval, DraftState(outline.draft_state))
        seen = _seen(outline, with_draft=is_insider or awaited is by.role)
        alike = [each for each in seen if is_alike(told, _told(each))]
        if alike:
            names = _texts(alike[0].get("name"))
            is_public = outline.status == Status.PUBLISHED
            found.append(Similar(reference=outline.reference, names=names, is_public=is_public))
    return found[:MOST]


def _seen(outline: Outline, *, with_draft: bool) -> list[Mapping[str, Any]]:
    """Give what this person may read: a draft from within its agency, or if it waits for them."""
    seen = []
    if outline.status == Status.PUBLISHED:
        seen.append(outline.published)
    is_prepared = outline.draft_state != DraftState.DISCARDED
    if outline.draft and is_prepared and with_draft:
        seen.append(outline.draft)
    return [each for each in seen if each.get("record_kind") != "nil_return"]


def _told(answers: Mapping[str, Any]) -> Told:
    return Told(name=_texts(answers.get("name")), summary=_texts(answers.get("summary")))


def _texts(value: Any) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}
