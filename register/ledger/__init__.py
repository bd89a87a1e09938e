"""The ledger: history that can be proved. Pure computation; others keep what it computes.

Read it in the order of canonical JSON, commitments, entries, the tree, tiles, notes and proofs;
then the bundle, which holds all of them, and its check.
"""

from register.ledger import canonical, commitments, entries, merkle, notes, proofs, tiles
from register.ledger.bundle_check import verify_bundle
from register.ledger.bundle_file import BadBundle, write_bundle
from register.ledger.bundle_findings import Findings, Problem, Tampering
from register.ledger.commitments import commit, new_salt
from register.ledger.entries import Entry, Event
from register.ledger.merkle import Nodes, NotProved
from register.ledger.notes import BadKey, BadNote, Checkpoint, Signer, Verifier

__all__ = [
    "BadBundle",
    "BadKey",
    "BadNote",
    "Checkpoint",
    "Entry",
    "Event",
    "Findings",
    "Nodes",
    "NotProved",
    "Problem",
    "Signer",
    "Tampering",
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
    "verify_bundle",
    "write_bundle",
]
