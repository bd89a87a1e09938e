"""Postings as arrays: what Whoosh wrote it reads again, merges and deletes from."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import fields
from whoosh.analysis import IDAnalyzer
from whoosh.index import FileIndex, create_in
from whoosh.query import Term

from register.search import Query, SearchIndex, codec
from register.search.codec import ArrayCodec, ArrayMatcher
from register.search.index import Presence, RawPositions
from register.search.terms import read_counts, read_places
from tests.search.register_in_memory import RegisterInMemory

WORDS = ("tax", "model", "صحت", "é", "once")


def make_index(path: Path) -> FileIndex:
    text = fields.TEXT(analyzer=IDAnalyzer(), phrase=True)
    text.format = RawPositions()
    surface = fields.ID()
    surface.format = Presence()
    surface.scorable = True
    return create_in(path, fields.Schema(id=fields.ID(stored=True), text=text, surface=surface))


def write(index: FileIndex, texts: dict[str, list[str]], *, merge: bool = False) -> None:
    writer = index.writer(compound=False, codec=ArrayCodec())
    for name, said in texts.items():
        writer.add_document(id=name, text=said, surface=sorted(set(said)))
    writer.commit(merge=merge)


def read(index: FileIndex) -> dict[str, dict[str, list[int]]]:
    """Give, by document and word, the positions; by Whoosh's own means."""
    found: dict[str, dict[str, list[int]]] = {}
    with index.reader() as reader:
        for word in reader.lexicon("text"):
            matcher = reader.postings("text", word)
            while matcher.is_active():
                name = reader.stored_fields(matcher.id())["id"]
                positions = matcher.value_as("positions")
                assert matcher.weight() == len(positions)
                found.setdefault(name, {})[word.decode()] = list(positions)
                matcher.next()
    return found


def told(texts: dict[str, list[str]]) -> dict[str, dict[str, list[int]]]:
    return {
        name: {w: [p for p, word in enumerate(said) if word == w] for w in set(said)}
        for name, said in texts.items()
        if said
    }


def make_texts(chance: random.Random, first: int, count: int) -> dict[str, list[str]]:
    return {
        str(number): chance.choices(WORDS, k=chance.randint(0, 40))
        for number in range(first, first + count)
    }


@pytest.mark.parametrize("seed", range(5))
def test_whoosh_reads_merges_and_deletes_what_is_written(seed: int, tmp_path: Path) -> None:
    chance, index = random.Random(seed), make_index(tmp_path)
    texts: dict[str, list[str]] = {}
    for turn in range(4):
        more = make_texts(chance, turn * 100, 30)
        write(index, more)
        texts |= more
        assert read(index) == told(texts)
        writer = index.writer(compound=False, codec=ArrayCodec())
        for name in chance.sample(sorted(texts), k=10):
            writer.delete_by_term("id", name)
            del texts[name]
        writer.commit(merge=False)
        assert read(index) == told(texts)

    index.writer(compound=False, codec=ArrayCodec()).commit(optimize=True)

    assert read(index) == told(texts)
    with index.searcher() as searcher:
        for word in WORDS:
            hits = [hit["id"] for hit in searcher.search(Term("surface", word), limit=None)]
            assert Counter(hits) == Counter(n for n, said in texts.items() if word in said)


def test_a_word_of_one_document_and_one_of_many_are_both_whole(tmp_path: Path) -> None:
    index = make_index(tmp_path)
    texts = {str(number): ["tax"] * 3 + ["model"] * (number == 7) for number in range(1_000)}

    write(index, texts)

    assert read(index) == told(texts)
    with index.reader() as reader:
        assert isinstance(reader.postings("text", "tax"), ArrayMatcher)


def test_a_word_of_many_blocks_is_read_block_by_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec, "_LONGEST_BLOCK", 7)
    index, texts = make_index(tmp_path), make_texts(random.Random(1), 0, 40)

    write(index, texts)

    assert read(index) == told(texts)
    with index.reader() as reader:
        counts = list(read_counts(reader, "text", "tax"))
        places = list(read_places(reader, "text", "tax"))
    documents = [number for ids, _ in counts for number in ids.tolist()]
    positions = [np.frombuffer(joined, np.uint32).tolist() for _, _, joined in places]
    assert len(counts) == -(-len(documents) // 7) > 3
    assert documents == [number for number, said in enumerate(texts.values()) if "tax" in said]
    assert [place for block in positions for place in block] == [
        place for said in texts.values() for place, word in enumerate(said) if word == "tax"
    ]


def test_arrays_are_read_from_the_start_though_the_first_documents_are_dead(
    tmp_path: Path,
) -> None:
    index = make_index(tmp_path)
    write(index, {str(number): ["tax", "tax"] for number in range(5)})
    writer: Any = index.writer(compound=False, codec=ArrayCodec())
    for name in ("0", "1", "4"):
        writer.delete_by_term("id", name)
    writer.commit(merge=False)

    assert sorted(read(index)) == ["2", "3"]


@pytest.mark.parametrize("dead", [range(3), range(2, 5), range(5)])
def test_a_word_is_found_though_documents_with_it_died_in_its_segment(
    dead: range, register: RegisterInMemory, index: SearchIndex
) -> None:
    references = [f"AIR-2026-{number:05}" for number in range(5)]
    for reference in references:
        register.publish(reference, name="Tax model", agency="ministry")
    index.drain()

    for number in dead:
        register.publish(references[number], name="Weather", agency="ministry")
    index.drain()

    left = [reference for number, reference in enumerate(references) if number not in dead]
    for text in ("tax", '"tax model"', "ta*", "taxx~"):
        assert sorted(index.search(Query(text)).ids) == left
    assert index.search(Query("weather")).total == len(dead)
