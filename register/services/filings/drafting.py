"""A draft that comes as a whole, from a program: unfinished it may be, malformed it may not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from register import clock
from register.errors import Invalid
from register.schemas import find_errors, find_misshapen
from register.services.actor import Actor
from register.services.filings import filing, starting
from register.services.filings.filing_facts import Filing, filing_of
from register.services.filings.merging import fingerprint
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.field import Standard
from register.standard.lifecycle import MOVES, Action, DraftState, check_move
from register.standard.marking import _
from register.storage import transaction
from register.storage.models import Disclosure

DECISION = ("decided_by", "decided_on")
WRONG = _("Some answers need to be corrected. Nothing was kept.")
Errors = dict[str, list[str]]


def begin(
    by: Actor, reference_prefix: str, sent: Content, *, determination: int | None = None
) -> Filing:
    """Begin a new filing of the own agency with what was sent, and give it its reference.

    ``determination`` is the check that says that the system must be disclosed. Raise
    :exc:`Invalid` by field if anything that was sent has the wrong shape.
    """
    content = _sound(by, CURRENT, sent)
    with transaction():
        if determination is None:
            begun = filing.start(by, by.agency or "", reference_prefix, {})
        else:
            begun = starting.begin(by, reference_prefix, {}, check=determination)
        return _put(by, filing.get_own(by, begun.reference), content)


def keep(by: Actor, reference: str, sent: Content, *, lock_version: int) -> Filing:
    """Put what was sent in the place of a draft, or begin a new version of what is published.

    Raise :exc:`Conflict` if somebody changed it since ``lock_version`` was read, or if it is not
    open for changes, and :exc:`Invalid` as :func:`begin` does; nothing is kept then.
    """
    with transaction():
        disclosure = filing.get_own(by, reference)
        filing.check_lock(disclosure, lock_version)
        if _can_be_amended(disclosure):
            filing.amend(by, reference)
        check_move(Action.SAVE, by.role, *filing.state_of(disclosure))
        filing.check_written(disclosure)
        return _put(by, disclosure, _sound(by, get_standard(disclosure.draft_standard), sent))


def find_gaps(found: Filing) -> Errors:
    """Give by field what stands in the way of handing a filing in, as far as its answers go."""
    return find_errors(get_standard(found.standard), found.content, filed_on=clock.today())


def _can_be_amended(disclosure: Disclosure) -> bool:
    status, draft = filing.state_of(disclosure)
    move = MOVES[Action.AMEND]
    return status in move.from_statuses and draft in move.from_drafts


def _sound(by: Actor, standard: Standard, sent: Content) -> Content:
    """Give what was sent for the own agency; whose filing it is, nobody chooses."""
    errors = find_misshapen(standard, sent)
    if isinstance(sent.answers, Mapping) and sent.answers.get("agency", by.agency) != by.agency:
        errors["agency"] = [_("You file for your own agency only.")]
    if errors:
        raise Invalid(WRONG, errors)
    return sent.with_answers(agency=by.agency)


def _put(by: Actor, disclosure: Disclosure, sent: Content) -> Filing:
    kept = Content.from_json(disclosure.draft_content or {})
    entries = tuple(_decided(kept, entry, by) for entry in sent.withheld)
    content = replace(sent, withheld=entries)
    if content.to_json() == kept.to_json():
        return filing_of(disclosure, by)
    disclosure.draft_complete = _still_complete(disclosure, kept, content)
    disclosure.draft_content = content.to_json()
    filing.move(disclosure, DraftState(disclosure.draft_state), by)
    filing.touch(disclosure, by, "draft_sent")
    return filing_of(disclosure, by)


def _decided(kept: Content, entry: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """Put the decision beside what is withheld: the kept one, unless the entry changed."""
    said = {name: value for name, value in entry.items() if name not in DECISION}
    for before in kept.withheld:
        if said == {name: value for name, value in before.items() if name not in DECISION}:
            return dict(before)
    return said | dict(zip(DECISION, (by.email, clock.today().isoformat()), strict=True))


def _still_complete(disclosure: Disclosure, kept: Content, content: Content) -> list[str]:
    """Name the sections that were marked as complete and of which nothing changes."""
    standard = get_standard(disclosure.draft_standard)
    return [
        name
        for name in disclosure.draft_complete
        if fingerprint(kept, standard.section(name)) == fingerprint(content, standard.section(name))
    ]
