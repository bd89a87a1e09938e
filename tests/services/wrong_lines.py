"""What can be wrong with a line of our own format, and the place that is to be told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from register import clock

Object = dict[str, Any]


def in_last(change: Callable[[Object], object]) -> Callable[[list[Object]], None]:
    return lambda objects: change(objects[-1]) and None


def version(number: int, **values: Any) -> Callable[[list[Object]], None]:
    return lambda objects: objects[-1]["versions"][number].update(values)


def answer(**values: Any) -> Callable[[list[Object]], None]:
    return lambda objects: objects[-1]["versions"][0]["answers"].update(values)


def nested(depth: int) -> Any:
    value: Any = "deep"
    for _level in range(depth):
        value = [value]
    return value


PROVENANCE = {
    "source": "omb-2025",
    "source_id": None,
    "retrieved": "2026-01-01T00:00:00Z",
    "file": "a.csv",
    "file_sha256": "0" * 64,
    "row": 2,
}
LATER = (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
WRONG_LINES: dict[str, tuple[Callable[[list[Object]], Any], str]] = {
    "an unknown agency": (in_last(lambda o: o.update(agency="nobody")), "agency"),
    "another agency": (in_last(lambda o: o.update(agency="health")), "versions.0.answers.agency"),
    "a reference that is none": (in_last(lambda o: o.update(reference="../x")), "reference"),
    "a huge number": (
        in_last(lambda o: o.update(reference="AIR-2026-99999999999")),
        "reference",
    ),
    "a long reference": (
        in_last(lambda o: o.update(reference="A" * 40 + "-2026-00001")),
        "reference",
    ),
    "a period that is none": (in_last(lambda o: o.update(period="<b>")), "period"),
    "a key too many": (in_last(lambda o: o.update(filed_by="me")), "filed_by"),
    "a key too few": (in_last(lambda o: o.pop("period") or True), "period"),
    "no version": (in_last(lambda o: o.update(versions=[])), "versions"),
    "versions that are a text": (in_last(lambda o: o.update(versions="12")), "versions"),
    "a version that is none": (in_last(lambda o: o.update(versions=[7])), "versions.0"),
    "a gap": (version(1, version=3), "versions.1.version"),
    "a number that is a truth": (version(0, version=True), "versions.0.version"),
    "an enormous number": (version(0, version=10**30), "versions.0.version"),
    "another standard": (version(0, standard="v9"), "versions.0.standard"),
    "dates backwards": (version(1, published_at="2026-01-01T00:00:00Z"), "versions.1.published_at"),
    "a date to come": (version(1, published_at=LATER), "versions.1.published_at"),
    "a date of old": (version(0, published_at="0999-01-01T00:00:00Z"), "versions.0.published_at"),
    "no date": (version(0, published_at="2026-02-30T00:00:00Z"), "versions.0.published_at"),
    "a date without zone": (
        version(0, published_at="2026-02-03T00:00:00"),
        "versions.0.published_at",
    ),
    "a status that is none": (version(0, status="draft"), "versions.0.status"),
    "withdrawn at first": (
        version(0, status="withdrawn", change_note={"en": "x"}),
        "versions.0.status",
    ),
    "withdrawn without reason": (version(1, change_note=None), "versions.1.change_note"),
    "a note that is a text": (version(1, change_note="why"), "versions.1.change_note"),
    "a note in no language": (version(1, change_note={"<b>": "x"}), "versions.1.change_note"),
    "a note that is blank": (version(1, change_note={"en": " "}), "versions.1.change_note"),
    "answers that are a list": (version(0, answers=[]), "versions.0.answers"),
    "an unknown question": (answer(colour="red"), "versions.0.answers.colour"),
    "what is not public": (
        answer(filed_by={"name": "A", "email": "a@b.example"}),
        "versions.0.answers.filed_by",
    ),
    "a text in the place of texts": (answer(name="plain"), "versions.0.answers.name"),
    "a list in the place of texts": (answer(name=["plain"]), "versions.0.answers.name"),
    "an option that is none": (answer(phase="<script>"), "versions.0.answers.phase"),
    "an address that runs": (
        answer(info_url="javascript:alert(1)"),
        "versions.0.answers.info_url",
    ),
    "a figure that is huge": (
        answer(scale={"decisions_per_year": 10**400}),
        "versions.0.answers.scale.decisions_per_year",
    ),
    "a NUL": (answer(name={"en": "a\0b"}), "versions.0.answers.name.en"),
    "half a character": (answer(name={"en": "\ud800"}), "versions.0.answers.name.en"),
    "a NUL in a name": (answer(**{"a\0b": 1}), "versions.0.answers"),
    "a deep answer": (answer(name={"en": nested(90)}), ""),
    "withheld without ground": (
        version(0, withheld=[{"field": "benefits"}]),
        "versions.0.withheld.benefits.ground",
    ),
    "withheld and answered": (
        version(
            0,
            withheld=[
                {
                    "field": "benefits",
                    "ground": "commercial_confidence",
                    "citation": "Act, section 7",
                    "public_reason": {"en": "Harm."},
                    "decided_on": "2026-01-05",
                    "review_on": "2030-01-05",
                }
            ],
        ),
        "versions.0.answers.benefits",
    ),
    "an answer that cannot be withheld": (
        version(0, withheld=[{"field": "phase"}]),
        "versions.0.withheld.phase",
    ),
    "not stated of nothing": (version(0, not_stated=["colour"]), "versions.0.answers.colour"),
    "not stated by a number": (version(0, not_stated=[7]), "versions.0.not_stated.0"),
    "a translation of nothing": (
        version(0, translations={"colour": {"en": "original"}}),
        "versions.0.translations.colour",
    ),
    "a translation by magic": (
        version(0, translations={"name": {"en": "magic"}}),
        "versions.0.translations.name",
    ),
    "a source that is a text": (version(0, import_provenance="x"), "versions.0.import_provenance"),
    "a source without a hash": (
        version(0, import_provenance={**PROVENANCE, "file_sha256": "x"}),
        "versions.0.import_provenance.file_sha256",
    ),
    "a source with raw columns": (
        version(0, import_provenance={**PROVENANCE, "raw": {}}),
        "versions.0.import_provenance.raw",
    ),
    "a source with half a second": (
        version(0, import_provenance={**PROVENANCE, "retrieved": "2026-01-01T00:00:00.500000Z"}),
        "versions.0.import_provenance.retrieved",
    ),
    "a source with a huge row": (
        version(0, import_provenance={**PROVENANCE, "row": 2**31}),
        "versions.0.import_provenance.row",
    ),
}
