"""The signer signs a log that only grew, and nothing else, whoever holds the database."""

import json
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from register import clock
from register.errors import Unavailable
from register.ledger import Checkpoint, Event, Verifier, merkle, notes
from register.services.ledger import ledger_signing, ledgering
from register.services.ledger.ledger_checking import check
from register.services.ledger.ledger_keys import find_naming, list_namings
from register.services.ledger.ledger_signing import SigningRefused
from register.services.ledger.ledgering import NewEntry
from register.services.ledger.signer_folder import SignerFolder
from register.storage import forget, ledger
from register.storage.ledger import StoredNodes
from tests.desk import Desk
from tests.services.tampering import ORIGIN, lose_entries, rewrite_tree, signer, tamper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The signer's folder, which is not there yet."""
    return tmp_path / "signer"


def newest() -> Checkpoint:
    """The newest checkpoint, signed by every key that the log names now."""
    forget()
    signed, naming = ledger.find_signed(), find_naming()
    assert signed is not None
    assert naming is not None
    for verifier in naming.verifiers:
        notes.open_note(signed.note, [verifier])
    checkpoint = Checkpoint.parse(notes.split_note(signed.note)[0])
    assert checkpoint.root == merkle.root(checkpoint.size, StoredNodes())
    return checkpoint


def refusal(folder: Path) -> str:
    """What a signer says that has just been started; nothing may come of it."""
    forget()
    before = ledger.find_signed(), SignerFolder(folder).recall()
    with pytest.raises(SigningRefused) as refused:
        signer(folder).sign()
    forget()
    assert (ledger.find_signed(), SignerFolder(folder).recall()) == before
    return str(refused.value)


def test_a_log_that_shrank_is_not_signed(desk: Desk, folder: Path) -> None:
    running = signer(folder)
    desk.publish()
    running.sign()
    desk.publish()
    running.sign()

    lose_entries(4)

    said = refusal(folder)
    assert said.startswith("The log shrank: 7 entries were signed, and there are 4 now.")
    with pytest.raises(SigningRefused, match="The log shrank"):
        running.sign()
    desk.publish()
    desk.publish()
    assert "The past of the log was changed: its first 7 entries" in refusal(folder)
    with pytest.raises(SigningRefused, match="The past of the log was changed"):
        running.sign()


def test_a_log_whose_past_was_rewritten_is_not_signed(desk: Desk, folder: Path) -> None:
    running = signer(folder)
    reference = desk.publish()
    running.sign()

    tamper("UPDATE ledger_entry SET data = replace(data, '\"publish\"', '\"amend\"')")
    without_the_tree = refusal(folder)
    rewrite_tree()
    desk.publish()

    assert reference
    assert without_the_tree.startswith("The past of the log was changed: its first 4 entries")
    assert refusal(folder) == without_the_tree
    with pytest.raises(SigningRefused, match="The past of the log was changed"):
        running.sign()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE ledger_node SET hash = :hash WHERE level = 1 AND position = 2", "The hashes"),
        ("DELETE FROM ledger_node WHERE level = 1 AND position = 2", "The hashes"),
        ("DELETE FROM ledger_node WHERE level = 0 AND position = 1", "The hashes"),
        ("DELETE FROM ledger_entry WHERE seq = 2", "Entry 2 is missing"),
        ("UPDATE ledger_checkpoint SET note = replace(note, '\n4\n', '\n3\n')", "checkpoint"),
    ],
)
def test_harm_to_what_is_kept_beside_is_not_signed_over(
    desk: Desk, folder: Path, harm: str, said: str
) -> None:
    desk.publish()
    signer(folder).sign()
    desk.publish()

    tamper(harm, **({"hash": b"x" * 32} if ":hash" in harm else {}))

    assert said in refusal(folder)


def test_whoever_adds_a_key_to_the_log_has_not_the_signature(desk: Desk, folder: Path) -> None:
    signer(folder).sign()
    rogue = notes.Signer.generate(ORIGIN).vkey
    told = {"event": Event.KEY_ROTATE, "at": clock.now(), "vkeys": (rogue,)}

    ledgering.append([NewEntry(told=told)])

    said = refusal(folder)
    assert f"names the key {rogue}, which is not in {folder}" in said


def test_a_signer_without_its_folder_signs_nothing_until_it_is_said_to_be_lost(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    signer(folder).sign()
    desk.publish()
    elsewhere, state = tmp_path / "other", folder / "state.json"

    assert "Bring that folder back" in refusal(elsewhere)
    with pytest.raises(SigningRefused, match="Nothing is lost"):
        signer(folder).replace_lost()
    kept = state.read_text()
    state.unlink()
    assert "state.json is missing" in refusal(folder)
    state.write_text(kept[:20])
    with pytest.raises(Unavailable, match="is damaged"):
        signer(folder).sign()
    naming = signer(elsewhere).replace_lost()

    assert len(naming.vkeys) == 1
    assert newest().size == ledger.size() == naming.seq + 1
    assert list(check()) == []


def test_the_first_signature_opens_the_log_wherever_it_stands(desk: Desk, folder: Path) -> None:
    desk.publish()

    signed = signer(folder).sign()
    again = signer(folder).sign()

    assert signed is not None
    assert again is None
    assert newest().size == 4
    (naming,) = list_namings()
    assert (naming.seq, naming.origin) == (3, ORIGIN)
    (key,) = folder.glob("*.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o400
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_signers_at_once_do_no_harm(app: Flask, desk: Desk, folder: Path) -> None:
    signer(folder).sign()
    signers = [signer(folder) for _number in range(2)]
    is_over = threading.Event()

    def sign(each: ledger_signing.LedgerSigner) -> int:
        count = 0
        with app.app_context():
            while not is_over.is_set():
                count += each.sign() is not None
            return count + (each.sign() is not None)

    with ThreadPoolExecutor(2) as pool:
        counts = [pool.submit(sign, each) for each in signers]
        for _number in range(4):
            desk.publish()
        is_over.set()

    forget()
    assert newest().size == ledger.size() == 13
    assert sum(each.result() for each in counts) == len(ledger.list_signed(1, 100))
    assert list(check()) == []


def test_a_signer_that_is_killed_before_its_signature_is_kept_signs_the_same_again(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer(folder).sign()
    desk.publish()

    def killed(_size: int, _note: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "add_signed", killed)
        with pytest.raises(KeyboardInterrupt):
            signer(folder).sign()
    remembered = SignerFolder(folder).recall()
    signer(folder).sign()

    assert remembered is not None
    assert (remembered.size, remembered.root) == (newest().size, newest().root)


def test_what_is_signed_is_on_the_disk_before_it_is_kept(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer(folder).sign()
    desk.publish()
    order: list[str] = []
    synced, add = os.fsync, ledger.add_signed

    def fsync(number: int) -> None:
        order.append(json.dumps(os.readlink(f"/proc/self/fd/{number}")))
        synced(number)

    def add_signed(size: int, note: str) -> bool:
        order.append("kept")
        assert json.loads((folder / "state.json").read_text())["size"] == size
        return add(size, note)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(ledger, "add_signed", add_signed)
    signer(folder).sign()

    assert [Path(json.loads(name)).name for name in order[:2]] == [".state.json.part", "signer"]
    assert order[2:] == ["kept"]


def test_a_key_is_followed_by_another_while_both_sign(desk: Desk, folder: Path) -> None:
    running = signer(folder)
    running.sign()
    (old,) = list_namings()[0].vkeys

    begun = signer(folder).rotate()
    desk.publish()
    both = running.sign()
    with pytest.raises(SigningRefused, match="Both keys sign until"):
        signer(folder).rotate()
    with clock.at(clock.now() + timedelta(days=30, seconds=1)):
        ended = signer(folder).rotate()
    desk.publish()
    running.sign()

    assert begun.vkeys[0] == old
    assert ended.vkeys == begun.vkeys[1:]
    assert both is not None
    for vkey in begun.vkeys:
        notes.open_note(both.note, [Verifier.from_vkey(vkey)])
    assert newest().size == ledger.size()
    assert [key.name for key in folder.glob("*.key")] == [
        f"{Verifier.from_vkey(ended.vkeys[0]).key_id.hex()}.key"
    ]
    assert list(check()) == []


def test_a_log_keeps_its_name_unless_it_is_opened_anew(desk: Desk, folder: Path) -> None:
    signer(folder).sign()
    desk.publish()

    with pytest.raises(SigningRefused, match=f"The log is called {ORIGIN}"):
        signer(folder, "other.example/log", is_stated=True).sign()
    signer(folder, "other.example/log").sign()
    assert newest().origin == ORIGIN
    lose_entries(2)
    with pytest.raises(SigningRefused, match="was called"):
        signer(folder).reopen(ORIGIN)
    naming = signer(folder).reopen("register.example/log-2")
    desk.publish()
    signer(folder).sign()

    assert naming.seq == 2
    assert newest().origin == "register.example/log-2"
    ledgering.catch_up()
    assert list(check()) == []


def test_another_database_in_its_place_is_not_signed(desk: Desk, folder: Path, app: Flask) -> None:
    signer(folder).sign()
    lose_entries(0)

    assert "The log shrank: 1 entries were signed" in refusal(folder)
