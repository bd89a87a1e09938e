"""How people name a facet and its values."""

from register.search import Query, SearchIndex
from register.search.naming import Naming
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory

URDU = {
    "stage": "مرحلہ",
    "body": "ادارہ",
    "On trial": "آزمائشی",
    "Federal": "وفاقی",
    "Health": "صحت",
}
AGENCIES = ["tax-office", "ministry-of-health", "health", "moh-lab", "federal-board-of-revenue"]

NAMING = Naming.of(
    V1, ("en", "ur"), lambda text, code: URDU.get(text, text) if code == "ur" else text
)


def agencies(said: str, known: list[str] = AGENCIES) -> list[str]:
    return NAMING.list_values("agency", said, known)


def test_a_facet_has_a_name_of_its_own_and_one_in_every_language() -> None:
    said = ("agency", "Agency", "body", "ادارہ", "policy_domains", "policy-domains", "domain")

    found = [NAMING.find_facet(name) for name in said]

    assert found == ["agency"] * 4 + ["policy_domains"] * 3
    assert NAMING.find_facet("stage") == NAMING.find_facet("مرحله") == "phase"
    assert NAMING.find_facet("updated") == "updated"
    assert NAMING.find_facet("colour") is None
    assert NAMING.find_facet("") is None


def test_a_value_goes_by_its_code_and_by_its_label_in_every_language() -> None:
    known = ["pilot", "in_use"]

    for said in ("pilot", "PILOT", "on trial", "On-Trial", "آزمائشی", "آزمائشي"):
        assert NAMING.list_values("phase", said, known) == ["pilot"]
    assert NAMING.list_values("phase", "in use", known) == ["in_use"]
    assert NAMING.list_values("level", "وفاقی", ["federal", "local"]) == ["federal"]


def test_an_exact_name_comes_before_part_of_one() -> None:
    assert agencies("health") == ["health"]
    assert agencies("health", ["ministry-of-health", "health-service"]) == [
        "ministry-of-health",
        "health-service",
    ]


def test_some_words_of_a_name_in_a_row_are_enough_wherever_they_stand() -> None:
    assert agencies("tax") == agencies("office") == agencies("tax office") == ["tax-office"]
    assert agencies("board of revenue") == ["federal-board-of-revenue"]
    assert agencies("revenue") == ["federal-board-of-revenue"]
    assert agencies("federal revenue") == agencies("reven") == agencies("boardof rev") == []


def test_initials_are_enough_without_small_words() -> None:
    assert agencies("FBR") == ["federal-board-of-revenue"]
    assert agencies("moh") == ["ministry-of-health", "moh-lab"]


def test_nothing_is_named_by_signs_alone() -> None:
    assert agencies("") == agencies("--") == agencies("_") == []


def test_a_value_of_withdrawn_records_only_hides_no_other(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", agency="health")
    register.publish("AIR-2026-00002", agency="ministry-of-health")
    index.drain()
    assert index.search(Query("agency:health")).ids == ["AIR-2026-00001"]

    register.withdraw("AIR-2026-00001")
    index.drain()

    assert index.search(Query("agency:health")).ids == ["AIR-2026-00002"]
