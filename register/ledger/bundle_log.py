"""Checking the log in a bundle: the entries make the tree that was signed, in their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from register.errors import Invalid
from register.ledger import merkle
from register.ledger.bundle_file import LOG
from register.ledger.bundle_findings import Problem, Tampering
from register.ledger.entries import Entry, Event, write_moment
from register.ledger.merkle import HASH_BYTES
from register.ledger.notes import Checkpoint
from register.ledger.tiles import (
    ENTRIES,
    BadTile,
    read_entry_bundle,
    required_tiles,
    tile,
    tile_path,
)


@dataclass
class BundledLog:
    """The entries of a bundle's log, and the nodes of the tree above them."""

    datas: list[bytes] = field(default_factory=list)
    entries: list[Entry | None] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def get_node(self, level: int, position: int) -> bytes:
        """Give the hash of a complete subtree."""
        return self.nodes[level, position]

    def root(self, size: int) -> bytes:
        """Give the root that the log had when it held ``size`` entries."""
        return merkle.root(size, self)

    def makes(self, checkpoint: Checkpoint) -> bool:
        """Tell whether these are the entries that a checkpoint speaks of."""
        return len(self.datas) == checkpoint.size and self.root(checkpoint.size) == checkpoint.root

    @property
    def vkeys(self) -> list[str]:
        """Every key that the log names as its own, in the order of their coming."""
        named = (vkey for entry in self.entries if entry for vkey in entry.vkeys)
        return list(dict.fromkeys(named))

    @property
    def erased(self) -> dict[tuple[int, str], int]:
        """What was erased, with the number of the entry that says so; only what came before it."""
        return {
            target: seq
            for seq, entry in enumerate(self.entries)
            for target in (entry.targets if entry else ())
            if target[0] < seq
        }


def read_log(
    files: Mapping[str, bytes], checkpoint: Checkpoint
) -> tuple[BundledLog, list[Problem]]:
    """Give the log of a bundle, and all that shows that it is not the one that was signed."""
    log, problems = BundledLog(), []
    for name in _names(checkpoint.size, of_entries=True):
        try:
            log.datas += read_entry_bundle(files.get(name, b""))
        except BadTile as error:
            problems.append(Problem(Tampering.ENTRY, f"{name}: {error}"))
    leaves = [merkle.leaf_hash(data) for data in log.datas]
    log.nodes = {(level, at): found for level, at, found in merkle.added_nodes(0, leaves, log)}
    problems += _tree_problems(files, log, leaves, checkpoint)
    problems += _entry_problems(log)
    problems += _opening_problems(log, checkpoint)
    return log, problems


def _tree_problems(
    files: Mapping[str, bytes], log: BundledLog, leaves: Sequence[bytes], checkpoint: Checkpoint
) -> Iterator[Problem]:
    size = checkpoint.size
    if not log.makes(checkpoint):
        yield from _differences(leaves, _told_leaves(files, checkpoint))
        return
    needed = set(_names(size, of_entries=True))
    for level, n, width in required_tiles(size):
        name = LOG + tile_path(level, n, width)
        needed.add(name)
        if level != ENTRIES and files.get(name) != tile(level, n, width, log):
            yield Problem(Tampering.FILE, f"{name} does not follow from the entries of the log.")
    for name in sorted(files):
        if name.startswith(LOG) and name not in needed:
            yield Problem(Tampering.ADDED, f"{name} does not belong to a log of {size} entries.")


def _told_leaves(files: Mapping[str, bytes], checkpoint: Checkpoint) -> list[bytes]:
    """Give the hashes of the entries that were signed, if the tiles still hold them."""
    content = b"".join(files.get(name, b"") for name in _names(checkpoint.size, of_entries=False))
    told = [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]
    if len(told) != checkpoint.size or len(content) != len(told) * HASH_BYTES:
        return []
    log = BundledLog()
    log.nodes = {(level, at): found for level, at, found in merkle.added_nodes(0, told, log)}
    return told if log.root(checkpoint.size) == checkpoint.root else []


def _differences(leaves: Sequence[bytes], told: Sequence[bytes]) -> Iterator[Problem]:
    """Say which entries are others than those that were signed, as closely as can be said."""
    if not told:
        text = "The entries of the log do not make the tree that was signed."
        yield Problem(Tampering.ENTRY, text)
        return
    known, given = set(told), set(leaves)
    missing = [seq for seq, leaf in enumerate(told) if leaf not in given]
    spare = [seq for seq, leaf in enumerate(leaves) if leaf not in known]
    changed = sorted(set(missing) & set(spare))
    for seq in changed:
        yield Problem(Tampering.ENTRY, f"Entry {seq} was changed.")
    for seq in missing:
        if seq not in changed:
            yield Problem(Tampering.DROPPED, f"Entry {seq} was dropped.")
    for seq in spare:
        if seq not in changed:
            yield Problem(Tampering.ADDED, f"Entry {seq} was added; it is not of the log.")
    if not missing and not spare:
        pairs = enumerate(zip(leaves, told, strict=False))
        first = next((seq for seq, (leaf, right) in pairs if leaf != right), len(told))
        yield Problem(Tampering.REORDERED, f"Entries from {first} on stand in another order.")


def _entry_problems(log: BundledLog) -> Iterator[Problem]:
    seen: dict[tuple[str | None, int | None], int] = {}
    before: Entry | None = None
    for seq, data in enumerate(log.datas):
        try:
            entry = Entry.parse(data)
        except Invalid as error:
            log.entries.append(None)
            yield Problem(Tampering.ENTRY, f"Entry {seq}: {error}")
            continue
        log.entries.append(entry)
        if before is not None and entry.logged_at < before.logged_at:
            yield _backdated(seq, entry, before)
        before = entry
        if entry.event in {Event.PUBLISH, Event.AMEND, Event.WITHDRAW}:
            first = seen.setdefault((entry.record, entry.version), seq)
            if first != seq:
                what = f"version {entry.version} of {entry.record}"
                yield Problem(Tampering.ADDED, f"Entry {seq} tells {what} again, after {first}.")


def _backdated(seq: int, entry: Entry, before: Entry) -> Problem:
    moments = write_moment(entry.logged_at), write_moment(before.logged_at)
    text = f"Entry {seq} is backdated: it says {moments[0]}, and the one before it {moments[1]}."
    return Problem(Tampering.BACKDATED, text)


def _opening_problems(log: BundledLog, checkpoint: Checkpoint) -> Iterator[Problem]:
    for seq, entry in enumerate(log.entries):
        is_opening = entry is not None and entry.event is Event.LOG_OPEN
        if is_opening != (seq == 0):
            text = "The first entry of a log, and no other, opens it."
            yield Problem(
                Tampering.DROPPED if seq == 0 else Tampering.ADDED, f"Entry {seq}: {text}"
            )
        elif entry is not None and is_opening and entry.origin != checkpoint.origin:
            yield Problem(
                Tampering.KEY, f"This is the log {entry.origin}, signed as {checkpoint.origin}."
            )


def _names(size: int, *, of_entries: bool) -> list[str]:
    level = ENTRIES if of_entries else 0
    return [LOG + tile_path(*wanted) for wanted in required_tiles(size) if wanted.level == level]
