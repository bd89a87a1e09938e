"""A register filled with a corpus as an import leaves it, or with rows alone, many at once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.corpus import Corpus
from register import create_app, storage
from register.config import ROOT
from register.services.actor import SYSTEM
from register.services.exports import presentations
from register.services.imports.register_reading import History
from register.services.imports.register_writing import Origin, Outcome, write
from register.services.ledger import ledgering
from register.standard.content import Content
from register.standard.lifecycle import DraftState, Status
from register.standard.publication import Body, Publication
from register.storage import agencies, migrating, transaction
from register.storage.models import Disclosure, Revision

SAMPLE = ROOT / "sample" / "disclosures"
_BATCH = 200
_AT_ONCE = 2000
_BODIES = 80
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_ORIGIN = Origin(
    format="register-1", file="resampled.ndjson", sha256="0" * 64, by=SYSTEM, is_move=True
)


def fill_register(instance: Path, corpus: Corpus) -> None:
    """Write every record as the import of whole registers writes one that it has judged.

    It would judge that many of them lack answers, as the inventories do that they were drawn from.
    """
    app = create_app({"instance": instance})
    with app.app_context():
        migrating.upgrade()
        bodies = {each["agency"]["slug"]: each["agency"] for each in corpus.publications}
        with transaction():
            for body in bodies.values():
                agencies.put_agency(body["slug"], _columns(body))
        histories = _histories(corpus.publications)
        while batch := list(islice(histories, _BATCH)):
            with transaction():
                for history in batch:
                    write(history, Outcome(is_change=True), _ORIGIN)
        app.extensions["register.search"].drain()
        presentations.keep_all()
        storage.close()


def fill_at_once(instance: Path, size: int) -> None:
    """Write so many filings with one version each, by statements alone and without an index.

    They say what those of the sample say, each under a name of its own.
    """
    told = [json.loads(path.read_text("utf-8")) for path in sorted(SAMPLE.glob("*.json"))]
    contents = [each["versions"][0]["content"] for each in told]
    app = create_app({"instance": instance})
    with app.app_context():
        migrating.upgrade()
        with transaction():
            for number in range(_BODIES):
                body = {"name": {"en": f"Agency {number}"}, "level": "federal"}
                agencies.put_agency(f"agency-{number}", _columns(body))
        for start in range(0, size, _AT_ONCE):
            numbers = range(start, min(size, start + _AT_ONCE))
            with transaction() as session:
                session.execute(insert(Disclosure), [_disclosure(each) for each in numbers])
                session.execute(insert(Revision), [_revision(each, contents) for each in numbers])
        # What a version's text says of the ledger is a part of it.
        ledgering.catch_up()
        storage.close()


def _disclosure(number: int) -> dict[str, Any]:
    return {
        "id": number + 1,
        "reference": f"AIR-2026-{number:06}",
        "agency_id": number % _BODIES + 1,
        "status": Status.PUBLISHED,
        "current_version": 1,
        "first_published_at": _FIRST + timedelta(seconds=number),
        "published_at": _FIRST + timedelta(seconds=number),
        "draft_state": DraftState.NONE,
        "draft_standard": "",
        "draft_return_reason": "",
        "draft_complete": [],
        "created_at": _FIRST,
        "lock_version": 1,
    }


def _revision(number: int, contents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    content = contents[number % len(contents)]
    answers = {**content["answers"], "name": {"en": f"System {number}", "ur": f"نظام {number}"}}
    return {
        "id": number + 1,
        "disclosure_id": number + 1,
        "version": 1,
        "action": "published",
        "standard": "v1",
        "content": {**content, "answers": answers},
        "at": _FIRST + timedelta(seconds=number),
    }


def _columns(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "names": body["name"],
        "abbreviation": body.get("abbreviation", ""),
        "level": body["level"],
        "sector": "general_public_services",
        "parent": None,
    }


def _histories(publications: Sequence[Mapping[str, Any]]) -> Iterator[History]:
    for line, said in enumerate(publications, start=1):
        agency, at = said["agency"], datetime.fromisoformat(said["published_at"])
        body = Body(
            slug=agency["slug"],
            names=agency["name"],
            abbreviation=agency.get("abbreviation", ""),
            level=agency["level"],
            sector="general_public_services",
            parent=None,
        )
        version = Publication(
            reference=said["reference"],
            body=body,
            version=1,
            standard=said["standard"],
            status=Status.PUBLISHED,
            content=Content(answers={"agency": agency["slug"], **said["answers"]}),
            first_published_at=at,
            published_at=at,
            change_note=None,
            withdrawal_reason=None,
            provenance=None,
            audit={},
            is_current=True,
        )
        yield History(
            line=line,
            reference=said["reference"],
            agency=agency["slug"],
            period=None,
            versions=(version,),
            told=(),
        )
