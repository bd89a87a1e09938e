"""What Go's checksum database thinks of our notes, tiles and proofs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from register.ledger import Signer, merkle, notes, proofs, tiles
from register.ledger.tiles import Tile
from tests.ledger.conftest import Judge
from tests.ledger.log_in_memory import ORIGIN, Log

SIGNER = Signer(ORIGIN, bytes(range(32)))
NEXT = Signer(ORIGIN, bytes(range(1, 33)))


def laid_out(log: Log, folder: Path) -> Path:
    """Write a log's files as they are served."""
    folder.mkdir(exist_ok=True)
    (folder / "checkpoint").write_text(log.checkpoint(SIGNER, NEXT), encoding="utf-8")
    for needed in tiles.required_tiles(log.size):
        path = folder / tiles.tile_path(*needed)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(log.content(needed))
    return folder


def turn_a_bit(path: Path, at: int = -1) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def tamper_with_the_checkpoint(folder: Path) -> None:
    path = folder / "checkpoint"
    path.write_text(path.read_text("utf-8").replace("\n300\n", "\n299\n"), encoding="utf-8")


def drop_an_entry(folder: Path) -> None:
    bundle = folder / tiles.tile_path("entries", 1, 44)
    datas = tiles.read_entry_bundle(bundle.read_bytes())
    bundle.write_bytes(tiles.entry_bundle(datas[1:]))


def swap_two_entries(folder: Path) -> None:
    bundle = folder / tiles.tile_path("entries", 0)
    first, second, *rest = tiles.read_entry_bundle(bundle.read_bytes())
    bundle.write_bytes(tiles.entry_bundle([second, first, *rest]))


def sign_with_another_key(folder: Path) -> None:
    log = Log.of(300)
    (folder / "checkpoint").write_text(log.checkpoint(Signer.generate(ORIGIN)), encoding="utf-8")


@pytest.mark.parametrize(
    ("tamper", "complaint"),
    [
        (lambda f: turn_a_bit(f / "tile/entries/000"), "another root"),
        (drop_an_entry, "ends within an entry"),
        (swap_two_entries, "another root"),
        (lambda f: turn_a_bit(f / "tile/0/000"), "tile/0/000 holds other hashes"),
        (lambda f: turn_a_bit(f / "tile/1/000.p/1"), "tile/1/000.p/1 holds other hashes"),
        (tamper_with_the_checkpoint, "invalid signature"),
        (sign_with_another_key, "no verifiable signatures"),
    ],
)
def test_go_refuses_a_log_that_was_tampered_with(
    judged_by_go: Judge, tmp_path: Path, tamper: Callable[[Path], None], complaint: str
) -> None:
    folder = laid_out(Log.of(300), tmp_path / "log")
    assert judged_by_go("log", SIGNER.vkey, folder).returncode == 0

    tamper(folder)

    judgement = judged_by_go("log", SIGNER.vkey, folder)
    assert judgement.returncode == 1
    assert complaint in judgement.stderr


def test_go_refuses_a_log_that_was_rewritten(judged_by_go: Judge, tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.write_text(Log.of(200).checkpoint(SIGNER), encoding="utf-8")
    rewritten = Log()
    rewritten.append([b"another beginning", *Log.of(300).datas[1:]])

    judgement = judged_by_go("log", SIGNER.vkey, laid_out(rewritten, tmp_path / "log"), before)

    assert judgement.returncode == 1
    assert "inconsistent" in judgement.stderr or "invalid" in judgement.stderr


def test_go_believes_logs_of_every_shape_and_that_each_grew_from_the_one_before(
    judged_by_go: Judge, tmp_path: Path
) -> None:
    log = Log()
    before: list[Path] = []
    for size in (0, 1, 255, 256, 257, 65_536):
        log.append([f"{number}".encode() for number in range(log.size, size)])
        folder = laid_out(log, tmp_path / f"log-{size}")

        for signer in (SIGNER, NEXT) if size < 300 else (SIGNER,):
            judgement = judged_by_go("log", signer.vkey, folder, *before[-1:])
            assert (judgement.stdout, judgement.stderr) == (f"{size} entries\n", "")
        before.append(folder / "checkpoint")


def test_go_believes_a_proof_and_refuses_it_for_another_entry(
    judged_by_go: Judge, tmp_path: Path
) -> None:
    log = Log.of(300)
    entry, other, proof = tmp_path / "entry", tmp_path / "other", tmp_path / "proof"
    entry.write_bytes(log.datas[123])
    other.write_bytes(log.datas[124])
    hashes = merkle.inclusion_proof(123, log.size, log)
    proof.write_text(proofs.tlog_proof(123, hashes, log.checkpoint(SIGNER)), encoding="utf-8")

    judgement = judged_by_go("proof", SIGNER.vkey, proof, entry)
    refusal = judged_by_go("proof", SIGNER.vkey, proof, other)

    assert judgement.stdout == "entry 123 of 300\n"
    assert (refusal.returncode, refusal.stdout) == (1, "")
    assert "invalid transparency proof" in refusal.stderr


def test_our_reader_believes_the_same_folder(tmp_path: Path) -> None:
    folder = laid_out(Log.of(300), tmp_path / "log")

    def read(wanted: Tile) -> bytes:
        return (folder / tiles.tile_path(*wanted)).read_bytes()

    text = notes.open_note((folder / "checkpoint").read_text("utf-8"), [SIGNER.verifier])
    checkpoint = notes.Checkpoint.parse(text)
    assert checkpoint.root == merkle.root(300, tiles.TileNodes(300, read))
