"""What a line of the format register-1 says: a disclosure with its history, judged as a whole.

A version is taken only if this register would write it again just as it stands. So nothing that is
not public, in a wrong place or unknown comes in, whatever it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any

from register import clock
from register.errors import Invalid, Message, NotFound
from register.exchange.own.register_1 import Line
from register.exchange.own.register_1_shapes import (
    DISCLOSURE,
    ERASED,
    OBJECT,
    PROVENANCE,
    VERSION,
    VERSION_MAY,
    Wrong,
    misshapen,
    moment_of,
)
from register.schemas import find_errors_of_public
from register.schemas.kinds import LANGUAGE
from register.services.directory.describing import EARLIEST
from register.services.exports.register_export import version_json
from register.standard import get_standard
from register.standard.content import Content, translation_status
from register.standard.lifecycle import Status
from register.standard.marking import _
from register.standard.publication import Body, Publication

MOST_ERRORS = 20  # told of one line
LONGEST_REFERENCE = 40
REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9-]*-[0-9]{4}-[0-9]{5,9}")
PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2})?")
HASH = re.compile(r"[0-9a-f]{64}")
LONGEST = {"source": 40, "source_id": 300, "file": 300}
SKEW = timedelta(days=1)  # by which another machine's clock may be ahead
TOO_LONG = _("This is too long.")
WRONG = _("The line cannot be taken in.")


@dataclass(frozen=True, kw_only=True)
class History:
    """A disclosure as a line of a file tells it: each version as a fact, and as it was written."""

    line: int
    reference: str
    agency: str
    period: str | None
    versions: tuple[Publication, ...]
    told: tuple[Mapping[str, Any], ...]


def history_of(line: Line, bodies: Mapping[str, Body]) -> History:
    """Give the history in a line; ``bodies`` are those that may file, by slug.

    Raise :exc:`Invalid` by the place in the line (``versions.0.answers.name``) if anything about it
    is wrong.
    """
    value = line.value
    _refuse(misshapen(value, DISCLOSURE))
    _refuse(_shape_errors(value["versions"]))
    _refuse(_frame_errors(value, bodies))
    versions = tuple(_publications(value, bodies[value["agency"]]))
    for position, version in enumerate(versions):
        _refuse(_content_errors(version, value["versions"][position], f"versions.{position}"))
    return History(
        line=line.number,
        reference=value["reference"],
        agency=value["agency"],
        period=value["period"],
        versions=versions,
        told=tuple(value["versions"]),
    )


def first_difference(one: Any, other: Any, path: str = "") -> str:
    """Give the place of the first difference between two JSON values that are not equal."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in (*one, *other):
            if key not in one or key not in other or one[key] != other[key]:
                inner = f"{path}.{key}" if path else str(key)
                return first_difference(one.get(key), other.get(key), inner)
    if isinstance(one, list) and isinstance(other, list):
        for position, (left, right) in enumerate(zip(one, other, strict=False)):
            if left != right:
                return first_difference(left, right, f"{path}.{position}")
    return path


def _refuse(found: Iterator[Wrong]) -> None:
    errors: dict[str, list[str]] = {}
    for path, sentence in islice(found, MOST_ERRORS):
        errors.setdefault(path, []).append(sentence)
    if errors:
        raise Invalid(WRONG, errors)


def _shape_errors(versions: Sequence[Any]) -> Iterator[Wrong]:
    if not versions:
        yield "versions", _("There must be at least one version.")
    for position, version in enumerate(versions):
        path = f"versions.{position}"
        if not isinstance(version, dict):
            yield path, OBJECT[1]
            continue
        yield from misshapen(version, VERSION, path, may=VERSION_MAY)
        yield from _erased_errors(version.get("erased", ()), f"{path}.erased")
        provenance = version.get("import_provenance")
        if isinstance(provenance, dict):
            yield from misshapen(provenance, PROVENANCE, f"{path}.import_provenance")


def _erased_errors(erased: Any, path: str) -> Iterator[Wrong]:
    for position, entry in enumerate(erased if isinstance(erased, list) else ()):
        if isinstance(entry, dict):
            yield from misshapen(entry, ERASED, f"{path}.{position}")
        else:
            yield f"{path}.{position}", OBJECT[1]


def _frame_errors(value: Mapping[str, Any], bodies: Mapping[str, Body]) -> Iterator[Wrong]:
    """Look at all around the answers: reference, agency, and whether the versions follow."""
    reference, period = value["reference"], value["period"]
    if not REFERENCE.fullmatch(reference) or len(reference) > LONGEST_REFERENCE:
        yield "reference", _("This is no reference, such as AIR-2026-00042.")
    if value["agency"] not in bodies:
        yield "agency", _("Neither the file nor the directory has this agency.")
    if period is not None and not PERIOD.fullmatch(period):
        yield "period", _("This is no period, such as 2026 or 2026-27.")
    before: Mapping[str, Any] | None = None
    for position, version in enumerate(value["versions"]):
        path = f"versions.{position}"
        if version["version"] != position + 1:
            sentence = _("Here version %(number)s must stand: each follows the one before it.")
            yield f"{path}.version", Message(sentence, number=position + 1)
        yield from _order_errors(version, before, path)
        yield from _place_errors(version, value["agency"], path)
        before = version


def _order_errors(
    version: Mapping[str, Any], before: Mapping[str, Any] | None, path: str
) -> Iterator[Wrong]:
    """Look at status and moment beside those of the version before."""
    at = moment_of(version["published_at"])
    if at < datetime.combine(EARLIEST, time(), UTC) or at > clock.now() + SKEW:
        yield f"{path}.published_at", _("No version can have been published at this moment.")
    if before is not None and at < moment_of(before["published_at"]):
        yield f"{path}.published_at", _("This lies before the version that it follows.")
    if version["status"] not in {Status.PUBLISHED, Status.WITHDRAWN}:
        yield f"{path}.status", _("Choose one of the answers that are offered.")
    elif version["status"] == Status.WITHDRAWN:
        if before is None or before["status"] == Status.WITHDRAWN:
            yield f"{path}.status", _("Only what is published can be withdrawn.")
        if not version["change_note"] and not _is_note_erased(version):
            yield f"{path}.change_note", _("Say why the disclosure is withdrawn.")


def _is_note_erased(version: Mapping[str, Any]) -> bool:
    return any(entry.get("field") == "change_note" for entry in version.get("erased", ()))


def _place_errors(version: Mapping[str, Any], agency: str, path: str) -> Iterator[Wrong]:
    """Look at what stands beside the answers of a version."""
    try:
        get_standard(version["standard"])
    except NotFound:
        yield f"{path}.standard", _("This register does not know this standard.")
    if version["answers"].get("agency") != agency:
        yield f"{path}.answers.agency", _("This is not the agency that the disclosure is of.")
    note = version["change_note"]
    if note is not None and not (note and all(map(_is_said, note.items()))):
        yield f"{path}.change_note", _("This must be a text in each language.")
    if version["import_provenance"] is not None:
        yield from _provenance_errors(version["import_provenance"], f"{path}.import_provenance")


def _is_said(text: tuple[str, str]) -> bool:
    return bool(LANGUAGE.fullmatch(text[0]) and text[1].strip())


def _provenance_errors(told: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    for key, most in LONGEST.items():
        if len(told[key] or "") > most:
            yield f"{path}.{key}", TOO_LONG
    if not HASH.fullmatch(told["file_sha256"]):
        yield f"{path}.file_sha256", _("This is no SHA-256: 64 digits from 0 to f.")


def _publications(value: Mapping[str, Any], body: Body) -> Iterator[Publication]:
    versions = value["versions"]
    for version in versions:
        note = version["change_note"]
        status = Status(version["status"])
        yield Publication(
            reference=value["reference"],
            body=body,
            version=version["version"],
            standard=version["standard"],
            status=status,
            content=_content(version),
            first_published_at=moment_of(versions[0]["published_at"]),
            published_at=moment_of(version["published_at"]),
            change_note=note,
            withdrawal_reason=note if status is Status.WITHDRAWN else None,
            provenance=_provenance(version["import_provenance"]),
            audit={},
            is_current=version is versions[-1],
            period=value["period"],
        )


def _provenance(told: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give what will be kept of it: the moment is kept, and told, to the second."""
    if told is None:
        return None
    return {**told, "retrieved": clock.stamp(moment_of(told["retrieved"]))}


def _content(version: Mapping[str, Any]) -> Content:
    """Give the content; how a text came about is kept only where it is not what is assumed."""
    bare = Content(
        answers=version["answers"],
        withheld=tuple(version["withheld"]),
        not_stated=tuple(version["not_stated"]),
        erased=tuple(version.get("erased", ())),
    )
    told = {name: _unassumed(bare, name, by) for name, by in version["translations"].items()}
    return Content(
        answers=bare.answers,
        withheld=bare.withheld,
        not_stated=bare.not_stated,
        translations={name: by for name, by in told.items() if by != {}},
        erased=bare.erased,
    )


def _unassumed(bare: Content, name: str, by_language: Any) -> Any:
    if not isinstance(by_language, dict):
        return by_language
    return {
        language: status
        for language, status in by_language.items()
        if status != translation_status(bare, name, language)
    }


def _content_errors(version: Publication, told: Mapping[str, Any], path: str) -> Iterator[Wrong]:
    errors = find_errors_of_public(get_standard(version.standard), version.content)
    for place, sentences in errors.items():
        inner = place if place.split(".")[0] in BESIDE else f"answers.{place}"
        yield from ((f"{path}.{inner}", sentence) for sentence in sentences)
    if not errors:
        again = version_json(version)
        if again != told:
            yield f"{path}.{first_difference(told, again)}", NOT_AGAIN


BESIDE = frozenset({"withheld", "not_stated", "translations", "answers"})
NOT_AGAIN = _(
    "This register would not give this out just as it stands here: it is not public, not asked, "
    "or not in its place."
)
