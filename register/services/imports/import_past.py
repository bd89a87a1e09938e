"""What earlier imports of a format left in the trail, and whether a new file fits to it."""

from collections.abc import Mapping, Set
from typing import Any

from register.errors import Conflict, Message
from register.exchange.cells.values import fold
from register.exchange.formats import FORMATS
from register.services.imports.import_report import Shrinkage
from register.services.imports.import_survey import Survey
from register.standard.marking import _
from register.storage import imports

SAME_FILE = _("This very file was imported for %(others)s before. Check the agency.")
SMALLER = _(
    "%(file)s is smaller than %(last)s, the last file. Rows: %(rows)s, before: %(before)s. "
    "Missing columns: %(columns)s. Missing agencies: %(agencies)s. "
    "See whether the file is whole; if it is, accept it as smaller."
)
NONE = "–"


class Smaller(Conflict):
    """A file has less than the last one, and nobody has said yet that this is right."""

    def __init__(self, file: str, shrinkage: Shrinkage) -> None:
        """Say what ``file`` lacks."""
        self.shrinkage = shrinkage
        super().__init__(
            Message(
                SMALLER,
                file=file,
                last=shrinkage.last_file,
                rows=shrinkage.rows,
                before=shrinkage.last_rows,
                columns=", ".join(shrinkage.missing_columns) or NONE,
                agencies=", ".join(shrinkage.missing_agencies) or NONE,
            )
        )


def refuse_other_bodies(survey: Survey) -> None:
    """Raise :exc:`Conflict` if the file, or one that says the same, was taken in for others."""
    before = imports.agencies_of_file(survey.file_hash, survey.rows_hash or "none")
    others = sorted(before - set(survey.agency_rows))
    if others:
        raise Conflict(Message(SAME_FILE, others=", ".join(others)))


def is_settled(survey: Survey) -> bool:
    """Tell whether the last import for these agencies was of this file, and came to its end."""
    for action, details in imports.list_runs(survey.format):
        if set(details["agencies"]) & set(survey.agency_rows):
            is_same = details["sha256"] == survey.file_hash and "agency_rows" in details
            return is_same and action == imports.FINISHED
    return False


def find_shrinkage(survey: Survey) -> Shrinkage | None:
    """Tell what the last file of this format had for these agencies and this one has not.

    A file that names its agencies is also compared with the last such file in the agencies that it
    names: where it was cut short, some may be gone altogether.
    """
    own, counts, last = set(survey.agency_rows), dict[str, int](), None
    for _action, details in imports.list_runs(survey.format):
        if "agency_rows" not in details:
            continue
        if last is None and own & set(details["agencies"]):
            last = details
        for slug, number in details["agency_rows"]:
            counts.setdefault(slug, number)
    if last is None:
        return None
    missing = {slug: counts[slug] for slug in _companions(survey, last) - own}
    found = Shrinkage(
        last_file=last["file"],
        last_rows=sum(counts.get(slug, 0) for slug in own | missing.keys()),
        rows=sum(survey.agency_rows.values()),
        missing_columns=_missing_columns(survey, last),
        missing_agencies=missing,
    )
    is_smaller = found.rows < found.last_rows or found.missing_columns or missing
    return found if is_smaller else None


def list_absent(survey: Survey, slugs: Set[str], seen: Set[int]) -> list[str]:
    """Give the references of what such files brought before, for which this one has no row.

    ``seen`` are the hashes of the keys under which rows of this file are known.
    """
    return [
        reference
        for slug in sorted(slugs)
        for reference, key in imports.iterate_keys(survey.format, slug)
        if hash((slug, key)) not in seen
    ]


def _companions(survey: Survey, last: Mapping[str, Any]) -> set[str]:
    """Give the agencies that stood beside these in a file which named its agencies itself."""
    is_named_by_rows = survey.agency is None and last.get("agency") is None
    return set(last["agencies"]) if is_named_by_rows else set()


def _missing_columns(survey: Survey, last: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the columns that are gone; a heading spelled otherwise is the same column."""
    dialect = FORMATS[survey.format]

    def meant(heading: str) -> str:
        return dialect.column_of(heading) or fold(heading)

    present = set(map(meant, survey.columns))
    return tuple(column for column in last["columns"] if meant(column) not in present)
