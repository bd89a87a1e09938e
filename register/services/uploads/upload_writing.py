"""The drafts of an officer's file, written within one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register import clock
from register.services.actor import Actor
from register.services.filings import filing
from register.services.imports.import_content import hash_of
from register.services.uploads.upload_findings import row_as_data
from register.services.uploads.upload_planning import WRITING, Fate, PlannedRow
from register.standard import CURRENT, get_standard
from register.standard.lifecycle import Action, DraftState, Status, check_move
from register.storage import agencies, disclosures, events, uploads
from register.storage.models import Disclosure, Upload


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one file for whoever sent it. Nothing that it makes is public."""

    by: Actor
    upload: Upload
    reference_prefix: str

    def write(self, rows: Sequence[PlannedRow]) -> list[dict[str, Any]]:
        """Make or change the drafts, and give what became of each row."""
        made = self._make([row for row in rows if row.fate is Fate.CREATED])
        outcome = []
        for row in rows:
            reference = row.reference
            if row.fate in WRITING:
                disclosure = made.get(row.own) or self._change(row)
                reference = disclosure.reference
                self._tell(disclosure, row)
            outcome.append(row_as_data(row, reference))
        return outcome

    def _make(self, rows: Sequence[PlannedRow]) -> Mapping[str, Disclosure]:
        """Begin a filing for each row, all at once."""
        if not rows:
            return {}
        agency = agencies.get_agency(str(self.by.agency))
        references = disclosures.next_references(self.reference_prefix, len(rows))
        made = {
            row.own: Disclosure(
                reference=reference,
                agency=agency,
                status=Status.UNPUBLISHED,
                draft_state=DraftState.DRAFT,
                draft_content=row.content.to_json(),
                draft_standard=CURRENT.id,
                draft_complete=[],
                draft_saved_at=clock.now(),
                draft_author_id=self.by.account_id,
                source_format=uploads.OFFICER_SHEET,
                source_key=row.own,
                created_at=clock.now(),
            )
            for row, reference in zip(rows, references, strict=True)
        }
        uploads.begin(list(made.values()), self.by.account_id)
        return made

    def _change(self, row: PlannedRow) -> Disclosure:
        if row.fate is Fate.AMENDED:
            filing.amend(self.by, row.reference)
        disclosure = filing.get_own(self.by, row.reference)
        check_move(Action.SAVE, self.by.role, *filing.state_of(disclosure))
        disclosure.draft_complete = _still_complete(disclosure, row)
        disclosure.draft_content = row.content.to_json()
        disclosure.draft_saved_at = clock.now()
        disclosure.draft_author_id = self.by.account_id
        if self.by.account_id is not None:
            disclosures.add_contribution(disclosure, self.by.account_id)
        return disclosure

    def _tell(self, disclosure: Disclosure, row: PlannedRow) -> None:
        details = {
            "file": self.upload.file_name,
            "sha256": self.upload.file_hash,
            "row": row.number,
            "own_reference": row.own,
            "given_sha256": row.given,
            "content_sha256": hash_of(disclosure.draft_content or {}),
        }
        by = self.by.account_id
        events.add_event(uploads.WRITTEN, by=by, disclosure=disclosure, details=details)


def _still_complete(disclosure: Disclosure, row: PlannedRow) -> list[str]:
    """Name the sections that were marked as complete and of which nothing changes."""
    kept = (disclosure.draft_content or {}).get("answers", {})
    changed = {name for name, answer in row.content.answers.items() if kept.get(name) != answer}
    sections = get_standard(disclosure.draft_standard).sections
    touched = {each.name for each in sections if changed & {field.name for field in each.fields}}
    return [name for name in disclosure.draft_complete if name not in touched]
