"""The only way in which a disclosure is shown: page, API, feed and export all render this."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from register import clock
from register.standard import get_standard
from register.standard.content import Content, translation_status
from register.standard.field import Field, Kind, Standard
from register.standard.lifecycle import Status
from register.standard.publication import Body, LoggedAs, Publication


class Audience(StrEnum):
    """Who is looking: anybody, or an auditor who may see what is not public."""

    PUBLIC = "public"
    AUDITOR = "auditor"


def present(
    publication: Publication, audience: Audience = Audience.PUBLIC, base_url: str = ""
) -> dict[str, Any]:
    """Give one version as JSON values, in a fixed order of keys.

    What the audience may not see is absent: answers that are not public or are withheld, and who
    decided. ``base_url`` is put before the disclosure's address.
    """
    standard = get_standard(publication.standard)
    content = publication.content
    visible = _visible_answers(standard, content, audience)
    shown: dict[str, Any] = {
        "reference": publication.reference,
        "url": f"{base_url}/disclosures/{publication.reference}",
        "version": publication.version,
        "is_current": publication.is_current,
        "standard": publication.standard,
        "status": publication.status.value,
        "first_published_at": clock.stamp(publication.first_published_at),
        "published_at": clock.stamp(publication.published_at),
        "change_note": dict(publication.change_note) if publication.change_note else None,
        "agency": present_body(publication.body),
        "answers": {field.name: answer for field, answer in visible},
        "withheld": _withheld(standard, content, audience),
        "not_stated": list(content.not_stated),
        "translations": _translations(content, visible),
    }
    if erased := _erased(standard, content, audience):
        shown["erased"] = erased
    if publication.period is not None:
        shown["period"] = publication.period
    if publication.status is Status.WITHDRAWN:
        shown["withdrawal_reason"] = dict(publication.withdrawal_reason or {})
    if publication.provenance is not None:
        shown["import_provenance"] = dict(publication.provenance)
    if publication.logged_as is not None:
        shown["ledger"] = _ledger(publication.logged_as)
    if audience is Audience.AUDITOR:
        shown["audit"] = dict(publication.audit)
    return shown


def shown_answers(standard: Standard, content: Content, audience: Audience) -> dict[str, Any]:
    """Give the answers that this audience may see, in the order of the standard."""
    return {field.name: answer for field, answer in _visible_answers(standard, content, audience)}


def public_content(standard: Standard, content: Content) -> Content:
    """Give what the public may read of a content, in the shape of a content."""
    known = {field.name for field in standard.asked_fields}
    stated = replace(content, withheld=tuple(e for e in content.withheld if e["field"] in known))
    return Content(
        answers=shown_answers(standard, stated, Audience.PUBLIC),
        withheld=tuple(_withheld(standard, stated, Audience.PUBLIC)),
        not_stated=content.not_stated,
    )


def _visible_answers(
    standard: Standard, content: Content, audience: Audience
) -> list[tuple[Field, Any]]:
    is_public = audience is Audience.PUBLIC
    fields = standard.public_fields if is_public else standard.asked_fields
    hidden = content.withheld_fields if is_public else frozenset()
    return [
        (field, _visible(field, content.answers[field.name], audience))
        for field in fields
        if field.name in content.answers and field.name not in hidden
    ]


def _visible(field: Field, answer: Any, audience: Audience) -> Any:
    if field.kind is Kind.GROUP:
        return _visible_parts(field, answer, audience)
    if field.kind is Kind.GROUPS:
        return [_visible_parts(field, item, audience) for item in answer]
    return answer


def _visible_parts(field: Field, item: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    return {
        part.name: _visible(part, item[part.name], audience)
        for part in field.parts
        if part.name in item and (part.public or audience is Audience.AUDITOR)
    }


def present_body(body: Body) -> dict[str, Any]:
    """Give a public body as JSON values."""
    return {
        "slug": body.slug,
        "name": dict(body.names),
        "abbreviation": body.abbreviation,
        "level": body.level,
        "sector": body.sector,
        "parent": body.parent,
    }


def _ledger(logged_as: LoggedAs) -> dict[str, Any]:
    written = base64.b64encode(logged_as.leaf_hash).decode("ascii")
    return {"index": logged_as.index, "leaf_hash": written}


def _withheld(standard: Standard, content: Content, audience: Audience) -> list[dict[str, Any]]:
    parts = standard.field("withheld").parts
    order = {field.name: position for position, field in enumerate(standard)}
    return [
        {
            part.name: entry[part.name]
            for part in parts
            if part.name in entry and (part.public or audience is Audience.AUDITOR)
        }
        for entry in sorted(content.withheld, key=lambda entry: order.get(str(entry["field"]), 0))
        if standard.field(str(entry["field"])).public or audience is Audience.AUDITOR
    ]


def _erased(standard: Standard, content: Content, audience: Audience) -> list[dict[str, Any]]:
    """Say what was erased, as far as this audience could have read it."""
    hidden = content.withheld_fields if audience is Audience.PUBLIC else frozenset()
    public = {field.name for field in standard.public_fields}
    return [
        dict(entry)
        for entry in content.erased
        if entry["field"] not in hidden
        and (audience is Audience.AUDITOR or _question_of(entry) in {*public, "change_note"})
    ]


def _question_of(entry: Mapping[str, Any]) -> str:
    """Name the question whose answer, or the reason for withholding it, was erased."""
    return str(entry["field"]).removeprefix("withheld.")


def _translations(
    content: Content, visible: Iterable[tuple[Field, Any]]
) -> dict[str, dict[str, str]]:
    """Say of every text that exists in several languages how each came about."""
    shown = {}
    for field, answer in visible:
        languages = sorted(_languages_of(field, answer))
        if languages:
            shown[field.name] = {
                language: translation_status(content, field.name, language)
                for language in languages
            }
    return shown


def _languages_of(field: Field, answer: Any) -> set[str]:
    if answer is None or not field.has_texts:
        return set()
    if field.kind not in (Kind.GROUP, Kind.GROUPS):
        return set(answer)
    parts = [part for part in field.parts if part.has_texts]
    items = [answer] if field.kind is Kind.GROUP else answer
    return set().union(
        *(_languages_of(part, item.get(part.name)) for item in items for part in parts)
    )
