"""SQLite's FTS5, as a careful register on it would ask: matches once, then counts.

Facets of one value are columns of a table beside the texts; those of several values have a table
each. FTS5 knows no fuzziness: the closest is a trigram table of the words as they are written, from
which those within one edit are taken.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from rapidfuzz.distance import OSA

from bench.corpus import Corpus
from bench.engines import MULTIPLE, PAGE, SINGLE, TEXTS, WEIGHTS, Ask, Entry, Page

_CANDIDATES = 50
_WORD = re.compile(r"\w+")
_RANK = f"bm25(t, {', '.join(str(WEIGHTS[name]) for name in TEXTS)})"
_FACTS = ", ".join(SINGLE)
_SNIPPET = "snippet(t, -1, '<b>', '</b>', '…', 40)"


class SqliteFts:
    """FTS5 in a file; see :class:`bench.engines.Engine`."""

    def __init__(self, folder: Path) -> None:
        """Use a file in ``folder``."""
        self._path = folder / "fts.sqlite"
        self._database = sqlite3.connect(":memory:")

    def open(self) -> None:
        """Open the file; writes are durable at their commit, without a second journal."""
        self._database.close()
        self._database = sqlite3.connect(self._path)
        self._database.execute("pragma journal_mode=wal")
        self._database.execute("pragma synchronous=full")
        self._database.execute("pragma temp_store=memory")
        self._database.execute(
            "create temp table m"
            f"(id integer primary key, is_wanted, rank, reference, updated, {_FACTS})"
        )

    def build(self, corpus: Corpus, entries: Sequence[Entry]) -> None:
        """Make the tables and fill them in one transaction."""
        self.open()
        run = self._database.executescript
        run(
            f"create table d(id integer primary key, reference unique, updated, {_FACTS});"
            f"create virtual table t using fts5({', '.join(TEXTS)}, tokenize='porter unicode61');"
            "create table written(word primary key) without rowid;"
            "create virtual table near using fts5(word, tokenize='trigram', detail='none');"
        )
        for name in MULTIPLE:
            columns = "id integer, value text, primary key(id, value)"
            run(f"create table {name}({columns}) without rowid;")
        for number, entry in enumerate(entries):
            self._insert(number, entry)
        self._database.commit()
        self._database.execute("insert into t(t) values('optimize')")
        self._database.execute("analyze")
        self._database.commit()

    def page(self, ask: Ask) -> Page:
        """Answer: matches with their facts into a temporary table, then the rest from there."""
        match = self._match(ask)
        is_wanted, values = _condition(ask)
        run = self._database.execute
        run("delete from m")
        run(
            f"insert into m select t.rowid, {is_wanted}, {_RANK}, reference, updated, {_FACTS} "
            "from t cross join d on d.id=t.rowid where t match ?",
            (*values, match),
        )
        narrow = "where is_wanted" if ask.wanted else "where 1"
        (total,) = run(f"select count(*) from m {narrow}").fetchone()
        order = "updated desc" if ask.is_sorted else "rank"
        best = f"select id, reference from m {narrow} order by {order} limit {PAGE}"
        references = dict(run(best).fetchall())
        facets = {}
        for name in (*SINGLE, *MULTIPLE):
            # The facet that is filtered by is counted without its own filter.
            under = "where 1" if ask.wanted and ask.wanted[0] == name else narrow
            facets[name] = dict(run(_count(name, under)).fetchall())
        places = ",".join("?" * len(references))
        cut = f"select rowid, {_SNIPPET} from t where t match ? and rowid in ({places})"
        snippets = dict(run(cut, (match, *references)).fetchall())
        return Page(
            list(references.values()), total, facets, [snippets[number] for number in references]
        )

    def follow(self, corpus: Corpus) -> None:
        """Do nothing: changes are handed over."""

    def change(self, entry: Entry) -> None:
        """Replace the rows in one transaction."""
        run = self._database.execute
        with self._database:
            (number,) = run("select id from d where reference=?", (entry.reference,)).fetchone()
            run("delete from t where rowid=?", (number,))
            run("delete from d where id=?", (number,))
            for name in MULTIPLE:
                run(f"delete from {name} where id=?", (number,))
            self._insert(number, entry)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _insert(self, number: int, entry: Entry) -> None:
        run = self._database.execute
        singles = (next(iter(entry.facets.get(name, ())), None) for name in SINGLE)
        row = (number, entry.reference, entry.updated, *singles)
        run(f"insert into d values({','.join('?' * len(row))})", row)
        texts = (entry.name, entry.summary, entry.body)
        run("insert into t(rowid, name, summary, body) values(?,?,?,?)", (number, *texts))
        for word in set(_WORD.findall(" ".join(texts).casefold())):
            if run("insert or ignore into written values(?)", (word,)).rowcount > 0:
                run("insert into near values(?)", (word,))
        for name in MULTIPLE:
            values = ((number, value) for value in entry.facets.get(name, ()))
            self._database.executemany(f"insert into {name} values(?,?)", values)

    def _match(self, ask: Ask) -> str:
        if ask.kind == "phrase":
            return f'"{" ".join(ask.words)}"'
        words: Iterator[str] = iter(ask.words)
        if ask.kind == "fuzzy":
            words = (near for word in ask.words for near in self._near(word))
        mark = "*" if ask.kind == "prefix" else ""
        return " OR ".join(f'"{word}"{mark}' for word in words)

    def _near(self, word: str) -> list[str]:
        """Find words of the vocabulary within one edit, among those that share most trigrams."""
        trigrams = {word[at : at + 3] for at in range(len(word) - 2)}
        match = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        with closing(self._database.cursor()) as cursor:
            cursor.execute(
                f"select word from near where near match ? order by rank limit {_CANDIDATES}",
                (match,),
            )
            near = [row[0] for row in cursor if OSA.distance(row[0], word, score_cutoff=1) <= 1]
        return near or [word]


def _condition(ask: Ask) -> tuple[str, tuple[str, ...]]:
    """Give an expression that tells whether a match is under the filter, and its values."""
    if ask.wanted is None:
        return "1", ()
    name, value = ask.wanted
    if name in MULTIPLE:
        return f"exists (select 1 from {name} where id=t.rowid and value=?)", (value,)
    return f"d.{name}=?", (value,)


def _count(name: str, narrow: str) -> str:
    if name in MULTIPLE:
        return f"select value, count(*) from m cross join {name} using(id) {narrow} group by 1"
    return f"select {name}, count(*) from m {narrow} and {name} not null group by 1"


def make(folder: Path) -> SqliteFts:
    """Make it."""
    return SqliteFts(folder)
