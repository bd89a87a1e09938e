"""Signing the ledger: a process of its own, which refuses if the past is not what it signed.

It remembers how many entries it signed and with which root. Before the next signature it reckons
the tree anew from the entries; so whoever holds the database, and not the signer's folder, can
change no entry that was signed without being found out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from register import clock
from register.errors import Conflict
from register.ledger import Checkpoint, Event, Signer, merkle, notes
from register.ledger.growing import GrowingTree, edge_of
from register.ledger.merkle import Node
from register.services.ledger import ledgering
from register.services.ledger.ledger_keys import Naming, find_naming, list_namings
from register.services.ledger.ledgering import NewEntry
from register.services.ledger.signer_folder import STATE, Remembered, SignerFolder
from register.storage import forget, ledger
from register.storage.ledger import Signed, StoredNodes

AT_ONCE = 500  # entries that are read with one statement
OVERLAP = timedelta(days=30)  # for which both keys sign while one follows the other
SEE = "Run: ai-register ledger verify"
LOST = "If it is lost for good, run: ai-register ledger rotate --lost"


class SigningRefused(Conflict):
    """The log is not what was signed before, or the signer is not the one that it names."""


@dataclass(frozen=True)
class Origin:
    """The name of the log, as the settings give it; ``is_stated`` if somebody wrote it down."""

    name: str
    is_stated: bool = False


class LedgerSigner:
    """One signer with its folder. The first time, it reckons every entry; then only the new."""

    def __init__(self, folder: SignerFolder, origin: Origin) -> None:
        """Sign with the keys in ``folder``; a log that is not open is opened as ``origin``."""
        self._folder = folder
        self._origin = origin
        self._reckoned: int | None = None  # how many entries this process has reckoned

    def open_log(self) -> bool:
        """Make the first key and let the log say so, unless it names one; tell whether it did."""
        with self._folder.held():
            return self._open_log()

    def sign(self) -> Signed | None:
        """Sign the log as it is; give what was signed, or ``None`` if there is nothing new.

        Raise :exc:`SigningRefused`, with what is wrong and the way out, where it may not be signed.
        """
        forget()
        newest = ledger.find_signed()
        if newest is not None and newest.size == ledger.size() == self._reckoned:
            return None
        with self._folder.held():
            self._open_log()
            return self._sign()

    def seal(self, text: str) -> str:
        """Sign a text with the keys of the log, once the log is seen to be what was signed.

        It is for what goes out with a checkpoint. Raise as :meth:`sign` does.
        """
        with self._folder.held():
            self._sign()
            return notes.sign(text, self._keys(self._naming()))

    def rotate(self, *, at_once: bool = False) -> Naming:
        """Begin to sign with a new key beside the old, or end that after thirty days.

        Raise :exc:`SigningRefused` before that, unless it is to be ``at_once``.
        """
        with self._folder.held():
            self._open_log()
            self._sign()
            naming = self._naming()
            keys = self._keys(naming)
            if len(keys) == 1:
                return self._name([*keys, self._folder.add_key(naming.origin)])
            ends = naming.at + OVERLAP
            if clock.now() < ends and not at_once:
                raise SigningRefused(
                    f"Both keys sign until {clock.stamp(ends)}, so that everybody can learn of the "
                    "new one. To retire the old one before, run: ai-register ledger rotate --now"
                )
            return self._name(keys[-1:])

    def replace_lost(self) -> Naming:
        """Let a new key sign the log as it is, since the old one or the memory is lost.

        Raise :exc:`SigningRefused` if neither is.
        """
        with self._folder.held():
            naming = self._naming()
            own = {each.vkey for each in self._folder.list_keys()}
            if own.issuperset(naming.vkeys) and self._folder.recall() is not None:
                raise SigningRefused(f"Nothing is lost: {self._folder.path} has key and memory.")
            self._folder.forget()
            return self._name([self._folder.add_key(naming.origin)])

    def reopen(self, origin: str) -> Naming:
        """Open the log under a new name and with a new key, as it is.

        For when what was signed under the old name is gone: nobody can then be told that the new
        log continues the old.
        """
        with self._folder.held():
            forget()
            if origin in {each.origin for each in list_namings()}:
                raise SigningRefused(f"The log was called {origin} before. Give it a new name.")
            key = self._folder.add_key(origin)
            self._folder.forget()
            return self._name([key], origin=origin)

    def _open_log(self) -> bool:
        forget()
        naming = find_naming()
        if naming is None:
            last = self._folder.recall()
            if last is not None:
                raise SigningRefused(_shrank(last.size, ledger.size()))
            own = [k for k in self._folder.list_keys() if k.verifier.name == self._origin.name]
            _tell(own or [self._folder.add_key(self._origin.name)], origin=self._origin.name)
            return True
        if self._origin.is_stated and self._origin.name != naming.origin:
            raise SigningRefused(
                f"The log is called {naming.origin}, and REGISTER_LEDGER_ORIGIN says "
                f"{self._origin.name}. Take that setting back. A log gets another name only by: "
                f"ai-register ledger rotate --origin {self._origin.name}"
            )
        return False

    def _name(self, keys: list[Signer], *, origin: str | None = None) -> Naming:
        """Let the log name these keys, sign with them, and delete every other."""
        _tell(keys, origin=origin)
        self._sign(is_trusting=True)
        self._folder.keep_only(keys)
        return self._naming()

    def _naming(self) -> Naming:
        forget()
        naming = find_naming()
        if naming is None:
            raise SigningRefused("The log is not open. Run: ai-register ledger checkpoint")
        return naming

    def _keys(self, naming: Naming) -> list[Signer]:
        """Give the keys that the log names; one that is not here is somebody else's, or lost."""
        own = {each.vkey: each for each in self._folder.list_keys()}
        for vkey in naming.vkeys:
            if vkey not in own:
                raise SigningRefused(
                    f"Entry {naming.seq:,} of the log names the key {vkey}, which is not in "
                    f"{self._folder.path}. Bring that folder back from its backup. {LOST}"
                )
        return [own[vkey] for vkey in naming.vkeys]

    def _sign(self, *, is_trusting: bool = False) -> Signed | None:
        naming = self._naming()
        keys = self._keys(naming)
        size, newest = ledger.size(), ledger.find_signed()
        last = self._last(newest, is_trusting=is_trusting)
        root = self._reckon(last, newest, size)
        self._reckoned = size
        self._folder.remember(Remembered(size, root))
        if newest is not None and newest.size == size:
            return None
        note = notes.sign(notes.checkpoint_text(naming.origin, size, root), keys)
        ledger.add_signed(size, note)
        return Signed(size, note, clock.now())

    def _last(self, newest: Signed | None, *, is_trusting: bool) -> Remembered:
        """Give what was signed last, by the folder's memory."""
        last = self._folder.recall()
        if last is not None:
            return last
        if newest is not None and not is_trusting:
            raise SigningRefused(
                f"{self._folder.path / STATE} is missing: it says what was signed. Bring it back "
                f"from its backup. {LOST}"
            )
        return Remembered(0, merkle.EMPTY_ROOT)

    def _reckon(self, last: Remembered, newest: Signed | None, size: int) -> bytes:
        """Give the root of the log, reckoned from its entries; refuse where the past differs."""
        _check_length(last, newest, size)
        start = 0 if self._reckoned is None else last.size
        tree = _tree_of(start)
        roots = {last.size: last.root}
        if newest is not None:
            signed = Checkpoint.parse(notes.split_note(newest.note)[0])
            if roots.setdefault(newest.size, signed.root) != signed.root or (
                signed.size != newest.size
            ):
                raise SigningRefused(
                    f"The checkpoint of {newest.size:,} entries that the database keeps is not the "
                    f"one that was signed. Nothing was signed. {SEE}"
                )
        _check(tree, roots, start)
        is_kept = True
        for leaves in _leaves(start, size):
            is_kept = _is_kept(tree.add(leaves)) and is_kept
            _check(tree, roots, tree.size - len(leaves) + 1)
        if not is_kept:
            raise SigningRefused(
                "The hashes that the database keeps are not those of its entries. Nothing was "
                f"signed. {SEE}"
            )
        return tree.root(size)


def _tell(keys: list[Signer], *, origin: str | None) -> None:
    told = {
        "event": Event.KEY_ROTATE if origin is None else Event.LOG_OPEN,
        "at": clock.now(),
        "origin": origin,
        "vkeys": tuple(each.vkey for each in keys),
    }
    ledgering.append([NewEntry(told=told)])


def _check_length(last: Remembered, newest: Signed | None, size: int) -> None:
    most = max(last.size, newest.size if newest else 0)
    if size < most:
        raise SigningRefused(_shrank(most, size))


def _shrank(signed: int, size: int) -> str:
    return (
        f"The log shrank: {signed:,} entries were signed, and there are {size:,} now. Nothing was "
        "signed. If an old backup was restored, restore a newer one. If the entries are lost for "
        "good, open the log under a new name: ai-register ledger rotate --origin NAME"
    )


def _tree_of(size: int) -> GrowingTree:
    """Give the tree of the first entries by the hashes that are kept; it is still to be checked."""
    nodes = StoredNodes(edge_of(size))
    try:
        return GrowingTree(size, {place: nodes.get_node(*place) for place in edge_of(size)})
    except LookupError as error:
        raise SigningRefused(
            f"Hashes of the tree are missing. Nothing was signed. {SEE}"
        ) from error


def _check(tree: GrowingTree, roots: dict[int, bytes], least: int) -> None:
    """Compare what was signed with what the entries give, as far as the tree has just grown."""
    for size, root in roots.items():
        if least <= size <= tree.size and tree.root(size) != root:
            raise SigningRefused(
                f"The past of the log was changed: its first {size:,} entries are not those that "
                f"were signed. Nothing was signed. {SEE}"
            )


def _is_kept(reckoned: Sequence[Node]) -> bool:
    """Tell whether the hashes that entries give are those that are kept and that others read."""
    kept = StoredNodes((level, position) for level, position, _found in reckoned)
    return all(kept.has_node(*node) for node in reckoned)


def _leaves(start: int, size: int) -> Iterator[list[bytes]]:
    """Give the hashes of entries, by what stands in them; refuse a log with a gap."""
    for first in range(start, size, AT_ONCE):
        rows = ledger.list_rows(first, min(AT_ONCE, size - first))
        for seq, row in enumerate(rows, first):
            if row.seq != seq:
                raise SigningRefused(f"Entry {seq:,} is missing. Nothing was signed. {SEE}")
        yield [merkle.leaf_hash(row.data) for row in rows]
