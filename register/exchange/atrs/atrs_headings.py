"""The fields of the United Kingdom's template, version 4.0, and the headings that mean them.

Teams write a field's number, its label, or both. The label counts for more: pages number fields
in their own way, and version 3 numbered some differently. Three labels stand twice; which is
meant, the fields around it tell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from register.exchange.cells.values import one_line
from register.exchange.files.reading import Table
from register.exchange.files.transposed import is_transposed, read_transposed
from register.exchange.mapping import IsHeading, Opener

TITLE, BODY, PHASE = "Title", "Organisation name", "Phase"
REGION, SENTENCE, FUNCTION = "Region", "One sentence description", "Function"
FACETS = (TITLE, BODY, PHASE, REGION, FUNCTION, SENTENCE)
_LABELS = {
    "1.1": "Name",
    "1.2": "Description",
    "1.3": "Website URL",
    "1.4": "Contact email",
    "2.1.1": "Organisation or department",
    "2.1.2": "Team",
    "2.1.3": "Senior responsible owner (role title)",
    "2.1.4": "Third party involvement (Yes/No)",
    "2.1.4.1": "Third party",
    "2.1.4.2": "Companies House Number",
    "2.1.4.3": "Third party role",
    "2.1.4.4": "Procurement procedure type",
    "2.1.4.5": "Third party data access terms",
    "2.2.1": "Detailed description (incl. scope)",
    "2.2.2": "Benefits",
    "2.2.3": "Previous process",
    "2.2.4": "Alternatives considered",
    "2.3.1": "Integration into broader operational process",
    "2.3.2": "Human review",
    "2.3.3": "Frequency and scale of usage",
    "2.3.4": "Required training",
    "2.3.5": "Appeals and review",
    "2.4.1.1": "System architecture",
    "2.4.1.2": "System-level input",
    "2.4.1.3": "System-level output",
    "2.4.1.4": "Maintenance",
    "2.4.1.5": "Models",
    "2.4.2.1": "Model name",
    "2.4.2.2": "Model version",
    "2.4.2.3": "Model task",
    "2.4.2.4": "Model input",
    "2.4.2.5": "Model output",
    "2.4.2.6": "Model architecture",
    "2.4.2.7": "Model performance",
    "2.4.2.8": "Datasets and their purposes",
    "2.4.3.1": "Development data description",
    "2.4.3.2": "Data modality",
    "2.4.3.3": "Data quantities",
    "2.4.3.4": "Sensitive attributes",
    "2.4.3.5": "Data completeness and representativeness",
    "2.4.3.6": "Data cleaning",
    "2.4.3.7": "Data collection",
    "2.4.3.8": "Data access and storage",
    "2.4.3.9": "Data sharing agreements",
    "2.4.4.1": "Data sources",
    "2.4.4.2": "Sensitive attributes",
    "2.4.4.3": "Data processing methods",
    "2.4.4.4": "Data access and storage",
    "2.4.4.5": "Data sharing agreements",
    "2.5.1": "Impact assessments",
    "2.5.2": "Risks and mitigations",
}
COLUMNS = (*FACETS, *(f"{number} {label}" for number, label in _LABELS.items()))
_OTHER_LABELS = {
    "2.1.1": ("organisation", "organisation/department"),
    "2.1.3": ("senior responsible owner", "sro", "senior responsible owner role"),
    "2.1.4": ("third party involvement", "external supplier involvement"),
    "2.1.4.1": ("third party name", "external supplier", "supplier"),
    "2.1.4.2": ("company number", "companies house no"),
    "2.1.4.3": ("external supplier role",),
    "2.1.4.4": ("procurement procedure",),
    "2.1.4.5": ("data access terms",),
    "2.2.1": ("detailed description",),
    "2.2.2": ("benefit",),
    "2.3.1": ("process integration", "integration into decision making process"),
    "2.3.2": ("human decisions and review", "human decisions and review process"),
    "2.3.3": ("frequency and scale", "frequency scale"),
    "2.4.2.8": ("datasets and purposes", "datasets purposes"),
    "2.4.3.1": ("development data", "data description", "dev data description"),
    "2.4.3.3": ("data quantity",),
    "2.4.3.5": ("data completeness", "completeness and representativeness"),
    "2.4.4.1": ("operational data sources", "op data sources", "operational data"),
    "2.5.1": ("impact assessment",),
    "2.5.2": ("risks", "risks mitigations", "risks and mitigation"),
}
# What version 3 asked for beside these; its numbers mean other fields now.
_GONE = frozenset(
    {
        *("id", "standard version", "scope", "provided information", "source data name"),
        *("source data url", "datasets", "dataset purposes", "dataset cards"),
    }
)
REPEATED = frozenset(
    column for column in COLUMNS if re.match(r"2\.1\.4\.\d|2\.4\.[234]\.|2\.5\.", column)
)
_HEADING = re.compile(r"\W*(?P<number>\d+(?:\.\d+)*)?(?P<label>.*)", re.DOTALL)
_NUMBER_BEHIND = re.compile(r"^(.*)\((\d+(?:\.\d+)+)\)$")


def _plain(label: str) -> str:
    """Give the form in which labels are compared: no brackets, no marks, no case."""
    bare = re.sub(r"\([^()]*\)", " ", label.replace("_", " ")).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^\w/]+", " ", bare).split())


def _by_label() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {_plain(label): (label,) for label in FACETS}
    found["phase of the tool"] = (PHASE,)
    for number, label in _LABELS.items():
        column = f"{number} {label}"
        for each in (label, *_OTHER_LABELS.get(number, ())):
            found[_plain(each)] = (*found.get(_plain(each), ()), column)
    return found


_BY_LABEL = _by_label()
_BY_NUMBER = {number: f"{number} {label}" for number, label in _LABELS.items()}


def find_heading(heading: str) -> str | None:
    """Give the column that a heading means, the first of two of that name, or ``None``."""
    return next(iter(_candidates(heading)), None)


def _candidates(heading: str) -> tuple[str, ...]:
    text = one_line(heading)
    if behind := _NUMBER_BEHIND.fullmatch(text):
        text = f"{behind[2]} {behind[1]}"
    match = _HEADING.fullmatch(text)
    number, label = (match["number"] or "", _plain(match["label"])) if match else ("", "")
    numbered = _BY_NUMBER.get(number)
    named = _BY_LABEL.get(label, ())
    if numbered in named:
        return (numbered,) if numbered else ()
    if named:
        return named
    return (numbered,) if numbered and label not in _GONE else ()


def resolved(headings: Iterable[str]) -> Iterator[str | None]:
    """Give the column of each heading in turn; one of two of that name by those around it."""
    used: set[str] = set()
    section = ""
    for heading in headings:
        candidates = _candidates(heading)
        near = [each for each in candidates if each.startswith(section)] if section else []
        free = [each for each in candidates if each not in used]
        column = next(iter(near or free or candidates), None)
        if column:
            used.add(column)
            section = column[:6] if column.startswith("2.4.") else section
        yield column


def prepare(open_as: Opener, is_heading: IsHeading) -> Table:
    """Read a table, or the template as teams fill it in, with a field a row."""
    if is_transposed(open_as, find_heading):
        return read_transposed(open_as, resolved, REPEATED)
    table = open_as(is_heading)
    columns = zip(table.header, resolved(table.header), strict=True)
    header = [column if _is_twofold(heading) else heading for heading, column in columns]
    return replace(table, header=tuple(each or "" for each in header))


def _is_twofold(heading: str) -> bool:
    """Tell whether a heading alone does not say which field it is."""
    return len(_candidates(heading)) > 1


def column_of(number: str) -> str:
    """Give the column of a field by its number; a facet is its own."""
    return _BY_NUMBER.get(number, number)
