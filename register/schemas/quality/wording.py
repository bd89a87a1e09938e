"""The rules about the texts of a record: each gives the share that it grants, and its findings.

A rule that has nothing to judge grants ``None``: it neither gives nor takes points.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from register.schemas.quality import reading
from register.schemas.quality.abbreviations import explained_in, used_in
from register.schemas.quality.completeness import characters, least_characters
from register.schemas.quality.marks import Finding
from register.schemas.quality.texts import Text, prints_of
from register.standard.field import Kind
from register.standard.quality import BY_ID, MEASURED

Judged = tuple[float | None, list[Finding]]


class _Measure(NamedTuple):
    """How the texts of a language are measured, and how a finding calls the result."""

    language: str
    words: Callable[[str], int]
    take: Callable[[str], float]
    name: str


_MEASURES = {
    "reading": _Measure("en", reading.english_words, reading.grade, "grade"),
    "sentences": _Measure("ur", reading.urdu_words, reading.sentence_length, "length"),
}


def languages(texts: Sequence[Text], codes: Sequence[str]) -> Judged:
    """Judge whether each text is there in each language of the record."""
    if not texts or not codes:
        return None, []
    missing = Counter(
        (text.field, code) for text in texts for code in codes if code not in text.by_language
    )
    share = 1 - sum(missing.values()) / (len(texts) * len(codes))
    return share, [Finding(rule="languages", field=f, language=code) for f, code in missing]


def enough(texts: Sequence[Text]) -> Judged:
    """Judge whether the long texts are more than a few characters."""
    judged, findings = 0, []
    for text in texts:
        least = least_characters(text.field, is_part=text.is_part)
        for language, words in text.by_language.items() if text.kind is Kind.PROSE else ():
            judged += 1
            if characters(words) < least:
                values = {"characters": characters(words), "least": least}
                findings.append(
                    Finding(rule="enough", field=text.field, language=language, values=values)
                )
    return (1 - len(findings) / judged if judged else None), findings


def easy_english(texts: Sequence[Text]) -> Judged:
    """Judge the reading level of what is measured, in English."""
    return _measured(texts, "reading")


def short_urdu(texts: Sequence[Text]) -> Judged:
    """Judge the length of the sentences of what is measured, in Urdu."""
    return _measured(texts, "sentences")


def abbreviations(texts: Sequence[Text], known: Collection[str]) -> Judged:
    """Judge whether abbreviations are explained, each language for itself."""
    if not texts:
        return None, []
    count, findings = 0, []
    for code in dict.fromkeys(code for text in texts for code in text.by_language):
        spoken = [(t.field, t.by_language[code]) for t in texts if code in t.by_language]
        seen = {*known, *explained_in(words for _field, words in spoken)}
        for field, words in spoken:
            found = [each for each in used_in(words) if each not in seen]
            if found:
                seen.update(found)
                count += len(found)
                values = {"words": ", ".join(found)}
                findings.append(
                    Finding(rule="abbreviations", field=field, language=code, values=values)
                )
    return max(0.0, 1 - count / BY_ID["abbreviations"].limits["worst"]), findings


def repeated(texts: Sequence[Text]) -> Judged:
    """Judge whether a long text stands under two questions."""
    limits = BY_ID["repeated"].limits
    first: dict[tuple[str, str], str] = {}
    findings: list[Finding] = []
    prints = prints_of(texts, limits["long"])
    for place, mark in prints:
        earlier = first.setdefault((place.language, mark), place.field)
        if earlier != place.field:
            values = {"question": earlier}
            findings.append(
                Finding(rule="repeated", field=place.field, language=place.language, values=values)
            )
    share = max(0.0, 1 - len(findings) / limits["worst"])
    return (share if prints else None), findings


def _measured(texts: Sequence[Text], rule: str) -> Judged:
    limits, measure = BY_ID[rule].limits, _MEASURES[rule]
    shares, findings = [], []
    for text in texts:
        words = text.by_language.get(measure.language, "")
        if text.field not in MEASURED or measure.words(words) < limits["words"]:
            continue
        value = round(measure.take(words), 1)
        share = (limits["bad"] - value) / (limits["bad"] - limits["good"])
        shares.append(min(1.0, max(0.0, share)))
        if value > limits["told"]:
            values = {measure.name: value}
            findings.append(
                Finding(rule=rule, field=text.field, language=measure.language, values=values)
            )
    return (sum(shares) / len(shares) if shares else None), findings
