"""What the rules of quality find, and that they cannot be talked into finding nothing."""

from dataclasses import replace
from typing import Any

import pytest

from register.schemas.quality import Finding, Marks, judge
from register.schemas.quality.abbreviations import explained_in, used_in
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.quality import BY_ID, RULES
from tests.desk import sample_content
from tests.schemas.withheld import ENTRY, without

SECRET = "XYZZYPLU"


def marks(**answers: Any) -> Marks:
    return judge(CURRENT, sample_content().with_answers(**answers))


def found(marks: Marks, rule: str) -> list[Finding]:
    return [finding for finding in marks.findings if finding.rule == rule]


def test_the_weights_make_a_hundred() -> None:
    assert sum(rule.weight for rule in RULES) == 100
    assert all(rule.weight >= 0 for rule in RULES)


def test_nothing_at_all_has_no_points() -> None:
    assert judge(CURRENT, Content()).score == 0


@pytest.mark.parametrize("text", [".", "x " * 200, "n/a", "tbd tbd tbd tbd tbd tbd tbd tbd tbd"])
def test_an_answer_of_a_few_characters_is_found_and_gains_nothing(text: str) -> None:
    content = sample_content().with_answers(summary={"en": text, "ur": text})

    judged = judge(CURRENT, content)
    silent = judge(CURRENT, without(content, "summary"))

    assert {f.language for f in found(judged, "enough") if f.field == "summary"} == {"en", "ur"}
    assert judged.shares["answered"] == pytest.approx(silent.shares["answered"])
    assert judged.score < judge(CURRENT, sample_content()).score


def test_a_withheld_answer_counts_as_given() -> None:
    silent = without(sample_content(), "benefits")
    withheld = replace(silent, withheld=(ENTRY,))

    assert [f.field for f in found(judge(CURRENT, silent), "answered")].count("benefits") == 1
    assert "benefits" not in {f.field for f in found(judge(CURRENT, withheld), "answered")}
    assert judge(CURRENT, withheld).shares["answered"] > judge(CURRENT, silent).shares["answered"]


def test_neither_points_nor_findings_know_what_is_withheld_or_not_public() -> None:
    told = {"en": f"It saves {SECRET}.", "ur": f"{SECRET} " * 60}
    hidden = sample_content().with_answers(benefits=told, filed_by={"name": SECRET, "email": "a"})
    bare = without(sample_content(), "benefits", "filed_by")

    judged = judge(CURRENT, replace(hidden, withheld=(ENTRY,)))

    assert judged == judge(CURRENT, replace(bare, withheld=(ENTRY,)))
    assert SECRET not in repr(judged)


def test_what_an_answer_rules_out_is_not_missed() -> None:
    nil = Content(
        answers={
            "record_kind": "nil_return",
            "languages": ["en"],
            "name": {"en": "Nothing to report by the archive"},
            "summary": {
                "en": "The archive uses no AI system in its work, and plans none this year."
            },
            "agency": "archive",
            "contact_point": {"email": "archive@archive.example"},
            "next_review_due": "2027-01-01",
        }
    )

    judged = judge(CURRENT, nil)

    assert judged.score >= 90
    assert {f.field for f in judged.findings} <= {"unit", "responsible_official", "info_url"}


def test_silence_that_says_none_is_not_missed() -> None:
    content = without(sample_content(), "incidents", "waivers", "tags", "external_ids")

    assert judge(CURRENT, content).shares["answered"] == marks().shares["answered"]


def test_each_language_that_a_text_lacks_is_named() -> None:
    judged = marks(outputs={"en": "A list of returns, the most doubtful ones first."})

    assert [(f.field, f.language) for f in found(judged, "languages")] == [("outputs", "ur")]


def test_hard_words_and_long_sentences_are_found() -> None:
    english = "The operationalisation of interdepartmental modernisation methodologies " * 4
    urdu = "یہ نظام ہر سال جمع ہونے والے گوشوارے دیکھتا ہے اور " * 4

    judged = marks(purpose={"en": english, "ur": urdu})

    assert [f.field for f in found(judged, "reading")] == ["purpose"]
    assert [f.field for f in found(judged, "sentences")] == ["purpose"]
    assert found(judged, "reading")[0].values["grade"] > BY_ID["reading"].limits["bad"]


def test_an_abbreviation_is_found_once_in_each_language_that_leaves_it_unexplained() -> None:
    judged = marks(
        purpose={
            "en": "The CRA uses it. Cross checks (CRC) help the CRA. The CRC is quick, it says.",
            "ur": "یہ CRC استعمال کرتا ہے۔",
        }
    )

    assert [(f.language, f.values["words"]) for f in found(judged, "abbreviations")] == [
        ("en", "CRA"),
        ("ur", "CRC"),
    ]


def test_the_agency_and_its_suppliers_need_not_explain_their_names() -> None:
    content = sample_content().with_answers(
        purpose={"en": "The ZRA bought it of KMW.", "ur": "متن"}, suppliers=[{"name": "KMW Ltd"}]
    )

    judged = judge(CURRENT, content, known={"ZRA"})

    assert found(judged, "abbreviations") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It uses LLMs and OCR.", ["LLM", "OCR"]),
        ("AI for PDF files in the EU", []),
        ("Part II of the Act", []),
        ("THE WHOLE TEXT IS IN CAPITALS", []),
        ("See WWW.NADRA.GOV or a@NADRA.example", []),
        ("R&D by the S&T wing", ["R&D", "S&T"]),
        ("A plan", []),
    ],
)
def test_what_is_an_abbreviation(text: str, words: list[str]) -> None:
    assert used_in(text) == words


def test_what_is_an_explanation() -> None:
    assert explained_in(["optical character recognition (OCR)"]) == {"OCR"}
    assert explained_in(["OCR (optical character recognition)"]) == {"OCR"}
    assert explained_in(["متن کی شناخت (OCR)"]) == {"OCR"}
    assert explained_in(["(OCR)", "OCR", "OCR (x)"]) == set()


def test_one_text_under_two_questions_is_found_at_the_second() -> None:
    text = {
        "en": "It sorts the returns by how likely they are to hold a mistake, and no more. " * 2
    }
    spelt_otherwise = {"en": text["en"].upper().replace(".", " !")}

    judged = marks(purpose=text, benefits=spelt_otherwise)

    assert [(f.field, f.values["question"]) for f in found(judged, "repeated")] == [
        ("benefits", "purpose")
    ]


def test_a_hundred_points_mean_that_nothing_falls_short() -> None:
    judged = marks()

    assert judged.score == 100 or judged.findings
    assert judge(CURRENT, without(sample_content(), "info_url")).score < 100
