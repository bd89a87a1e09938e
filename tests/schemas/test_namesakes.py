"""Names that are nearly the same, found among many."""

import pytest

from register.schemas import namesakes
from register.schemas.namesakes import Names


def like(name: str, *others: str) -> list[tuple[str, float]]:
    names: Names[int] = Names()
    for number, other in enumerate(others):
        names.add(number, other)
    return [(each.name, each.likeness) for each in names.like(name)]


@pytest.mark.parametrize("name", ["", "…", "AI"])
def test_a_name_that_says_nothing_is_like_no_other(name: str) -> None:
    assert like(name, "Storm forecast", "") == []


@pytest.mark.parametrize(
    "other",
    ["STORM  FORECAST", "Forecast, storm", "Storm forcast", "Storm forecasts (2)"],
)
def test_another_spelling_is_found(other: str) -> None:
    (found,) = like("Storm forecast", "Tide tables", other)

    assert found[0] == other
    assert 0.7 <= found[1] <= 1


def test_the_likest_comes_first_and_only_a_few_are_given() -> None:
    found = like("Storm forecast 7", *(f"Storm forecast {n}" for n in range(30)), "Storm")

    assert found[0] == ("Storm forecast 7", 1.0)
    assert len(found) == namesakes.MOST


def test_of_names_that_are_spelled_alike_the_first_is_given() -> None:
    assert like("Storm forecast", "Storm, forecast", "storm forecast") == [("Storm, forecast", 1.0)]


def test_a_name_is_found_in_any_script() -> None:
    assert like("طوفان کی پیش گوئی", "طوفان كي پيش گوئي")[0][1] == 1.0
    assert like("地震早期警報", "地震早期警報二")[0][1] > 0.9


def test_how_many_are_compared_does_not_grow_with_the_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []
    ratio = namesakes.fuzz.ratio

    def counting(*texts: str, score_cutoff: float) -> float:
        compared[-1] += 1
        return ratio(*texts, score_cutoff=score_cutoff)

    monkeypatch.setattr(namesakes.fuzz, "ratio", counting)
    names: Names[int] = Names()

    for number in range(3000):
        compared.append(0)
        names.like(f"Assistant for case files {number}")
        names.add(number, f"Assistant for case files {number}")

    assert max(compared[:100]) == max(compared[-100:])
