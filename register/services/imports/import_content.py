"""What a row of a file says, as the content of a disclosure: nothing added, nothing smoothed."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from register.errors import Invalid, Message
from register.exchange.mapping import Format
from register.exchange.result import ImportedRow, RowWarning
from register.schemas.missing import required_but_absent
from register.schemas.validate import validate
from register.services.imports.import_report import Rejection
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.marking import _

WITHHELD = _(
    "The source withholds this case (%(words)s) without the provision, the day of the decision or "
    "of its review, so what it leaves out is marked as not stated by the source."
)


def content_of(row: ImportedRow, agency: str) -> Content:
    """Give the row's content for an agency, valid for an import.

    Texts are in Unicode's form NFC. What the standard demands and the source does not say is named
    in ``not_stated``; where a group is answered in part, its gaps are let pass. Raise
    :exc:`Invalid` by field path if what the source says has a wrong shape.
    """
    answers = {**composed(row.content.answers), "agency": agency}
    content = replace(row.content, answers=answers, not_stated=())
    absent = required_but_absent(CURRENT, content)
    return validate(CURRENT, replace(content, not_stated=absent), is_imported=True)


def rejections_of(row: ImportedRow, error: Invalid, dialect: Format) -> list[Rejection]:
    """Say of each wrong answer in which column it stands."""
    return [
        Rejection(row.number, column_of(path, dialect), path, sentence)
        for path, sentences in error.errors.items()
        for sentence in sentences
    ]


def column_of(path: str, dialect: Format) -> str:
    """Give the column that answers ``path`` or, if none does, its field; ``""`` if none."""
    columns = {link.path: link.column for link in reversed(dialect.links)}
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        if column := columns.get(".".join(steps[:length])):
            return column
    return next((link.column for link in dialect.links if link.field == steps[0]), "")


def withheld_warning(row: ImportedRow, dialect: Format) -> RowWarning | None:
    """Remark that the source withholds a case, since a row cannot say all that withholding takes.

    An entry under ``withheld`` states a provision of law and two days. The sources give none of
    them, and none is made up.
    """
    if row.withheld_ground is None:
        return None
    text = Message(WITHHELD, words=row.withheld_text or row.withheld_ground).english
    return RowWarning(row.number, column_of("withheld", dialect), "withheld", text, "withheld")


def composed(value: Any) -> Any:
    """Give a JSON value with all its texts in Unicode's form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(each) for each in value]
    if isinstance(value, Mapping):
        return {name: composed(each) for name, each in value.items()}
    return value


def hash_of(content: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a content's JSON, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
