"""The ledger: history that can be proved. Pure computation; others keep what it computes.

Read it in the order of canonical JSON, commitments, entries, the tree, tiles, notes and proofs.
"""

from register.ledger import canonical, commitments, entries, merkle, notes, proofs, tiles
from register.ledger.commitments import commit, new_salt
from register.ledger.entries import Entry, Event
from register.ledger.merkle import Nodes, NotProved
from register.ledger.notes import BadKey, BadNote, Checkpoint, Signer, Verifier

__all__ = [
    "BadKey",
    "BadNote",
    "Checkpoint",
    "Entry",
    "Event",
    "Nodes",
    "NotProved",
    "Signer",
    "Verifier",
    "canonical",
    "commit",
    "commitments",
    "entries",
    "merkle",
    "new_salt",
    "notes",
    "proofs",
    "tiles",
]
