"""Versions made public: appended with all that has to be written beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from register import clock
from register.services import quality
from register.services.filings import determinations
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Status
from register.storage import events, outbox, transaction
from register.storage.models import Disclosure, Revision


@dataclass(frozen=True, kw_only=True)
class NewRevision:
    """A version that is to be made public, and by whom."""

    disclosure: Disclosure
    content: Content
    standard: str
    author_id: int | None
    approver_id: int | None
    change_note: Mapping[str, str] | None
    is_withdrawal: bool = False


def add_revision(new: NewRevision) -> Revision:
    """Append a revision; see :func:`add_revisions`."""
    (revision,) = add_revisions([new])
    return revision


def add_revisions(news: Sequence[NewRevision]) -> list[Revision]:
    """Append a revision to each filing, with status, audit event and outbox notice.

    All of it is one transaction. What many have in common is sent to the database at once.
    """
    with transaction() as session:
        revisions = [_revision(each) for each in news]
        session.add_all(revisions)
        # Before the drafts are cleared: the database looks there who approved them.
        session.flush()
        for each, revision in zip(news, revisions, strict=True):
            _make_current(each.disclosure, revision)
            details = {"version": revision.version}
            events.add_event(
                revision.action,
                by=each.approver_id,
                disclosure=each.disclosure,
                details=details,
            )
            outbox.add_notice(each.disclosure.reference)
        session.flush()
        for each, revision in zip(news, revisions, strict=True):
            determinations.note_published(each.disclosure, revision)
        quality.keep_all_marks([(each.disclosure, each.content) for each in news])
        return revisions


def _revision(new: NewRevision) -> Revision:
    before = new.disclosure.current_version
    action = "amended" if before else "published"
    return Revision(
        disclosure_id=new.disclosure.id,
        version=before + 1,
        action="withdrawn" if new.is_withdrawal else action,
        standard=new.standard,
        content=new.content.to_json(),
        change_note=dict(new.change_note) if new.change_note else None,
        author_id=new.author_id,
        approver_id=new.approver_id,
        at=clock.now(),
    )


def _make_current(disclosure: Disclosure, revision: Revision) -> None:
    is_withdrawal = revision.action == "withdrawn"
    disclosure.current_version = revision.version
    disclosure.status = Status.WITHDRAWN if is_withdrawal else Status.PUBLISHED
    disclosure.published_at = revision.at
    disclosure.first_published_at = disclosure.first_published_at or revision.at
    clear_draft(disclosure)


def clear_draft(disclosure: Disclosure) -> None:
    """Forget what was prepared: nothing is any more."""
    disclosure.draft_state = DraftState.NONE
    disclosure.draft_content = None
    disclosure.draft_change_note = None
    disclosure.draft_return_reason = ""
    disclosure.draft_complete = []
    disclosure.draft_purpose = "filing"
    disclosure.draft_to_change = None
    disclosure.draft_author_id = None
    disclosure.draft_comments = None
    disclosure.draft_submitted_at = None
    disclosure.draft_endorsed_at = None
    disclosure.draft_endorser_id = None
    disclosure.draft_returned_at = None
