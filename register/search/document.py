"""What is indexed of a disclosure: only what its public JSON says, nothing withheld or private."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from register.search import language
from register.search.acronyms import initials
from register.standard.field import Field, Kind, Standard

#: Gives an option's label in a language: ``label("In use", "ur")``.
Label = Callable[[str, str], str]

_WORDS = {Kind.LINE, Kind.PROSE}
_OPTIONS = {Kind.CHOICE, Kind.CHOICES}


class Text(NamedTuple):
    """What is said, and the code of the language in which; empty where nobody stated it.

    ``is_written`` is false for what nobody wrote, such as initials: it is found, never suggested.
    """

    said: str
    language: str = ""
    is_written: bool = True


@dataclass(frozen=True)
class Document:
    """The texts, facet values and sorting facts of one published disclosure.

    ``texts`` holds the texts of each of ``name``, ``summary`` and ``body`` in every language;
    ``facets`` the values of each facet; ``updated`` seconds since 1970; ``sort_names`` the name to
    sort by in each language.
    """

    reference: str
    texts: Mapping[str, Sequence[Text]]
    facets: Mapping[str, Sequence[str]]
    updated: int
    sort_names: Mapping[str, str]


def from_publication(
    publication: Mapping[str, Any],
    standard: Standard,
    *,
    languages: Sequence[str] = ("en",),
    label: Label | None = None,
) -> Document | None:
    """Read the public JSON of a disclosure; give ``None`` if it is not to be found (withdrawn).

    Belt and braces: an answer named in ``withheld``, or to a question that is not public, is
    skipped even if the JSON has it.
    """
    if publication.get("status", "published") != "published":
        return None
    answers = _public_answers(publication, standard)
    agency = publication.get("agency") or {}
    reader = _Reader(languages, label or (lambda text, _language: text))
    body = [Text(str(publication["reference"]))]
    body += [*_texts(agency.get("name")), *_texts(agency.get("abbreviation"))]
    body += _initials(answers.get("name"))
    body += [] if agency.get("abbreviation") else _initials(agency.get("name"))
    for field in standard:
        if field.name not in ("name", "summary") and field.name in answers:
            body.extend(reader.texts(field, answers[field.name]))
    return Document(
        reference=str(publication["reference"]),
        texts={
            "name": _texts(answers.get("name")),
            "summary": _texts(answers.get("summary")),
            "body": list(dict.fromkeys(body)),
        },
        facets=_facets(publication, answers, standard),
        updated=_epoch(publication.get("published_at")),
        sort_names=_sort_names(answers, languages),
    )


def _public_answers(publication: Mapping[str, Any], standard: Standard) -> dict[str, Any]:
    answers = publication.get("answers") or {}
    withheld = {entry.get("field") for entry in publication.get("withheld") or ()}
    return {
        field.name: answers[field.name]
        for field in standard
        if field.public and field.name in answers and field.name not in withheld
    }


class _Reader:
    """Collects the words of answers, kind by kind."""

    def __init__(self, languages: Sequence[str], label: Label) -> None:
        self._languages = languages
        self._label = label

    def texts(self, field: Field, answer: Any) -> Iterator[Text]:
        """Give every text of an answer that people may look for."""
        if not field.public or answer is None:
            return
        if field.kind in _WORDS:
            yield from _texts(answer)
        elif field.kind is Kind.LINES:
            yield from (Text(str(line)) for line in answer)
        elif field.kind in _OPTIONS:
            yield from self._labels(field, _values(answer))
        elif field.kind in (Kind.GROUP, Kind.GROUPS):
            for item in answer if isinstance(answer, list) else [answer]:
                for part in field.parts:
                    yield from self.texts(part, item.get(part.name))

    def _labels(self, field: Field, values: Sequence[str]) -> Iterator[Text]:
        known = {option.value: option.label for option in field.options}
        for english in (known[value] for value in values if value in known):
            yield Text(english, "en")
            for code in self._languages:
                if code != "en":
                    yield Text(self._label(english, code), code)


def _texts(answer: Any) -> list[Text]:
    if isinstance(answer, Mapping):
        return [Text(str(text), str(code)) for code, text in answer.items()]
    return [Text(str(answer))] if answer else []


def _initials(name: Any) -> list[Text]:
    """Give the initials of a name in English, or of one whose language nobody stated."""
    texts = [text.said for text in _texts(name) if text.language in ("en", "")]
    return [Text(found, is_written=False) for text in texts for found in initials(text)]


def _values(answer: Any) -> list[str]:
    return [str(value) for value in answer] if isinstance(answer, list) else [str(answer)]


def _facets(
    publication: Mapping[str, Any], answers: Mapping[str, Any], standard: Standard
) -> dict[str, list[str]]:
    agency = publication.get("agency") or {}
    since = str(answers.get("in_use_since") or publication.get("first_published_at") or "")
    facets = {
        field.name: list(dict.fromkeys(_values(answers[field.name])))
        for field in standard.facets
        if field.name in answers
    }
    system = {"agency": agency.get("slug"), "level": agency.get("level"), "year": since[:4]}
    return facets | {name: [str(value)] for name, value in system.items() if value}


def _epoch(moment: Any) -> int:
    return int(datetime.fromisoformat(str(moment)).timestamp()) if moment else 0


def _sort_names(answers: Mapping[str, Any], languages: Sequence[str]) -> dict[str, str]:
    name = answers.get("name")
    names = name if isinstance(name, Mapping) else {"en": str(name or "")}
    stated = answers.get("languages")
    first = stated[0] if isinstance(stated, list) and stated else "en"
    fallback = names.get(first) or next(iter(names.values()), "")
    return {code: str(names.get(code) or fallback) for code in languages}


class Words(NamedTuple):
    """The stems of several texts in one row, and their distinct words as they are spelt."""

    stems: list[str]
    surfaces: set[str]


def analyse(texts: Iterable[Text]) -> Words:
    """Give the words of several texts, with a boundary between them that no phrase can cross."""
    words = Words([], set())
    for text in texts:
        found = language.readings(text.said, text.language)
        if found and words.stems:
            words.stems.append(language.BOUNDARY)
        words.stems.extend(reading.stem for reading in found)
        if text.is_written:
            surfaces = (reading.surface for reading in found)
            words.surfaces.update(surface for surface in surfaces if "-" not in surface)
    return words
