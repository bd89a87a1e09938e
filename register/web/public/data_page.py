"""The page on which everybody finds the register as data, and the same as JSON."""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from flask import request, url_for

from register import clock
from register.exchange.formats import FORMATS
from register.exchange.mapping import Format
from register.exchange.own import flat_table
from register.exchange.reach import Reach, reach_of
from register.services.directory import directory
from register.services.exports import export_files
from register.services.exports.export_files import FileKind
from register.services.exports.register_state import find_state
from register.services.ledger.bundle_files import Kept
from register.standard import CURRENT
from register.web.languages import gettext as _
from register.web.languages import number_text, say
from register.web.public import bundles, data_words
from register.web.public.exports import TYPES
from register.web.public.pages import LICENCE
from register.web.showing import bars
from register.web.showing.showing import date_view
from register.web.wiring import settings

SHOWN = 5  # bundles that are named
FIXED = {
    ("ndjson", FileKind.NDJSON): "exports.ndjson",
    (export_files.OURS, FileKind.JSON): "exports.json_array",
    (flat_table.NAME, FileKind.CSV): "exports.table",
}


def page_view() -> dict[str, Any]:
    """Give everything that the template asks for."""
    written = [each for each in FORMATS.values() if each.writing is not None]
    counted = {each.name: reach_counts(each) for each in written}
    state = find_state()
    return {
        "records": number_text(_records()),
        "as_of": date_view(state.day.isoformat()),
        "licence": LICENCE,
        "ours": list(_ours()),
        "bundles": [_bundle(each) for each in bundles.list_kept()[:SHOWN]],
        "written": [
            {**format_view(each), "lost": data_words.reach_sentence(counted[each.name])}
            for each in written
        ],
        "bars": [reach_bar(say(each.title), counted[each.name]) for each in written],
        "legend": [{"state": reach.value, "label": words_of(reach)} for reach in Reach],
        "read_only": [format_view(each) for each in FORMATS.values() if each.writing is None],
        "definitions": _definitions(),
        "calls": list(_calls()),
        "api_href": url_for("api_pages.page"),
        "api_example": f"{settings().base_url}/api/v1/disclosures?limit=2",
        "formats": [
            {"label": "JSON", "href": url_for("data.page_json"), "type": "application/json"}
        ],
        "alternates": [
            {
                "href": plain_url("data.catalogue"),
                "type": "application/ld+json",
                "title": "DCAT-AP",
            },
            {"href": url_for("data.page_json"), "type": "application/json", "title": "JSON"},
        ],
    }


def page_data() -> dict[str, Any]:
    """Give what the page says as JSON values, in no language."""
    state = find_state()
    base = settings().base_url
    return {
        "records": _records(),
        "changed": clock.stamp(state.moment),
        "licence": LICENCE,
        "catalogue": base + plain_url("data.catalogue"),
        "ours": [
            {"name": name, "files": _files_data(name)}
            for name in export_files.export_names()
            if name not in FORMATS
        ],
        "formats": [format_data(each) for each in FORMATS.values()],
    }


def _bundle(kept: Kept) -> dict[str, Any]:
    return {
        "href": bundles.link(kept),
        "date": date_view(kept.at.date().isoformat()),
        "size": _("%(size)s MB", size=number_text(ceil(kept.path.stat().st_size / 10**6))),
        "sha256": kept.sha256.hex(),
    }


def format_view(dialect: Format) -> dict[str, Any]:
    """Give what is said of a format on any page."""
    return {
        "name": dialect.name,
        "title": say(dialect.title),
        "territory": data_words.territory(dialect.name),
        "text": data_words.sentence(dialect.name),
        "languages": data_words.languages_of(dialect),
        "source": dialect.source,
        "is_read": dialect.is_read,
        "href": url_for("data.mapping", name=dialect.name),
        "files": file_links(dialect.name) if dialect.writing else [],
    }


def format_data(dialect: Format) -> dict[str, Any]:
    """Give the facts of a format as JSON values."""
    counts = reach_counts(dialect)
    return {
        "name": dialect.name,
        "title": dialect.title,
        "territory": data_words.TERRITORIES.get(dialect.name),
        "languages": list(dialect.languages),
        "source": dialect.source or None,
        "is_read": dialect.is_read,
        "is_written": dialect.writing is not None,
        "carries": {reach.value: counts[reach] for reach in Reach},
        "files": _files_data(dialect.name) if dialect.writing else [],
        "mapping": settings().base_url + plain_url("data.mapping_json", name=dialect.name),
    }


def reach_counts(dialect: Format) -> Mapping[Reach, int]:
    """Count the public questions by how far the format carries them."""
    counts = Counter(reach_of(CURRENT, dialect).values())
    return {reach: counts[reach] for reach in Reach}


def reach_bar(name: str, counts: Mapping[Reach, int]) -> dict[str, Any]:
    """Give the bar of a format, with its words."""
    return {
        "name": name,
        "note": _(
            "%(count)s of %(total)s questions",
            count=counts[Reach.WHOLE] + counts[Reach.PART],
            total=sum(counts.values()),
        ),
        "title": data_words.reach_sentence(counts),
        "pieces": bars.pieces([(reach.value, counts[reach]) for reach in Reach]),
    }


def words_of(reach: Reach) -> str:
    """Name how far an answer is carried."""
    return say(data_words.REACH_WORDS[reach])


def file_links(name: str) -> list[dict[str, str]]:
    """Lead to every file of a format."""
    return [
        {
            "label": say(data_words.FILE_WORDS[kind]),
            "href": file_href(name, kind),
            "type": TYPES[kind].partition(";")[0],
        }
        for kind in export_files.file_kinds(name)
    ]


def file_href(name: str, kind: FileKind) -> str:
    """Give the path of a file, which is the same in every language."""
    endpoint = FIXED.get((name, kind))
    return plain_url(endpoint) if endpoint else plain_url("exports.export", format=name, file=kind)


def plain_url(endpoint: str, **values: Any) -> str:
    """Give the path of what is the same in every language, without that of the page."""
    return url_for(endpoint, **values).removeprefix(request.script_root)


def _files_data(name: str) -> list[dict[str, str]]:
    base = settings().base_url
    kinds = export_files.file_kinds(name)
    return [{"file": kind.value, "url": base + file_href(name, kind)} for kind in kinds]


def _as_json(href: str) -> dict[str, str]:
    return {"label": "JSON", "href": href, "type": "application/json"}


def _records() -> int:
    return sum(directory.system_counts().values())


def _ours() -> Iterator[dict[str, Any]]:
    """Give the files in the register's own forms."""
    words = {
        "ndjson": (
            _("The whole public register"),
            _("Every disclosure in its current version, one JSON object a line."),
        ),
        export_files.OURS: (
            _("The whole public register as one JSON array"),
            _("The same content, for programs that read a file as a whole."),
        ),
        flat_table.NAME: (
            _("The register as a table"),
            _("A row for each published disclosure, a column for each answer and language."),
        ),
    }
    for name in export_files.export_names():
        if name not in FORMATS:
            title, text = words.get(name, (name, data_words.sentence(name)))
            yield {"title": title, "text": text, "files": file_links(name)}


def _definitions() -> list[dict[str, Any]]:
    version = CURRENT.id
    schema = url_for("public.standard_version_json", version=version)
    dictionary = url_for("public.standard_version_csv", version=version)
    return [
        {
            "title": _("The standard"),
            "text": _("The questions, their kinds and rules."),
            "href": url_for("public.standard_version", version=version),
            "files": [
                {"label": "JSON Schema", "href": schema, "type": "application/schema+json"},
                {"label": _("Data dictionary (CSV)"), "href": dictionary, "type": "text/csv"},
            ],
        },
        {
            "title": _("The catalogue, for data portals"),
            "text": _("What files there are, described for programs that collect open data."),
            "href": None,
            "files": [
                {
                    "label": "DCAT-AP (JSON-LD)",
                    "href": plain_url("data.catalogue"),
                    "type": "application/ld+json",
                }
            ],
        },
    ]


def _calls() -> Iterator[dict[str, str]]:
    calls = {
        "/api/v1/disclosures": _("The disclosures that a search finds, page by page"),
        "/api/v1/disclosures/REF": _("One disclosure; add version=2 for a version"),
        "/api/v1/export?format=FORMAT&file=csv": _("The register as a file in a format"),
        "/api/v1/changes?since=SEQ": _(
            "What became of each record, in the order of the public log"
        ),
        "/api/v1/agencies": _("The directory of public bodies"),
        "/api/v1/obligations": _("Who has to file what by when, and whether it was filed"),
        "/api/v1/facets": _("The filters of a search with their counts"),
        "/api/v1/standards/v1": _("The standard as JSON Schema"),
    }
    for path, text in calls.items():
        yield {"method": "GET", "path": path, "text": text}
