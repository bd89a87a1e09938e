"""What others make of the log and the bundle of the whole sample register."""

import io
import random
import runpy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from register import create_app, storage
from register.config import ROOT, Settings
from register.ledger import tiles, verify_bundle
from register.ledger.proofs import tlog_proof
from register.schemas import Audience
from register.services.duties import obligations
from register.services.ledger import bundling, ledger_proofs
from register.services.ledger.bundling import Bundle
from register.services.ledger.ledger_keys import find_naming
from register.services.sample import sampling
from register.storage import ledger
from tests.ledger.conftest import Judge
from tests.services.tampering import signer

PROGRAM = ROOT / "docs" / "verify_bundle.py"
EDITS = 200


@dataclass(frozen=True)
class Published:
    """The bundle, the log as it is served, an entry with its proof, and the key to trust."""

    bundle: Path
    log: Path
    entry: Path
    proof: Path
    size: int
    vkeys: tuple[str, ...]


@pytest.fixture(scope="module")
def published(
    new_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    """All that the sample register gives out, made once; these tests only read it."""
    folder = tmp_path_factory.mktemp("sample")
    app = create_app({"instance": folder, "database_url": new_database(folder)})
    with app.app_context():
        keeper = signer(folder / "signer")
        keeper.sign()
        sampling.load_sample(ROOT / "sample", password="a sample password", reference_prefix="AIR")
        keeper.sign()
        yield given_out(folder, keeper.seal)
        storage.close()


def given_out(folder: Path, seal: Callable[[str], str]) -> Published:
    signed, naming = bundling.find_checkpoint(None), find_naming()
    assert naming is not None
    out = io.BytesIO()
    wanted = Bundle(
        signed=signed,
        rules=obligations.rules_of(Settings()),
        base_url="https://register.example",
        audience=Audience.PUBLIC,
    )
    bundling.write(out, wanted, seal)
    for needed in tiles.required_tiles(signed.size):
        path = folder / "log" / tiles.tile_path(*needed)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ledger_proofs.content_of(needed))
    (folder / "log" / "checkpoint").write_text(signed.note, encoding="utf-8")
    row = ledger.list_rows(signed.size // 2, 1)[0]
    (folder / "entry").write_bytes(row.data)
    hashes = ledger_proofs.inclusion(row.seq, signed.size)
    (folder / "proof").write_text(tlog_proof(row.seq, hashes, signed.note), encoding="utf-8")
    (folder / "bundle.zip").write_bytes(out.getvalue())
    paths = (folder / name for name in ("bundle.zip", "log", "entry", "proof"))
    return Published(*paths, size=signed.size, vkeys=tuple(naming.vkeys))


def judged(bundle: Path, vkeys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> object:
    """Give what the program for others has against a bundle, or ``None``."""
    monkeypatch.setattr(sys, "argv", ["", str(bundle), *vkeys])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    try:
        runpy.run_path(str(PROGRAM))
    except (Exception, SystemExit) as error:
        return error.code if isinstance(error, SystemExit) else error
    return None


def test_go_believes_the_log_and_a_proof_and_nothing_that_was_changed(
    published: Published, judged_by_go: Judge, tmp_path: Path
) -> None:
    (vkey,) = published.vkeys
    changed = tmp_path / "entry"
    changed.write_bytes(published.entry.read_bytes()[:-1] + b" }")

    told = judged_by_go("log", vkey, published.log)
    proved = judged_by_go("proof", vkey, published.proof, published.entry)
    refused = judged_by_go("proof", vkey, published.proof, changed)

    assert (told.stdout, told.stderr) == (f"{published.size} entries\n", "")
    assert proved.stdout == f"entry {published.size // 2} of {published.size}\n"
    assert refused.returncode == 1


def test_every_edit_of_a_byte_of_the_bundle_is_refused_by_both_programs(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, edited = published.bundle.read_bytes(), tmp_path / "edited.zip"
    assert judged(published.bundle, published.vkeys, monkeypatch) is None
    assert not verify_bundle(published.bundle, published.vkeys).problems
    chance, missed = random.Random(published.size), []

    for number in range(EDITS):
        data = bytearray(bundle)
        place = chance.randrange(len(data))
        data[place] ^= chance.randrange(1, 256)
        edited.write_bytes(data)
        if judged(edited, published.vkeys, monkeypatch) is None:
            missed.append(("program", place))
        if number % 10 == 0 and not verify_bundle(edited, published.vkeys).problems:
            missed.append(("register", place))

    assert missed == []
