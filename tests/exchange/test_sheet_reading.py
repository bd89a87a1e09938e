"""Officers write as they are used to: the file is understood, and what is not is named."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from register.exchange.files.sheet_tables import read_sheets
from register.exchange.sheet.sheet_columns import REFERENCE
from register.exchange.sheet.sheet_marking import marked
from register.exchange.sheet.sheet_reading import Problem, SheetFile, SheetRow, read_systems
from tests.exchange.sheets import as_csv, filled, members, the_words

WORDS = the_words()


def one(cells: dict[str, str]) -> SheetRow:
    """The system that a CSV file with one row describes."""
    (system,) = read_systems(as_csv([("A-1", cells)]), "file.csv", WORDS).systems
    return system


def written(write: Callable[[Any, Any], None]) -> SheetFile:
    """What is read from a workbook that somebody wrote cell by cell."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    write(book, book.add_worksheet("Any name"))
    book.close()
    return read_systems(made.getvalue(), "file.xlsx", WORDS)


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("phase", "in_use", "in_use"),
        ("phase", "  in USE ", "in_use"),
        ("phase", "زیرِ استعمال", "in_use"),
        ("impact_determination.presumed", "نہیں", "no"),
        ("impact_determination.presumed", "TRUE", "yes"),
        ("scale.count", "۱۲٬۰۰۰", 12000),
        ("scale.count", "٣٤", 34),
        ("scale.count", "1,200", 1200),
        ("scale.count", "about ten", "about ten"),
        ("in_use_since", "۲۰۲۴", "2024"),
        ("in_use_since", "2024/3", "2024-03"),
        ("in_use_since", "2024-3-9", "2024-03-09"),
        ("in_use_since", "9 March", "9 March"),
        ("tags", "one; two ؛ ۳", ["one", "two", "۳"]),
        ("tags", "one; two\nthree", ["one; two", "three"]),
        ("cost.amount.currency", "pkr", "PKR"),
        ("cost.amount.amount", "۱۲٬۵۰۰٫۵۰", "12500.50"),
        ("purpose.en", " a \r\n b ", "a \n b"),
        ("name.ur", "  نام   ہے ", "نام ہے"),
    ],
)
def test_a_cell_is_read_as_a_person_meant_it(path: str, typed: str, kept: object) -> None:
    found: Any = one({path: typed}).answers

    for step in path.split("."):
        found = found[step]
    assert found == kept


def test_several_answers_are_divided_by_semicolons_of_either_script() -> None:
    column = next(c for c in WORDS.layout.systems if c.path == "policy_domains")
    (first, english), (second, urdu) = (
        WORDS.choices(column, "en")[0],
        WORDS.choices(column, "ur")[1],
    )

    system = one({"policy_domains": f"{english} ؛{urdu}; {first};"})

    assert system.answers == {"policy_domains": [first, second]}
    assert system.problems == ()


def test_an_option_that_nobody_offers_is_named_with_its_place() -> None:
    system = one({"phase": "in_use", "policy_domains": "health; Alchemy"})

    (problem,) = system.problems
    assert (problem.place.row, problem.place.letters, problem.place.path) == (
        2,
        "C",
        "policy_domains",
    )
    assert WORDS.say(problem.sentence, "en") == "“Alchemy” is not one of the answers offered here."


@pytest.mark.parametrize("code", ["en", "ur"])
def test_headings_in_either_language_do_without_technical_names(code: str) -> None:
    headings = {column.path: WORDS.heading(column, code) for column in WORDS.layout.systems}

    def write(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["The systems of our city"])
        own = {"en": "Your own reference", "ur": WORDS.translate("Your own reference", "ur")}[code]
        sheet.write_row(3, 1, [headings["phase"], "Remarks of mine", own, headings["name.ur"]])
        sheet.write_row(4, 1, ["planned", "nothing", "A-1", "نام"])

    read = written(write)

    (system,) = read.systems
    assert (system.reference, system.place.row) == ("A-1", 5)
    assert system.answers == {"phase": "planned", "name": {"ur": "نام"}}
    assert read.unknown == (("Any name", "Remarks of mine"),)


def test_real_days_numbers_and_formulas_are_read_by_what_they_show() -> None:
    def write(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        paths = ["in_use_since", "next_review_due", "scale.count", "purpose.en", "name.en"]
        sheet.write_row(0, 0, [REFERENCE, *paths])
        sheet.write_number(1, 0, 12)
        sheet.write_number(1, 1, 2024)
        sheet.write_datetime(1, 2, date(2027, 1, 31), day)
        sheet.write_number(1, 3, 1_500_000)
        sheet.write_formula(1, 4, '=WEBSERVICE("http://evil.example")', None, "what it showed")
        sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")

    (system,) = written(write).systems

    assert system.reference == "12"
    assert system.answers == {
        "in_use_since": "2024",
        "next_review_due": date(2027, 1, 31).isoformat(),
        "scale": {"count": 1_500_000},
        "purpose": {"en": "what it showed"},
    }


def test_lists_come_from_sheets_of_their_own_in_the_order_of_their_rows() -> None:
    risks = [{"description": {"en": text}} for text in ("first", "second")]
    systems = [("A-1", {"phase": "in_use", "risks": risks}), ("A-2", {"risks": risks[1:]})]
    systems[1][1]["phase"] = "planned"  # type: ignore[index]

    read = read_systems(filled(systems, WORDS, "ur"), "file.xlsx", WORDS)

    assert [system.answers["risks"] for system in read.systems] == [risks, risks[1:]]
    place = read.systems[0].places["risks.1.description.en"]
    assert (place.sheet, place.row, place.path) == ("خطرات", 4, "risks.description.en")


def test_rows_that_describe_no_system_of_their_own_are_named() -> None:
    systems = [("A-1", {"phase": "in_use"}), ("A-1", {"phase": "planned"}), ("", {"phase": "x"})]

    def write(_book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, [REFERENCE, "phase"])
        for number, (own, answers) in enumerate([*systems, ("y" * 301, {"phase": "x"})], start=1):
            sheet.write_row(number, 0, [own, answers["phase"]])
        lists = _book.add_worksheet("Risks")
        lists.write_row(0, 0, [REFERENCE, "risks.description.en"])
        lists.write_row(1, 0, ["B-9", "whose is this?"])

    read = written(write)

    said = [(p.place.sheet, p.place.row, WORDS.say(p.sentence, "en")) for p in read.problems]
    assert said == [
        ("Any name", 4, "Give the system a reference of your own, so that it is known again."),
        ("Any name", 5, "Use at most 300 characters."),
        ("Risks", 2, "No row of the first sheet has this reference."),
    ]
    twice = [WORDS.say(system.problems[0].sentence, "en") for system in read.systems]
    assert twice == ["This reference stands in rows 2, 3. Give each system one row."] * 2


def test_a_marked_file_shows_what_is_wrong_and_can_be_sent_again() -> None:
    cells = {"phase": "in_use", "name.en": "=cmd|' /C calc'!A0", "scale.count": "many"}
    read = read_systems(as_csv([("A-1", cells), ("A-2", {"phase": "planned"})]), "f.csv", WORDS)
    place = read.systems[0].places["scale.count"]

    book = marked(read, [Problem(place, "Enter a whole number, such as 1200.")], WORDS, "en")

    ((_name, rows),) = [(sheet.name, sheet.rows) for sheet in read_sheets(book, "m.xlsx")]
    assert rows[0][1][-1] == "What to mend"
    assert rows[1][1] == ("A-1", *cells.values(), "Enter a whole number, such as 1200.")
    assert rows[2][1] == ("A-2", "planned")
    parts = members(book)
    assert b"<f>" not in parts["xl/worksheets/sheet1.xml"]
    assert b"Enter a whole number" in parts["xl/comments1.xml"]
    again = read_systems(book, "m.xlsx", WORDS)
    assert [system.answers for system in again.systems] == [
        system.answers for system in read.systems
    ]
    assert again.unknown == ()


def test_a_file_marked_twice_has_one_column_of_remarks() -> None:
    read = read_systems(filled([("A-1", {"phase": "in_use"})], WORDS), "f.xlsx", WORDS)
    place = read.systems[0].places["phase"]
    once = read_systems(marked(read, [Problem(place, "First.")], WORDS, "en"), "m.xlsx", WORDS)

    twice = marked(once, [Problem(place, "Second.")], WORDS, "ur")

    rows = read_sheets(twice, "m.xlsx")[0].rows
    assert [cells[-1] for _number, cells in rows[:1]] == ["what_to_mend"]
    assert rows[2][1][-1] == "Second."
    assert "First." not in str(rows)
