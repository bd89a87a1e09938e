"""How a record becomes a row of the Eurocities standard."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from register.exchange.cells.language_names import SHORT_CODES
from register.exchange.cells.values import ValueMap
from register.exchange.cells.writers import pick
from register.exchange.eu import eurocities_values as values
from register.exchange.eu.eurocities_columns import COLUMNS
from register.exchange.mapping import Record, Row, Writing

SCHEME = "eurocities-0.3.1"
# The columns of pages elsewhere, and what such a page is.
ADDRESSES = {
    "documentation": "documentation",
    "product_information": "central registration",
    "product_page": "product page",
}
# What the sources are called of which three columns tell, in the order of our list.
SOURCES: Sequence[Mapping[str, str]] = (
    {"en": "Training data", "nl": "Trainingsdata", "fr": "Données d’entraînement"},
    {"en": "Source data", "nl": "Brondata", "fr": "Données sources"},
    {"en": "Connected data sources", "nl": "Aangesloten databronnen", "fr": "Sources connectées"},
)
_ROLES = {"training": 0, "evaluation": 0, "input": 1, "all": 1}
_SOURCE_COLUMNS = ("training_data", "source_data", "connected_data_sources")
_ANSWERS = {
    "domain": "policy_domains",
    "status": "phase",
    "risk_category": "impact_tier",
    "type": "decision_role",
}
Item = Mapping[str, Any]


class _Writer:
    """Writes what takes more than one answer of a record."""

    def __init__(self, record: Record, row: Row) -> None:
        self._record = record
        self._answers: Mapping[str, Any] = record["answers"]
        self._row = row
        filed = self._answers.get("languages") or ["en"]
        self._languages = sorted(filed, key=lambda code: code != "en")

    def write(self) -> None:
        self._write_frame()
        self._write_values()
        self._write_texts()
        self._write_sources()
        self._write_assessments()

    def _pick(self, text: Any) -> str:
        return pick(text, (*self._languages, *(text if isinstance(text, Mapping) else ())))

    def _items(self, field: str) -> Sequence[Item]:
        found: Sequence[Item] = self._answers.get(field) or ()
        return found

    def _write_frame(self) -> None:
        """Write what is about the row, and the numbers and addresses of the system elsewhere."""
        record, row = self._record, self._row
        row["organization"] = self._pick(record["agency"]["name"])
        row["standard_version"] = "0.3.1"
        row["lang"] = SHORT_CODES.write(self._languages[0])
        row["publication_date"] = str(record.get("first_published_at") or "")[:10]
        row["last_change_date"] = str(record.get("published_at") or "")[:10]
        row["revision_date"] = self._answers.get("next_review_due", "")
        elsewhere = {item["scheme"]: item for item in self._items("external_ids")}
        for column, scheme in ADDRESSES.items():
            row[column] = elsewhere.get(scheme, {}).get("url", "")
        given = elsewhere.get(SCHEME, {}).get("id", "")
        row["uuid"] = given or str(uuid5(NAMESPACE_URL, record["url"]))
        row["contact_email"] = (self._answers.get("contact_point") or {}).get("email", "")

    def _write_values(self) -> None:
        """Write one value where we have several options, or one that several values share."""
        words = list(self._answers.get("tags") or ())
        used = set()
        for column, known in values.KEPT.items():
            answer = self._answers.get(_ANSWERS[column]) or ()
            options = [answer] if isinstance(answer, str) else answer
            self._row[column], word = _value(options, words, known)
            used.add(word)
        self._row["keywords"] = ", ".join(each for each in words if each not in used)
        techniques = set(self._answers.get("techniques") or ())
        kinds = {"classical_ml"} if techniques & values.LEARNT else set()
        kinds |= techniques & {"rule_based"}
        written = values.ALGORITHM_TYPE.write_all(sorted(kinds))
        self._row["algorithm_type"] = written[0] if written else ""

    def _write_texts(self) -> None:
        weighed = self._answers.get("proportionality") or {}
        self._put("proportionality", weighed.get("necessity"), weighed.get("proportionality"))
        models = [(each.get("name"), each.get("version")) for each in self._items("models")]
        named = [" ".join(part for part in each if part) for each in models]
        self._row["methods_and_models"] = "; ".join(dict.fromkeys(named))
        parts = ("description", "mitigation", "residual")
        self._put("risks", *(risk.get(part) for risk in self._items("risks") for part in parts))
        self._put("performance", *map(self._told_result, self._items("performance")))
        self._put("lawful_basis", *map(self._told_law, self._items("legal_basis")))

    def _put(self, column: str, *texts: Any) -> None:
        said = [self._pick(text) for text in texts if text]
        self._row[column] = "\n".join(dict.fromkeys(text for text in said if text))

    def _told_result(self, item: Item) -> str:
        facts = [self._pick(item.get(part)) for part in ("metric", "value", "group", "dataset")]
        told = _titled(facts[0], ", ".join(fact for fact in [*facts[1:], item.get("date")] if fact))
        return "\n".join(part for part in (told, self._pick(item.get("text"))) if part)

    def _told_law(self, item: Item) -> str:
        named = [self._pick(item.get("title")), item.get("citation", ""), item.get("url", "")]
        return _titled(", ".join(part for part in named if part), self._pick(item.get("text")))

    def _write_sources(self) -> None:
        told: list[list[str]] = [[], [], []]
        parts = ("description", "origin", "collected_for", "quality_notes", "url")
        for item in self._items("data_sources"):
            at = _ROLES.get(item.get("role", ""), 2)
            name = self._pick(item.get("name"))
            said = "\n".join(self._pick(item[part]) for part in parts if item.get(part))
            told[at].append(_titled("" if name in SOURCES[at].values() and said else name, said))
        for column, texts in zip(_SOURCE_COLUMNS, told, strict=True):
            self._row[column] = "\n".join(texts)

    def _write_assessments(self) -> None:
        """Tell of the assessment of data protection apart from all others."""
        items = self._items("impact_assessments")
        dpia = [item for item in items if item.get("type") == "dpia_pia"]
        others = [item for item in items if item.get("type") != "dpia_pia"]
        for prefix, listed in (("DPIA", dpia), ("AIA", others)):
            self._put(f"{prefix}_description", *map(self._told_assessment, listed))
            self._row[f"{prefix}_url"] = next((e["url"] for e in listed if e.get("url")), "")

    def _told_assessment(self, item: Item) -> str:
        said = self._pick(item.get("summary")) or self._pick(item.get("reason_if_not"))
        return _titled(values.ASSESSMENT_NAMES.get(item.get("type", ""), ""), said)


def _value(options: Sequence[str], words: Sequence[str], known: ValueMap) -> tuple[str, str]:
    """Give the value for the first option that has one, and the word it was found by, if any."""
    for word in words:
        if word in known.merged and known.find(word) in options:
            return word, word
    return next((label for label in map(known.write, options) if label), ""), ""


def _titled(title: str, text: str) -> str:
    return ": ".join(part for part in (title, text) if part)


def _finish(record: Record, row: Row) -> None:
    _Writer(record, row).write()


def _shape(row: Row) -> dict[str, str | None]:
    """Give a row as an object in which what is not answered is null."""
    return {column: cell or None for column, cell in row.items()}


WRITING = Writing(columns=COLUMNS, files=("csv", "xlsx", "json"), finish=_finish, shape=_shape)
