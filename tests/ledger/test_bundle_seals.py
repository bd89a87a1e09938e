"""Seals, keys, files and tiles of a bundle; and what is said of one in which nothing is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from register.ledger import BadBundle, Event, Signer, notes, verify_bundle
from register.ledger.bundle_file import SEAL, seal_text
from tests.ledger.bundles import (
    KEY,
    NEXT_KEY,
    Story,
    changed,
    files_of,
    problems_of,
    repacked,
    sealed_again,
    small_story,
)
from tests.ledger.log_in_memory import ORIGIN

Files = dict[str, bytes]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return small_story().write(tmp_path / "bundle.zip")


def test_the_log_of_another_register_is_found(tmp_path: Path) -> None:
    story = small_story()
    story.entries[0] = changed(story.entries[0], origin="elsewhere.example/log")

    found = problems_of(story.write(tmp_path / "told.zip"))

    assert found == [f"unknown key: This is the log elsewhere.example/log, signed as {ORIGIN}."]


def test_a_bundle_that_a_stranger_sealed_is_found(bundle: Path) -> None:
    stranger = Signer(ORIGIN, bytes(32))

    found = problems_of(sealed_again(bundle, lambda files: None, stranger))

    assert found == [
        "unknown key: manifest.sig is signed by an unknown key, and by none that you trust."
    ]


def test_a_reader_with_another_key_is_told_whose_bundle_it_is(bundle: Path) -> None:
    stranger = Signer(ORIGIN, bytes(32))

    found = problems_of(bundle, stranger.vkey)

    assert found == [
        f"unknown key: {name} is signed by an unknown key, and by none that you trust; the bundle "
        f"itself calls it {KEY.vkey}."
        for name in ("checkpoint", "manifest.sig")
    ]


def test_a_next_key_that_the_reader_does_not_know_yet_is_unknown(tmp_path: Path) -> None:
    story = small_story()
    story.signers = (NEXT_KEY,)
    story.rotate(NEXT_KEY)

    found = problems_of(story.write(tmp_path / "told.zip"))

    assert [each.partition(":")[0] for each in found] == ["unknown key", "unknown key"]


def test_a_stranger_beside_the_log_on_the_seal_is_found(bundle: Path) -> None:
    stranger = Signer("stranger.example", bytes(32))

    def change(files: Files) -> None:
        seal = files["manifest.sig"].decode()
        line = stranger.signature_line(seal.partition("\n\n")[0] + "\n")
        files["manifest.sig"] = (seal + line).encode()

    found = problems_of(repacked(bundle, change))

    assert found == ["unknown key: manifest.sig is signed by a stranger as well."]


def test_a_list_of_keys_that_the_log_does_not_name_is_found(bundle: Path) -> None:
    change = f"{KEY.vkey}\n{NEXT_KEY.vkey}\n".encode()

    found = problems_of(sealed_again(bundle, lambda files: files.update(vkeys=change), KEY))

    assert found == ["unknown key: vkeys does not list the keys that the log names."]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda files: files.pop("agencies.json"), "dropped: The file agencies.json is missing."),
        (
            lambda files: files.update({"agencies.json": b"{}"}),
            "file: The file agencies.json is another than the one that was sealed.",
        ),
        (
            lambda files: files.update({"more.json": b"{}"}),
            "added: The file more.json is not named in manifest.json.",
        ),
    ],
)
def test_a_file_that_was_not_sealed_is_named(
    bundle: Path, change: Callable[[Files], object], sentence: str
) -> None:
    assert problems_of(repacked(bundle, change)) == [sentence]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda files: files.update({"log/tile/0/000.p/7": bytes(224)}),
            "file: log/tile/0/000.p/7 does not follow from the entries of the log.",
        ),
        (
            lambda files: files.pop("log/tile/0/000.p/7"),
            "file: log/tile/0/000.p/7 does not follow from the entries of the log.",
        ),
        (
            lambda files: files.update({"log/tile/0/001": b""}),
            "added: log/tile/0/001 does not belong to a log of 7 entries.",
        ),
    ],
)
def test_tiles_follow_from_the_entries_even_if_they_were_sealed_again(
    bundle: Path, change: Callable[[Files], object], sentence: str
) -> None:
    assert problems_of(sealed_again(bundle, change, KEY)) == [sentence]


def test_the_seal_of_another_bundle_is_none(bundle: Path, tmp_path: Path) -> None:
    other = files_of(Story(entries=small_story().entries[:1]).write(tmp_path / "other.zip"))

    found = problems_of(repacked(bundle, lambda files: files.update({SEAL: other[SEAL]})))

    assert found == ["file: manifest.json is another than the one that was sealed."]


def test_a_manifest_of_another_tree_is_found_even_if_it_was_sealed(bundle: Path) -> None:
    def change(files: Files) -> None:
        files["manifest.json"] = files["manifest.json"].replace(b'"size":7}', b'"size":8}')
        files[SEAL] = notes.sign(seal_text(files["manifest.json"]), [KEY]).encode()

    assert problems_of(repacked(bundle, change)) == [
        "file: manifest.json tells of another tree than checkpoint."
    ]


def test_a_log_longer_than_the_bundle_can_hold_is_not_searched_for(bundle: Path) -> None:
    text = notes.checkpoint_text(ORIGIN, 10**18, bytes(32))
    files = {"checkpoint": notes.sign(text, [KEY]).encode()}

    with pytest.raises(BadBundle, match="cannot hold 1,000,000,000,000,000,000 entries"):
        verify_bundle(repacked(bundle, lambda kept: kept.update(files)), [KEY.vkey])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("manifest.json", b"{}", "not written as a bundle's manifest"),
        ("manifest.json", b"5", "not written as a bundle's manifest"),
        ("checkpoint", b"\xff", "checkpoint of the bundle is no text"),
        ("checkpoint", b"log\n", "no signatures"),
        ("vkeys", b"\xff", "vkeys of the bundle is no text"),
        ("vkeys", b"a key", "A key is written as"),
    ],
)
def test_a_bundle_whose_parts_are_none_is_refused(
    bundle: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        verify_bundle(repacked(bundle, lambda files: files.update({name: content})), [KEY.vkey])


def test_a_bundle_of_another_format_is_refused(bundle: Path) -> None:
    def change(files: Files) -> None:
        files["manifest.json"] = files["manifest.json"].replace(b"bundle-1", b"bundle-2")

    with pytest.raises(BadBundle, match="not of the format register-bundle-1"):
        verify_bundle(repacked(bundle, change), [KEY.vkey])


def test_a_whole_bundle_is_described(bundle: Path) -> None:
    findings = verify_bundle(bundle, [KEY.vkey])

    assert findings.problems == ()
    assert (findings.checkpoint.origin, findings.checkpoint.size) == (ORIGIN, 7)
    assert findings.events == {
        "log-open": 1,
        "publish": 2,
        "determine": 2,
        "amend": 1,
        "erase": 1,
    }
    told = 3 * 7 - 1 + 3
    assert (findings.values.told, findings.values.erased) == (told, 2)
    assert findings.values.closed == 3 * 14 + 5 + 1 - told - 2
    assert findings.signed_by == (KEY.vkey,)
    assert not findings.is_self_vouched


def test_a_fact_that_the_version_withholds_may_stay_closed(tmp_path: Path) -> None:
    story = small_story()
    hidden = {"answers.impact_tier": "high", "withheld.impact_tier": {"ground": "security"}}
    story.publish(3, **hidden)
    told = {"record": "AIR-2026-00003", "version": 1, "standard": "v1", "determination": 3}
    story.add(Event.DETERMINE, {"kind": "published", "tier": "high"}, ("kind",), **told)

    assert problems_of(story.write(tmp_path / "told.zip")) == []


def test_a_bundle_without_a_key_brought_along_vouches_for_itself_only(bundle: Path) -> None:
    findings = verify_bundle(bundle)

    assert findings.is_self_vouched
    assert findings.vkeys == (KEY.vkey,)
    assert findings.problems == ()
