"""How the columns and the first rows of a brought file are read, put together for the page."""

from collections.abc import Mapping
from typing import Any

from register.services.imports.import_call import sentence_from
from register.standard import CURRENT
from register.standard.content import Content
from register.web.languages import say, text_view
from register.web.secretariat.import_words import question_words, transform_words
from register.web.showing import filing_pages


def reading_view(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give what ``macros/import_columns.html`` draws, from a preview that was kept."""
    columns = [_column(each) for each in kept["columns"]]
    return {
        "looked_at": kept["looked_at"],
        "is_whole": kept["is_whole"],
        "encoding": kept["encoding"],
        "columns": [each for each in columns if each["is_known"]],
        "unread": [each for each in columns if not each["is_known"]],
        "missing": kept["missing"],
        "unknown": [
            {"heading": each["heading"], "value": value, "number": number}
            for each in kept["columns"]
            for value, number in each["unknown"].items()
        ],
        "rows": [_row(each) for each in kept["rows"]],
    }


def _column(column: Mapping[str, Any]) -> dict[str, Any]:
    readings: dict[str, list[str]] = {}
    for each in column["answers"]:
        words = readings.setdefault(question_words(each["path"]), [])
        if (how := transform_words(each["transform"])) not in words:
            words.append(how)
    return {
        "heading": column["heading"],
        "is_known": column["is_known"],
        "filled": column["filled"],
        "example": column["example"],
        "unknown": column["unknown_total"],
        "readings": [{"question": q, "how": "; ".join(how)} for q, how in readings.items()],
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    content = Content.from_json(row["content"]) if row["content"] else None
    return {
        "number": row["number"],
        "source_id": row["source_id"],
        "name": text_view(content.answers.get("name")) if content else None,
        "agency": text_view(row["agency"]),
        "sections": _sections(content) if content else [],
        "problems": [
            {
                "question": question_words(each["field"]),
                "text": say(sentence_from(each["sentence"])),
            }
            for each in row["problems"]
        ],
    }


def _sections(content: Content) -> list[dict[str, Any]]:
    """Give the answers that a row gives, and none of those that it does not."""
    given = content.answers.keys() - {"record_kind", "languages"}
    sections = []
    for section in filing_pages.arising_sections(CURRENT, content):
        rows = filing_pages.answer_rows(CURRENT, section, content, {})
        answered = [
            {**row, "views": [v for v in row["views"] if v["answer"]["state"] == "answered"]}
            for row in rows
            if row["name"] in given
        ]
        if answered:
            sections.append({"title": say(section.title), "rows": answered})
    return sections
