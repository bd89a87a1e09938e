"""Bundles: any change is found, by our check and by one that shares no code with it."""

import io
import random
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from register.ledger import BadBundle, Signer, verify_bundle, write_bundle
from register.ledger.bundle_zip import BadZip, Member, Spool, tail_of
from tests.ledger.bundles import (
    AS_OF,
    KEY,
    NEXT_KEY,
    PROGRAM,
    Story,
    files_of,
    packed,
    repacked,
    small_story,
    they_refuse,
    we_refuse,
)
from tests.ledger.log_in_memory import ORIGIN

EDITS = 1000


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return small_story().write(tmp_path / "bundle.zip")


def test_no_edit_of_a_single_byte_passes_unnoticed(bundle: Path) -> None:
    whole = bundle.read_bytes()
    chance = random.Random(20260302)
    edited = bundle.with_name("edited.zip")
    passed = []

    for _ in range(EDITS):
        at, turned = chance.randrange(len(whole)), chance.randrange(1, 256)
        edited.write_bytes(whole[:at] + bytes([whole[at] ^ turned]) + whole[at + 1 :])
        if not we_refuse(edited):
            passed.append(("ours", at, turned))
        if not they_refuse(edited):
            passed.append(("theirs", at, turned))

    assert passed == []


def test_no_edit_within_a_file_passes_even_if_the_zip_is_made_anew(bundle: Path) -> None:
    files = files_of(bundle)
    chance = random.Random(20260303)
    seal = [("manifest.sig", at) for at in range(len(files["manifest.sig"]))]
    names = chance.choices(sorted(name for name in files if files[name]), k=200)
    rest = [(name, chance.randrange(len(files[name]))) for name in names]
    edited = bundle.with_name("edited.zip")

    for name, at in [*seal, *rest]:
        data = bytearray(files[name])
        data[at] ^= chance.randrange(1, 256)
        packed({**files, name: bytes(data)}, edited)

        assert we_refuse(edited), (name, at)
        assert they_refuse(edited), (name, at)


def test_a_zip_of_the_same_files_in_another_order_is_refused(bundle: Path) -> None:
    files = sorted(files_of(bundle).items(), reverse=True)
    members = [Member(name, len(data), zlib.crc32(data)) for name, data in files]
    pieces = [
        piece
        for member, (_, data) in zip(members, files, strict=True)
        for piece in (member.local_header, data)
    ]

    bundle.write_bytes(b"".join([*pieces, tail_of(members) or b""]))

    assert files_of(bundle) == dict(files)
    assert we_refuse(bundle)
    assert they_refuse(bundle)


def test_no_edit_of_the_list_at_the_end_of_the_zip_passes_unnoticed(bundle: Path) -> None:
    whole = bundle.read_bytes()
    with zipfile.ZipFile(bundle) as opened:
        end = opened.start_dir
    edited = bundle.with_name("edited.zip")

    for at in [*range(end, end + 70), *range(len(whole) - 22, len(whole))]:
        edited.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

        assert we_refuse(edited), at
        assert they_refuse(edited), at


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda whole: whole[:-1], id="cut short"),
        pytest.param(lambda whole: whole + b"\0", id="with a byte at the end"),
        pytest.param(lambda whole: b"\0" + whole, id="with a byte at the beginning"),
        pytest.param(lambda whole: b"", id="nothing"),
        pytest.param(lambda whole: whole[: len(whole) // 2], id="half of it"),
    ],
)
def test_a_bundle_that_is_longer_or_shorter_is_refused(bundle: Path, change: object) -> None:
    bundle.write_bytes(change(bundle.read_bytes()))  # type: ignore[operator]

    assert we_refuse(bundle)
    assert they_refuse(bundle)


def test_a_bundle_that_was_packed_again_is_refused(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as again:
        for name, data in files.items():
            again.writestr(name, data)

    assert we_refuse(bundle)
    assert they_refuse(bundle)


def test_a_bundle_of_a_stranger_is_refused(bundle: Path) -> None:
    stranger = Signer(ORIGIN, bytes(32))

    assert we_refuse(bundle, stranger.vkey)
    assert they_refuse(bundle, stranger.vkey)


def test_a_seal_that_a_stranger_signed_as_well_is_refused(bundle: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        text = files["manifest.sig"].decode().partition("\n\n")[0] + "\n"
        files["manifest.sig"] += Signer("a.example", bytes(32)).signature_line(text).encode()

    repacked(bundle, change)

    assert we_refuse(bundle)
    assert they_refuse(bundle)


def test_the_program_is_short_and_needs_nothing_of_ours() -> None:
    text = PROGRAM.read_text("utf-8")
    imported = {
        line.split()[1].split(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }

    assert len(text.splitlines()) <= 60
    assert imported <= sys.stdlib_module_names | {"cryptography"}
    assert text in (PROGRAM.parent / "verify.md").read_text("utf-8")


def hide(files: dict[str, bytes]) -> None:
    """Change what is told of the first filing."""
    files["disclosures.ndjson"] = files["disclosures.ndjson"].replace(b"finder", b"hider!", 1)


def test_the_program_says_what_it_verified_and_why_it_did_not(bundle: Path) -> None:
    called = [sys.executable, str(PROGRAM), str(bundle), KEY.vkey]

    verified = subprocess.run(called, capture_output=True, text=True, check=False)
    repacked(bundle, hide)
    refused = subprocess.run(called, capture_output=True, text=True, check=False)
    nothing = subprocess.run([*called[:2], __file__, KEY.vkey], capture_output=True, check=False)

    assert (verified.returncode, verified.stderr) == (0, "")
    assert verified.stdout.startswith(f"Verified: 12 files.\n{ORIGIN}\n7\n")
    assert refused.returncode == 1
    assert refused.stderr.startswith("NOT VERIFIED: ['the files', (1, 'answers.name')]")
    assert nothing.returncode == 1
    assert nothing.stderr.startswith(b"NOT VERIFIED: BadZipFile")


@pytest.mark.parametrize("signers", [(KEY,), (KEY, NEXT_KEY), (NEXT_KEY, KEY)])
def test_a_whole_bundle_is_believed_under_each_key_that_signed_it(
    tmp_path: Path, signers: tuple[Signer, ...]
) -> None:
    story = small_story()
    story.signers = signers
    if NEXT_KEY in signers:
        story.rotate(KEY, NEXT_KEY)
    path = story.write(tmp_path / "bundle.zip")

    for signer in signers:
        assert verify_bundle(path, [signer.vkey]).problems == ()
        assert not they_refuse(path, signer.vkey)


@pytest.mark.parametrize("filings", [254, 255, 256, 600])
def test_a_log_of_several_tiles_is_believed(tmp_path: Path, filings: int) -> None:
    story = small_story()
    for number in range(3, 3 + filings):
        story.publish(number)

    path = story.write(tmp_path / "bundle.zip")

    assert verify_bundle(path, [KEY.vkey]).problems == ()
    assert not they_refuse(path)


def test_the_same_files_make_the_same_bundle(tmp_path: Path) -> None:
    members = small_story().members()
    shuffled = dict(sorted(small_story().members().items(), key=lambda item: item[0][::-1]))
    seal = Story().seal
    first, second = io.BytesIO(), io.BytesIO()

    write_bundle(first, members, as_of=AS_OF, seal=seal)
    write_bundle(second, shuffled, as_of=AS_OF, seal=seal)

    assert first.getvalue() == second.getvalue()


def test_a_bundle_is_a_zip_to_other_programs(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == sorted(opened.namelist())
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
        assert not any(info.extra or info.comment for info in opened.infolist())


def test_a_bundle_goes_to_where_nothing_can_be_taken_back() -> None:
    class Sent(io.RawIOBase):
        data = b""

        def write(self, piece: object) -> int:
            self.data += bytes(piece)  # type: ignore[call-overload]
            return len(piece)  # type: ignore[arg-type]

    sent, kept = Sent(), io.BytesIO()

    write_bundle(sent, small_story().members(), as_of=AS_OF, seal=Story().seal)  # type: ignore[arg-type]
    write_bundle(kept, small_story().members(), as_of=AS_OF, seal=Story().seal)

    assert sent.data == kept.getvalue()


@pytest.mark.parametrize("missing", ["checkpoint", "vkeys", "disclosures.ndjson"])
def test_a_bundle_is_not_made_without_what_every_bundle_has(missing: str) -> None:
    members = small_story().members()
    del members[missing]
    out = io.BytesIO()

    with pytest.raises(BadBundle, match=f"not whole without {missing}"):
        write_bundle(out, members, as_of=AS_OF, seal=Story().seal)
    assert out.getvalue() == b""


@pytest.mark.parametrize("name", ["", "/etc/x", "../x", "a//b", "a b", "نام", ".hidden", "a" * 201])
def test_a_file_needs_a_name_that_every_machine_can_read(name: str) -> None:
    with Spool() as spool, pytest.raises(BadZip, match="no name for another file"):
        spool.add(name, b"")


def test_a_bundle_too_long_for_its_form_is_not_made() -> None:
    with Spool() as spool:
        for number in range(65_535):
            spool.add(f"{number}", b"")

        with pytest.raises(BadZip, match="at most 65,534 files and 4 GiB"):
            spool.write_zip(io.BytesIO())
