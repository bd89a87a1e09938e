"""One index, in one folder: the only module that writes through Whoosh.

Whoosh keeps pickles, so a folder is private to the service and is never imported, only rebuilt;
the schema is given to it and never read from it.
"""

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import IDAnalyzer
from whoosh.index import TOC, FileIndex
from whoosh.searching import Searcher

from register.search.codec import ArrayCodec
from register.search.document import Document, analyse
from register.search.durable import DurableStorage, Seals
from register.search.layout import TEXT_FIELDS, Layout
from register.search.merging import MERGED_AT, GaveWay, merge_all, merge_small

#: How many bytes a position takes.
POSITION_BYTES = 4

_POSITION_TYPE = "I"
_MEMORY_MB = 256
_MANY_SEGMENTS = 3 * MERGED_AT
_META = "state"
_TRIES = 10
_PAUSE = 0.02


class RawPositions(formats.Positions):
    """Positions as plain 32-bit numbers, which NumPy reads a block at a time."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """Write the positions of one word in one text."""
        return array(_POSITION_TYPE, positions).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Read what :meth:`encode` wrote."""
        return array(_POSITION_TYPE, value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """Count the positions."""
        return len(value) // POSITION_BYTES


class Presence(formats.Existence):
    """Only that a word occurs, of words that arrive distinct."""

    def word_values(
        self, value: Sequence[str], _analyzer: object, **_options: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Give each word once; the same as Whoosh's own, without making tokens."""
        return ((word, 1, 1.0, b"") for word in value)


@dataclass(frozen=True)
class State:
    """What an index says of itself, written in the same commit as its documents.

    ``position`` is the highest outbox number taken in; ``documents`` counts what can be found.
    """

    position: int
    schema_hash: str
    documents: int


class OpenIndex:
    """One generation folder, opened."""

    def __init__(self, path: Path, layout: Layout, seals: Seals) -> None:
        """Open what is at ``path``; raise whatever Whoosh raises if it is not sound."""
        self.path = path
        self._layout = layout
        self._seals = seals
        self._whoosh = FileIndex(DurableStorage(str(path)), schema=_schema())

    @property
    def generation(self) -> int:
        """The number of the last commit."""
        return int(self._whoosh.latest_generation())

    def reader(self) -> Any:
        """Open a Whoosh reader of the last commit; the caller closes it.

        Raise :exc:`Damaged`, or the error in reading it, if a file is not as it was written.
        """
        for _try in range(_TRIES):
            generation = self.generation
            with suppress(FileNotFoundError):  # a commit may have removed what it replaced
                self._verify(generation)
                reader = self._whoosh.reader()
                if reader.generation() in (generation, None):  # an empty index does not say
                    return reader
                reader.close()
            time.sleep(_PAUSE)
        message = "files of the index are missing"
        raise FileNotFoundError(message)

    def is_untouched(self) -> bool:
        """Tell whether no file was changed since this process last opened the index."""
        return self._seals.are_untouched()

    def state(self) -> State | None:
        """Read what the last commit says of itself; ``None`` if it says nothing."""
        with Searcher(self.reader()) as searcher:
            kept = searcher.document(meta=_META)
        return State(**kept["state"]) if kept else None

    def wants_tidying(self) -> bool:
        """Tell whether deleted documents still have words in the index, or it is in many pieces."""
        reader = self.reader()
        try:
            dead = reader.doc_count_all() - reader.doc_count()
            segments = len(list(reader.leaf_readers()))
            # Each segment was written with a record of its state; all but the newest are dead.
            return bool(dead > max(0, segments - 1)) or segments > _MANY_SEGMENTS
        finally:
            reader.close()

    def digests(self, references: Iterable[str] | None = None) -> dict[str, bytes]:
        """Give the digest of every document that can be found, or of these, by reference.

        Should a document lie there twice, its digest is like no other.
        """
        found: dict[str, bytes] = {}
        reader = self.reader()
        try:
            leaves = [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []
            for leaf in leaves:
                rows = leaf.column_reader("row", translate=False)
                for number in _numbers(leaf, references):
                    if packed := rows[number]:
                        row = self._layout.unpack(packed)
                        reference = row.reference.decode()
                        found[reference] = found.get(reference, b"") + row.digest
        finally:
            reader.close()
        return found

    def fill(self, documents: Iterable[Document], position: int) -> int:
        """Add documents, each of another reference, to an empty index in one commit; count them."""
        count = 0
        with self._writing(limitmb=_MEMORY_MB) as writer:
            for document in documents:
                self._add(writer, document)
                count += 1
            self._commit(writer, State(position, self._layout.schema_hash, count))
        return count

    def apply(self, changes: Mapping[str, Document | None], position: int) -> None:
        """Replace or remove (``None``) documents by reference, in one commit.

        Segments pile up with small commits; small ones are merged among themselves.
        """
        added = [document for document in changes.values() if document is not None]
        with self._writing() as writer:
            # Opening segments is what a small commit costs most, so it is done once.
            with writer.searcher() as searcher:
                before = State(**searcher.document(meta=_META)["state"])
                writer.delete_by_term("meta", _META, searcher=searcher)
                removed = sum(
                    writer.delete_by_term("reference", reference, searcher=searcher)
                    for reference in changes
                )
            for document in added:
                self._add(writer, document)
            count = before.documents - removed + len(added)
            state = State(max(position, before.position), self._layout.schema_hash, count)
            self._commit(writer, state)

    def tidy(self, give_way: Callable[[], bool] = lambda: False) -> bool:
        """Write everything anew as one segment, so that nothing remains of what was deleted.

        Stop without having changed anything, and give ``False``, as soon as ``give_way`` says so.
        """
        try:
            with self._writing(limitmb=_MEMORY_MB) as writer:
                writer.commit(mergetype=merge_all(give_way))
        except GaveWay:
            return False
        return True

    @contextmanager
    def _writing(self, limitmb: int = 64) -> Iterator[Any]:
        """Lend a writer; ``compound=False`` keeps commits and openings ten times cheaper."""
        writer = self._whoosh.writer(compound=False, limitmb=limitmb, codec=ArrayCodec())
        try:
            yield writer
        except BaseException:
            # On a full disk even this fails, and would keep Whoosh's lock for the process's life.
            with suppress(Exception):
                writer.cancel()
            if not writer.is_closed:
                writer.writelock.release()
            raise

    def _verify(self, generation: int) -> None:
        contents = self.path / f"_MAIN_{generation}.toc"
        self._seals.verify_contents(contents)
        read = TOC.read(self._whoosh.storage, self._whoosh.indexname, generation, _schema())
        segments = [segment.segment_id() for segment in read.segments]
        self._seals.verify_segments(self.path, contents, segments)

    def _add(self, writer: Any, document: Document) -> None:
        words = {name: analyse(document.texts.get(name, ())) for name in TEXT_FIELDS}
        texts = {name: found.stems for name, found in words.items()}
        row = self._layout.pack(self._layout.row(document, texts))
        surfaces = sorted(set().union(*(found.surfaces for found in words.values())))
        writer.add_document(reference=document.reference, row=row, surface=surfaces, **texts)

    def _commit(self, writer: Any, state: State) -> None:
        writer.add_document(meta=_META, state=asdict(state))
        writer.commit(mergetype=merge_small)


def _numbers(leaf: Any, references: Iterable[str] | None) -> Iterator[int]:
    """Give the numbers of the living documents of a segment, or of those of these references."""
    if references is None:
        yield from leaf.all_doc_ids()
        return
    for reference in references:
        if ("reference", reference) in leaf:
            yield from leaf.postings("reference", reference).all_ids()


def create(path: Path, layout: Layout, seals: Seals) -> OpenIndex:
    """Make an empty index in the empty folder ``path``."""
    FileIndex.create(DurableStorage(str(path)), _schema(), "MAIN")
    return OpenIndex(path, layout, seals)


def _schema() -> fields.Schema:
    """Texts arrive as stems, so that index and queries share one analysis and Whoosh has none.

    ``surface`` says which words a document has, whole, whatever the place: what begins like a word
    or is nearly one is looked up there.
    """
    texts = {name: fields.TEXT(analyzer=IDAnalyzer(), phrase=True) for name in TEXT_FIELDS}
    for text in texts.values():
        text.format = RawPositions()
    surface = fields.ID()
    surface.format = Presence()
    # Lengths are written though the row has them: without them Whoosh looks for their file anew
    # for each posting, which doubles what this field costs.
    surface.scorable = True
    return fields.Schema(
        reference=fields.ID(unique=True),
        meta=fields.ID(unique=True),
        state=fields.STORED(),
        row=fields.COLUMN(columns.VarBytesColumn()),
        surface=surface,
        **texts,
    )
