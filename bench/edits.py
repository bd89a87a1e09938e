"""Edit bytes of a register past it: ``python -m bench edits 1000`` publishes so many records.

Each is amended once; then bytes of their versions are changed in SQLite's file, one after the
other, and ``ledger verify``, which reads everything each time, must name the version.
"""

import sys
import tempfile
from pathlib import Path

from register import create_app, storage
from register.services.ledger.ledger_checking import check
from register.storage import forget, migrating
from tests.desk import append_version, make_desk, sample_content
from tests.services.tampering import byte_edits, signer

EDITS = 100


def main(size: int = 100) -> None:
    """Print how many edits were named, and each that was not; end with 1 if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        app = create_app({"instance": instance})
        with app.app_context():
            migrating.upgrade()
            _publish(size)
            signer(Path(folder) / "signer").sign()
            before = list(check())
            missed = []
            edits = byte_edits(str(instance / "register.sqlite"), EDITS, seed=size)
            for number, edit in enumerate(edits, start=1):
                forget()
                if not edit.is_in(list(check())):
                    missed.append(edit)
                print(f"\r{number:,} of {EDITS:,}", end="", file=sys.stderr, flush=True)
            after = list(check())
            storage.close()
    print(f"\n{EDITS} edits, {EDITS - len(missed)} named; without one: {[*before, *after]}")
    for edit in missed:
        print(edit)
    if missed or before or after:
        raise SystemExit(1)


def _publish(size: int) -> None:
    desk = make_desk()
    for number in range(size):
        name = {"en": f"System {number}", "ur": f"نظام {number}"}
        reference = desk.publish(name=name)
        amended = sample_content().with_answers(name={**name, "en": f"System {number}, amended"})
        append_version(reference, amended)
