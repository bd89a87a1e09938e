"""The page of who has filed and who has not, put together for its template."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, format_percent

from register import clock
from register.services.duties.obligations import (
    AgencyCoverage,
    Counts,
    Coverage,
    GroupCoverage,
    count,
)
from register.standard import CURRENT
from register.standard.bodies import LEVELS
from register.standard.field import Option
from register.standard.obligations import KIND_LABELS, STATE_LABELS, DutyKind, Rules
from register.web.languages import gettext as _
from register.web.languages import ngettext, number_text, say, text_view
from register.web.paging import MOST_ROWS, page_of
from register.web.public import coverage_data
from register.web.showing import duties
from register.web.showing.bars import bar, legend
from register.web.showing.counting import ORDER, counts_view, fulfilled, in_words, share
from register.web.showing.showing import date_view, moment_text

SECTORS = CURRENT.field("policy_domains").options


def page_view(
    coverage: Coverage, levels: Collection[str], sectors: Collection[str]
) -> dict[str, Any]:
    """Give everything that the template asks for."""
    total = coverage.total
    shown_levels = _groups(coverage.levels, LEVELS)
    return {
        "headline": _headline(coverage),
        "figures": _figures(coverage),
        "asked": _asked(coverage, levels, sectors),
        "bars": [_bar(_("All levels"), total), *(_bar(*each) for each in shown_levels)],
        "legend": legend(total),
        "columns": [say(STATE_LABELS[state]) for state in ORDER],
        "levels": [{"name": name, **counts_view(counts)} for name, counts in shown_levels],
        "sectors": [
            {"name": name, **counts_view(counts)}
            for name, counts in _groups(coverage.sectors, SECTORS)
        ],
        "kinds": [
            {
                "name": say(KIND_LABELS[kind]),
                **counts_view(count(coverage_data.of_kind(coverage, kind))),
            }
            for kind in DutyKind
        ],
        **_rows(coverage),
        "overall": {"name": _("All"), **counts_view(total)} if coverage.agencies else None,
        "decisions": [
            {**_named(each), **duties.decision_view(entry, duty)}
            for each, entry, duty in coverage_data.decisions(coverage)
        ],
        "rules": list(_rules(len(coverage.agencies))),
        "formats": _formats(coverage, levels, sectors),
    }


def _rows(coverage: Coverage) -> dict[str, Any]:
    """Give the bodies of one page, those with most overdue first, and the way to the others."""
    urgent = sorted(coverage.agencies, key=_urgency)
    found = page_of(urgent, MOST_ROWS, "coverage.page", place="agencies-heading")
    return {"agencies": [_agency(each) for each in found.items], "pagination": found.links}


def _headline(coverage: Coverage) -> dict[str, Any]:
    total, on = coverage.total, date_view(coverage.as_of.day.isoformat())["text"]
    part = share(total)
    if part is None:
        words = _("Nothing had to be filed by %(date)s.", date=on)
        return {"sentence": words, "overdue": None}
    late = sum(1 for each in coverage.agencies if each.counts.overdue)
    bodies = ngettext("%(num)s public body", "%(num)s public bodies", late)
    overdue = ngettext(
        "%(num)s duty of %(bodies)s is overdue.",
        "%(num)s duties of %(bodies)s are overdue.",
        total.overdue,
        bodies=bodies,
    )
    return {
        "sentence": _(
            "%(share)s of what had to be filed by %(date)s has been filed.",
            share=format_percent(part / 100),
            date=on,
        ),
        "overdue": overdue if total.overdue else _("Nothing is overdue."),
        "is_alarming": bool(total.overdue),
    }


def _figures(coverage: Coverage) -> list[dict[str, str]]:
    total = coverage.total
    figures = (
        (len(coverage.agencies), _("public bodies counted")),
        (total.total, _("duties counted")),
        (fulfilled(total), _("fulfilled")),
        (total.overdue, _("overdue")),
    )
    return [{"value": number_text(number), "label": label} for number, label in figures]


def _asked(coverage: Coverage, levels: Collection[str], sectors: Collection[str]) -> dict[str, Any]:
    today = clock.today()
    return {
        "action": url_for("coverage.page"),
        "day": coverage.as_of.day.isoformat(),
        "known_at": _known_at(coverage),
        "today": today.isoformat(),
        "today_href": url_for("coverage.page", level=levels, sector=sectors),
        "levels": _options(LEVELS, levels),
        "sectors": _options(SECTORS, sectors),
    }


def _known_at(coverage: Coverage) -> str | None:
    """Say of which moment the register's knowledge is shown, unless it is that of now."""
    as_of = coverage.as_of
    if as_of.before is None:
        return None
    if as_of.moment is not None:
        moment = moment_text(as_of.moment)
        return _("This is what the register knew at %(moment)s.", moment=moment)
    day = date_view(as_of.day.isoformat())["text"]
    return _("This is what the register knew at the end of %(date)s.", date=day)


def _options(options: Collection[Option], chosen: Collection[str]) -> list[dict[str, Any]]:
    return [
        {"value": each.value, "label": say(each.label), "checked": each.value in chosen}
        for each in options
    ]


def _groups(
    groups: Collection[GroupCoverage], options: Collection[Option]
) -> list[tuple[str, Counts]]:
    """Give the groups by name, in the order of the options; what is no option comes last."""
    labels = {option.value: say(option.label) for option in options}
    places = list(labels)
    listed = sorted(groups, key=lambda g: places.index(g.name) if g.name in labels else len(places))
    return [(labels.get(each.name) or each.name or _("Not stated"), each.counts) for each in listed]


def _bar(name: str, counts: Counts) -> dict[str, Any]:
    note = _(
        "%(overdue)s of %(total)s overdue",
        overdue=number_text(counts.overdue),
        total=number_text(counts.total),
    )
    return {"name": name, "note": note, "title": in_words(counts), "pieces": bar(counts)}


def _agency(each: AgencyCoverage) -> dict[str, Any]:
    return {**_named(each), "tag": duties.standing_tag(each.standing), **counts_view(each.counts)}


def _named(each: AgencyCoverage) -> dict[str, Any]:
    href = url_for("public.agency", slug=each.body.slug)
    return {"name": text_view(each.body.names), "href": href}


def _urgency(each: AgencyCoverage) -> tuple[int, str]:
    name = text_view(each.body.names) or {}
    return -each.counts.overdue, str(name.get("text", each.body.slug)).casefold()


def _rules(agencies: int) -> Iterator[str]:
    """Say in words how it is counted, with the numbers that are set."""
    rules = duties.rules()
    yield ngettext(
        "%(num)s public body is counted:"
        " every one in the directory of the level and sector chosen.",
        "%(num)s public bodies are counted: all in the directory of the level and sector chosen.",
        agencies,
    )
    yield from _rules_of_systems(rules)
    yield _(
        "A record is to be confirmed within %(months)s months of its latest version, or by the day"
        " that it names itself if that is earlier, until the system is retired. A confirmation in"
        " time opens the next one; one that was late is counted for good.",
        months=number_text(rules.confirm_every_months),
    )
    month, day = map(int, rules.period_starts.split("-"))
    yield _(
        "For each year that begins on %(day)s every body has a record or declares that it has"
        " nothing to report, at the latest %(days)s days after the year is over.",
        day=format_date(date(2001, month, day), "d MMMM"),
        days=number_text(rules.return_within_days),
    )
    yield _(
        "What is overdue stays overdue until it is filed, and is then late. Only a decision that"
        " stands on this page can exempt it. A body that leaves keeps the duties it had by then."
    )
    yield _(
        "The share above is that of the fulfilled among the fulfilled and the overdue. What is due"
        " later and what is exempt count for neither, and are shown beside them."
    )


def _rules_of_systems(rules: Rules) -> Iterator[str]:
    yield _(
        "A system that must be disclosed is due %(days)s days after it enters use, and before it"
        " enters use where its impact is high. What was in use when its body came under the duty"
        " is due %(existing)s days after that.",
        days=number_text(rules.disclose_within_days),
        existing=number_text(rules.existing_within_days),
    )
    yield _(
        "A record that is withdrawn while its system is in use does not end the duty: the system is"
        " to be disclosed again %(days)s days later, or on that very day where its impact is high.",
        days=number_text(rules.disclose_within_days),
    )
    yield _(
        "Where the first day of use is withheld it is not reckoned with: the day on which the body"
        " determined that the system must be disclosed takes its place."
    )


def _formats(
    coverage: Coverage, levels: Collection[str], sectors: Collection[str]
) -> list[dict[str, str]]:
    """Lead to the same day and choice as data."""
    asked: dict[str, Any] = {"level": list(levels), "sector": list(sectors)}
    if coverage.as_of.before is not None:
        asked["as_of"] = coverage.as_of.text
    return [
        {
            "label": "JSON",
            "href": url_for("coverage.page_json", **asked),
            "type": "application/json",
        },
        {"label": "CSV", "href": url_for("coverage.page_csv", **asked), "type": "text/csv"},
    ]
