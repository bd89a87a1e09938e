"""What becomes of a disclosure from another instance: a new one, further versions, or a refusal.

No version that is here is ever changed. The versions keep their moments; who wrote and approved
them is known only where they were published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from register import clock
from register.errors import Message
from register.exchange.identity import identity
from register.exchange.own.register_1_shapes import moment_of
from register.exchange.result import AgencyHint, ImportedRow
from register.services import quality
from register.services.actor import Actor
from register.services.exports.register_export import version_json
from register.services.filings import determinations
from register.services.imports.import_content import hash_of
from register.services.imports.register_reading import History, first_difference
from register.standard.lifecycle import DraftState, Status
from register.standard.marking import _
from register.standard.publication import Publication
from register.storage import (
    agencies,
    disclosures,
    events,
    imports,
    outbox,
    publications,
    transaction,
)
from register.storage.models import Agency, Disclosure, Revision, SourceRow

DRAFT_HERE = _("Here %(reference)s is a draft that was never published. The file has another one.")
OTHER_AGENCY = _("Here %(reference)s is of another agency: %(agency)s.")
OTHER_PERIOD = _("Here %(reference)s is for another period.")
OTHER = _(
    "Here %(reference)s is another disclosure: version 1 differs from the file in %(place)s. "
    "Another register gave out the same reference."
)
DIFFERS = _(
    "Version %(version)s of %(reference)s differs here from the file, in %(place)s. "
    "Nothing was overwritten."
)
IN_WORK = _(
    "Version %(version)s of %(reference)s was begun here. Only whoever decides on it can publish "
    "what comes next."
)


@dataclass(frozen=True)
class Outcome:
    """What is to be done with a disclosure: keep so many versions here, add the rest, or refuse."""

    kept: int = 0
    is_change: bool = False
    place: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Origin:
    """The file that disclosures come from, and who takes them in.

    ``is_move`` says that a register moves here with its past, since nothing was made public here
    before. What comes otherwise was not in this register when it was made public elsewhere.
    """

    format: str
    file: str
    sha256: str
    by: Actor
    is_move: bool = False


def plan(histories: Sequence[History]) -> list[Outcome]:
    """Say what is to be done with each disclosure, as the register is now."""
    references = [each.reference for each in histories]
    known = disclosures.map_disclosures(references)
    versions = publications.map_versions(references)
    return [
        _outcome(each, known.get(each.reference), versions.get(each.reference, ()))
        for each in histories
    ]


def write(history: History, outcome: Outcome, origin: Origin) -> None:
    """Do what was planned, with audit event and outbox notice. Call it inside a transaction."""
    disclosure = _disclosure(history, is_new=not outcome.kept)
    for version in history.versions[outcome.kept :]:
        _append(disclosure, version, known_at=None if origin.is_move else clock.now())
    last = history.versions[-1]
    disclosure.draft_standard = last.standard
    quality.keep_marks(disclosure, last.content)
    outbox.add_notice(disclosure.reference)
    events.add_event(
        imports.IMPORTED,
        by=origin.by.account_id,
        disclosure=disclosure,
        details={
            "format": origin.format,
            "file": origin.file,
            "sha256": origin.sha256,
            "row": history.line,
            "versions": [outcome.kept + 1, last.version],
            "content_sha256": _hash_of_imported(history),
        },
    )


def _outcome(
    history: History, disclosure: Disclosure | None, here: Sequence[Publication]
) -> Outcome:
    if disclosure is None:
        return Outcome(is_change=True)
    refused = _frame_refusal(history, disclosure) or _version_refusal(history, here)
    if refused is not None:
        return refused
    if len(history.versions) <= len(here):
        return Outcome(kept=len(here))
    if disclosure.draft_state != DraftState.NONE or disclosures.contributors(disclosure):
        number = len(here) + 1
        sentence = Message(IN_WORK, reference=history.reference, version=number)
        return Outcome(place=f"versions.{number - 1}", refusal=sentence)
    return Outcome(kept=len(here), is_change=True)


def _frame_refusal(history: History, disclosure: Disclosure) -> Outcome | None:
    reference, slug = history.reference, disclosure.agency.slug
    if not disclosure.current_version:
        return Outcome(place="reference", refusal=Message(DRAFT_HERE, reference=reference))
    if slug != history.agency:
        sentence = Message(OTHER_AGENCY, reference=reference, agency=slug)
        return Outcome(place="agency", refusal=sentence)
    if disclosure.period != history.period:
        return Outcome(place="period", refusal=Message(OTHER_PERIOD, reference=reference))
    return None


def _version_refusal(history: History, here: Sequence[Publication]) -> Outcome | None:
    for position, (told, version) in enumerate(zip(history.told, here, strict=False)):
        ours = version_json(version)
        if ours != told:
            place = first_difference(told, ours)
            sentence = DIFFERS if position else OTHER
            values = {"reference": history.reference, "version": position + 1, "place": place}
            path = f"versions.{position}.{place}"
            return Outcome(place=path, refusal=Message(sentence, **values))
    return None


def _source_key(history: History, agency: Agency) -> tuple[str, str] | None:
    """Give format and key by which the next file of its source finds a disclosure again.

    ``None`` if it has no source, or if another one is known by the same key.
    """
    first = history.versions[0]
    if first.provenance is None:
        return None
    source, source_id = str(first.provenance["source"]), first.provenance["source_id"]
    row = ImportedRow(
        number=int(str(first.provenance["row"])),
        source_id=str(source_id) if source_id else None,
        agency=AgencyHint(),
        content=first.content,
        raw={},
    )
    for is_id_shared in (False, True):
        key = identity(row, agency=agency.slug, is_id_shared=is_id_shared)
        taken = imports.map_imported(source, [key])
        if len(key) <= imports.LONGEST_KEY and (agency.id, key) not in taken:
            return source, key
    return None


def _disclosure(history: History, *, is_new: bool) -> Disclosure:
    if not is_new:
        return disclosures.get_disclosure(history.reference)
    agency = agencies.get_agency(history.agency)
    source_format, source_key = _source_key(history, agency) or (None, None)
    with transaction() as session:
        disclosure = Disclosure(
            reference=history.reference,
            agency=agency,
            status=Status.UNPUBLISHED,
            draft_state=DraftState.NONE,
            draft_complete=[],
            period=history.period,
            source_format=source_format,
            source_key=source_key,
            # It was begun where it was first published, by then at the latest.
            created_at=history.versions[0].published_at,
        )
        session.add(disclosure)
        session.flush()
        return disclosure


def _append(disclosure: Disclosure, version: Publication, known_at: datetime | None) -> None:
    is_withdrawal = version.status is Status.WITHDRAWN
    action = "amended" if disclosure.current_version else "published"
    with transaction() as session:
        revision = Revision(
            disclosure_id=disclosure.id,
            version=version.version,
            action="withdrawn" if is_withdrawal else action,
            standard=version.standard,
            content=version.content.to_json(),
            change_note=dict(version.change_note) if version.change_note else None,
            at=version.published_at,
            known_at=known_at,
        )
        session.add(revision)
        session.flush()
        if version.provenance is not None:
            session.add(_source_row(revision, version.provenance))
        disclosure.current_version = version.version
        disclosure.status = version.status
        disclosure.published_at = version.published_at
        disclosure.first_published_at = disclosure.first_published_at or version.published_at
        session.flush()
        determinations.note_published(disclosure, revision)


def _source_row(revision: Revision, told: Mapping[str, object]) -> SourceRow:
    """Give the row that a version was made of; its raw columns are not public, and not known."""
    return SourceRow(
        revision_id=revision.id,
        format=told["source"],
        source_id=told["source_id"],
        file_name=told["file"],
        file_hash=told["file_sha256"],
        row=told["row"],
        raw={},
        at=moment_of(str(told["retrieved"])),
    )


def _hash_of_imported(history: History) -> str:
    """Give the hash of what the source last said, by which a later import knows it again."""
    imported = [each for each in history.versions if each.provenance is not None]
    return hash_of(imported[-1].content.to_json()) if imported else ""
