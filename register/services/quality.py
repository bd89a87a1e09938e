"""How complete and how plain a record is, by published rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from register import clock
from register.schemas import quality
from register.schemas.quality import Finding, Marks, Traces
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.field import Standard
from register.standard.lifecycle import Status
from register.standard.publication import Body, Publication
from register.storage import events, links, publications, transaction
from register.storage import quality as storage
from register.storage.models import Disclosure
from register.storage.quality import Average, Kept, Published

BATCH = 100
#: Told how many records are done, and how many there are.
Progress = Callable[[int, int], None]


def keep_marks(disclosure: Disclosure, content: Content) -> None:
    """Judge what is published now, and keep the result beside it; see :func:`keep_all_marks`."""
    keep_all_marks([(disclosure, content)])


def keep_all_marks(contents: Sequence[tuple[Disclosure, Content]]) -> None:
    """Judge what is published now of several records, and keep the results beside them.

    A record that is withdrawn loses its marks, and no text counts as a copy of its texts.
    """
    listed = []
    for disclosure, content in contents:
        if disclosure.status != Status.PUBLISHED:
            storage.drop_marks(disclosure.id)
            continue
        published = Published(
            disclosure_id=disclosure.id,
            version=disclosure.current_version,
            standard=disclosure.draft_standard or CURRENT.id,
            content=content,
            abbreviation=disclosure.agency.abbreviation,
        )
        listed.append(published)
    _keep(listed, replacing=[each.disclosure_id for each in listed if each.version > 1])


def marks_of(publication: Publication) -> Marks | None:
    """Give the marks of a published record, with what its texts share and which links are broken.

    ``None`` if this is not the version that counts, or if it was never judged.
    """
    kept = storage.find_marks(publication.reference, publication.version)
    if kept is None:
        return None
    traces = quality.traces_of(get_standard(publication.standard), publication.content)
    own = tuple(Finding.from_json(each) for each in kept.findings)
    beside = tuple(_beside(traces, publication.reference))
    return Marks(rules=kept.rules, score=kept.score, findings=(*own, *beside))


def judge(
    content: Content, body: Body, *, reference: str = "", standard: Standard = CURRENT
) -> Marks:
    """Judge a draft as it would be judged if it were published now; ``reference`` is its own."""
    marks = quality.judge(standard, content, known={body.abbreviation})
    beside = _beside(quality.traces_of(standard, content), reference)
    return replace(marks, findings=(*marks.findings, *beside))


def average_of_agencies() -> dict[str, Average]:
    """Give the marks of every agency that has published, by slug."""
    return storage.map_averages()


def average_of(slug: str) -> Average | None:
    """Give the marks of one agency, or ``None`` if it has published nothing."""
    return storage.map_averages(slug).get(slug)


def recompute(progress: Progress = lambda done, total: None) -> int:
    """Judge every published record again, a batch a transaction; tell how many there were."""
    total = sum(publications.count_published_by_agency().values())
    storage.drop_unpublished()
    done, after = 0, 0
    while batch := _recompute_after(after):
        done, after = done + len(batch), batch[-1]
        progress(done, max(done, total))
    events.add_event("quality_judged", by=None, details={"disclosures": done})
    return done


def _recompute_after(after: int) -> list[int]:
    """Judge the next batch; give its ids. Read under the lock, so that no newer marks are lost."""
    with transaction():
        batch = storage.list_published(after, BATCH)
        ids = [each.disclosure_id for each in batch]
        _keep(batch, replacing=ids)
        return ids


def _keep(listed: Sequence[Published], *, replacing: Sequence[int]) -> None:
    marks, prints = {}, {}
    for each in listed:
        standard = get_standard(each.standard)
        judged = quality.judge(standard, each.content, known={each.abbreviation})
        findings = [finding.to_json() for finding in judged.findings]
        kept = Kept(rules=judged.rules, score=judged.score, findings=findings)
        marks[each.disclosure_id] = (each.version, kept)
        prints[each.disclosure_id] = quality.traces_of(standard, each.content).prints
    storage.put_marks(marks)
    storage.put_prints(prints, replacing=replacing)


def _beside(traces: Traces, reference: str) -> Iterator[Finding]:
    """Give the findings that depend on other records, and on other web sites."""
    copies = storage.count_copies([mark for _place, mark in traces.prints], but=reference)
    counts: dict[tuple[str, str], int] = {}
    for place, mark in traces.prints:
        if mark in copies:
            counts[place] = max(counts.get(place, 0), copies[mark])
    for (field, language), count in counts.items():
        yield Finding(rule="copied", field=field, language=language, values={"count": count})
    broken = links.map_broken([url for _field, url in traces.links])
    for field, url in dict.fromkeys(traces.links):
        if url in broken:
            values = {"url": url, "day": clock.stamp(broken[url])[:10]}
            yield Finding(rule="links", field=field, values=values)
