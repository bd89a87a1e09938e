"""How a record becomes an object of the Dutch register, whose texts are HTML and lists objects."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from register.exchange.cells.html_writing import cut, write_html
from register.exchange.cells.language_names import LONG_CODES
from register.exchange.cells.writers import pick
from register.exchange.mapping import Record, Row, Writing
from register.exchange.nl import nl_values as values

LARS, SOURCE = "Algoritmeregister", "Bronregister"  # whose numbers they are
UNNAMED_DATA = {"nl": "Gegevens", "en": "Data"}
COLUMNS = (
    "name",
    "description_short",
    "organization",
    "category",
    "status",
    "begin_date",
    "end_date",
    "contact_email",
    "website",
    "publication_category",
    "url",
    "goal",
    "proportionality",
    "human_intervention",
    "risks",
    "lawful_basis",
    "lawful_basis_grouping",
    "process_index_url",
    "impacttoetsen_grouping",
    "impacttoetsen",
    "source_data",
    "source_data_grouping",
    "methods_and_models",
    "provider",
    "publiccode",
    "lang",
    "standard_version",
    "source_id",
    "tags",
    "lars",
    "publication_dt",
)
_LISTS = frozenset(
    {"category", "lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping"}
)
_MOST = 2500  # characters of a text
_MOST_OF_TITLE = 100
_MOST_OF_LINK = 500
Item = Mapping[str, Any]


class _Writer:
    """Writes what takes more than one answer of a record."""

    def __init__(self, record: Record, row: Row) -> None:
        self._record = record
        self._answers: Mapping[str, Any] = record["answers"]
        self._row = row
        filed = self._answers.get("languages") or ["nl"]
        self._languages = sorted(filed, key=lambda code: code != "nl")

    def write(self) -> None:
        row = self._row
        row["lang"] = LONG_CODES.write(self._languages[0])
        row["standard_version"] = "1.0"
        row["publication_dt"] = str(self._record.get("first_published_at") or "")[:10]
        row["organization"] = cut(self._pick(self._record["agency"]["name"]), _MOST_OF_TITLE)
        self._write_numbers()
        self._write_themes()
        self._write_texts()
        self._write_laws()
        self._write_data()
        self._write_assessments()

    def _pick(self, text: Any) -> str:
        return pick(text, (*self._languages, *(text if isinstance(text, Mapping) else ())))

    def _items(self, field: str) -> Sequence[Item]:
        found: Sequence[Item] = self._answers.get(field) or ()
        return found

    def _write_numbers(self) -> None:
        numbers = {item["scheme"]: item for item in self._items("external_ids")}
        source = numbers.get(SOURCE, {})
        self._row["lars"] = numbers.get(LARS, {}).get("id", "")
        number, url = source.get("id", ""), source.get("url", "")
        if not self._record.get("import_provenance"):
            number, url = number or self._record["reference"], url or self._record["url"]
        self._row["source_id"] = "" if number == url else number[:_MOST_OF_TITLE]
        self._row["url"] = url if len(url) <= _MOST_OF_LINK else ""

    def _write_themes(self) -> None:
        """Write the themes; one that is kept among the words to search for stands for its area."""
        areas = list(self._answers.get("policy_domains") or ())
        words = list(self._answers.get("tags") or ())
        narrow = [w for w in words if w in values.WRITABLE_THEMES and values.THEME.find(w) in areas]
        told = {values.THEME.find(word) for word in narrow}
        wide = values.THEME.write_all([area for area in areas if area not in told])
        themes = list(dict.fromkeys([*narrow, *wide]))
        self._row["category"] = json.dumps(themes, ensure_ascii=False) if themes else ""
        self._row["tags"] = cut(", ".join(w for w in words if w not in narrow), _MOST)

    def _write_texts(self) -> None:
        answers = self._answers
        weighed = answers.get("proportionality") or {}
        affected = answers.get("affected_groups") or {}
        self._put("goal", answers.get("purpose"), affected.get("description"))
        self._put("proportionality", weighed.get("necessity"), weighed.get("proportionality"))
        parts = ("description", "mitigation", "residual")
        self._put("risks", *(risk.get(part) for risk in self._items("risks") for part in parts))

    def _put(self, column: str, *texts: Any) -> None:
        """Write several texts as the paragraphs of one."""
        said = [self._pick(text) for text in texts if text]
        self._row[column] = write_html("\n\n".join(dict.fromkeys(said)), _MOST)

    def _put_list(self, column: str, entries: Sequence[tuple[str, str]]) -> None:
        listed = [{"title": title, "link": link or None} for title, link in dict.fromkeys(entries)]
        self._row[column] = json.dumps(listed, ensure_ascii=False) if listed else ""

    def _write_laws(self) -> None:
        texts, links = [], []
        for law in self._items("legal_basis"):
            named = (self._pick(law.get("title")), law.get("citation", ""))
            title = ", ".join(part for part in named if part)
            text, url = self._pick(law.get("text")), law.get("url", "")
            if text or not url:
                texts.append(_titled(title, text))
            if url:
                links.append((cut(title or url, _MOST_OF_TITLE), url))
        self._put("lawful_basis", *texts)
        self._put_list("lawful_basis_grouping", _short_links(links))

    def _write_data(self) -> None:
        texts, links = [], []
        parts = ("description", "collected_for", "quality_notes")
        for source in self._items("data_sources"):
            name = self._pick(source.get("name"))
            title = "" if name in UNNAMED_DATA.values() else name
            said = [self._pick(source[part]) for part in parts if source.get(part)]
            url = source.get("url", "")
            if said or not url:
                texts.append(_titled(title, "\n".join(said)))
            if url:
                links.append((cut(name or url, 500), url))
        self._put("source_data", *texts)
        self._put_list("source_data_grouping", _short_links(links))

    def _write_assessments(self) -> None:
        """List the assessments that were made, and tell of the others in the text."""
        texts, listed = [], []
        for item in self._items("impact_assessments"):
            said, status = self._pick(item.get("summary")), item.get("status", "not_stated")
            said = said or self._pick(item.get("reason_if_not"))
            name = values.ASSESSMENT_NAMES.get(item.get("type", ""), "")
            if status == "done":
                is_title = _is_title(said)
                url = item.get("url", "")
                listed.append(
                    (said if is_title else name, url if len(url) <= _MOST_OF_LINK else "")
                )
                texts.append("" if is_title or not said else _titled(name, said))
            elif item.get("type") == "other" and status == "not_stated":
                texts.append(said)
            else:
                heading = f"{name} ({values.ASSESSMENT_STATUS.get(status, status)})"
                texts.append(_titled(heading, said or item.get("url", "")))
        reasons = [self._pick(each.get("public_reason")) for each in self._record["withheld"]]
        self._put("impacttoetsen", *texts, *reasons)
        self._put_list("impacttoetsen_grouping", listed)


def _titled(title: str, text: str) -> str:
    return ": ".join(part for part in (title, text) if part)


def _is_title(text: str) -> bool:
    """Tell whether the summary of an assessment is the name of the instrument and no more."""
    is_short = 0 < len(text) <= _MOST_OF_TITLE and "\n" not in text
    return is_short and (values.ASSESSMENT.find(text) is not None or not text.endswith("."))


def _short_links(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(title, link) for title, link in links if len(link) <= _MOST_OF_LINK]


def _finish(record: Record, row: Row) -> None:
    _Writer(record, row).write()


def _shape(row: Row) -> dict[str, Any]:
    """Give a row as an object: lists are lists, and what is not answered is null."""
    return {
        column: (json.loads(cell) if column in _LISTS else cell) if cell else None
        for column, cell in row.items()
    }


WRITING = Writing(columns=COLUMNS, files=("json",), finish=_finish, shape=_shape)
