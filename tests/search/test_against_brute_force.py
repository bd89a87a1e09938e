"""Whatever happened to the index, it answers as reading every document would."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.search import Query, SearchIndex
from register.search.document import Document, from_publication
from register.search.language import stems
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory

WORDS = ("tax", "health", "fraud", "model", "police", "ذہانت", "صحت", "عدالت")
PHASES = ("pilot", "in_use", "retired")
DOMAINS = ("health", "justice", "education")
FACETS = ("agency", "year", "phase", "policy_domains")

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
said = st.fixed_dictionaries(
    {
        "name": texts.map(lambda text: text or "nameless"),
        "summary": texts,
        "purpose": texts,
        "agency": st.sampled_from(("a", "b")),
        "at": st.sampled_from(("2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")),
    },
    optional={
        "phase": st.sampled_from(PHASES),
        "policy_domains": st.lists(st.sampled_from(DOMAINS), unique=True, min_size=1),
    },
)
references = st.integers(1, 30).map(lambda number: f"AIR-2026-{number:05}")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), references, said),
        st.tuples(st.just("withdraw"), references),
        st.tuples(st.just("drain"), st.integers(1, 5)),
        st.tuples(st.just("purge")),
        st.tuples(st.just("search")),
    ),
    max_size=40,
)
queries = st.builds(
    Query,
    text=st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.sampled_from(WORDS).map("-{}".format),
            st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(
                lambda words: '"{}"'.format(" ".join(words))
            ),
        ),
        max_size=3,
    ).map(" ".join),
    filters=st.dictionaries(
        st.sampled_from(FACETS),
        st.lists(st.sampled_from(("a", "b", "2025", "2026", *PHASES, *DOMAINS)), max_size=2),
        max_size=2,
    ),
    sort=st.sampled_from(("relevance", "updated", "name")),
    language=st.sampled_from(("en", "ur")),
)


@given(steps, st.lists(queries, min_size=1, max_size=6))
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_totals_facets_and_order_are_those_of_brute_force_and_of_a_rebuild(
    steps: Sequence[tuple[Any, ...]], queries: Sequence[Query]
) -> None:
    register = RegisterInMemory()
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "a", register, V1, languages=("en", "ur"))
        index.drain()
        for step in steps:
            act(register, index, step)
        index.drain()
        rebuilt = SearchIndex(Path(folder) / "b", register, V1, languages=("en", "ur"))
        rebuilt.rebuild()
        documents = [
            document
            for publication in register.iterate_published(100)
            if (document := from_publication(publication, V1, languages=("en", "ur")))
        ]

        for query in queries:
            found = index.search(query)
            expected = [d.reference for d in documents if answers(d, query, "")]
            assert sorted(index.list_references(query)) == sorted(expected)
            assert found.total == len(expected)
            assert found.facets == count(documents, query, index.facets)
            assert rebuilt.search(query) == found
        assert index.state() is not None
        assert index.state().documents == len(documents)  # type: ignore[union-attr]
        assert not index.check()
        index.close()
        rebuilt.close()


def act(register: RegisterInMemory, index: SearchIndex, step: tuple[Any, ...]) -> None:
    match step:
        case ("publish", reference, said):
            register.publish(reference, **said)
        case ("withdraw", reference):
            if reference in register.publications:
                register.withdraw(reference)
        case ("drain", batch):
            index.drain(batch)
        case ("purge",):
            index.purge()
        case ("search",):
            index.search(Query("tax"))


def answers(document: Document, query: Query, ignored_facet: str) -> bool:
    """Tell by reading it whether a document answers a query."""
    rows = [stems(text.said, text.language) for field in document.texts.values() for text in field]
    chunks = [chunk.strip() for chunk in split(query.text)]
    unwanted = [stems(chunk) for chunk in chunks if chunk.startswith("-")]
    wanted = [stems(chunk) for chunk in chunks if not chunk.startswith("-")]
    words = {stem for chunk in wanted for stem in chunk}
    return (
        (not words or any(words & set(row) for row in rows))
        and all(holds(rows, phrase) for phrase in wanted if len(phrase) > 1)
        and not any(holds(rows, phrase) for phrase in unwanted)
        and passes(document, query.filters, ignored_facet)
    )


def split(text: str) -> list[str]:
    """Split at spaces, but not inside quotation marks."""
    outside_and_inside = text.split('"')
    return [w for part in outside_and_inside[::2] for w in part.split()] + outside_and_inside[1::2]


def holds(rows: Sequence[Sequence[str]], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(
        list(row[start : start + size]) == list(phrase)
        for row in rows
        for start in range(len(row) - size + 1)
    )


def passes(document: Document, filters: Mapping[str, Sequence[str]], ignored_facet: str) -> bool:
    return all(
        set(values) & set(document.facets.get(name, ()))
        for name, values in filters.items()
        if values and name != ignored_facet
    )


def count(
    documents: Sequence[Document], query: Query, facets: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    counts = {}
    for name in facets:
        found = Counter({value: 0 for value in query.filters.get(name, ())})
        for document in documents:
            if answers(document, query, name):
                found.update(document.facets.get(name, ()))
        counts[name] = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return counts
