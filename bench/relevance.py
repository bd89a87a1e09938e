"""Does a search give what was looked for? ``python -m bench.relevance`` takes some minutes.

It builds a register of the sample and of published inventories, asks the queries of
``bench/judgements``, and asks for systems of one year with the words of another. FTS5 and tantivy
(where it is installed) get the same texts. The inventories are looked for in ``../shared/data``, or
where ``--data`` says. ``--cranfield DIR`` adds a public collection: no package that could be
fetched carries one, so give a folder with ``cran.all.1400``, ``cran.qry`` and ``cranqrel``, or the
like of CACM, CISI or MED, as the University of Glasgow gives them away. ``--worst`` lists queries.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

from flask import Flask
from sqlalchemy import select

from bench import rivals, secrecy
from bench.asked import (
    Asked,
    Collection,
    Publication,
    cranfield,
    judged,
    key_of,
    missing,
    same_system,
)
from bench.gains import ndcg, recall
from register import create_app
from register.config import ROOT
from register.search import SearchIndex, StorageSource, language
from register.services import sampling
from register.services.actor import SYSTEM
from register.services.importing import Order, import_file
from register.storage import migrating
from register.storage.database import db
from register.storage.models import Disclosure
from register.web.languages import label_in

DATA = ROOT.parent / "shared" / "data"
INVENTORIES = {
    "us-omb-2025.csv": "omb-2025",
    "us-omb-2024.csv": "omb-2024",
    "ca-register-2025.csv": "canada-2025",
    "nl-register-2026-05-13.json": "nl-dump",
}
GOAL = 0.80
WORST = 0.75
QUERY_LENGTHS = (6, 10, 30)


def main(arguments: Sequence[str] = ()) -> int:
    """Print a table for each collection; the exit code is 1 if something secret was found."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"instance": Path(folder) / "instance"})
        if options.cranfield:
            compare(cranfield(options.cranfield), Path(folder) / "cranfield")
        else:
            print("no --cranfield DIR: no public collection was asked")
        if not all((options.data / name).exists() for name in INVENTORIES):
            print(f"{options.data} lacks the inventories: the register was not asked")
            return 0
        with app.app_context():
            return _ask_register(app, options.data, Path(folder), is_long=options.worst)


def compare(collection: Collection, folder: Path, *, is_long: bool = False) -> float:
    """Ask every engine; print how good each is, and give our gain."""
    documents = rivals.read(collection.publications, label_in)
    engines = {
        "ours": rivals.ours(folder, collection.publications, label_in),
        "FTS5": rivals.fts5(documents),
        "tantivy": rivals.tantivy(documents),
    }
    print(f"\n{collection.name}: {len(collection.asked)} queries, {len(documents)} documents")
    own = 0.0
    for name, search in engines.items():
        if search is None:
            print(f"  {name:8} is not installed")
            continue
        found = {asked.id: search(asked.text) for asked in collection.asked}
        print(f"  {name:8} {_line(collection.asked, found)}")
        if name == "ours":
            own = mean(ndcg(found[asked.id], asked.grades) for asked in collection.asked)
            _list_worst(collection.asked if is_long else (), found)
    return own


def build(app: Flask, data: Path) -> None:
    """Fill an empty register with the sample and the inventories; all is published."""
    migrating.upgrade()
    sampling.load_sample(ROOT / "sample", password="not-for-use-1", reference_prefix="AIR")
    for name, form in INVENTORIES.items():
        with (data / name).open("rb") as file:
            order = Order(
                file_name=name,
                format_name=form,
                by=SYSTEM,
                reference_prefix="AIR",
                is_published=True,
            )
            import_file(file, order)


def _ask_register(app: Flask, data: Path, folder: Path, *, is_long: bool) -> int:
    build(app, data)
    publications = list(StorageSource().iterate_published(200))
    sources = _sources()
    keys = {key_of(said, sources[said["reference"]]): said["reference"] for said in publications}
    if lost := missing(keys):
        print(f"{len(lost)} judged records are not in this register, such as {lost[0]}")
    gain = compare(judged(publications, keys), folder / "judged", is_long=is_long)
    print(f"  the goal is {GOAL:.2f}: {'reached' if gain >= GOAL else 'not reached'}")
    years = [_of(publications, sources, form) for form in ("omb-2024", "omb-2025")]
    for words in QUERY_LENGTHS:
        compare(same_system(*years, words), folder / f"years-{words}")
    return _look_for_secrets(app, publications, sources)


def _look_for_secrets(
    app: Flask, publications: Sequence[Publication], sources: Mapping[str, tuple[str | None, ...]]
) -> int:
    index: SearchIndex = app.extensions["register.search"]
    index.rebuild()
    own = [said["reference"] for said in publications if not sources[said["reference"]][0]]
    withdrawn = secrecy.withdraw_some(own)
    index.drain()
    public = {
        stem
        for document in rivals.read(publications, label_in)
        for texts in document.texts.values()
        for text in texts
        for stem in language.stems(text)
    }
    count, leaks = secrecy.look(index, own, public)
    print(
        f"\n{len(withdrawn)} withdrawn and {count} words that must not lead to a record: ", end=""
    )
    print("; ".join(leaks) or "none was found")
    return 1 if leaks else 0


def _line(asked: Sequence[Asked], found: Mapping[str, Sequence[str]]) -> str:
    parts = [("", asked)]
    languages = sorted({each.language for each in asked})
    if len(languages) > 1:
        parts += [(f" {code}", [a for a in asked if a.language == code]) for code in languages]
    gains = "".join(
        f"  nDCG@10{name} {mean(ndcg(found[a.id], a.grades) for a in some):.3f}"
        for name, some in parts
    )
    return f"{gains}  recall@20 {mean(recall(found[a.id], a.grades) for a in asked):.3f}"


def _list_worst(asked: Sequence[Asked], found: Mapping[str, Sequence[str]]) -> None:
    gains = sorted((ndcg(found[a.id], a.grades), a.id, a.text) for a in asked)
    for gain, name, text in gains:
        if gain < WORST:
            print(f"    {gain:.2f}  {name}  {text}")


def _of(
    publications: Sequence[Publication], sources: Mapping[str, tuple[str | None, ...]], form: str
) -> list[Publication]:
    return [said for said in publications if sources[said["reference"]][0] == form]


def _sources() -> dict[str, tuple[str | None, str | None]]:
    rows = db.session.execute(
        select(Disclosure.reference, Disclosure.source_format, Disclosure.source_key)
    )
    return {reference: (form, key) for reference, form, key in rows}


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the inventories")
    parser.add_argument("--cranfield", type=Path, help="the folder of a public collection")
    parser.add_argument("--worst", action="store_true", help="list the queries that fare worst")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
