"""What a person may have meant, and how they may go on."""

import pytest

from register.search import Query, SearchIndex
from tests.search.register_in_memory import RegisterInMemory


def correction(index: SearchIndex, text: str) -> str | None:
    return index.search(Query(text)).correction


@pytest.fixture(autouse=True)
def texts(register: RegisterInMemory, index: SearchIndex) -> None:
    said = {
        "Fraud detection": "Face recognition at a port",
        "Fraud model": {"ur": "مصنوعی ذہانت کا نظام"},
        "Tax model": {"ur": "آبادی کی تعليم اور صحت"},
        "Model tax": {"ur": "تعليم کا نظام، عوام کے لیے"},
    }
    for number, (name, purpose) in enumerate(said.items(), start=1):
        register.publish(f"AIR-2026-{number:05}", name=name, purpose=purpose, agency="ministry")
    index.drain()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recogniton", "recognition"),
        ("recongition", "recognition"),
        ("rekognition", "recognition"),
        ("fruad", "fraud"),
        ("tax fruad -model", "tax fraud -model"),
        ("fruad AND (detecton OR tax)", "fraud AND (detection OR tax)"),
        ("facerecognition", "face recognition"),
        ("FRUAD", "fraud"),
        ("مصنوي", "مصنوعی"),
        ("تعلم", "تعليم"),  # spelt as the register's people spell it, with an Arabic yeh
        ("ابادي صحت", None),
    ],
)
def test_a_misspelt_word_is_put_right_and_the_rest_of_the_query_kept(
    typed: str, meant: str | None, index: SearchIndex
) -> None:
    assert correction(index, typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("", "fraud", "frauds", "the", "and", "zzzzzz", "xy", "fruad*", "fruad~", '"fruad"'),
        *("agency:fruad", "-", "AIR-2026-00009", "2026", "ذہانت", "🤖", "f" * 300, "\ud800"),
    ],
)
def test_where_there_is_doubt_nothing_is_put_right(typed: str, index: SearchIndex) -> None:
    assert correction(index, typed) is None


def test_no_word_of_a_withdrawn_record_is_ever_suggested(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00005", name="Biometric passport", purpose={"ur": "شناختی دستاویز"})
    index.drain()
    assert correction(index, "biometrik") == "biometric"
    assert index.suggest("passp") == ["passport"]
    assert correction(index, "biometricpassport") == "biometric passport"

    register.withdraw("AIR-2026-00005")
    index.drain()

    assert correction(index, "biometrik") is None
    assert correction(index, "biometricpassport") is None
    assert index.suggest("passp") == index.suggest("شناخ") == []
    assert correction(index, "شناختي دستاوز") is None
    assert index.search(Query("passp*")).total == 0
    assert index.search(Query("biometrik~")).total == 0


def test_a_rare_slip_is_put_right_by_a_word_that_is_far_commoner(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(100, 125):
        register.publish(f"AIR-2026-{number:05}", name="Automated decisions")
    register.publish("AIR-2026-00200", name="Automatted decisions")
    index.drain()

    assert correction(index, "automatted") == "automated"
    assert correction(index, "automated") is None


def test_the_last_word_is_completed_by_what_stands_beside_the_others(index: SearchIndex) -> None:
    assert index.suggest("mod") == ["model"]
    assert index.suggest("fraud de") == ["fraud detection"]
    assert index.suggest("tax mo") == ["tax model"]
    assert index.suggest("tax de") == []
    assert index.suggest("agency:x tax mo") == ["agency:x tax model"]
    assert index.suggest("fra", limit=0) == []


def test_urdu_is_completed_as_people_write_it(index: SearchIndex) -> None:
    assert index.suggest("تعل") == ["تعليم"]
    assert index.suggest("اباد") == ["آبادی"]
    assert index.suggest("مصنوعی ذہ") == ["مصنوعی ذہانت"]


@pytest.mark.parametrize("text", ["", " ", "m", "model ", "mod*", "mod~", '"mod', "-", "x" * 301])
def test_where_no_word_has_begun_nothing_is_suggested(text: str, index: SearchIndex) -> None:
    assert index.suggest(text) == []


def test_of_words_with_one_stem_the_commonest_is_suggested_and_the_rest_left_out(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00010", name="Evaluations of schools")
    register.publish("AIR-2026-00011", name="Evaluations of roads")
    register.publish("AIR-2026-00012", name="Evaluation of courts")
    index.drain()

    assert index.suggest("eval") == ["evaluations"]
