"""Where Whoosh is right, we say the same: the same documents, scores and order.

It has one segment without deletions, and questions built by hand. We have what a register with a
history has.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from whoosh import fields, query
from whoosh.analysis import IDAnalyzer
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from register.search import Query, Relevance, SearchIndex
from register.search.grammar import read
from register.search.layout import TEXT_FIELDS
from register.search.matching import score
from register.search.nodes import Best, Every, Node, Phrase, Prefix, Some, Word, units
from register.search.weighting import WhooshFields
from register.standard.v1 import V1
from tests.search.random_register import LANGUAGES
from tests.search.register_in_memory import RegisterInMemory

QUESTIONS = 1_000
DOCUMENTS = 80
WORDS = "tax model health fraud drone port court border صحت ذہانت عدالت نظام".split()
# Whoosh keeps a length in one byte, and these exactly; a body has three more words.
LENGTHS = {
    "name": (1, 2),  # longer ones have initials, which are found too
    "summary": (2, 3, 6, 7, 10),
    "purpose": (5, 6, 7, 9, 13, 15, 20),
}

Texts = Mapping[str, str]


@pytest.fixture(scope="module")
def texts() -> dict[str, Texts]:
    """What each document says."""
    chance = random.Random(1)
    return {
        f"AIR-2026-{number:05}": {
            field: " ".join(chance.choices(WORDS, k=chance.choice(lengths)))
            for field, lengths in LENGTHS.items()
        }
        for number in range(DOCUMENTS)
    }


@pytest.fixture(scope="module")
def whoosh(texts: Mapping[str, Texts]) -> Iterator[Searcher]:
    """Whoosh's own index, its own postings, and its own weighting."""
    text = fields.TEXT(analyzer=IDAnalyzer(), phrase=True)
    schema = fields.Schema(reference=fields.ID(stored=True), name=text, summary=text, body=text)
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for reference, said in sorted(texts.items()):
        body = [reference.lower(), "tax", "office", *said["purpose"].split()]
        writer.add_document(
            reference=reference,
            name=said["name"].split(),
            summary=said["summary"].split(),
            body=body,
        )
    writer.commit()
    with index.searcher(weighting=BM25F(B=0.75, K1=1.2)) as searcher:
        yield searcher


@pytest.fixture(scope="module")
def ours(texts: Mapping[str, Texts], tmp_path_factory: Any) -> Iterator[SearchIndex]:
    """Our index of the same, after many commits: each document was something else before."""
    register, chance = RegisterInMemory(), random.Random(2)
    path = tmp_path_factory.mktemp("ours")
    index = SearchIndex(
        path, register, V1, languages=LANGUAGES, relevance=Relevance(WhooshFields())
    )
    for reference in [*texts, "AIR-2026-99998", "AIR-2026-99999"]:
        register.publish(
            reference, name="drone port", purpose=" ".join(chance.choices(WORDS, k=30))
        )
    index.drain(batch=17)
    for reference in ("AIR-2026-99998", "AIR-2026-99999"):
        register.withdraw(reference)
    for number, (reference, said) in enumerate(chance.sample(sorted(texts.items()), k=len(texts))):
        register.publish(reference, **said)
        if number % 9 == 0:
            index.drain(batch=chance.randint(1, 5))
    index.drain()
    yield index
    index.close()


def test_documents_scores_and_order_are_those_of_whoosh(
    whoosh: Searcher, ours: SearchIndex
) -> None:
    chance = random.Random(3)
    wrong = {}
    for _ in range(QUESTIONS):
        text = ask(chance)
        if said := compare(text, whoosh, ours):
            wrong[text] = said

    assert wrong == {}


def ask(chance: random.Random) -> str:
    """Give a question of the kinds that Whoosh ranks as we do."""
    words = chance.choices(WORDS, k=chance.randint(1, 4))
    return chance.choice(
        [
            " ".join(words),
            " AND ".join(words),
            " OR ".join(words),
            '"' + " ".join(words[:2]) + '"',
            f'"{" ".join(words[:3])}" {chance.choice(WORDS)}',
            f"{words[0]} AND ({chance.choice(WORDS)} OR {words[-1]})",
            f"{words[0][: chance.randint(2, 3)]}* AND {chance.choice(WORDS)}",
            f'({words[0]} AND {words[-1]}) OR "{chance.choice(WORDS)} {chance.choice(WORDS)}"',
        ]
    )


def compare(text: str, whoosh: Searcher, ours: SearchIndex) -> list[str]:
    tree = read(text, ours._searcher._naming.find_facet).tree
    theirs = {
        hit["reference"]: hit.score
        for hit in whoosh.search(scorer(tree), filter=condition(tree), limit=None)
    }
    order = ours.list_references(Query(text))
    scores = ours._searcher.ask(lambda snapshot: scores_of(snapshot, tree))
    wrong = [f"found {order}, not {sorted(theirs)}"] if set(order) != set(theirs) else []
    wrong += [
        f"{reference} has {scores[reference]}, not {theirs[reference]}"
        for reference in set(order) & set(theirs)
        if scores[reference] != pytest.approx(theirs[reference], rel=1e-5)
    ]
    wrong += [
        f"{one} before {other}"
        for one, other in pairwise(order)
        if theirs.get(one, 0) < theirs.get(other, 0) * (1 - 1e-5)
    ]
    return wrong


def scores_of(snapshot: Any, tree: Best) -> dict[str, float]:
    found: Counter[str] = Counter()
    for unit in units(tree):
        if isinstance(unit, Word):
            documents, scores = score(snapshot, unit)
            for document, scored in zip(documents, scores, strict=True):
                found[snapshot.references[document].decode()] += float(scored)
    return found  # type: ignore[return-value]


def scorer(tree: Best) -> query.Query:
    """Ask Whoosh to rank by every word; what a beginning counts is our own affair."""
    words = [unit for unit in units(tree) if isinstance(unit, Word)]
    return query.Or([each_field(query.Term, word.variants[0]) for word in words])


def condition(node: Node) -> query.Query:
    """Ask Whoosh which documents hold what a node demands."""
    match node:
        case Every(nodes):
            return query.And([condition(each) for each in nodes])
        case Some(nodes):
            return query.Or([condition(each) for each in nodes])
        case Best(nodes):
            demanded = [each for each in nodes if not isinstance(each, Word | Prefix)]
            kind = query.And if demanded else query.Or
            return kind([condition(each) for each in demanded or nodes])
    return leaf(node)


def leaf(node: Node) -> query.Query:
    match node:
        case Word(variants):
            return each_field(query.Term, variants[0])
        case Prefix(start):
            return each_field(query.Prefix, start)
        case Phrase(words):
            return each_field(query.Phrase, [word.variants[0] for word in words])
    raise AssertionError(node)


def each_field(kind: Any, said: str | Sequence[str]) -> query.Query:
    return query.Or([kind(field, said) for field in TEXT_FIELDS])


def test_what_is_excluded_stays_out_in_every_segment_which_whoosh_gets_wrong(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    theirs = RamStorage().create_index(fields.Schema(text=fields.KEYWORD(stored=True)))
    for number, texts in enumerate((["tax"], ["model", "tax model"])):  # two segments
        writer = theirs.writer()
        for place, text in enumerate(texts):
            writer.add_document(text=text)
            register.publish(f"AIR-2026-0000{number * 2 + place}", name=text, agency="ministry")
        writer.commit(merge=False)
        index.drain()

    with theirs.searcher() as searcher:
        wanted = query.AndNot(query.Term("text", "tax"), query.Term("text", "model"))
        leaked = [hit["text"] for hit in searcher.search(wanted)]

    assert leaked == ["tax", "tax model"]
    for text in ("tax -model", "tax AND NOT model"):
        assert index.search(Query(text)).ids == ["AIR-2026-00000"]
