"""The directory taken in from a file: what it says is put over what is there, and told.

A column that is absent keeps what the directory has, an empty cell empties it where that may be
empty, and names are put over each other language by language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from register import clock
from register.errors import Invalid, Message
from register.services.directory.describing import (
    LONGEST_SLUG,
    SECTOR_VALUES,
    TEXTS,
    row_errors,
    shape_errors,
    values_of,
)
from register.services.directory.directory_report import Remark, Report, RowReport, RowState, Since
from register.services.directory.directory_trail import list_changes, note_added, note_changed
from register.services.duties import foresight
from register.standard.marking import _
from register.standard.obligations import Rules, StandingKind
from register.standard.publication import Body, depths_of
from register.storage import agencies, standings, transaction

KEYS = frozenset({*TEXTS, "names"})
# Neither can be empty, and a file that has them may well leave a cell empty.
KEPT_IF_EMPTY = ("approval", "in_scope_from")


@dataclass(frozen=True, kw_only=True)
class Order:
    """How a file is to be taken in. ``is_past_confirmed``: also where much is overdue at once."""

    rules: Rules = field(default_factory=Rules)
    is_dry_run: bool = False
    is_past_confirmed: bool = False


def take_in(rows: Sequence[Mapping[str, Any]], order: Order) -> Report:
    """Take agencies in, all or none, and report on every row; nothing is stored on a dry run."""
    with transaction():
        taking = _Taking(order, {a.slug: agencies.body_of(a) for a in agencies.list_agencies()})
        report = taking.plan(rows)
        if report.is_stored:
            taking.store()
    return report


def import_agencies(rows: Iterable[Mapping[str, Any]]) -> Report:
    """Take agencies in, all of them: raise :exc:`Invalid` by row (``3.level``) if any is wrong."""
    report = take_in(list(rows), Order(is_past_confirmed=True))
    if report.is_refused:
        raise Invalid(_("The directory has rows that need to be corrected."), report.errors)
    return report


class _Taking:
    """One file over the directory as it is."""

    def __init__(self, order: Order, known: Mapping[str, Body]) -> None:
        self._order = order
        self._known = known
        self._bodies = dict(known)
        self._reports: list[RowReport] = []
        self._numbers: dict[str, int] = {}
        self._noted = _first_days()

    def plan(self, rows: Sequence[Mapping[str, Any]]) -> Report:
        """Find what is to become of every row, and what is wrong."""
        self._reports = [self._read(number, row) for number, row in enumerate(rows, start=1)]
        for report in self._reports:
            if not report.errors:
                report.refuse(self._tree_errors(report.agency))
        unknown = sorted({str(key) for row in rows for key in row} - KEYS)
        return Report(
            rows=self._reports,
            is_dry_run=self._order.is_dry_run,
            unknown_columns=tuple(unknown),
        )

    def store(self) -> None:
        """Do what was planned: bodies first, each after the one above it, then the trail."""
        depths = depths_of(self._bodies.values())
        for report in sorted(self._reports, key=lambda report: depths[report.agency]):
            body = self._bodies[report.agency]
            above = agencies.get_agency(body.parent) if body.parent else None
            values = {**values_of(vars(body)), "parent": above}
            agencies.put_agency(report.agency, values, in_scope_from=report.new_since)
        for report in self._reports:
            if report.new_since is not None:
                note_added(None, self._bodies[report.agency], report.new_since)
            else:
                note_changed(None, report.agency, report.changes)

    def _read(self, number: int, row: Mapping[str, Any]) -> RowReport:
        report = RowReport(row=number, agency=str(row.get("slug") or "")[:LONGEST_SLUG])
        report.refuse(shape_errors(row))
        if report.errors:
            return report
        before = self._known.get(report.agency)
        whole = _laid_over(before, _tidy(row))
        report.refuse(row_errors(whole))
        first = self._numbers.setdefault(report.agency, number)
        if report.agency and first != number:
            sentence = Message(_("Row %(number)s has this short name already."), number=first)
            report.refuse([("slug", sentence)])
        if not report.errors:
            after = _body(whole)
            self._bodies[after.slug] = after
            report.changes = list_changes(before, after)
            report.state = RowState.CHANGED if report.changes else RowState.UNCHANGED
            self._judge_day(report, whole["in_scope_from"])
            self._remark(report, row, whole)
        return report

    def _judge_day(self, report: RowReport, day: str) -> None:
        """Give a new body its day; a known one keeps its own, whatever the file says."""
        if report.agency in self._known:
            report.since = Since(day, self._noted.get(report.agency)) if day else None
            return
        report.state = RowState.NEW
        report.new_since = date.fromisoformat(day) if day else clock.today()
        overdue = foresight.overdue_of_new(self._order.rules, report.new_since)
        if overdue and not self._order.is_past_confirmed:
            report.is_past = True
            report.refuse([("in_scope_from", foresight.question(overdue))])

    def _remark(self, report: RowReport, row: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
        sector = whole["sector"] if "sector" in row else ""
        if sector and sector not in SECTOR_VALUES:
            report.remarks.append(Remark("sector", _unknown_sector(sector)))
        if row.get("approval") == "" and report.agency in self._known:
            report.remarks.append(
                Remark("approval", f"The cell is empty; {whole['approval']!r} stays.")
            )
        if report.since is not None and not report.since.is_noted:
            text = _without_effect(report.agency, report.since)
            report.remarks.append(Remark("in_scope_from", text))

    def _tree_errors(self, slug: str) -> Iterable[tuple[str, str]]:
        seen: list[str] = []
        body: str | None = slug
        while body is not None:
            if body in seen:
                yield "parent", Message(_("%(slug)s stands below itself in the tree."), slug=slug)
                return
            if body not in self._bodies:
                if body not in self._numbers:
                    yield "parent", _("Choose an agency from the directory.")
                return
            seen.append(body)
            body = self._bodies[body].parent


def _first_days() -> dict[str, date]:
    """Give the first day from which each body is noted as in scope, by slug."""
    days: dict[str, date] = {}
    for each in standings.list_standings():
        if each.kind == StandingKind.IN_SCOPE and not each.duty:
            slug = each.agency.slug
            days[slug] = min(each.from_on, days.get(slug, each.from_on))
    return days


def _tidy(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a row has; what is null is empty."""
    given: dict[str, Any] = {name: row[name] or "" for name in TEXTS if name in row}
    names = row.get("names") or {}
    return {**given, "names": {code: name or "" for code, name in names.items()}}


def _laid_over(before: Body | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the whole description of a body, as it is to be: what is given over what is there."""
    old: dict[str, Any] = {**dict.fromkeys(TEXTS, ""), "names": {}, "approval": "agency"}
    if before is not None:
        old |= {**vars(before), "parent": before.parent or ""}
    names = {**old["names"], **given["names"]}
    kept = {name for name in KEPT_IF_EMPTY if not given.get(name)}
    new = {name: value for name, value in given.items() if name not in kept}
    return {**old, **new, "names": {code: name for code, name in names.items() if name}}


def _body(whole: Mapping[str, Any]) -> Body:
    values = values_of(whole)
    return Body(slug=whole["slug"], parent=whole["parent"] or None, **values)


def _unknown_sector(sector: str) -> str:
    return (
        f"{sector!r} is none of the standard's policy domains; on /coverage it is a group of its"
        f" own. Those are: {', '.join(sorted(SECTOR_VALUES))}."
    )


def _without_effect(slug: str, since: Since) -> str:
    noted = since.noted.isoformat() if since.noted else "no day"
    return (
        f"{since.given} is not what is noted ({noted}), and changes nothing: who owes what is"
        f" decided by published decisions only, on the page of the body: /review/agencies/{slug}"
    )
