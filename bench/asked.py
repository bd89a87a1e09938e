"""Documents, queries and what is relevant to them, from wherever they are at hand."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from register.exchange.identity import normalised_name

JUDGEMENTS = Path(__file__).parent / "judgements"

#: A disclosure's public JSON.
Publication = Mapping[str, Any]

_RELEVANT_CODES = {"1", "2", "3", "4"}
_ENOUGH = 80


@dataclass(frozen=True)
class Asked:
    """A query, with the grade of each reference that is of any use to whoever asks it.

    ``without`` is a reference to leave out of what is found, because the query was taken from it.
    """

    id: str
    text: str
    grades: Mapping[str, float]
    language: str = "en"
    without: str = ""


@dataclass(frozen=True)
class Collection:
    """What is searched, and what is asked.

    Where ``is_likeness``, people said of everything how like it is, so that nothing is wholly
    irrelevant: recall means little there, and any order is worth something.
    """

    name: str
    publications: Sequence[Publication]
    asked: Sequence[Asked]
    is_likeness: bool = False


def judged(publications: Sequence[Publication], keys: Mapping[str, str]) -> Collection:
    """Ask our own queries of a register; ``keys`` leads from a record's key to its reference."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _table("qrels.tsv"):
        if reference := keys.get(row["record"]):
            grades[row["query"]][reference] = int(row["grade"])
    asked = [
        Asked(row["id"], row["query"], grades[row["id"]], row["language"])
        for row in _table("queries.tsv")
    ]
    return Collection("judged", publications, asked)


def missing(keys: Mapping[str, str]) -> list[str]:
    """Give the keys that were judged and that this register does not have."""
    return sorted({row["record"] for row in _table("qrels.tsv")} - keys.keys())


def key_of(publication: Publication, source: tuple[str | None, str | None]) -> str:
    """Name a record so that another import finds it; the sample's by its body and its name."""
    if source[0]:
        return f"{source[0]}:{source[1]}"
    return f"sample:{publication['agency']['slug']}/{_name(publication)}"


def same_system(
    earlier: Sequence[Publication], later: Sequence[Publication], words: int
) -> Collection:
    """Ask for what a body says of a system in one year with words that it said in another.

    Nobody judged these: what is relevant is the one later record of the same body and name.
    """
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for publication in later:
        known[_owner(publication), _name(publication)].append(publication["reference"])
    asked = []
    for publication in earlier:
        said = next(iter((publication["answers"].get("purpose") or {}).values()), "")
        found = known.get((_owner(publication), _name(publication)), ())
        if len(found) == 1 and len(said) > _ENOUGH and _name(publication):
            text = " ".join(said.split()[:words])
            asked.append(Asked(publication["reference"], text, {found[0]: 1}))
    return Collection(f"same system, {words} words", later, asked)


def cranfield(folder: Path) -> Collection:
    """Read a collection in the form of SMART, as Cranfield, CACM, CISI and MED are given away.

    The folder holds three files whose names contain ``.all``, ``.qry`` or ``query``, and ``rel``.
    Queries are numbered as they come, as Cranfield's judgements do. Its codes were read in both
    directions, so a document is relevant or not.
    """
    documents = list(_smart(_find(folder, ".all")))
    queries = list(_smart(_find(folder, ".qry", "query")))
    grades: dict[int, dict[str, int]] = defaultdict(dict)
    for line in _read(_find(folder, "rel")).splitlines():
        query, document, code, *_rest = [*line.split(), "0", "0"]
        if code in _RELEVANT_CODES or _rest[:1] == ["0.000000"]:
            grades[int(query)][f"DOC-{int(document):06}"] = 1
    asked = [
        Asked(str(place), said.get("W", "").replace("\n", " "), grades[place])
        for place, said in enumerate(queries, start=1)
        if grades[place]
    ]
    return Collection(folder.name, [_published(said) for said in documents], asked)


def _table(name: str) -> Iterator[dict[str, str]]:
    with (JUDGEMENTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _name(publication: Publication) -> str:
    return normalised_name(next(iter((publication["answers"].get("name") or {"": ""}).values())))


def _owner(publication: Publication) -> str:
    return str(publication["agency"]["slug"])


def _find(folder: Path, *parts: str) -> Path:
    files = sorted(folder.iterdir())
    found = [path for path in files if any(part in path.name.lower() for part in parts)]
    if not found:
        raise FileNotFoundError(f"{folder} has no file whose name contains {' or '.join(parts)}")
    return found[0]


def _read(path: Path) -> str:
    return path.read_text(encoding="latin-1")


def _smart(path: Path) -> Iterator[dict[str, str]]:
    for record in re.split(r"(?m)^\.I\s+", _read(path))[1:]:
        number, *parts = re.split(r"(?m)^\.([A-Z])[ \t]*$", record)
        yield {"I": number.strip()} | dict(_pairs(parts))


def _pairs(parts: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True)


def _published(said: Mapping[str, str]) -> Publication:
    answers = {"name": {"en": said.get("T", "")}, "purpose": {"en": said.get("W", "")}}
    return {"reference": f"DOC-{int(said['I']):06}", "standard": "v1", "answers": answers}
