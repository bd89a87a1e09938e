"""The register of two days side by side, for auditors: counted by body, listed, and as files."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from register import clock
from register.errors import Invalid
from register.exchange.files.row_files import Cell
from register.services.audit import register_changes
from register.services.audit.register_changes import Change, Changed
from register.services.directory import directory
from register.standard import get_standard
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.standard.publication import Publication
from register.storage import publications
from register.web.answering import presented
from register.web.audit.audit_files import csv_file, json_object
from register.web.guard import actor, audience
from register.web.languages import say, text_view
from register.web.paging import page_of
from register.web.parameters import (
    WrongParameter,
    blaming_parameters,
    check_names,
    days_asked,
    values_asked,
)
from register.web.secretariat.account_screens import agency_options, error_links
from register.web.showing import comparing
from register.web.showing.showing import Record
from register.web.wiring import settings

blueprint = Blueprint("audit_changes", __name__, url_prefix="/audit")
PAGE = 50
BODIES = 20
FILTERS = ("from", "to", "agency", "change")
USUAL = 30  # days
HEAD = ("change", "agency", "reference", "before", "after", "name", "fields", "url")
WORDS = {
    Change.ADDED: _("Added"),
    Change.AMENDED: _("Amended"),
    Change.WITHDRAWN: _("Withdrawn"),
    Change.RESTORED: _("Public again"),
    Change.PASSED: _("Public in between only"),
}
TONES = {Change.ADDED: "green", Change.AMENDED: "blue", Change.RESTORED: "green"}
Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """What the address asks for: two days, a body, and what became of records."""

    first: date
    last: date
    agency: str = ""
    change: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as parameters of an address."""
        days = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return {**days, "agency": self.agency or None, "change": self.change or None}

    def find(self) -> tuple[list[Changed], list[Changed]]:
        """Give all that changed, and of that what is asked for."""
        found = register_changes.list_changed(actor(), self.first, self.last, self.agency)
        return found, [each for each in found if self.change in {"", each.change}]


@blueprint.get("/changes")
@audience(Role.AUDITOR)
def page() -> tuple[str, int]:
    """What was added, amended and withdrawn between two days."""
    check_names({*FILTERS, "page", "bodies"})
    try:
        return _screen(_asked(), {}), 200
    except WrongParameter:
        raise
    except Invalid as error:
        return _screen(None, error.errors), 400


@blueprint.get("/changes.csv")
@audience(Role.AUDITOR)
def table() -> Response:
    """The same records as a table."""
    asked = _for_file()
    _found, chosen = asked.find()
    return csv_file(_stem(asked), HEAD, map(_row, _described(chosen)))


@blueprint.get("/changes.json")
@audience(Role.AUDITOR)
def data() -> Response:
    """The same with the counts, as data."""
    asked = _for_file()
    found, chosen = asked.find()
    head = {
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "counts": _counts(Counter(each.change for each in found)),
        "agencies": [
            {"agency": slug, **_counts(counts)}
            for slug, counts in register_changes.count_by_agency(found).items()
        ],
    }
    return json_object(_stem(asked), head, map(_data, _described(chosen)))


def _for_file() -> Asked:
    check_names(set(FILTERS))
    with blaming_parameters():
        return _asked()


def _asked() -> Asked:
    """Read the address; raise :exc:`Invalid` by parameter."""
    agencies = values_asked("agency", {body.slug for body in directory.list_bodies()})
    changes = values_asked("change", set(Change))
    first, last = days_asked("from", "to")
    last = last or clock.today()
    return Asked(
        first=first or date.fromordinal(max(1, last.toordinal() - USUAL)),
        last=last,
        agency=agencies[0] if agencies else "",
        change=changes[0] if changes else "",
    )


@dataclass(frozen=True)
class _Described:
    """A change with the version that it led to, and the questions whose answers differ."""

    changed: Changed
    after: Publication
    fields: Sequence[str]


def _described(listed: Sequence[Changed]) -> Iterator[_Described]:
    """Read what is to be said of changes, a few at a time."""
    for start in range(0, len(listed), PAGE):
        batch = listed[start : start + PAGE]
        found = publications.map_versions([each.reference for each in batch])
        for each in batch:
            versions = {version.version: version for version in found[each.reference]}
            yield _describe(each, versions)


def _describe(changed: Changed, versions: Mapping[int, Publication]) -> _Described:
    after = versions[changed.after]
    if changed.before is None:
        return _Described(changed, after, ())
    standard, before = get_standard(after.standard), versions[changed.before].content
    fields = comparing.changed_fields(standard, before, after.content)
    return _Described(changed, after, fields)


def _screen(asked: Asked | None, errors: Errors) -> str:
    found, chosen = asked.find() if asked else ([], [])
    records = page_of(chosen, PAGE, "audit_changes.page", place="records")
    parameters = asked.parameters if asked else {}
    typed = {name: request.args.get(name) or parameters.get(name) for name in FILTERS}
    return render_template(
        "audit/changes.html",
        asked=typed,
        today=clock.today().isoformat(),
        agencies=agency_options(typed["agency"] or ""),
        changes=[
            {"value": "", "label": say(_("All")), "checked": not typed["change"]},
            *(
                {"value": each.value, "label": say(words), "checked": typed["change"] == each}
                for each, words in WORDS.items()
            ),
        ],
        figures=_figures(found),
        **_bodies(found, parameters),
        total=records.total,
        rows=[_view(each) for each in _described(records.items)],
        pagination=records.links,
        errors=error_links(errors),
        field_errors={name: [say(text) for text in texts] for name, texts in errors.items()},
        formats=[
            {"label": "CSV", "href": url_for(".table", **parameters), "type": "text/csv"},
            {"label": "JSON", "href": url_for(".data", **parameters), "type": "application/json"},
        ],
    )


def _figures(found: Sequence[Changed]) -> list[dict[str, Any]]:
    counts = Counter(each.change for each in found)
    return [{"label": say(words), "value": counts[each]} for each, words in WORDS.items()]


def _bodies(found: Sequence[Changed], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Give the bodies of one page with their counts, and the way to the others."""
    names = {body.slug: body.names for body in directory.list_bodies()}
    counted = list(register_changes.count_by_agency(found).items())
    listed = page_of(counted, BODIES, "audit_changes.page", name="bodies", place="bodies")
    return {
        "bodies": [
            {
                "name": text_view(names[slug]),
                "href": url_for(".page", **{**parameters, "agency": slug}),
                "counts": [counts[each] for each in WORDS],
                "total": counts.total(),
            }
            for slug, counts in listed.items
        ],
        "bodies_pagination": listed.links,
    }


def _view(each: _Described) -> dict[str, Any]:
    changed, after = each.changed, each.after
    standard = get_standard(after.standard)
    return {
        "reference": changed.reference,
        "name": _name(after),
        "href": _address(changed),
        "agency": text_view(after.body.names),
        "change": {"label": say(WORDS[changed.change]), "tone": TONES.get(changed.change, "grey")},
        "before": changed.before,
        "after": changed.after,
        "fields": [say(standard.field(name).label) for name in each.fields],
        "compare_href": _compare(changed),
    }


def _name(publication: Publication) -> Any:
    return Record.of(presented(publication)).name(publication.reference)


def _address(changed: Changed) -> str:
    return url_for("audit_records.record", reference=changed.reference, version=changed.after)


def _compare(changed: Changed) -> str | None:
    if changed.before is None:
        return None
    sides: dict[str, Any] = {"from": changed.before, "to": changed.after}
    return url_for("audit_records.compare", reference=changed.reference, **sides)


def _row(each: _Described) -> Sequence[Cell]:
    changed = each.changed
    return (
        changed.change.value,
        changed.agency,
        changed.reference,
        changed.before,
        changed.after,
        _name(each.after)["text"],
        " ".join(each.fields),
        settings().base_url + (_compare(changed) or _address(changed)),
    )


def _data(each: _Described) -> dict[str, Any]:
    changed = each.changed
    return {
        "change": changed.change.value,
        "agency": changed.agency,
        "reference": changed.reference,
        "before": changed.before,
        "after": changed.after,
        "fields": list(each.fields),
    }


def _counts(counts: Mapping[Change, int]) -> dict[str, int]:
    return {each.value: counts.get(each, 0) for each in Change}


def _stem(asked: Asked) -> str:
    return f"changes-{asked.first.isoformat()}-{asked.last.isoformat()}"
