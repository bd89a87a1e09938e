"""The pages of filing by spreadsheet, put together for their templates."""

from typing import Any

from flask import render_template, url_for

from register.config import LANGUAGE_NAMES
from register.exchange.sheet.sheet_columns import REFERENCE, REFERENCE_LABEL, layout_of
from register.exchange.sheet.sheet_reading import Problem
from register.exchange.sheet.sheet_words import Words
from register.services.directory import directory
from register.services.uploads.upload_planning import Fate, PlannedRow
from register.services.uploads.upload_undoing import Undoing
from register.services.uploads.uploading import Report
from register.standard import CURRENT
from register.web.languages import gettext as _
from register.web.languages import language, ngettext, said_in, say, text_view
from register.web.wiring import settings

MOST_ROWS = 500  # that a page shows; the marked file has them all
TONES = {
    Fate.CREATED: "green",
    Fate.CHANGED: "blue",
    Fate.AMENDED: "blue",
    Fate.UNCHANGED: "grey",
    Fate.REFUSED: "red",
}


def words() -> Words:
    """Give the words of the workbook in every language of this register."""
    languages = settings().languages
    return Words(
        layout=layout_of(CURRENT, languages),
        languages=languages,
        translate=said_in,
        bodies={body.slug: body.names for body in directory.list_bodies()},
    )


def upload_screen(errors: list[str], *, is_again: bool = False) -> str:
    """Offer the template and ask for a file."""
    return render_template(
        "uploads/upload.html",
        errors=[{"text": text, "href": "#file"} for text in errors],
        field_errors=errors,
        is_again=is_again,
        most=settings().max_upload_bytes // 1024 // 1024,
        templates=[
            {
                "href": url_for("uploads.template", lang=code),
                "lang": code,
                "name": LANGUAGE_NAMES.get(code, code),
            }
            for code in sorted(settings().languages, key=lambda code: code != language())
        ],
    )


def report_view(report: Report) -> dict[str, Any]:
    """Give what a report says, before or after the drafts are made."""
    labels = _labels(is_done=report.applied_at is not None)
    found = [(row, problem) for row in report.rows for problem in row.problems]
    headings = _headings() if found else {}
    return {
        "file_name": report.file_name,
        "take_in_href": url_for("uploads.take_in", token=report.token),
        "marked_href": url_for("uploads.marked", token=report.token),
        "discard_href": url_for("uploads.discard", token=report.token),
        "writes": report.writes,
        "created": report.counts[Fate.CREATED],
        "refused": report.counts[Fate.REFUSED],
        "counts": [
            {"label": label, "tone": TONES[fate], "number": report.counts[fate]}
            for fate, label in labels.items()
            if report.counts[fate]
        ],
        "problems": [_problem(row, each, headings) for row, each in found[:MOST_ROWS]],
        "more_problems": max(0, len(found) - MOST_ROWS),
        "rows": [_row(row, labels) for row in report.rows[:MOST_ROWS]],
        "more_rows": max(0, len(report.rows) - MOST_ROWS),
        "remarks": _remarks(report),
    }


def undo_screen(token: str, undoing: Undoing) -> str:
    """Say which drafts of a file would be discarded and which not, and ask for certain."""
    return render_template(
        "uploads/undo.html",
        file_name=undoing.file_name,
        number=len(undoing.open),
        discarded=undoing.discarded,
        remaining=[
            {
                "own": each.own,
                "name": text_view(each.name),
                "reference": each.reference,
                "href": url_for("filing.tasks", reference=each.reference),
                "reason": say(each.reason),
            }
            for each in undoing.remaining[:MOST_ROWS]
        ],
        more_rows=max(0, len(undoing.remaining) - MOST_ROWS),
        action=url_for("uploads.discard_drafts", token=token),
        back_href=url_for("uploads.report", token=token),
    )


def _labels(*, is_done: bool) -> dict[Fate, str]:
    if is_done:
        return {
            Fate.CREATED: _("New draft made"),
            Fate.CHANGED: _("Draft changed"),
            Fate.AMENDED: _("New version begun"),
            Fate.UNCHANGED: _("Nothing new"),
            Fate.REFUSED: _("Left out"),
        }
    return {
        Fate.CREATED: _("New draft"),
        Fate.CHANGED: _("Changes a draft"),
        Fate.AMENDED: _("Begins a new version"),
        Fate.UNCHANGED: _("Nothing new"),
        Fate.REFUSED: _("To mend"),
    }


def _row(row: PlannedRow, labels: dict[Fate, str]) -> dict[str, Any]:
    gaps = ngettext("%(num)s answer still missing", "%(num)s answers still missing", row.gaps)
    return {
        "place": _place(row.sheet, row.number),
        "own": row.own,
        "name": text_view(row.name),
        "label": labels[row.fate],
        "tone": TONES[row.fate],
        "gaps": gaps if row.gaps and row.fate is not Fate.REFUSED else "",
        "reference": row.reference,
        "href": url_for("filing.tasks", reference=row.reference) if row.reference else None,
    }


def _problem(row: PlannedRow, problem: Problem, headings: dict[str, str]) -> dict[str, Any]:
    place = problem.place
    return {
        "place": _place(place.sheet, place.row),
        "own": row.own,
        "letters": place.letters,
        "column": headings.get(place.path, place.path),
        "text": say(problem.sentence),
    }


def _place(sheet: str, number: int) -> dict[str, Any]:
    return {"sheet": sheet, "row": number}


def _headings() -> dict[str, str]:
    known, code = words(), language()
    found = {each.path: known.heading(each, code) for each in known.layout.columns}
    return {REFERENCE: say(REFERENCE_LABEL), **found}


def _remarks(report: Report) -> list[str]:
    told = [
        _("The column “%(heading)s” is none of the register's, so it is not read.", heading=heading)
        for _sheet, heading in report.unknown
    ]
    told += [
        _("No table was found on the sheet “%(sheet)s”, so it is not read.", sheet=sheet)
        for sheet in report.unread
    ]
    return told
