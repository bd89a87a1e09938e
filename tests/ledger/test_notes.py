"""Signed notes: whose signature counts, and what is no note at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.ledger import BadKey, BadNote, Checkpoint, Signer, Verifier, merkle, notes

# The example of Go's package note.
KEY_FILE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
TEXT = "three\nlines\n\n"
FIRST = Signer("register.example/log", bytes(range(32)))
SECOND = Signer("register.example/log", bytes(range(1, 33)))
STRANGER = Signer("elsewhere.example/log", bytes(32))
ROOT = merkle.leaf_hash(b"x")


def test_a_note_that_a_stranger_signed_is_refused_and_names_them() -> None:
    note = notes.sign(TEXT, [STRANGER])

    with pytest.raises(BadNote, match=r"it is signed by elsewhere\.example/log"):
        notes.open_note(note, [FIRST.verifier])
    with pytest.raises(BadNote, match="No key that is trusted here"):
        notes.open_note(note, [])


def test_another_key_under_the_same_name_is_a_stranger() -> None:
    with pytest.raises(BadNote, match="No key that is trusted here"):
        notes.open_note(notes.sign(TEXT, [SECOND]), [FIRST.verifier])


def test_a_wrong_signature_of_a_known_key_spoils_a_note_that_another_key_signed() -> None:
    note = notes.sign(TEXT, [FIRST])
    forged = note + SECOND.signature_line("another text\n")

    with pytest.raises(BadNote, match="does not belong to this text"):
        notes.open_note(forged, [FIRST.verifier, SECOND.verifier])
    assert notes.open_note(forged, [FIRST.verifier]) == TEXT


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("", id="nothing"),
        pytest.param("text\n", id="no signature"),
        pytest.param("text\n\n", id="nothing below the empty line"),
        pytest.param(NOTE.rstrip("\n"), id="without its last line break"),
        pytest.param(NOTE.replace("— ", "- "), id="a hyphen"),
        pytest.param(NOTE.replace(" x08", "  x08"), id="two spaces"),
        pytest.param(NOTE.replace("AM=", "AM"), id="base64 without its end"),
        pytest.param(NOTE.replace("AM=", "AN="), id="base64 with spare bits"),
        pytest.param(NOTE.replace("PeterNeumann ", "Peter+Neumann "), id="a plus sign in the name"),
        pytest.param(NOTE.replace("\n", "\r\n"), id="line ends of another system"),
        pytest.param(NOTE.replace("think", "think\t"), id="a control character"),
        pytest.param(NOTE + "\n", id="an empty line at the end"),
        pytest.param(NOTE + "— PeterNeumann x08g\n", id="a signature of three bytes"),
        pytest.param(NOTE + "— x x08go/Y=\n" * 100, id="too many signatures"),
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        notes.open_note(note, [Verifier.from_vkey(VKEY)])


def test_a_note_that_is_too_long_to_read_is_refused() -> None:
    note = notes.sign("x" * 1_000_000 + "\n", [FIRST])

    with pytest.raises(BadNote, match="too long"):
        notes.open_note(note, [FIRST.verifier])


@pytest.mark.parametrize("text", ["", "no line break", "a\tb\n", "a\r\n"])
def test_a_text_that_can_be_no_note_is_not_signed(text: str) -> None:
    with pytest.raises(BadNote, match="whole lines"):
        notes.sign(text, [FIRST])


def test_a_note_is_not_made_without_a_signer() -> None:
    with pytest.raises(BadNote, match="needs a signature"):
        notes.sign(TEXT, [])


@pytest.mark.parametrize(
    "vkey",
    [
        pytest.param("", id="nothing"),
        pytest.param("PeterNeumann+c74f20a3", id="cut short"),
        pytest.param(VKEY.replace("c74f", "C74F"), id="capitals"),
        pytest.param(VKEY.replace("c74f", "c74e"), id="another id"),
        pytest.param(VKEY.replace("Peter", "Petra"), id="another name"),
        pytest.param(VKEY.replace("+ARpc", "+AhpcX"), id="another kind of key"),
        pytest.param(VKEY.replace("10TW", "10TX"), id="another key"),
        pytest.param(VKEY[:-4], id="a shorter key"),
        pytest.param(VKEY.replace("Peter", "Peter "), id="a space in the name"),
        pytest.param(KEY_FILE, id="the secret key"),
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(BadKey):
        Verifier.from_vkey(vkey)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(VKEY, id="the key of a reader"),
        pytest.param(KEY_FILE.replace("c74f", "c74e"), id="another id"),
        pytest.param(KEY_FILE.replace("AYEK", "AYEL"), id="another seed"),
        pytest.param(KEY_FILE[:-5], id="cut short"),
    ],
)
def test_what_is_no_key_file_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        Signer.from_key_file(text)


def test_a_refusal_never_repeats_the_secret() -> None:
    for text in (KEY_FILE[:-5], KEY_FILE.replace("c74f", "c74e"), KEY_FILE.replace("+KEY", "")):
        with pytest.raises(BadKey) as refusal:
            Signer.from_key_file(text)

        assert "AYEKFAL" not in str(refusal.value)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "thin\u2009space"])
def test_a_key_needs_a_name_that_fits_into_a_note(name: str) -> None:
    with pytest.raises(BadKey, match="name of a key"):
        Signer.generate(name)


def test_the_example_of_go_is_read_and_made_alike() -> None:
    signer = Signer.from_key_file(KEY_FILE)

    assert signer.vkey == VKEY
    assert signer.key_file == KEY_FILE
    assert notes.sign(NOTE.partition("\n\n")[0] + "\n", [signer]) == NOTE
    assert notes.open_note(NOTE, [Verifier.from_vkey(VKEY)]) == NOTE.partition("\n\n")[0] + "\n"


def test_several_keys_sign_and_each_of_them_is_enough() -> None:
    note = notes.sign(TEXT, [FIRST, SECOND, STRANGER])

    for signer in (FIRST, SECOND, STRANGER):
        assert notes.open_note(note, [signer.verifier]) == TEXT


def test_every_turned_bit_of_a_note_is_noticed() -> None:
    data = notes.sign(TEXT, [FIRST]).encode()

    for bit in range(len(data) * 8):
        wrong = bytearray(data)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError, match=r"."):
            notes.open_note(wrong.decode(), [FIRST.verifier])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_opened(line: str, seed: bytes) -> None:
    signer = Signer.from_key_file(Signer("a.example/log", seed).key_file)

    note = notes.sign(f"{line}\n", [signer])

    assert notes.open_note(note, [Verifier.from_vkey(signer.vkey)]) == f"{line}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("log\n1\n", id="no root"),
        pytest.param("\n1\n{root}\n", id="no name"),
        pytest.param("log\n01\n{root}\n", id="a leading zero"),
        pytest.param("log\n-1\n{root}\n", id="below zero"),
        pytest.param("log\n١\n{root}\n", id="other digits"),
        pytest.param("log\n1\nAAAA\n", id="a short root"),
        pytest.param("log\n1\n{root}", id="no line break"),
        pytest.param("log\n1\n{root}\nmore\n", id="a fourth line"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(text.replace("{root}", notes.encode_base64(ROOT)))


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("register.example/log", size, root)

    assert Checkpoint.parse(checkpoint.text) == checkpoint
