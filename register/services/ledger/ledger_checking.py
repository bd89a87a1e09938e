"""Deriving the ledger anew from the database, and naming every place where it differs.

Whatever was changed past the register, in a version, in an entry or in the tree, is found: the
values by the commitments to them, the entries by their hashes, the hashes by each other, and all
of it by what was signed.
"""

from collections.abc import Iterator
from itertools import chain

from register.ledger import BadNote, Checkpoint, merkle, notes
from register.ledger.growing import edge_of
from register.services.ledger import ledger_comparing
from register.services.ledger.ledger_keys import list_namings, verifiers_of
from register.services.ledger.ledgering import Progress
from register.storage import forget, ledger, logged
from register.storage.ledger import StoredNodes
from register.storage.plainly import reading_anything

AT_ONCE = 500  # entries, and hashes, that are read with one statement
CHECKPOINTS = 200


def check(progress: Progress = lambda done, total: None) -> Iterator[str]:
    """Give a sentence for everything that differs, and none if all is as it was written.

    All that is read is of one moment.
    """
    forget()
    with reading_anything():
        size = ledger.size()
        for sentence in chain(
            _entries(size, progress), _tree(size), _checkpoints(size), _untold(), _shown()
        ):
            # It may quote what is no text.
            yield sentence.encode("utf-8", "backslashreplace").decode()


def _entries(size: int, progress: Progress) -> Iterator[str]:
    """Look at each entry: its number, its hash, and what it tells of."""
    comparing = ledger_comparing.Comparison()
    for start in range(0, size, AT_ONCE):
        count = min(AT_ONCE, size - start)
        rows = {row.seq: row for row in ledger.list_rows(start, count)}
        hashes = ledger.map_hashes(0, start, count)
        for seq in range(start, start + count):
            if seq not in rows:
                yield f"Entry {seq:,} is missing."
            elif hashes.get(seq) != merkle.leaf_hash(rows[seq].data):
                yield f"Entry {seq:,}: what stands in it is not what was hashed into the tree."
        yield from comparing.compare(list(rows.values()))
        progress(start + count, size)


def _tree(size: int) -> Iterator[str]:
    """Look at each hash: whether it is that of the two below it."""
    for level in range(1, size.bit_length()):
        count = size >> level
        for start in range(0, count, AT_ONCE):
            places = range(start, min(start + AT_ONCE, count))
            above = ledger.map_hashes(level, start, len(places))
            below = ledger.map_hashes(level - 1, 2 * start, 2 * len(places))
            for place in places:
                left, right = below.get(2 * place, b""), below.get(2 * place + 1, b"")
                if above.get(place) != merkle.node_hash(left, right):
                    yield f"The tree: hash {place:,} on level {level} is not that of those below."
    surplus = ledger.count_hashes() - sum(size >> level for level in range(size.bit_length()))
    if surplus > 0:
        yield f"The tree: there are {surplus:,} hashes more than its entries give."


def _checkpoints(size: int) -> Iterator[str]:
    """Look at what was signed: whether a key of the log signed it, and just this tree."""
    namings, start = list_namings(), 0
    while some := ledger.list_signed(start, CHECKPOINTS):
        nodes = StoredNodes(place for each, _note in some for place in edge_of(each))
        for each, note in some:
            try:
                _check_signed(each, note, nodes, verifiers_of(namings, each))
            except (LookupError, TypeError, ValueError) as error:
                why = "the tree lacks hashes." if isinstance(error, LookupError) else error
                yield f"The checkpoint of {each:,} entries: {why}"
        start = some[-1][0]
    if start > size:
        yield f"The log shrank: {start:,} entries were signed, and there are {size:,} now."


def _check_signed(
    size: int, note: str, nodes: StoredNodes, verifiers: list[notes.Verifier]
) -> None:
    checkpoint = Checkpoint.parse(notes.open_note(note, verifiers))
    if checkpoint.size != size:
        raise BadNote(f"It was signed for {checkpoint.size:,} entries.")
    if checkpoint.root != merkle.root(size, nodes):
        raise BadNote("The tree has another root than was signed.")


def _untold() -> Iterator[str]:
    """Look for what was written without an entry."""
    unlogged = logged.list_unlogged()
    versions = logged.map_versions({each.id for each in unlogged if each.is_revision})
    for each in unlogged:
        version = versions.get(each.id) if each.is_revision else None
        if version is not None:
            yield f"{version.reference}, version {version.version}: it has no entry in the log."
        else:
            kind = "Version" if each.is_revision else "Determination"
            yield f"{kind} number {each.id:,} of the database has no entry in the log."


def _shown() -> Iterator[str]:
    """Look at what the register shows: whether it is the last that was made public."""
    for reference, shown, last in logged.list_misshown():
        yield (
            f"{reference}: the register shows version {shown} as the current one or its state is "
            f"another, and the last one made public is version {last}."
        )
