"""What becomes of each imported row: nothing new, a new filing, a new version, or a refusal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register import clock
from register.errors import Message
from register.exchange.identity import Key, display_name, name_in, normalised_name
from register.exchange.result import ImportedRow
from register.services.actor import Actor
from register.services.filings.revisions import NewRevision, add_revisions
from register.services.imports.import_content import hash_of
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
    key: Key
    content: Json
    content_hash: str


@dataclass(frozen=True)
class Outcome:
    """What is to be done with a row: write it (``is_change``), leave it, or refuse it.

    ``known`` is the filing it is known as, ``None`` if it is new; ``key`` that under which it is
    known, or will be.
    """

    is_change: bool
    key: str
    known: Disclosure | None = None
    refusal: str = ""


@dataclass(frozen=True)
class _Known:
    """A filing that came from the same row before, and what it held then and holds now."""

    disclosure: Disclosure
    imported_hash: str
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name now, as names are compared."""
        return normalised_name(name_in(self.content.get("answers", {})))


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
        known = self._map_known(items)
        return [self._outcome(item, _find(item, known)) for item in items]

    def write(self, changes: Sequence[tuple[Item, Agency, Outcome]]) -> None:
        """Do what was planned, with provenance and audit events. Call it inside a transaction."""
        if not changes:
            return
        listed = self._disclosures(changes)
        items = [item for item, _agency, _outcome in changes]
        versions: list[int | None] = [None] * len(items)
        if self._is_published:
            versions = list(self._publish(listed, items))
        else:
            for disclosure, item in zip(listed, items, strict=True):
                self._keep_draft(disclosure, item)
        for disclosure, item, version in zip(listed, items, versions, strict=True):
            self._note(disclosure, item, version)

    def _map_known(self, items: Sequence[Item]) -> dict[tuple[str, str], _Known]:
        keys = {
            key for item in items for key in (*item.key.lookups, item.key.if_named_alike) if key
        }
        found = imports.map_imported(self._origin.format, keys)
        listed = list(found.values())
        before = imports.map_last_imports(listed)
        contents = imports.map_contents(listed)
        return {
            (each.agency.slug, each.source_key or ""): _Known(
                each,
                before.get(each.id, {}).get("content_sha256", ""),
                contents.get(each.id, {}),
            )
            for each in listed
        }

    def _outcome(self, item: Item, known: _Known | None) -> Outcome:
        if known is None:
            return Outcome(is_change=True, key=item.key.own)
        disclosure, key = known.disclosure, known.disclosure.source_key or ""
        reference, present_hash = disclosure.reference, hash_of(known.content)
        is_untouched = present_hash == known.imported_hash and not self._is_begun(known)
        if known.imported_hash == item.content_hash:
            # The source says what it said: publish the draft made of it, or leave all as it is.
            is_due = self._is_published and is_untouched and _has_draft(known)
            return Outcome(is_due, key, disclosure)
        if present_hash == item.content_hash:
            return Outcome(False, key, disclosure)
        if disclosure.status == Status.WITHDRAWN:
            return Outcome(False, key, disclosure, Message(WITHDRAWN, reference=reference))
        if not is_untouched or disclosure.draft_state in NOT_OURS:
            return Outcome(False, key, disclosure, Message(CHANGED_HERE, reference=reference))
        return Outcome(True, key, disclosure)

    def _is_begun(self, known: _Known) -> bool:
        """Tell whether people worked on a draft, so that a second person has to publish it."""
        return (
            self._is_published
            and _has_draft(known)
            and bool(disclosures.contributors(known.disclosure))
        )

    def _disclosures(self, changes: Sequence[tuple[Item, Agency, Outcome]]) -> list[Disclosure]:
        """Give the filing of each item; the new ones are made."""
        count = sum(outcome.known is None for _item, _agency, outcome in changes)
        references = iter(disclosures.next_references(self._reference_prefix, count))
        with transaction() as session:
            listed = [
                outcome.known
                or Disclosure(
                    reference=next(references),
                    agency=agency,
                    status=Status.UNPUBLISHED,
                    current_version=0,
                    draft_state=DraftState.NONE,
                    draft_standard=CURRENT.id,
                    draft_complete=[],
                    source_format=self._origin.format,
                    source_key=item.key.own,
                    created_at=clock.now(),
                )
                for item, agency, outcome in changes
            ]
            session.add_all(listed)
            session.flush()
            return listed

    def _publish(self, listed: Sequence[Disclosure], items: Sequence[Item]) -> Iterator[int]:
        news = [
            NewRevision(
                disclosure=disclosure,
                content=(content := Content.from_json(item.content)),
                standard=CURRENT.id,
                author_id=self._by.account_id,
                approver_id=self._by.account_id,
                change_note=self._change_note(content) if disclosure.current_version else None,
            )
            for disclosure, item in zip(listed, items, strict=True)
        ]
        with transaction() as session:
            for item, revision in zip(items, add_revisions(news), strict=True):
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
                yield revision.version

    def _keep_draft(self, disclosure: Disclosure, item: Item) -> None:
        disclosure.draft_state = DraftState.DRAFT
        disclosure.draft_content = item.content
        disclosure.draft_standard = CURRENT.id
        disclosure.draft_complete = []
        disclosure.draft_saved_at = clock.now()
        disclosure.draft_author_id = self._by.account_id
        if self._by.account_id is not None:
            disclosures.add_contribution(disclosure, self._by.account_id)

    def _note(self, disclosure: Disclosure, item: Item, version: int | None) -> None:
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

    def _change_note(self, content: Content) -> Mapping[str, str]:
        languages = [each for each in content.languages if each in CHANGE_NOTES] or ["en"]
        return {each: CHANGE_NOTES[each].format(file=self._origin.file) for each in languages}


def _find(item: Item, known: Mapping[tuple[str, str], _Known]) -> _Known | None:
    """Find the filing that a row is known as."""
    for key in item.key.lookups:
        if found := known.get((item.agency, key)):
            return found
    found = known.get((item.agency, item.key.if_named_alike))
    is_same = found is not None and found.name == normalised_name(display_name(item.row))
    return found if is_same else None


def _has_draft(known: _Known) -> bool:
    return known.disclosure.draft_state != DraftState.NONE
