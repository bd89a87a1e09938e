"""A register filled with a corpus: rows in SQL as an import leaves them, and the index."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench.corpus import Corpus
from register import create_app, storage
from register.services.actor import SYSTEM
from register.services.register_reading import History
from register.services.register_writing import Origin, Outcome, write
from register.standard.content import Content
from register.standard.lifecycle import Status
from register.standard.publication import Body, Publication
from register.storage import agencies, migrating, transaction

_BATCH = 200
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
        storage.close()


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
