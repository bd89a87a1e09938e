"""The corpus is read as it was meant, and what is not the corpus is refused."""

from math import log2
from pathlib import Path

import pytest

from bench import lee
from bench.gains import filled, ndcg

TEXTS = "The U.S. fleet sailed. It rained.\nA dog's life - no joke?\nSnow fell on Sept. 1. Much.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "lee.cor").write_text(TEXTS)
    (tmp_path / "lee_background.cor").write_bytes(b"Ten \xa3 more.\n")
    (tmp_path / "similarities0-1.txt").write_text("1 0.5 0.25\n0 1 1\n0 0 1\n")
    return tmp_path


def test_a_folder_without_the_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(lee.Unavailable, match=str(tmp_path)):
        lee.collections(tmp_path)


def test_another_file_than_was_measured_is_refused_and_thrown_away(tmp_path: Path) -> None:
    wheel = tmp_path / lee.WHEEL
    wheel.write_bytes(b"something else")

    with pytest.raises(lee.Unavailable, match="not the file"):
        lee.check(wheel)

    assert not wheel.exists()


def test_nothing_is_fetched_into_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)

    assert Path(lee.__file__).parents[1] not in lee.cache().parents


def test_a_text_asks_for_the_others_and_never_for_itself(corpus: Path) -> None:
    asked = lee.collections(corpus)[0].asked

    assert [each.without for each in asked] == ["LEE-000001", "LEE-000002", "LEE-000003"]
    assert asked[0].grades == {"LEE-000002": log2(1.5), "LEE-000003": log2(1.25)}
    assert asked[2].grades == {"LEE-000001": log2(1.25), "LEE-000002": 1}


def test_an_abbreviation_ends_no_sentence_and_signs_are_no_words(corpus: Path) -> None:
    first, ten = lee.collections(corpus)[:2]

    assert [each.text for each in first.asked] == [
        "The U S fleet sailed",
        "A dog's life no joke",
        "Snow fell on Sept 1",
    ]
    assert ten.asked[0].text == "The U S fleet sailed It rained"


def test_texts_that_nobody_judged_are_searched_and_worth_nothing(corpus: Path) -> None:
    larger = lee.collections(corpus)[-1]

    assert larger.publications[-1]["reference"] == "UNJUDGED-000001"
    assert len(larger.publications) == 4
    assert all("UNJUDGED-000001" not in each.grades for each in larger.asked)


def test_a_gain_is_what_people_said() -> None:
    grades = {"a": lee.grade(0.8), "b": lee.grade(0.2)}

    assert ndcg(["b", "a"], grades) == pytest.approx((0.2 + 0.8 / log2(3)) / (0.8 + 0.2 / log2(3)))


def test_any_order_is_worth_the_mean_of_all_orders() -> None:
    grades = {"a": lee.grade(0.8), "b": lee.grade(0.2)}
    orders = [["a", "b"], ["b", "a"], ["a", "x"], ["x", "a"], ["b", "x"], ["x", "b"]]

    mean = sum(ndcg(order, grades, depth=2) for order in orders) / len(orders)

    assert filled([], grades, 3, depth=2) == pytest.approx(mean)
    assert filled([], {}, 3) == 0


def test_what_was_not_found_follows_in_any_order() -> None:
    grades = {"a": lee.grade(0.8), "b": lee.grade(0.2)}
    orders = [["a", "b"], ["a", "x"]]

    mean = sum(ndcg(order, grades, depth=2) for order in orders) / len(orders)

    assert filled(["a"], grades, 3, depth=2) == pytest.approx(mean)
    assert filled(["b", "a"], grades, 3, depth=2) == ndcg(["b", "a"], grades, depth=2)
