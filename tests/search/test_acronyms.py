"""A body or a system is found by its initials, and initials do not flood the register."""

from collections import Counter

import pytest

from register.search import Query, SearchIndex
from register.search.acronyms import initials
from register.search.document import analyse, from_publication
from register.search.language import stems
from register.standard.v1 import V1
from tests.exchange.real_files import imported
from tests.search.register_in_memory import RegisterInMemory, publication


@pytest.mark.parametrize(
    "name",
    ["", "Police", "Chat bot", "ایف بی آر بورڈ کا", "3 4 5", "a of the and", "(((", "x" * 9,
     "ß ß ß", "One of Seven Words That Nobody Would Ever Say Shortly"],
)  # fmt: skip
def test_what_gives_no_three_to_six_letters_gives_none(name: str) -> None:
    assert initials(name) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Federal Board of Revenue", ["FBR"]),
        ("National Database and Registration Authority", ["NDRA"]),
        ("Department of Energy", ["DOE"]),
        ("Ministry of Climate Change", ["MCC", "MOCC"]),
        ("Office of Management and Budget", ["OMB"]),
        ("Oil & Gas Regulatory Authority (Islamabad)", ["OGRA"]),
        ("His Majesty's Land Registry", ["MLR"]),
        ("Canada Energy Regulator / La Régie de l’énergie du Canada", ["CER"]),
        ("Anti-Corruption Establishment Punjab", ["ACEP"]),
    ],
)
def test_initials_of_a_name(name: str, expected: list[str]) -> None:
    assert [letters for letters in initials(name) if letters in expected] == expected


@pytest.mark.parametrize("written", ["F.B.R.", "F.B.R", "f.b.r.", "FBR", "fbr"])
def test_dots_between_letters_do_not_matter(written: str) -> None:
    assert stems(f"the {written} says") == ["fbr", *stems("says")]


@pytest.mark.parametrize("written", ["v1.2.3", "a.b", "see a.b.card", "3.5.7"])
def test_other_dots_are_read_as_before(written: str) -> None:
    assert "abcard" not in stems(written)
    assert "ab" not in stems(written)
    assert "v123" not in stems(written)


def test_a_body_is_found_by_initials_only_where_it_states_no_abbreviation(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", agency="federal-board-of-revenue")
    register.publish("AIR-2026-00002", agency="federal-bureau-of-roads")
    register.publications["AIR-2026-00002"]["agency"]["abbreviation"] = "Roads"
    index.drain()

    assert index.search(Query("FBR")).ids == ["AIR-2026-00001"]
    assert index.search(Query("f.b.r.")).ids == ["AIR-2026-00001"]


def test_a_system_is_found_by_the_initials_of_its_name(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name={"en": "Case Triage Tool", "ur": "نظام"})
    register.publish("AIR-2026-00002", name={"en": "Triage Tool", "fr": "Carte Tri Total"})
    index.drain()

    assert index.search(Query("CTT")).ids == ["AIR-2026-00001"]


def test_initials_are_never_suggested() -> None:
    document = from_publication(publication("AIR-2026-00001", name="Case Triage Tool"), V1)

    assert document is not None
    found = analyse(document.texts["body"])
    assert "ctt" in found.stems
    assert "ctt" not in found.surfaces


def test_initials_do_not_flood_a_real_register() -> None:
    rows = imported("omb-2025").imported
    names = [row.content.answers["name"]["en"] for row in rows if "name" in row.content.answers]

    counts = Counter(letters for name in set(names) for letters in initials(name))

    assert counts.most_common(1)[0][1] < len(names) * 0.01
    assert sum(counts.values()) < len(names)
