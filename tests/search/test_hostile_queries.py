"""Whatever is typed, a search answers, and its answers agree with each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from register.search import SORTS, Query, SearchIndex
from register.search.grammar import MAX_DEPTH, MAX_OPEN, MAX_WORDS
from register.search.language import words
from register.search.naming import Naming
from register.search.nodes import Near, Node, Not, Prefix, Word
from register.search.query import PAGE_SIZE, understand
from register.search.synonyms import DEFAULT
from register.search.widening import Widening
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory

HOSTILE = [
    "*", "a*", "*a*", "?????*", "[a TO z]", "{a TO z}", " ".join(f"*{n}*" for n in range(10)),
    " OR ".join(f"w{n}" for n in range(500)), " AND ".join(f"w{n}" for n in range(2000)),
    "(" * 1000 + "a" + ")" * 1000, "NOT NOT x", "NOT " * 500 + "x", "word~4", "a^99999999",
    "*" * 8000,
    "\x00", "a\x00b", "\ud800", "\udfff word \ud83d", "\u202e\u200f", "name:secret", "meta:state",
    '"', '""', '"a', '"' * 999, "-", "--", '-"', '-"a b', "--word", "- word", "'", "\\", "%", "_",
    "¶ ¶",
    "\x1e\x1f", "x" * 1_000_000, "word " * 200_000, '"word word ' * 100_000, "ﷺ", "a\u0300" * 500,
    "🤖 robots", "\n\t\r", "<script>", "../../etc/passwd", "' OR 1=1 --", "state", "AIR-0000-000",
    # Operators without anything, the wrong way round, or all of them.
    "AND", "OR OR", "NOT", "AND NOT", "NOT AND x", "x OR", "( OR )", "()", "(" * 6 + "x AND y",
    ")(", "x AND )y(", " ".join("-w" + str(n) for n in range(99)), "- NOT - x", "-(-(-(x OR y)))",
    "(x NOT (y OR (z AND (w1 NOT (word OR (x AND (y)))))))", "NOT(x)AND(y)", "ANDANDAND", "and or",
    # Beginnings and near misses of next to nothing, of everything, and too many.
    "wo*", "wo* ro* x1*", "wo* " * 70, "**", "*~", "~", "~~2", "w~", "word~" + "9" * 250, "word~٣",
    "wordd~ robotz~ wrod~", "word~ " * 50, "word~0", "-wo*", "-word~", '"wo*"', "wo*rd*", "\ud800*",
    "ی*", "\u0300*", "AIR-2026-0*", "½*", "ß~", "ﷺ~2", "\u200f~",
    # Fields that there are, without, with too much, and with what they do not have.
    "year:", "year:1..9999", "year:..", "year:>", "year:>=9999999", "year:2026-13-45..2026-02-30",
    "year:" + "9" * 250, "phase:*", "phase:~", "phase:pi*", 'phase:"', 'phase:"pilot',
    "phase:phase:x",
    "updated:0000", "updated:9999-12-31..", "updated:<0001-01-01", "updated:2026-00", "updated:x",
    "updated:٢٠٢٦", "updated:-1", "-updated:2026", "NOT year:2026 OR -phase:pilot",
    ":x", "x:", ":::",
    "agency:" + "a" * 280, "agency:a " * 37, "agency:\ud800", "level:\x1f", "reference:AIR",
    "row:x", "surface:word", "(agency:tax-office) OR (year:2026 AND word)", "body:of",
    "body:¶", "level:%00",
]  # fmt: skip

PIECES = (
    "AND", "OR", "NOT", "(", ")", "-", '"', "“", "”", "*", "~", "~2", ":", "..", ">=", "year:",
    "word", "wor", "rob", "robots", "words*", "wo*", "wrod~", "tax", "the", "phase:pilot",
    "updated:2026..", "agency:tax",
    "w1", "x", "ذہانت", "ی", "\u200f", "\ud800", "\x00", "¶", " ", "  ", "AIR-2026-00001", "½", "ﷺ",
)  # fmt: skip
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=400)
soups = st.lists(st.sampled_from(PIECES), max_size=40)
texts = st.one_of(anything, soups.map(" ".join), soups.map("".join))


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """Lend an index of more than a page of records that nobody changes."""
    register = RegisterInMemory()
    path: Path = tmp_path_factory.mktemp("settled")
    for number in range(30):
        register.publish(
            f"AIR-2026-{number:05}",
            name={"en": f"Word {number}", "ur": "ذہانت"},
            purpose=f"word words x w{number} " + "robots tax" * (number % 3),
            phase=("pilot", "in_use", "retired")[number % 3],
        )
    index = SearchIndex(path / "index", register, V1, languages=("en", "ur"))
    index.drain()
    yield index
    index.close()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_text_is_dangerous(
    text: str, register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="A word", purpose="word word x w1 robots")
    index.drain()

    for sort in SORTS:
        found = index.search(Query(text, sort=sort))
        assert found.total == len(found.ids) <= 1
    assert len(found.words) <= MAX_WORDS * 4
    assert len(index.suggest(text)) <= 8


@given(texts, st.sampled_from(SORTS), st.integers(), st.sampled_from(("en", "ur", "", "\ud800")))
@settings(max_examples=100, deadline=None)
def test_answers_to_any_text_agree_with_each_other(
    settled: SearchIndex, text: str, sort: str, page: int, language: str
) -> None:
    query = Query(text, sort=sort, page=page, language=language)

    found = settled.search(query)
    every = settled.list_references(query)

    first = (found.page - 1) * PAGE_SIZE
    assert found.ids == every[first : first + PAGE_SIZE]
    assert found.total == len(every) == len(set(every))
    assert 0 <= found.complete <= found.total
    assert 1 <= found.page <= found.pages
    assert sum(count for _, count in found.facets["phase"]) == found.total
    assert settled.search(Query(text)).total == found.total, "an order leaves nothing out"
    assert settled.search(query) == found


@given(texts)
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_goes_on_as_it_was_begun(settled: SearchIndex, text: str) -> None:
    suggested = settled.suggest(text, limit=3)

    assert len(suggested) == len(set(suggested)) <= 3
    for each in suggested:
        shared = text.rpartition(" ")[0]
        assert each.startswith(shared)
        assert settled.search(Query(words(each)[-1])).total, "a word that is offered is found"


@given(texts)
@example("w1 " * 100)
@example("wo* " * 70)
@example("(x AND " * 40)
@settings(max_examples=100, deadline=None)
def test_no_text_grows_a_large_tree(text: str) -> None:
    naming = Naming.of(V1, ("en",), lambda said, _language: said)
    wanted = understand(text, naming, Widening([DEFAULT]))

    nodes = list(_walk(wanted.tree, 0))
    assert max(depth for _, depth in nodes) <= 4 * (MAX_DEPTH + 2)
    assert sum(isinstance(node, Word) for node, _ in nodes) <= MAX_WORDS
    assert sum(isinstance(node, Prefix | Near) for node, _ in nodes) <= MAX_OPEN
    ends = [0, *(token.end for token in wanted.tokens)]
    assert all(end <= t.start < t.end for end, t in zip(ends, wanted.tokens, strict=False))


def _walk(node: Node, depth: int) -> Iterator[tuple[Node, int]]:
    yield node, depth
    inner = [node.node] if isinstance(node, Not) else getattr(node, "nodes", None)
    for each in inner or getattr(node, "words", ()):
        yield from _walk(each, depth + 1)
