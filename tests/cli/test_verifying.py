"""``ai-register verify``: a bundle is checked without an instance, a database or a network."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from register.cli import main
from tests.ledger.bundles import KEY, repacked, sealed_again, small_story, told_otherwise


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGISTER_INSTANCE", str(tmp_path / "there is none"))
    monkeypatch.setenv("REGISTER_DATABASE_URL", "postgresql://nowhere.invalid/none")
    return small_story().write(tmp_path / "bundle.zip")


def verify(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_a_bundle_that_was_changed_is_refused_with_sentences(bundle: Path) -> None:
    repacked(bundle, lambda files: files.update({"agencies.json": b"{}"}))

    result = verify(bundle, "--vkey", KEY.vkey)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "file: The file agencies.json is another than the one that was sealed.\n"
        f"{bundle} is not to be trusted: 1 problem.\n"
    )


def test_many_problems_are_counted(bundle: Path) -> None:
    empty = {"disclosures.ndjson": b"", "determinations.ndjson": b""}
    sealed_again(bundle, lambda files: files.update(empty), KEY)

    result = verify(bundle, "--vkey", KEY.vkey)

    assert "silent erasure: Entry 1 (AIR-2026-00001, version 1): answers.name is" in result.stderr
    assert "… and 3 problems more.\n" in result.stderr
    assert result.stderr.endswith("is not to be trusted: 23 problems.\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is no bundle of a register: it has no checkpoint, vkeys, disclosures.ndjson"),
        (b"PK\3\4 and no more", "The ZIP ends in the middle of a file."),
    ],
)
def test_what_is_no_bundle_is_refused_in_a_sentence(
    bundle: Path, content: bytes, sentence: str
) -> None:
    bundle.write_bytes(content)

    result = verify(bundle, "--vkey", KEY.vkey)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)


def test_a_key_that_is_none_is_refused(bundle: Path) -> None:
    result = verify(bundle, "--vkey", "my key")

    assert result.exit_code == 1
    assert result.stderr.startswith("A key is written as name+id+key")


def test_a_whole_bundle_is_described(bundle: Path) -> None:
    result = verify(bundle, "--vkey", KEY.vkey)

    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{bundle} is as the register made it.\n" in result.stdout
    assert "Entries     7: 1 log-open, 2 publish, 2 determine, 1 amend, 1 erase\n" in result.stdout
    assert "Values      23 told" in result.stdout
    assert "2 erased, as the log says" in result.stdout


def test_without_a_key_the_bundles_own_are_shown_and_nothing_is_remembered(
    bundle: Path, tmp_path: Path
) -> None:
    result = verify(bundle, "--remember", tmp_path / "seen.json")

    assert result.exit_code == 0
    assert "vouches for itself only" in result.stderr
    assert f"  {KEY.vkey}\n" in result.stderr
    assert not (tmp_path / "seen.json").exists()


def test_a_rewritten_log_is_refused_by_whoever_remembers(bundle: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    first = verify(bundle, "--vkey", KEY.vkey, "--remember", seen)
    again = verify(bundle, "--remember", seen)
    kept = seen.read_bytes()
    told_otherwise().write(bundle)

    rewritten = verify(bundle, "--vkey", KEY.vkey, "--remember", seen)

    assert (first.exit_code, again.exit_code, again.stderr) == (0, 0, "")
    assert "Remembered  1 checkpoint, each a beginning of this log\n" in again.stdout
    assert rewritten.exit_code == 1
    assert "rewritten log: The log was rewritten: the checkpoint of size 7" in rewritten.stderr
    assert f"{seen} holds the checkpoint that was signed before" in rewritten.stderr
    assert seen.read_bytes() == kept


def test_a_memory_that_is_none_is_left_alone(bundle: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    seen.write_text("my notes", encoding="utf-8")

    result = verify(bundle, "--vkey", KEY.vkey, "--remember", seen)

    assert result.exit_code == 1
    assert result.stderr == (f"{seen}: This is no file in which checkpoints were remembered.\n")
    assert seen.read_text("utf-8") == "my notes"
