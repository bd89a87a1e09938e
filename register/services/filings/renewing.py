"""The yearly confirmation: an officer says of each section that it is still correct, or changes it.

It is an amendment with a purpose of its own, so a second person decides on it as on any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register import clock
from register.errors import Conflict
from register.services.actor import Actor
from register.services.filings import filing
from register.services.filings.filing import RENEWAL, Filing
from register.standard import get_standard
from register.standard.content import Content
from register.standard.field import Field
from register.standard.lifecycle import Action, Status, check_move
from register.standard.marking import _
from register.standard.obligations.days import add_months
from register.storage import transaction
from register.storage.models import Disclosure

REVIEW_DUE = "next_review_due"
NIL_RETURN = "nil_return"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the register itself says of a confirmation, by language.

    Each sentence begins with ``opening``: by that it is told from what the officer wrote.
    """

    opening: Mapping[str, str]
    unchanged: Mapping[str, str]
    confirmed: Mapping[str, str]

    def without(self, note: Mapping[str, str]) -> dict[str, str]:
        """Give what the officer wrote, without what the register adds."""
        own = {}
        for code, text in note.items():
            parts = text.replace("\r\n", "\n").strip().split("\n\n")
            opening = self.opening.get(code, "\0")
            own[code] = "\n\n".join(p for p in parts if not p.startswith(opening)).strip()
        return {code: text for code, text in own.items() if text}

    def added_to(self, note: Mapping[str, str], *, has_changes: bool) -> dict[str, str]:
        """Give what the public will read; where something changed, the officer must say what."""
        own = self.without(note)
        sentences = self.confirmed if has_changes else self.unchanged
        codes = list(own) if has_changes else list(dict.fromkeys([*sentences, *own]))
        both = {code: (own.get(code, ""), sentences.get(code, "")) for code in codes}
        return {code: "\n\n".join(filter(None, texts)) for code, texts in both.items()}


def begin(by: Actor, reference: str, *, months: int, words: Words) -> Filing:
    """Begin to confirm what is published; the next review is due ``months`` from today."""
    with transaction() as session:
        disclosure = filing.get_own(by, reference)
        check_move(Action.AMEND, by.role, *filing.state_of(disclosure))
        if disclosure.status == Status.WITHDRAWN:
            raise Conflict(_("A withdrawn disclosure is not confirmed. Prepare a new version."))
        filing.amend(by, reference)
        content = Content.from_json(disclosure.draft_content or {})
        if content.answers.get("record_kind") == NIL_RETURN:
            raise Conflict(_("A nil return is not confirmed. File one for the next period."))
        due = add_months(clock.today(), months).isoformat()
        disclosure.draft_content = content.with_answers(**{REVIEW_DUE: due}).to_json()
        disclosure.draft_purpose = RENEWAL
        disclosure.draft_to_change = []
        disclosure.draft_change_note = words.added_to({}, has_changes=False)
        filing.touch(disclosure, by, "confirmation_started")
        session.flush()
        return filing.filing_of(disclosure, by)


def keep(
    by: Actor,
    reference: str,
    said: Mapping[str, bool],
    *,
    lock_version: int,
    note: Mapping[str, str],
) -> Filing:
    """Keep what is said of sections, by name: whether each is correct. Nothing is judged.

    Raise :exc:`Conflict` if somebody saved since ``lock_version`` was read.
    """
    with transaction() as session:
        disclosure = _get_renewal(by, reference)
        filing.check_lock(disclosure, lock_version)
        content = Content.from_json(disclosure.draft_content or {})
        arising = get_standard(disclosure.draft_standard).arising_sections(content.answers)
        names = [section.name for section in arising]
        kept = {name: said[name] for name in names if name in said}
        confirmed = [name for name in disclosure.draft_complete if name not in kept]
        to_change = [name for name in disclosure.draft_to_change or () if name not in kept]
        disclosure.draft_complete = confirmed + [name for name, is_so in kept.items() if is_so]
        disclosure.draft_to_change = to_change + [n for n, is_so in kept.items() if not is_so]
        disclosure.draft_change_note = {code: text for code, text in note.items() if text.strip()}
        disclosure.draft_saved_at = clock.now()
        disclosure.draft_author_id = by.account_id
        filing.touch(disclosure, by, "sections_confirmed", {"sections": disclosure.draft_complete})
        session.flush()
        return filing.filing_of(disclosure, by)


def submit(by: Actor, reference: str, *, lock_version: int, words: Words) -> Filing:
    """Hand the confirmation to the second person, with what the public will read of it.

    Raise :exc:`Invalid` if a section is not confirmed, or if something changed and the officer does
    not say what.
    """
    with transaction():
        found = filing.filing_of(_get_renewal(by, reference), by)
        note = words.added_to(found.change_note, has_changes=bool(changed_sections(found)))
        return filing.submit(by, reference, lock_version=lock_version, change_note=note)


def make_amendment(by: Actor, reference: str, *, lock_version: int, words: Words) -> Filing:
    """Go on with a confirmation as an ordinary new version; what was written stays."""
    with transaction() as session:
        disclosure = _get_renewal(by, reference)
        filing.check_lock(disclosure, lock_version)
        disclosure.draft_purpose = "filing"
        disclosure.draft_to_change = None
        disclosure.draft_change_note = words.without(disclosure.draft_change_note or {}) or None
        filing.touch(disclosure, by, "confirmation_made_amendment")
        session.flush()
        return filing.filing_of(disclosure, by)


def changed_sections(found: Filing) -> tuple[str, ...]:
    """Name the sections that say something new, but for the day of the next review."""
    before = found.published or Content()
    return tuple(
        section.name
        for section in get_standard(found.standard).sections
        if any(
            _said(before, field) != _said(found.content, field)
            for field in section.asked_fields
            if field.name != REVIEW_DUE
        )
    )


def _get_renewal(by: Actor, reference: str) -> Disclosure:
    disclosure = filing.get_own(by, reference)
    check_move(Action.SAVE, by.role, *filing.state_of(disclosure))
    if disclosure.draft_purpose != RENEWAL:
        raise Conflict(_("This filing is not a yearly confirmation."))
    return disclosure


def _said(content: Content, field: Field) -> tuple[Any, ...]:
    entry = next((each for each in content.withheld if each["field"] == field.name), None)
    return content.answers.get(field.name), entry
