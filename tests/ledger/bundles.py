"""Bundles made for tests: a small register's log with its values, and ways of tampering with it."""

import contextlib
import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from register.ledger import (
    Entry,
    Event,
    Signer,
    canonical,
    commit,
    notes,
    verify_bundle,
    write_bundle,
)
from register.ledger.bundle_file import lines, log_members
from register.ledger.bundle_zip import Content, Spool
from tests.ledger.log_in_memory import MORNING, ORIGIN, Log

PROGRAM = Path(__file__).parents[2] / "docs" / "verify_bundle.py"
COMPILED = compile(PROGRAM.read_text("utf-8"), str(PROGRAM), "exec")
KEY = Signer(ORIGIN, bytes(range(32)))
NEXT_KEY = Signer(ORIGIN, bytes(range(1, 33)))
AS_OF = "2026-03-03T00:00:00Z"
STANDARD = {
    "id": "v1",
    "fields": [
        {"name": "name", "public": True},
        {"name": "purpose", "public": True},
        {"name": "impact_tier", "public": True},
        {"name": "internal_contact", "public": False},
        {"name": "suppliers", "public": True},
        {"name": "cost", "public": True},
    ],
}
VALUES: Mapping[str, Any] = {
    "answers.name": {"en": "Leak finder", "ur": "رساؤ کا سراغ"},
    "answers.purpose": {"en": 'It finds "leaks" in\nmains.'},
    "answers.internal_contact": "desk@water.example",
    "answers.suppliers": [{"name": "Pipes & Co."}],
    "answers.suppliers/private": [{"contract": "W-17"}],
    "answers.cost": {"amount": "1250000.00", "currency": "PKR"},
    "withheld.cost": {"field": "cost", "ground": "commercial_confidence"},
    "withheld.cost/private": {"decided_by": "someone"},
    "not_stated": ["impact_tier"],
    "translations": {},
    "translations/private": {"internal_contact": {"en": "original"}},
    "change_note": {"en": "First filed"},
    "author": "officer@water.example",
    "approver": "approver@water.example",
}
PUBLIC = (
    *("answers.name", "answers.purpose", "answers.suppliers", "withheld.cost", "not_stated"),
    *("translations", "change_note"),
)


@dataclass
class Story:
    """What happened, entry by entry, with what the public is told of it; sealed at the end."""

    entries: list[Entry] = field(default_factory=list)
    told: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    signers: tuple[Signer, ...] = (KEY,)
    vkeys: tuple[str, ...] = (KEY.vkey,)

    def add(self, event: Event, values: Mapping[str, Any], public: object, **facts: Any) -> int:
        seq = len(self.entries)
        salts = {name: bytes([seq % 256]) * 15 + bytes([at]) for at, name in enumerate(values)}
        fields = {name: commit(salts[name], name, value) for name, value in values.items()}
        moment = MORNING + timedelta(minutes=seq)
        self.entries.append(Entry(event=event, at=moment, logged_at=moment, fields=fields, **facts))
        opened = [name for name in values if name in public]  # type: ignore[operator]
        if opened:
            self.told[seq] = {name: [salts[name].hex(), values[name]] for name in opened}
        return seq

    def publish(self, number: int, version: int = 1, **changes: Any) -> int:
        return self.add(
            Event.PUBLISH if version == 1 else Event.AMEND,
            {**VALUES, **changes},
            (*PUBLIC, *(name for name in changes if name.startswith("withheld."))),
            record=f"AIR-2026-{number:05d}",
            version=version,
            standard="v1",
            agency="water-board",
        )

    def erase(self, seq: int, *names: str) -> None:
        targets = tuple((seq, name) for name in names)
        self.add(Event.ERASE, {}, (), basis="Section 9", targets=targets)
        for name in names:
            self.told[seq].pop(name, None)

    def rotate(self, *signers: Signer) -> None:
        """Let the log name these keys as its own."""
        self.vkeys = tuple(dict.fromkeys((*self.vkeys, *(signer.vkey for signer in signers))))
        vkeys = tuple(signer.vkey for signer in signers)
        self.add(Event.KEY_ROTATE, {}, (), vkeys=vkeys)

    def log(self) -> Log:
        log = Log()
        log.append([entry.to_bytes() for entry in self.entries])
        return log

    def members(self) -> dict[str, Content]:
        log = self.log()
        disclosures, determinations = [], []
        for seq, fields in sorted(self.told.items()):
            entry = self.entries[seq]
            row: dict[str, Any] = {"seq": seq, "fields": fields}
            if entry.event is Event.DETERMINE:
                determinations.append(row)
            else:
                stated = {"reference": entry.record, "version": entry.version}
                disclosures.append(row | stated)
        return {
            "checkpoint": log.checkpoint(*self.signers).encode(),
            "vkeys": "".join(f"{vkey}\n" for vkey in self.vkeys).encode(),
            "disclosures.ndjson": lines(disclosures),
            "determinations.ndjson": lines(determinations),
            "agencies.json": b"[]",
            "obligations.ndjson": b"",
            "standards/v1.json": canonical.encode(STANDARD),
            "standards/v1.schema.json": b"{}",
            **log_members(log.size, log.content),
        }

    def write(self, path: Path) -> Path:
        with path.open("wb") as out:
            write_bundle(out, self.members(), as_of=AS_OF, seal=self.seal)
        return path

    def seal(self, text: str) -> str:
        return notes.sign(text, self.signers)


def small_story() -> Story:
    """A log opened, two filings, a determination, an amendment, and an erasure."""
    story = Story()
    story.add(Event.LOG_OPEN, {}, (), origin=ORIGIN, vkeys=(KEY.vkey,))
    first = story.publish(1)
    facts = {"kind": "published", "must": True, "tier": "high", "matter": 7, "by": "officer"}
    told = {"record": "AIR-2026-00001", "version": 1, "standard": "v1", "determination": 1}
    story.add(Event.DETERMINE, facts, ("kind", "must", "tier"), agency="water-board", **told)
    story.add(Event.DETERMINE, {"must": False}, (), agency="water-board", determination=2)
    story.publish(2)
    story.publish(1, 2, **{"answers.purpose": {"en": "It finds leaks."}})
    story.erase(first, "answers.purpose", "author")
    return story


def told_otherwise() -> Story:
    """The same register with another past, and more of it: what a holder of the key could sign."""
    story = Story()
    story.add(Event.LOG_OPEN, {}, (), origin=ORIGIN, vkeys=(KEY.vkey,))
    for number in range(1, 9):
        story.publish(number, **{"answers.purpose": {"en": "It never did any harm."}})
    return story


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def packed(files: Mapping[str, bytes], path: Path) -> Path:
    """Pack files as a bundle is packed, whatever they say."""
    with Spool() as spool, path.open("wb") as out:
        for name, data in files.items():
            spool.add(name, data)
        spool.write_zip(out)
    return path


def repacked(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Change files of a bundle, and pack it as before; the seal is left as it was."""
    files = files_of(path)
    change(files)
    return packed(files, path)


def sealed_again(path: Path, change: Callable[[dict[str, bytes]], object], signer: Signer) -> Path:
    """Change files of a bundle and seal what came of it, as whoever holds a key could."""
    files = files_of(path)
    as_of = json.loads(files.pop("manifest.json"))["as_of"]
    del files["manifest.sig"]
    change(files)
    out = io.BytesIO()
    write_bundle(out, files, as_of=as_of, seal=lambda text: notes.sign(text, [signer]))
    path.write_bytes(out.getvalue())
    return path


def changed(entry: Entry, **facts: Any) -> Entry:
    return replace(entry, **facts)


def problems_of(path: Path, *vkeys: str) -> list[str]:
    """Give what our check finds wrong with a bundle, each as its kind and its sentence."""
    findings = verify_bundle(path, vkeys or [KEY.vkey])
    return [f"{each.kind.value}: {each.sentence}" for each in findings.problems]


def we_refuse(path: Path, vkey: str = KEY.vkey) -> bool:
    try:
        return bool(verify_bundle(path, [vkey]).problems)
    except ValueError:
        return True


def they_refuse(path: Path, vkey: str = KEY.vkey) -> bool:
    """Run the program that auditors download, in this process: it is called a thousand times."""
    arguments = [str(PROGRAM), str(path), vkey]
    with (
        mock.patch.object(sys, "argv", arguments),
        mock.patch.object(sys, "excepthook", sys.excepthook),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        try:
            exec(COMPILED, {"__name__": "__main__"})
        except SystemExit as end:
            return end.code is not None
        except Exception:  # what it would say when run by hand, and end with 1
            return True
    return False
