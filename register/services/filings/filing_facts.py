"""A filing as those who work on it see it, free of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from register.services.actor import Actor
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Status
from register.standard.publication import Body, Publication
from register.storage import agencies, disclosures, publications, uploads
from register.storage.models import Disclosure


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A disclosure as those who work on it see it; ``published`` is its last public content.

    ``purpose`` is ``filing``, or ``renewal`` for a yearly confirmation, of which ``to_change``
    names the sections that are said to need a change; ``comments`` is what the second person said
    of single questions, by name; ``period`` is that of a nil return.
    """

    reference: str
    body: Body
    status: Status
    draft_state: DraftState
    standard: str
    content: Content
    published: Content | None
    version: int
    lock_version: int
    change_note: Mapping[str, str]
    return_reason: str
    complete: tuple[str, ...]
    saved_at: datetime | None
    author: str
    has_touched: bool
    is_imported: bool
    purpose: str = "filing"
    to_change: tuple[str, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)
    matter: int | None = None
    period: str | None = None
    submitted_at: datetime | None = None
    endorsed_at: datetime | None = None
    returned_at: datetime | None = None
    endorser: str = ""
    has_endorsed: bool = False


@dataclass(frozen=True)
class Save:
    """Who saved something, and when."""

    who: str
    at: datetime


def filings_of(found: Sequence[Disclosure], by: Actor) -> list[Filing]:
    """Give the facts of many filings; how often the database is asked does not grow with them."""
    current = publications.map_current([each.reference for each in found])
    number = by.account_id
    touched = disclosures.list_touched(number, found) if number is not None else frozenset()
    return [_facts(each, by, current.get(each.reference), each.id in touched) for each in found]


def filing_of(disclosure: Disclosure, by: Actor) -> Filing:
    """Give the facts of a filing, free of the database."""
    return filings_of([disclosure], by)[0]


def _facts(
    disclosure: Disclosure, by: Actor, current: Publication | None, has_touched: bool
) -> Filing:
    content = Content.from_json(disclosure.draft_content or {})
    if disclosure.draft_content is None and current is not None:
        content = current.content
    return Filing(
        reference=disclosure.reference,
        body=agencies.body_of(disclosure.agency),
        status=Status(disclosure.status),
        draft_state=DraftState(disclosure.draft_state),
        standard=disclosure.draft_standard or CURRENT.id,
        content=content,
        published=current.content if current else None,
        version=disclosure.current_version,
        lock_version=disclosure.lock_version,
        change_note=disclosure.draft_change_note or {},
        return_reason=disclosure.draft_return_reason,
        complete=tuple(disclosure.draft_complete or ()),
        saved_at=disclosure.draft_saved_at,
        author=disclosure.draft_author.email if disclosure.draft_author else "",
        has_touched=has_touched,
        is_imported=disclosure.source_format not in {None, uploads.OFFICER_SHEET},
        purpose=disclosure.draft_purpose,
        to_change=tuple(disclosure.draft_to_change or ()),
        comments=disclosure.draft_comments or {},
        matter=disclosure.matter,
        period=disclosure.period,
        submitted_at=disclosure.draft_submitted_at,
        endorsed_at=disclosure.draft_endorsed_at,
        returned_at=disclosure.draft_returned_at,
        endorser=disclosure.draft_endorser.email if disclosure.draft_endorser else "",
        has_endorsed=by.account_id is not None and by.account_id == disclosure.draft_endorser_id,
    )
