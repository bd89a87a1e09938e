"""Disclosures that speak of the same."""

from register.search import SearchIndex
from tests.search.register_in_memory import RegisterInMemory


def publish(register: RegisterInMemory, number: int, name: str, purpose: str) -> None:
    register.publish(f"AIR-2026-{number:05}", name=name, purpose=purpose)


def test_what_shares_the_most_telling_words_comes_first_and_never_the_record_itself(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    publish(register, 1, "Face recognition", "Compares faces of travellers at an airport gate")
    publish(register, 2, "Airport faces", "Face recognition of travellers at the gate")
    publish(register, 3, "Gate", "Counts travellers at an airport")
    for number in range(10, 30):
        publish(register, number, f"Weather{number}", f"Forecasts rain in district{number}")
    index.drain()

    assert index.similar("AIR-2026-00001") == ["AIR-2026-00002", "AIR-2026-00003"]
    assert index.similar("AIR-2026-00001", limit=1) == ["AIR-2026-00002"]


def test_a_withdrawn_record_is_like_nothing_and_nothing_is_like_it(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(1, 4):
        publish(register, number, "Face recognition", "Compares travellers at an airport gate")
    publish(register, 9, "Weather", "Forecasts rain")
    index.drain()

    register.withdraw("AIR-2026-00002")
    index.drain()

    assert index.similar("AIR-2026-00001") == ["AIR-2026-00003"]
    assert index.similar("AIR-2026-00002") == []
    assert index.similar("AIR-2026-99999") == []
    assert index.similar("nonsense\ud800") == []


def test_two_words_in_common_prove_nothing(register: RegisterInMemory, index: SearchIndex) -> None:
    publish(register, 1, "Face recognition", "Compares travellers")
    publish(register, 2, "Face recognition", "Finds cattle")
    publish(register, 3, "Weather", "Rain")
    index.drain()

    assert index.similar("AIR-2026-00001") == []


def test_urdu_records_are_like_each_other(register: RegisterInMemory, index: SearchIndex) -> None:
    text = {"ur": "وزارت صحت کا نظام مریضوں کی ترجیح بندی"}
    register.publish("AIR-2026-00001", name=text)
    register.publish("AIR-2026-00002", name=text)
    register.publish("AIR-2026-00003", name={"ur": "موسم"})
    index.drain()

    assert index.similar("AIR-2026-00001") == ["AIR-2026-00002"]
