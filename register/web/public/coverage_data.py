"""Who has filed and who has not, for machines: JSON, CSV, and the duties one by one."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from register.exchange.files.plain_cells import plain_cell
from register.schemas import present_body, present_duty
from register.services.directory import directory, standings
from register.services.directory.standings import Entry
from register.services.duties import obligations
from register.services.duties.obligations import AgencyCoverage, Coverage, GroupCoverage, count
from register.standard.obligations import Duty, DutyKind, DutyState
from register.web.as_of import as_of_asked
from register.web.parameters import values_asked
from register.web.showing import duties
from register.web.showing.counting import counts_data, share
from register.web.wiring import settings


def as_data(coverage: Coverage) -> dict[str, Any]:
    """Give everything that the page says as JSON values."""
    return {
        "as_of": coverage.as_of.text,
        "rules": asdict(duties.rules()),
        "total": {
            "agencies": len(coverage.agencies),
            "fulfilled_percent": share(coverage.total),
            **counts_data(coverage.total),
        },
        "levels": [_group("level", each) for each in coverage.levels],
        "sectors": [_group("sector", each) for each in coverage.sectors],
        "kinds": [
            {"kind": kind.value, **counts_data(count(of_kind(coverage, kind)))} for kind in DutyKind
        ],
        "agencies": [_agency(each) for each in coverage.agencies],
        "decisions": decisions_data(coverage),
    }


def as_csv(coverage: Coverage) -> str:
    """Give a row for each body, under the same columns always."""
    out = io.StringIO()
    rows = csv.writer(out)
    languages = settings().languages
    names = [f"name_{language}" for language in languages]
    counts = list(counts_data(coverage.total))
    rows.writerow(["as_of", "agency", *names, "level", "sector", "parent", "standing", *counts])
    for each in coverage.agencies:
        body = each.body
        named = [body.names.get(language, "") for language in languages]
        texts = [body.slug, *named, body.level, body.sector, body.parent or ""]
        standing = each.standing.value if each.standing else ""
        cells = [coverage.as_of.text, *map(plain_cell, texts), standing]
        rows.writerow([*cells, *counts_data(each.counts).values()])
    return out.getvalue()


def of_kind(coverage: Coverage, kind: DutyKind) -> list[Duty]:
    """Give the duties of one kind."""
    return [duty for each in coverage.agencies for duty in each.duties if duty.kind is kind]


def decisions(coverage: Coverage) -> list[tuple[AgencyCoverage, Entry, Duty | None]]:
    """Give what was decided about the counted bodies by then, with the one duty it may be about."""
    entries = standings.map_entries()
    return [
        (each, entry, _duty_of(each.duties, entry.duty))
        for each in coverage.agencies
        for entry in entries.get(each.body.slug, [])
        if duties.is_told(entry) and coverage.as_of.has(entry.at)
    ]


def decisions_data(coverage: Coverage) -> list[dict[str, Any]]:
    """Give :func:`decisions` as JSON values."""
    return [
        {
            "agency": each.body.slug,
            "kind": entry.kind.value,
            "from": entry.from_on.isoformat(),
            "until": entry.until_on.isoformat() if entry.until_on else None,
            "duty": present_duty(duty, settings().base_url) if duty else None,
            "ground": entry.decision.ground or None,
            "citation": entry.decision.citation,
            "reason": entry.decision.reason,
        }
        for each, entry, duty in decisions(coverage)
    ]


def find_duties() -> list[dict[str, Any]]:
    """Give the duties that the address asks for as JSON values, by agency."""
    slugs = values_asked("agency", {body.slug for body in directory.list_bodies()})
    kinds, states = values_asked("kind", set(DutyKind)), values_asked("state", set(DutyState))
    return [
        present_duty(duty, settings().base_url)
        for duty in obligations.list_duties(duties.rules(), as_of=as_of_asked(), may_be_old=True)
        if (not slugs or duty.agency in slugs)
        and (not kinds or duty.kind in kinds)
        and (not states or duty.state in states)
    ]


def _agency(each: AgencyCoverage) -> dict[str, Any]:
    return {
        **present_body(each.body),
        "url": f"{settings().base_url}/agencies/{each.body.slug}",
        "standing": each.standing.value if each.standing else None,
        **counts_data(each.counts),
    }


def _group(name: str, each: GroupCoverage) -> dict[str, Any]:
    return {name: each.name, "agencies": each.agencies, **counts_data(each.counts)}


def _duty_of(listed: Iterable[Duty], key: str) -> Duty | None:
    return next((duty for duty in listed if duty.key == key), None)
