"""What becomes of each imported row: nothing new, a new filing, a new version, or a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from register import clock
from register.errors import Message
from register.exchange.result import ImportedRow
from register.services.actor import Actor
from register.services.import_content import hash_of
from register.services.publishing import add_revision
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Status
from register.standard.marking import _
from register.storage import disclosures, events, imports, transaction
from register.storage.models import Agency, Disclosure, Json, SourceRow

WITHDRAWN = _(
    "%(reference)s was withdrawn. An officer must amend it before it can follow the source."
)
CHANGED_HERE = _(
    "Both the source and %(reference)s changed since the last import. Compare them by hand."
)
NOT_OURS = frozenset({DraftState.SUBMITTED, DraftState.ENDORSED, DraftState.DISCARDED})
# What the public reads on a new version, in the languages in which a record can be filed.
CHANGE_NOTES = {
    "en": "Updated from the source file “{file}”.",
    "ur": "ماخذ فائل ”{file}“ سے تازہ کیا گیا۔",
    "fr": "Mis à jour d’après le fichier source « {file} ».",
    "nl": "Bijgewerkt vanuit het bronbestand “{file}”.",
}


@dataclass(frozen=True)
class Origin:
    """The file that rows come from."""

    format: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Item:
    """A row that is fit to be taken in: whose it is, its key, its content and the hash of that."""

    row: ImportedRow
    agency: str
    key: str
    content: Json
    content_hash: str


@dataclass(frozen=True)
class Outcome:
    """What is to be done with a row: write it (``is_change``), leave it, or refuse it.

    ``reference`` is the filing it is known as, ``None`` if it is new.
    """

    is_change: bool
    reference: str | None = None
    refusal: str = ""


@dataclass(frozen=True)
class _Known:
    """A filing that came from the same row before, and what it held then and holds now."""

    disclosure: Disclosure
    imported_hash: str
    present_hash: str


class Writer:
    """Plans and writes the rows of one file."""

    def __init__(
        self, origin: Origin, by: Actor, *, reference_prefix: str, is_published: bool
    ) -> None:
        """Write as ``by``, to the public at once if ``is_published``."""
        self._origin = origin
        self._by = by
        self._reference_prefix = reference_prefix
        self._is_published = is_published

    def plan(self, items: Sequence[Item]) -> list[Outcome]:
        """Say what is to be done with each item, as the register is now."""
        known = self._known(items)
        return [self._outcome(item, known.get((item.agency, item.key))) for item in items]

    def write(self, item: Item, agency: Agency, outcome: Outcome) -> None:
        """Do what was planned, with provenance and audit event. Call it inside a transaction."""
        disclosure = self._disclosure(item, agency, outcome)
        version = None
        if self._is_published:
            version = self._publish(disclosure, item)
        else:
            self._keep_draft(disclosure, item)
        events.add_event(
            imports.IMPORTED,
            by=self._by.account_id,
            disclosure=disclosure,
            details={
                "format": self._origin.format,
                "source_id": item.row.source_id,
                "file": self._origin.file,
                "sha256": self._origin.sha256,
                "row": item.row.number,
                "content_sha256": item.content_hash,
                "version": version,
                # A published version has its own table for this; a draft has not.
                **({} if version else {"raw": dict(item.row.raw)}),
            },
        )

    def _known(self, items: Sequence[Item]) -> dict[tuple[str, str], _Known]:
        found = imports.map_imported(self._origin.format, [item.key for item in items])
        listed = list(found.values())
        before = imports.map_last_imports(listed)
        contents = imports.map_contents(listed)
        return {
            (each.agency.slug, each.source_key or ""): _Known(
                each,
                before.get(each.id, {}).get("content_sha256", ""),
                hash_of(contents.get(each.id, {})),
            )
            for each in listed
        }

    def _outcome(self, item: Item, known: _Known | None) -> Outcome:
        if known is None:
            return Outcome(is_change=True)
        reference = known.disclosure.reference
        is_untouched = known.present_hash == known.imported_hash and not self._is_begun(known)
        if known.imported_hash == item.content_hash:
            # The source says what it said: publish the draft made of it, or leave all as it is.
            return Outcome(self._is_published and is_untouched and _has_draft(known), reference)
        if known.present_hash == item.content_hash:
            return Outcome(is_change=False, reference=reference)
        if known.disclosure.status == Status.WITHDRAWN:
            return Outcome(False, reference, Message(WITHDRAWN, reference=reference))
        if not is_untouched or known.disclosure.draft_state in NOT_OURS:
            return Outcome(False, reference, Message(CHANGED_HERE, reference=reference))
        return Outcome(is_change=True, reference=reference)

    def _is_begun(self, known: _Known) -> bool:
        """Tell whether people worked on a draft, so that a second person has to publish it."""
        return (
            self._is_published
            and _has_draft(known)
            and bool(disclosures.contributors(known.disclosure))
        )

    def _disclosure(self, item: Item, agency: Agency, outcome: Outcome) -> Disclosure:
        if outcome.reference is not None:
            return disclosures.get_disclosure(outcome.reference)
        with transaction() as session:
            disclosure = Disclosure(
                reference=disclosures.next_reference(self._reference_prefix),
                agency=agency,
                status=Status.UNPUBLISHED,
                draft_state=DraftState.NONE,
                draft_standard=CURRENT.id,
                draft_complete=[],
                source_format=self._origin.format,
                source_key=item.key,
                created_at=clock.now(),
            )
            session.add(disclosure)
            session.flush()
            return disclosure

    def _publish(self, disclosure: Disclosure, item: Item) -> int:
        content = Content.from_json(item.content)
        with transaction() as session:
            revision = add_revision(
                disclosure,
                content,
                standard=CURRENT.id,
                author_id=self._by.account_id,
                approver_id=self._by.account_id,
                change_note=self._note(content) if disclosure.current_version else None,
            )
            session.add(
                SourceRow(
                    revision_id=revision.id,
                    format=self._origin.format,
                    source_id=(item.row.source_id or "")[: imports.LONGEST_KEY] or None,
                    file_name=self._origin.file,
                    file_hash=self._origin.sha256,
                    row=item.row.number,
                    raw=dict(item.row.raw),
                    at=clock.now(),
                )
            )
            return revision.version

    def _keep_draft(self, disclosure: Disclosure, item: Item) -> None:
        disclosure.draft_state = DraftState.DRAFT
        disclosure.draft_content = item.content
        disclosure.draft_standard = CURRENT.id
        disclosure.draft_complete = []
        disclosure.draft_saved_at = clock.now()
        disclosure.draft_author_id = self._by.account_id
        if self._by.account_id is not None:
            disclosures.add_contribution(disclosure, self._by.account_id)

    def _note(self, content: Content) -> Mapping[str, str]:
        languages = [each for each in content.languages if each in CHANGE_NOTES] or ["en"]
        return {each: CHANGE_NOTES[each].format(file=self._origin.file) for each in languages}


def _has_draft(known: _Known) -> bool:
    return known.disclosure.draft_state != DraftState.NONE
