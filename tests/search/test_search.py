"""What people find, in which order, and how it is counted."""

from pathlib import Path

import pytest

from register.errors import Invalid, Unavailable
from register.search import Query, SearchIndex
from register.standard.v1 import V1
from tests.search.register_in_memory import RegisterInMemory


def test_documents_with_all_words_come_first_then_those_with_most(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="Face", summary="Face face face", purpose="face")
    register.publish("AIR-2026-00002", purpose="Recognition of a face at an airport")
    register.publish("AIR-2026-00003", name="Face recognition")
    register.publish("AIR-2026-00004", name="Weather")
    index.drain()

    found = index.search(Query("face recognition airport"))

    assert found.ids == ["AIR-2026-00002", "AIR-2026-00003", "AIR-2026-00001"]
    assert (found.total, found.complete) == (3, 1)


def test_a_word_in_the_name_counts_more_than_in_the_summary_or_the_body(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="One thing", summary="Two things", purpose="Drone use")
    register.publish("AIR-2026-00002", name="One thing", summary="Drone use", purpose="Two things")
    register.publish("AIR-2026-00003", name="Drone use", summary="Two things", purpose="One thing")
    index.drain()

    found = index.search(Query("drone"))

    assert found.ids == ["AIR-2026-00003", "AIR-2026-00002", "AIR-2026-00001"]


def test_quoted_words_must_follow_each_other(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", purpose="Decides on social benefits of a family")
    register.publish("AIR-2026-00002", purpose="The benefits are social")
    register.publish("AIR-2026-00003", name="Social", summary="Benefits")
    index.drain()

    assert index.search(Query('"social benefits"')).ids == ["AIR-2026-00001"]
    assert index.search(Query("social benefits")).total == 3


def test_quoted_words_do_not_match_across_two_answers(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", purpose={"en": "It is social", "ur": "benefits"})
    index.drain()

    assert index.search(Query('"social benefits"')).ids == []


def test_a_word_after_a_minus_must_not_occur(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="Tax model")
    register.publish("AIR-2026-00002", name="Tax chatbot")
    index.drain()

    assert index.search(Query("tax -model")).ids == ["AIR-2026-00002"]
    assert index.search(Query("-model")).ids == ["AIR-2026-00002"]


def test_a_reference_finds_its_disclosure_alone(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="Air quality in 2026")
    register.publish("AIR-2026-00002", name="Another")
    index.drain()

    assert index.search(Query("air-2026-00002")).ids == ["AIR-2026-00002"]
    assert index.search(Query("air 2026")).ids == ["AIR-2026-00001"]


def test_the_words_of_a_chosen_option_are_found_in_every_language(
    tmp_path: Path, register: RegisterInMemory
) -> None:
    index = SearchIndex(
        tmp_path, register, V1, languages=("en", "ur"), label=lambda text, language: f"{text} اردو"
    )
    register.publish("AIR-2026-00001", phase="in_use")
    index.drain()
    label = V1.field("phase").option("in_use").label

    assert index.search(Query(f'"{label}"')).total == 1
    assert index.search(Query("اردو")).total == 1
    index.close()


def test_the_agency_is_found_by_its_name(register: RegisterInMemory, index: SearchIndex) -> None:
    register.publish("AIR-2026-00001", agency="ministry-of-health")
    index.drain()

    assert index.search(Query("health ministry")).total == 1


def test_an_answer_that_is_withheld_or_private_is_not_found(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish(
        "AIR-2026-00001",
        purpose="confidential purpose",
        withheld=["purpose"],
        filed_by={"name": "Zebedee", "email": "z@example.org"},
    )
    index.drain()

    assert index.search(Query("confidential")).total == 0
    assert index.search(Query("zebedee")).total == 0


def test_without_words_everything_is_listed_newest_first(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00002", at="2026-01-01T00:00:00Z")
    register.publish("AIR-2026-00003", at="2026-02-01T00:00:00Z")
    register.publish("AIR-2026-00001", at="2026-01-01T00:00:00Z")
    index.drain()

    found = index.search(Query(""))

    assert found.ids == ["AIR-2026-00003", "AIR-2026-00001", "AIR-2026-00002"]


def test_names_are_sorted_in_the_language_of_the_page(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name={"en": "Alpha", "ur": "ٹیکس"})
    register.publish("AIR-2026-00002", name={"en": "Beta", "ur": "پانی"})
    register.publish("AIR-2026-00003", name={"en": "Gamma"})
    index.drain()

    english = index.search(Query(sort="name", language="en")).ids
    urdu = index.search(Query(sort="name", language="ur")).ids

    assert [reference[-1] for reference in english] == ["1", "2", "3"]
    assert [reference[-1] for reference in urdu] == ["2", "1", "3"]


def test_the_counts_of_a_facet_ignore_its_own_filter(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", phase="pilot", impact_tier="high")
    register.publish("AIR-2026-00002", phase="in_use", impact_tier="high")
    register.publish("AIR-2026-00003", phase="in_use", impact_tier="limited")
    index.drain()

    found = index.search(Query(filters={"phase": ["in_use", "retired"]}))

    assert found.total == 2
    assert found.facets["phase"] == [("in_use", 2), ("pilot", 1), ("retired", 0)]
    assert found.facets["impact_tier"] == [("high", 1), ("limited", 1)]


def test_every_value_of_an_answer_with_many_is_counted(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", policy_domains=["health", "justice"])
    register.publish("AIR-2026-00002", policy_domains=["health"])
    index.drain()

    found = index.search(Query(filters={"policy_domains": ["justice"]}))

    assert found.ids == ["AIR-2026-00001"]
    assert found.facets["policy_domains"] == [("health", 2), ("justice", 1)]


def test_the_year_is_that_of_first_use_or_else_of_publication(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", in_use_since="2019-05")
    register.publish("AIR-2026-00002", at="2026-01-01T00:00:00Z")
    index.drain()

    assert index.search(Query()).facets["year"] == [("2019", 1), ("2026", 1)]


def test_pages_have_twenty_and_end_where_the_results_end(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    for number in range(45):
        register.publish(f"AIR-2026-{number:05}", name="Same")
    index.drain()

    pages = [index.search(Query("same", page=page)) for page in (1, 2, 3, 10**9, -5)]

    assert [len(page.ids) for page in pages] == [20, 20, 5, 5, 20]
    assert [page.page for page in pages] == [1, 2, 3, 3, 1]
    ids = [reference for page in pages[:3] for reference in page.ids]
    assert ids == [f"AIR-2026-{number:05}" for number in range(45)]
    assert index.list_references(Query("same")) == ids


def test_the_same_words_in_another_order_or_under_a_filter_are_another_question(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    register.publish("AIR-2026-00001", name="Zebra", phase="pilot", at="2026-01-01T00:00:00Z")
    register.publish("AIR-2026-00002", name="A zebra crossing", at="2026-02-01T00:00:00Z")
    register.publish("AIR-2026-00003", name="Yet a zebra crossing", at="2025-02-01T00:00:00Z")
    index.drain()

    asked = [Query("zebra"), Query("zebra", sort="updated"), Query("zebra", sort="name")]
    asked.append(Query("zebra", filters={"phase": ["pilot"]}))
    found = [[reference[-1] for reference in index.search(query).ids] for query in asked]

    assert found == [["1", "2", "3"], ["2", "1", "3"], ["2", "3", "1"], ["1"]]


def test_a_facet_or_an_order_that_does_not_exist_is_refused(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    index.drain()

    with pytest.raises(Invalid) as refused:
        index.search(Query(filters={"colour": ["red"]}, sort="beauty"))

    assert set(refused.value.errors) == {"colour", "sort"}


def test_an_empty_register_answers_with_nothing(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    index.drain()

    for text in ("", "word", '"two words"', "-word"):
        found = index.search(Query(text))
        assert (found.ids, found.total, found.page, found.pages) == ([], 0, 1, 1)


def test_without_an_index_a_search_says_that_it_is_unavailable(index: SearchIndex) -> None:
    assert not index.is_ready
    with pytest.raises(Unavailable):
        index.search(Query("word"))


def test_odd_filter_values_find_nothing(register: RegisterInMemory, index: SearchIndex) -> None:
    register.publish("AIR-2026-00001", phase="pilot")
    index.drain()

    for value in ("", "\x00", "\ud800", "x" * 100_000, "\x1f", "pilot\x1f"):
        assert index.search(Query(filters={"phase": [value]})).total == 0
