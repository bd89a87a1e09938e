"""The ledger of determinations: whether a system must be disclosed, and which tier it has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from register import clock
from register.errors import Conflict, NotAllowed, NotFound
from register.services.actor import Actor
from register.services.filings.check_answers import check_answers
from register.standard import get_standard
from register.standard.content import Content
from register.standard.determination import determine
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import agencies, determinations, events, transaction
from register.storage.models import Agency, Determination, Disclosure, Revision

CHECK, SUBMITTED, PUBLISHED = "check", "submitted", "published"
WRITERS = frozenset({Role.OFFICER, Role.APPROVER})
READERS_OF_ALL = frozenset({Role.SECRETARIAT, Role.AUDITOR})
LONGEST_NAME = 200
SENT_TWICE_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the ledger; ``reference`` is the filing it is about, empty if none was begun.

    ``matter`` is what entries about one system share; ``reason_key`` and ``answers`` are those of
    a check, and empty otherwise.
    """

    id: int
    matter: int
    kind: str
    body: Body
    name: str
    answers: Mapping[str, Any]
    must: bool
    reason_key: str
    tier: str
    tier_before: str
    phase: str
    in_use_since: str
    reason: Mapping[str, str]
    version: int | None
    by: str
    at: datetime
    reference: str


def check(by: Actor, answers: Mapping[str, Any], *, follows: int | None = None) -> Entry:
    """Decide by the answers whether a system must be disclosed, and keep them either way.

    ``follows`` is an earlier check of the same system. What the same person sends twice is one
    check. Raise :exc:`Invalid` by question.
    """
    if by.role not in WRITERS or by.agency is None or by.account_id is None:
        raise NotAllowed(_("You file for your own agency only."))
    check_answers(answers)
    decided = determine(answers)
    with transaction():
        # Of two that are sent at once, one waits and then finds the other.
        agency = agencies.hold_agency(by.agency)
        matter = determinations.matter_of(_get_own(by, follows)) if follows else None
        same = _sent_before(by, agency, answers, matter)
        if same is not None:
            return _entries([same])[0]
        entry = determinations.add_determination(
            Determination(
                kind=CHECK,
                matter=matter,
                agency_id=agency.id,
                name=answers["name"],
                answers=dict(answers),
                must=decided.must,
                tier=decided.tier,
                phase=decided.phase,
                in_use_since=answers.get("since", ""),
                reason=answers.get("reason", {}),
                by_id=by.account_id,
            )
        )
        details = {"agency": by.agency, "determination": entry.id, "must": decided.must}
        events.add_event("determined", by=by.account_id, details=details)
        return _entries([entry])[0]


def get_check(by: Actor, number: int) -> Entry:
    """Give a check of the actor's own agency; any other does not exist for them."""
    return _entries([_get_own(by, number)])[0]


def list_checks(by: Actor) -> list[Entry]:
    """Give the latest check of each system of the actor's agency, the newest first."""
    latest: dict[int, Entry] = {}
    for entry in list_determinations(by, by.agency, kinds=(CHECK,)):
        latest.setdefault(entry.matter, entry)
    return list(latest.values())


def list_determinations(
    by: Actor,
    agency: str | None = None,
    *,
    kinds: Collection[str] = (),
    must: bool | None = None,
    older_than: int | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """Give the entries of an agency, or all of them, the newest first.

    ``kinds`` keeps those of some kinds, ``must`` those that say that something must be disclosed,
    or need not. Officers and approvers see those of their own agency, the secretariat and auditors
    every one; that they looked is recorded, since the ledger names what is not public.
    """
    if by.role not in READERS_OF_ALL and (by.agency is None or agency != by.agency):
        raise NotAllowed(_("Your role may not do this."))
    if by.role in READERS_OF_ALL:
        events.add_event("determinations_read", by=by.account_id, details={"agency": agency or ""})
    found = determinations.list_determinations(
        agencies.get_agency(agency) if agency else None,
        kinds=kinds,
        must=must,
        older_than=older_than,
        limit=limit,
    )
    return _entries(found)


def list_tiers(reference: str) -> list[Entry]:
    """Give for anybody when a published disclosure's tier was set or changed, the oldest first."""
    found = [
        entry
        for entry in determinations.list_published(reference)
        if entry.tier and entry.tier != entry.tier_before
    ]
    return _entries(found)


def claim(by: Actor, number: int) -> int:
    """Give the matter in which a filing may be begun by this check.

    Raise :exc:`NotFound` if the agency has no such check, and :exc:`Conflict` if it or a later one
    says that the system need not be disclosed, or if a filing was begun already.
    """
    matter = determinations.matter_of(_get_own(by, number))
    checks = [each for each in determinations.list_of_matter(matter) if each.kind == CHECK]
    if not checks[-1].must:
        raise Conflict(_("The latest check says that this system need not be disclosed."))
    if determinations.map_begun([matter]):
        raise Conflict(_("The disclosure of this system was begun already."))
    return matter


def note_submitted(disclosure: Disclosure, content: Content, by: Actor) -> None:
    """Note the tier, the stage and the first day of use as submitted, where they are new."""
    entry = Determination(kind=SUBMITTED, by_id=by.account_id, reason=_justification(content))
    _note(disclosure, disclosure.draft_standard, content, entry)


def note_published(disclosure: Disclosure, revision: Revision) -> None:
    """Note the tier, the stage and the first day of use as published, where they are new.

    The reason is that which the public may read, the moment that at which it became public.
    """
    content = Content.from_json(revision.content)
    is_withheld = "impact_determination" in content.withheld_fields
    entry = Determination(
        kind=PUBLISHED,
        by_id=revision.approver_id,
        version=revision.version,
        reason={} if is_withheld else _justification(content),
    )
    _note(disclosure, revision.standard, content, entry, at=revision.at)


def _note(
    disclosure: Disclosure,
    standard: str,
    content: Content,
    entry: Determination,
    *,
    at: datetime | None = None,
) -> None:
    """Complete an entry and add it, unless the one before says the same.

    What was published is compared with what was published before: the public reads of no draft.
    """
    asked = get_standard(standard)
    answers = asked.relevant(content.answers)
    if not asked.field("impact_tier").is_asked(answers):
        return
    listed = determinations.list_of_filing(disclosure)
    before = [each for each in listed if entry.kind != PUBLISHED or each.kind == PUBLISHED]
    entry.tier = answers.get("impact_tier", "")
    entry.phase = answers.get("phase", "")
    entry.in_use_since = answers.get("in_use_since", "")
    entry.must = True
    if before and _facts(before[-1]) == _facts(entry):
        return
    entry.tier_before = before[-1].tier if before else ""
    entry.matter = determinations.matter_of(listed[0]) if listed else None
    entry.agency_id, entry.disclosure_id = disclosure.agency_id, disclosure.id
    entry.name, entry.answers = _name(content), {}
    determinations.add_determination(entry, at)


def _facts(entry: Determination) -> tuple[bool, str, str, str]:
    return entry.must, entry.tier, entry.phase, entry.in_use_since


def _justification(content: Content) -> dict[str, str]:
    stated = content.answers.get("impact_determination", {})
    return dict(stated.get("justification", {}))


def _name(content: Content) -> str:
    names = content.answers.get("name", {})
    first = names.get(content.languages[0]) or next(iter(names.values()), "")
    return str(first)[:LONGEST_NAME]


def _sent_before(
    by: Actor, agency: Agency, answers: Mapping[str, Any], matter: int | None
) -> Determination | None:
    """Give the agency's latest check if it is this very one, sent a moment ago: a second press.

    One from which a disclosure was begun meanwhile is about another system of the same name.
    """
    latest = determinations.list_determinations(agency, kinds=(CHECK,), limit=1)
    for each in latest:
        is_new = clock.now() - each.at < SENT_TWICE_WITHIN
        if is_new and (each.by_id, each.matter, each.answers) == (by.account_id, matter, answers):
            is_begun = determinations.map_begun({determinations.matter_of(each)})
            return None if is_begun else each
    return None


def _get_own(by: Actor, number: int) -> Determination:
    found = determinations.find_determination(number)
    if (
        found is None
        or found.kind != CHECK
        or by.role not in WRITERS
        or found.agency.slug != by.agency
    ):
        raise NotFound(_("There is no check of this number."))
    return found


def _entries(found: list[Determination]) -> list[Entry]:
    """Give the facts of entries, free of the database."""
    begun = determinations.map_begun(
        {determinations.matter_of(each) for each in found if each.kind == CHECK}
    )
    return [
        Entry(
            id=each.id,
            matter=determinations.matter_of(each),
            kind=each.kind,
            body=agencies.body_of(each.agency),
            name=each.name,
            answers=each.answers,
            must=each.must,
            reason_key=determine(each.answers).reason_key if each.kind == CHECK else "",
            tier=each.tier,
            tier_before=each.tier_before,
            phase=each.phase,
            in_use_since=each.in_use_since,
            reason=each.reason,
            version=each.version,
            by=each.by.email if each.by else "",
            at=each.at,
            reference=each.disclosure.reference
            if each.disclosure
            else begun.get(determinations.matter_of(each), ""),
        )
        for each in found
    ]
