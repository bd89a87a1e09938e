"""What we read of Whoosh's files by a shorter way is what Whoosh reads."""

from pathlib import Path

import pytest

from register.search import SearchIndex
from register.search.folder import IndexFolder
from register.search.layout import Layout
from register.search.terms import list_terms, read_counts, read_places
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory


@pytest.mark.parametrize("start", ["w", "w1", "\udfff", "ی", "", "\U0010ffff", "zz", "\x00"])
def test_the_terms_that_begin_alike_are_listed_as_whoosh_lists_them(
    start: str, tmp_path: Path, register: RegisterInMemory, index: SearchIndex
) -> None:
    said = " ".join(f"w{number:030}" if number % 2 else f"x{number}" for number in range(6_000))
    register.publish("AIR-2026-00001", purpose=f"{said} یہاں", name="zz zebra")
    index.drain()
    layout = Layout.of(V1, ("en", "ur"))
    reader = IndexFolder(tmp_path / "index", layout).open().reader()
    leaf = reader.leaf_readers()[0][0]

    found = list_terms(leaf, "surface", start)

    is_text = start != "\udfff"
    assert found == ([w.decode() for w in leaf.expand_prefix("surface", start)] if is_text else [])
    reader.close()


def test_a_term_that_nobody_wrote_has_no_postings(
    tmp_path: Path, register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", purpose="tax")
    register.publish("AIR-2026-00002", purpose="tax")
    index.drain()
    register.withdraw("AIR-2026-00001")
    index.drain()
    reader = IndexFolder(tmp_path / "index", Layout.of(V1, ("en", "ur"))).open().reader()
    leaf = reader.leaf_readers()[0][0]

    found = [list(read_counts(leaf, "body", word)) for word in ("tax", "taxi", "", "\udfff")]

    assert found[0][0][0].tolist() == [0, 1], "the dead one is there too"
    assert found[1:] == [[], [], []]
    reader.close()


def test_every_term_of_many_is_read_as_whoosh_reads_it(
    tmp_path: Path, register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(3):
        words = " ".join(f"w{word}" for word in range(number * 1_500, number * 1_500 + 4_000))
        register.publish(f"AIR-2026-0000{number}", purpose=f"{words} {words} tax")
    index.drain()
    reader = IndexFolder(tmp_path / "index", Layout.of(V1, ("en", "ur"))).open().reader()
    leaf = reader.leaf_readers()[0][0]
    terms = [term.decode() for term in leaf.lexicon("body")]

    for term in terms:
        matcher = leaf.postings("body", term)
        [(documents, counts)] = read_counts(leaf, "body", term)
        [(_, sizes, joined)] = read_places(leaf, "body", term)
        for document, count, size in zip(documents, counts, sizes, strict=True):
            assert (matcher.id(), matcher.weight(), matcher.value()) == (
                document,
                count,
                joined[:size],
            )
            joined = joined[size:]
            matcher.next()
        assert not matcher.is_active()
        assert not list(read_counts(leaf, "body", f"{term}x"))
    assert len(terms) > 7_000
    reader.close()
