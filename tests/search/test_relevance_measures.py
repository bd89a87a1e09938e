"""What is said of how well a search orders rests on these few sums and files."""

import csv
from collections import Counter
from math import log2
from pathlib import Path

import pytest

from bench.asked import JUDGEMENTS, cranfield, key_of, missing, same_system
from bench.gains import ndcg, recall

GRADES = {"a": 3, "b": 2, "c": 1}


def rows(name: str) -> list[dict[str, str]]:
    with (JUDGEMENTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def system(reference: str, name: str, purpose: str) -> dict[str, object]:
    answers = {"name": {"en": name}, "purpose": {"en": purpose}}
    return {"reference": reference, "agency": {"slug": "taxes"}, "answers": answers}


@pytest.mark.parametrize("found", [[], ["x", "y"]])
def test_an_order_without_anything_relevant_is_worth_nothing(found: list[str]) -> None:
    assert ndcg(found, GRADES) == 0
    assert recall(found, GRADES) == 0


def test_a_query_to_which_nothing_is_relevant_is_worth_nothing() -> None:
    assert ndcg(["a"], {}) == 0
    assert recall(["a"], {"a": 0}) == 0


def test_the_gain_is_what_is_computed_by_hand() -> None:
    best = 7 + 3 / log2(3) + 1 / 2

    assert ndcg(["a", "b", "c"], GRADES) == 1
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx((3 + 7 / 2) / best)
    assert ndcg(["x", "y", "a"], GRADES, depth=2) == 0


def test_recall_is_of_what_fits_in() -> None:
    assert recall(["a", "x", "c"], GRADES) == pytest.approx(2 / 3)
    assert recall(["a", "x", "c"], GRADES, depth=2) == pytest.approx(1 / 2)


def test_a_collection_in_the_form_of_smart_is_read(tmp_path: Path) -> None:
    (tmp_path / "cran.all.1400").write_text(".I 1\n.T\nwings\n.W\nlift of\nwings\n.I 2\n.W\nheat\n")
    (tmp_path / "cran.qry").write_text(".I 001\n.W\nwhat lifts\na wing\n.I 004\n.W\nheat\n")
    (tmp_path / "cranqrel").write_text("1 1 2\n1 2 5\n2 2 -1\n")

    read = cranfield(tmp_path)

    assert [said["answers"]["purpose"]["en"] for said in read.publications] == [
        "lift of\nwings",
        "heat",
    ]
    assert [(asked.text, asked.grades) for asked in read.asked] == [
        ("what lifts a wing", {"DOC-000001": 1})
    ]


def test_a_folder_that_lacks_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        cranfield(tmp_path)


def test_the_words_of_one_year_ask_for_the_system_of_another() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    earlier = [system("OLD-1", "Chat: Desk", words), system("OLD-2", "Other", words)]

    asked = same_system(earlier, [system("NEW-1", "chat desk", "anything")], 2).asked

    assert [(each.text, each.grades) for each in asked] == [("word0 word1", {"NEW-1": 1})]


def test_a_record_is_named_alike_whatever_was_imported_before_it() -> None:
    found = system("AIR-1", "Chat: Desk", "")

    assert key_of(found, ("omb-2025", "taxes/id/1")) == "omb-2025:taxes/id/1"
    assert key_of(found, (None, None)) == "sample:taxes/chat desk"


def test_the_judgements_are_whole() -> None:
    queries, judgements = rows("queries.tsv"), rows("qrels.tsv")
    judged = {row["query"] for row in judgements}
    pairs = Counter((row["query"], row["record"]) for row in judgements)

    assert judged == {row["id"] for row in queries}
    assert {row["grade"] for row in judgements} == {"1", "2", "3"}
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert all(row["query"] and row["intent"] for row in queries)
    assert Counter(row["language"] == "ur" for row in queries) == {True: 30, False: 60}


def test_a_register_without_the_records_says_which_it_lacks() -> None:
    every = {row["record"]: "AIR-1" for row in rows("qrels.tsv")}

    assert missing(every) == []
    assert len(missing({})) == len(every)
