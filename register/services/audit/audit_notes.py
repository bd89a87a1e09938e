"""Notes that belong to the auditors: on a record, one version of it, an agency, or the register.

A note stays as it was written; what is wrong in it is put right by another one. Only an erasure
takes its text. Nobody but an auditor reads any of it, and no export but theirs holds it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from register import clock
from register.errors import Invalid, Message, NotAllowed, NotFound
from register.ledger import Entry
from register.ledger.entries import write_moment
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, audit_notes, disclosures, events, publications, transaction
from register.storage.models import AuditNote, LedgerEntry

LONGEST = 5000
SENT_TWICE_WITHIN = timedelta(minutes=1)
NO_TEXT = _("Write the note.")
LONG_TEXT = _("Write at most %(most)s characters.")
CONTROLS = _("Leave out the characters that cannot be seen.")
NO_RECORD = _("There is no published disclosure of this reference and version.")
NO_AGENCY = _("There is no agency of this name in the directory.")
TWO_SUBJECTS = _("A note is about a record or about a public body. Choose one of them.")
NO_NOTE = _("There is no note of this number.")


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note as it was written; ``author`` is an address.

    It is about the record ``reference`` (or one ``version`` of it), or the ``agency`` of this slug
    where there is no reference, or else the register. ``corrects`` is the number of the note that
    it puts right, ``corrected_by`` that of the last one that puts it right. With ``erased``, which
    says by which entry of the ledger, when and on which basis, it has no text any more.
    """

    id: int
    at: datetime
    author: str
    reference: str
    version: int | None
    agency: str
    text: str
    corrects: int | None
    corrected_by: int | None = None
    erased: Mapping[str, Any] | None = None

    def is_about(self, shown: Mapping[str, Any]) -> bool:
        """Tell whether it is about a version of its record, or about all of them."""
        return self.version in {None, shown["version"]}

    def to_json(self) -> dict[str, Any]:
        """Give the note as it is exported."""
        return {
            "id": self.id,
            "at": clock.stamp(self.at),
            "author": self.author,
            "reference": self.reference or None,
            "version": self.version,
            "agency": self.agency or None,
            "text": None if self.erased else self.text,
            "corrects": self.corrects,
            "erased": self.erased,
        }


def write(
    by: Actor,
    text: str,
    *,
    reference: str = "",
    version: int | None = None,
    agency: str = "",
) -> Note:
    """Keep a note; that one was written is recorded, and not what it says.

    What is sent twice is one note. Raise :exc:`Invalid` by name.
    """
    author = _author(by)
    errors = _text_errors(text)
    if reference and agency:
        errors["agency"] = [TWO_SUBJECTS]
    elif agency and agencies.find_agency(agency) is None:
        errors["agency"] = [NO_AGENCY]
    if (reference or version) and publications.find_publication(reference, version) is None:
        errors["reference"] = [NO_RECORD]
    if errors:
        raise Invalid(_("The note is not kept."), errors)
    with transaction():
        about = disclosures.get_disclosure(reference) if reference else None
        note = AuditNote(
            author_id=author,
            disclosure_id=about.id if about else None,
            version=version,
            agency_id=agencies.get_agency(agency).id if agency else None,
            text=_plain(text),
        )
        return _kept(note)


def correct(by: Actor, number: int, text: str) -> Note:
    """Put a note right by another one about the same; the first stays as it is.

    Raise :exc:`NotFound` if there is no such note, and :exc:`Invalid` as :func:`write` does.
    """
    author = _author(by)
    errors = _text_errors(text)
    with transaction():
        wrong = _found(number)
        if errors:
            raise Invalid(_("The note is not kept."), errors)
        note = AuditNote(
            author_id=author,
            disclosure_id=wrong.disclosure_id,
            version=wrong.version,
            agency_id=wrong.agency_id,
            corrects_id=wrong.id,
            text=_plain(text),
        )
        return _kept(note)


def get_note(by: Actor, number: int) -> Note:
    """Give one note; raise :exc:`NotFound` if there is none of this number."""
    check_role(by, Role.AUDITOR)
    return _notes([_found(number)])[0]


def list_notes(
    by: Actor,
    limit: int,
    *,
    reference: str = "",
    agency: str = "",
    older_than: int | None = None,
) -> list[Note]:
    """Give the latest notes about a record, an agency and its records, or all: newest first."""
    check_role(by, Role.AUDITOR)
    found = audit_notes.list_notes(limit, reference=reference, agency=agency, older_than=older_than)
    return _notes(found)


def export_notes(by: Actor) -> Iterator[Note]:
    """Give every note in the order of writing; that they were taken is recorded."""
    check_role(by, Role.AUDITOR)
    events.add_event("audit_notes_exported", by=by.account_id)
    return iterate_notes()


def iterate_notes(before: datetime | None = None) -> Iterator[Note]:
    """Give every note, or those from before a moment, in the order of writing.

    Whoever calls this hands them to auditors alone.
    """
    return (_note(each) for each in audit_notes.iterate_notes(before=before))


def with_notes(shown: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Add to versions that are shown to an auditor what auditors wrote about them.

    That is what is about that version, and what is about the record as a whole.
    """
    notes: dict[str, list[Note]] = {}
    for each in audit_notes.iterate_notes(of_records=True):
        note = _note(each)
        notes.setdefault(note.reference, []).append(note)
    for version in shown:
        about = (note for note in notes.get(version["reference"], ()) if note.is_about(version))
        yield {**version, "audit": {**version["audit"], "notes": [n.to_json() for n in about]}}


def count_notes(by: Actor) -> int:
    """Tell how many notes there are."""
    check_role(by, Role.AUDITOR)
    return audit_notes.count_notes()


def _author(by: Actor) -> int:
    check_role(by, Role.AUDITOR)
    if by.account_id is None:
        raise NotAllowed(_("Your role may not do this."))
    return by.account_id


def _text_errors(text: str) -> dict[str, list[str]]:
    plain = _plain(text)
    if not plain:
        return {"text": [NO_TEXT]}
    if len(plain) > LONGEST:
        return {"text": [Message(LONG_TEXT, most=LONGEST)]}
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in "\n\t" for each in plain):
        return {"text": [CONTROLS]}
    return {}


def _plain(text: str) -> str:
    """Give a text with the line ends of a database, and without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _kept(note: AuditNote) -> Note:
    """Add a note, unless this very one was added a moment ago: a second press."""
    same = audit_notes.find_same(note, clock.now() - SENT_TWICE_WITHIN)
    if same is not None:
        return _notes([same])[0]
    kept = _found(audit_notes.add_note(note).id)
    slug = kept.agency.slug if kept.agency else None
    told = {"note": kept.id, "corrects": kept.corrects_id, "agency": slug}
    details = {name: value for name, value in told.items() if value is not None}
    events.add_event(
        "audit_note_written", by=kept.author_id, disclosure=kept.disclosure, details=details
    )
    return _note(kept)


def _found(number: int) -> AuditNote:
    found = audit_notes.find_note(number)
    if found is None:
        raise NotFound(NO_NOTE)
    return found


def _notes(found: list[AuditNote]) -> list[Note]:
    corrected = audit_notes.map_corrections([each.id for each in found])
    return [_note(each, corrected.get(each.id)) for each in found]


def _note(kept: AuditNote, corrected_by: int | None = None) -> Note:
    agency = kept.agency or (kept.disclosure.agency if kept.disclosure else None)
    return Note(
        id=kept.id,
        at=kept.at,
        author=kept.author.email,
        reference=kept.disclosure.reference if kept.disclosure else "",
        version=kept.version,
        agency=agency.slug if agency else "",
        text=kept.text,
        corrects=kept.corrects_id,
        corrected_by=corrected_by,
        erased=_erased(kept.erasure) if kept.erasure else None,
    )


def _erased(by: LedgerEntry) -> dict[str, Any]:
    entry = Entry.parse(by.data.encode())
    return {"entry": by.seq, "at": write_moment(entry.at), "basis": entry.basis}
