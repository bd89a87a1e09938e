"""The search index against SQLite's FTS5, in one run: pages of a search with counted facets.

Both do the same work on the same texts: the twenty best, the total, and four facets counted. FTS5
is asked as a plain register on it would ask: one statement each, stemmed by its Porter tokenizer.
"""

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.clocks import median, milliseconds, ratio
from bench.corpus import Corpus
from register.search import Query, SearchIndex
from register.standard.v1 import V1

FACETS = ("agency", "level", "phase", "impact_tier")
LEVELS = {"level": ["federal", "provincial", "local"]}
CHANGES = 20


def main(size: int = 2_000) -> None:
    """Measure over ``size`` generated disclosures, and print a line for each kind of query."""
    corpus = Corpus(size)
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "index", corpus, V1, languages=("en", "ur"))
        seconds = milliseconds(index.rebuild) / 1000
        print(f"{size} disclosures indexed in {seconds:.1f} s, {size / seconds:.0f} a second")
        database = build_fts(Path(folder) / "fts.sqlite", corpus)
        for label, texts in queries(corpus):
            compare(label, texts, index, database)
        follow_changes(index, corpus)
        index.close()
        database.close()


def queries(corpus: Corpus) -> list[tuple[str, list[str]]]:
    """Give the kinds of query, each with forty texts."""
    phrases = [f'"{text}"' for text in corpus.query_texts(2, 0, 60)]
    return [
        ("search, 1 common word", corpus.query_texts(1, 0, 60)),
        ("search, 3 common words", corpus.query_texts(3, 0, 200)),
        ("search, 3 rarer words", corpus.query_texts(3, 1000, 20000)),
        ("search, phrase of 2 common words", phrases),
    ]


def compare(
    label: str, texts: Sequence[str], index: SearchIndex, database: sqlite3.Connection
) -> None:
    """Print medians: of words seen for the first time, and of words seen before."""
    first = median(lambda text: index.search(Query(text)), texts)
    # Another filter makes each a new query, so that no kept result answers it.
    warm = median(lambda text: index.search(Query(text, filters=LEVELS)), texts)
    plain = median(lambda text: search_fts(database, text), texts)
    ratio(f"{label}, first time", first, "FTS5", plain)
    ratio(f"{label}, again", warm, "FTS5", plain)


def build_fts(path: Path, corpus: Corpus) -> sqlite3.Connection:
    """Put the same texts and facets into SQLite's full-text search."""
    database = sqlite3.connect(path)
    database.executescript(
        "create table d(id integer primary key, reference, agency, level, phase, impact_tier);"
        "create virtual table t using fts5(name, summary, body, tokenize='porter unicode61');"
    )
    for number, said in enumerate(corpus.publications):
        answers, agency = said["answers"], said["agency"]
        facets = (agency["slug"], agency["level"], answers["phase"], answers["impact_tier"])
        database.execute("insert into d values(?,?,?,?,?,?)", (number, said["reference"], *facets))
        texts = tuple(answers[name]["en"] for name in ("name", "summary", "purpose"))
        database.execute("insert into t(rowid,name,summary,body) values(?,?,?,?)", (number, *texts))
    database.commit()
    return database


def search_fts(database: sqlite3.Connection, text: str) -> None:
    """Answer a page: any of the words, or the words of a phrase one after another."""
    is_phrase = text.startswith('"')
    match = text if is_phrase else " OR ".join(f'"{word}"' for word in text.split())
    best = "select rowid from t where t match ? order by bm25(t, 3.0, 1.5, 1.0) limit 20"
    database.execute(best, (match,)).fetchall()
    database.execute("select count(*) from t where t match ?", (match,)).fetchone()
    for facet in FACETS:
        counted = (
            f"select {facet}, count(*) from t join d on d.id=t.rowid where t match ? group by 1"
        )
        database.execute(counted, (match,)).fetchall()


def follow_changes(index: SearchIndex, corpus: Corpus) -> None:
    """Print how long a changed disclosure takes to be written, and then to be found."""
    written, found = [], []
    for number in range(CHANGES):
        corpus.change(number)
        written.append(milliseconds(index.drain))
        found.append(milliseconds(lambda: index.search(Query("word"))))
    print(f"one change: written in {sorted(written)[CHANGES // 2]:.1f} ms (at worst "
          f"{max(written):.0f}), next search {sorted(found)[CHANGES // 2]:.1f} ms")  # fmt: skip
