"""The judge: marks for what the public may read of a record, by the published rules."""

from collections.abc import Collection, Mapping

from register.schemas.present import public_content
from register.schemas.quality import wording
from register.schemas.quality.abbreviations import capitals_in
from register.schemas.quality.completeness import completeness
from register.schemas.quality.marks import Finding, Marks, Traces
from register.schemas.quality.texts import links_of, names_of, prints_of, texts_of
from register.schemas.quality.wording import Judged
from register.schemas.sound import shaped, sound
from register.standard.content import Content
from register.standard.field import Standard
from register.standard.quality import BY_ID, VERSION


def judge(standard: Standard, content: Content, *, known: Collection[str] = ()) -> Marks:
    """Judge the content; ``known`` are abbreviations that its readers know, such as the agency's.

    Only what anybody may read is looked at, so nothing else can show in score or findings.
    """
    public = _public(standard, content)
    texts = texts_of(standard, public.answers)
    seen = {*known, *capitals_in(names_of(standard, public.answers))}
    judged: dict[str, Judged] = {
        "answered": completeness(standard, public),
        "languages": wording.languages(texts, public.languages),
        "enough": wording.enough(texts),
        "reading": wording.easy_english(texts),
        "sentences": wording.short_urdu(texts),
        "abbreviations": wording.abbreviations(texts, seen),
        "repeated": wording.repeated(texts),
    }
    shares = {rule: share for rule, (share, _found) in judged.items() if share is not None}
    return Marks(
        rules=VERSION,
        score=_score(shares),
        findings=_in_order(standard, [f for _share, found in judged.values() for f in found]),
        shares=shares,
    )


def traces_of(standard: Standard, content: Content) -> Traces:
    """Give what ties the content to other records and to other sites, of what anybody may read."""
    answers = _public(standard, content).answers
    return Traces(
        prints=tuple(prints_of(texts_of(standard, answers))),
        links=tuple(links_of(standard, answers)),
    )


def _public(standard: Standard, content: Content) -> Content:
    return public_content(standard, shaped(standard, sound(content)))


def _score(shares: Mapping[str, float]) -> int:
    whole = sum(BY_ID[rule].weight for rule in shares)
    given = sum(BY_ID[rule].weight * share for rule, share in shares.items())
    # Rounded down: only a record that falls short nowhere has a hundred.
    return int(100 * given / whole + 1e-9)


def _in_order(standard: Standard, findings: list[Finding]) -> tuple[Finding, ...]:
    order = {field.name: position for position, field in enumerate(standard)}
    return tuple(sorted(findings, key=lambda finding: order[finding.field]))
