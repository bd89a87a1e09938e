"""An officer with many systems fills in a file, mends three rows of it, and has drafts."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from register.exchange.files.sheet_tables import read_sheets
from register.exchange.sheet.sheet_template import template
from register.services.uploads import uploading
from register.storage import accounts
from tests.exchange.sheets import as_csv, the_words
from tests.journeys.conftest import Town, settle
from tests.journeys.page import Page
from tests.journeys.people import PASSWORD, Person

NAMES = {"record_kind": "One system", "name.en": "A machine", "name.ur": "ایک مشین"}
GOOD = [("A-1", {**NAMES, "phase": "In use"}), ("A-2", {**NAMES, "name.en": "Another"})]
BAD = [
    ("B-1", {**NAMES, "phase": "Flying"}),
    ("B-2", {**NAMES, "scale.count": "very many"}),
    ("", {**NAMES, "name.en": "Without a reference"}),
]
MENDED = [
    ("B-1", {**NAMES, "phase": "Planned"}),
    ("B-2", {**NAMES, "scale.count": "۱۲۰۰"}),
    ("B-3", {**NAMES, "name.en": "With a reference"}),
]


def send(person: Person, data: bytes, name: str = "ours.csv", language: str = "") -> Page:
    """Choose a file and send it."""
    form = person.get(f"{language}/filing/upload").form(control="file")
    sent = {"csrf_token": form["csrf_token"], "file": (io.BytesIO(data), name)}
    return person._follow(person.client.post(form.action, data=sent))


def make_drafts(person: Person, report: Page) -> Page:
    return person.send(report.form("Make the drafts"))


def rows_of(page: Page, caption: str) -> list[list[str]]:
    """The texts of a table's rows."""
    (table,) = [t for t in page.root.all("table") if t.one("caption").text == caption]
    return [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")][1:]


def test_three_bad_rows_are_named_mended_and_taken_in(town: Town) -> None:
    officer = town.officer

    report = send(officer, as_csv([*GOOD, *BAD]))

    assert report.heading == "What the file would do"
    assert "New draft 2" in report.text
    assert "To mend 3" in report.text
    assert rows_of(report, "What to mend") == [
        ["4 B-1", "E · Stage", "“Flying” is not one of the answers offered here."],
        ["5 B-2", "F · How much is it used? – How many", "Enter a whole number, such as 1200."],
        [
            "6",
            "A · Your own reference",
            "Give the system a reference of your own, so that it is known again.",
        ],
    ]

    done = make_drafts(officer, report)

    assert done.heading == "The drafts from your file"
    assert "The drafts are made. Nothing is public yet." in done.text
    assert [row[-1].split(" answers")[0] for row in rows_of(done, "The rows of the file")]
    assert len(done.links("AIR-")) == 2

    again = send(officer, as_csv([*GOOD, *MENDED]))
    assert "Nothing new 2" in again.text
    assert "New draft 3" in again.text
    assert len(make_drafts(officer, again).links("AIR-")) == 5
    desk = officer.get("/filing/")
    assert "With a reference" in desk.text


def test_a_draft_from_a_file_is_completed_in_the_form(town: Town) -> None:
    officer = town.officer
    done = make_drafts(officer, send(officer, as_csv(GOOD[:1])))

    (href,) = done.links("AIR-")
    page = officer.get(f"{href}/classification")

    assert page.form(control="lock_version")["phase"] == "in_use"
    assert "answers still missing" in done.text


def test_the_template_comes_in_the_language_of_the_page_or_in_another(town: Town) -> None:
    officer = town.officer
    page = officer.get("/ur/filing/upload")

    answers = {
        path: officer.client.get(path)
        for path in (
            "/filing/upload/template.xlsx",
            "/ur/filing/upload/template.xlsx",
            "/filing/upload/template.xlsx?lang=ur",
            "/filing/upload/template.xlsx?lang=xx",
        )
    }

    names = [read_sheets(a.data, "t.xlsx")[1].name for a in answers.values()]
    assert names[0] == names[3] == "How to fill this in"
    assert (
        "template-ur.xlsx"
        in answers["/filing/upload/template.xlsx?lang=ur"].headers["Content-Disposition"]
    )
    assert len([a for a in page.root.all("a") if "template.xlsx" in a["href"]]) == 2


def test_a_filled_in_urdu_template_is_read_on_the_english_page(town: Town) -> None:
    words = the_words()

    report = send(town.officer, template(words, "ur"), "سانچہ.xlsx")

    assert report.heading == "What the file would do"
    assert "There is nothing in this file to make drafts of." in report.text
    assert "Make the drafts" not in report.text


def test_the_marked_file_can_be_taken_until_the_drafts_are_made(town: Town) -> None:
    officer = town.officer
    report = send(officer, as_csv([*GOOD, *BAD]))
    (address,) = report.links("Take your file")

    answer = officer.client.get(address)
    make_drafts(officer, report)

    cells = read_sheets(answer.data, "m.xlsx")[0].rows
    assert cells[0][1][-1] == "What to mend"
    assert cells[4][1][-1] == "Enter a whole number, such as 1200."
    assert officer.client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "", "Choose the file that you filled in."),
        (b"", "ours.xlsx", "ours.xlsx is empty."),
        (b"a,b\n1,2\n", "ours.csv", "has no column “Your own reference”"),
        (b"PK\x03\x04", "ours.xlsx", "is damaged, or is not a workbook"),
        (b"x", "<script>alert(1)</script>.csv", "script>.csv has no column"),
        (b"x", "../../etc/passwd", "passwd is neither XLSX nor CSV"),
    ],
)
def test_what_cannot_be_taken_is_refused_on_the_page(
    town: Town, data: bytes, name: str, said: str
) -> None:
    page = send(town.officer, data, name)

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert said in page.alerts[0]
    assert page.alert_targets == ["#file"]
    assert said in page.beside("file")


def test_a_file_larger_than_a_form_is_taken_and_one_too_large_is_refused(
    make_app: Callable[..., Flask],
) -> None:
    officer = in_a_town_of_small_forms(make_app)
    long = as_csv([(f"A-{n}", {**NAMES, "purpose.en": "x" * 1000}) for n in range(200)])

    fits = send(officer, long)
    beyond = send(officer, long + b"\n" * 100_000)
    far_beyond = send(officer, long + b"\n" * 250_000)

    assert fits.status == 200
    assert beyond.status == 422
    assert "larger than" in beyond.alerts[0]
    assert far_beyond.status == 413


def test_after_the_session_ended_the_file_is_asked_for_again(
    make_app: Callable[..., Flask],
) -> None:
    officer = in_a_town_of_small_forms(make_app)
    form = officer.get("/ur/filing/upload").form(control="file")
    with officer.client.session_transaction() as session:
        session["token"] = "over"
    long = as_csv([(f"A-{n}", {**NAMES, "purpose.en": "x" * 1000}) for n in range(200)])

    answer = officer.client.post(
        form.action,
        data={"csrf_token": form["csrf_token"], "file": (io.BytesIO(long), "ours.csv")},
        headers={"Referer": "http://localhost/ur/filing/upload"},
    )
    sign_in = officer._follow(answer).form(control="password")
    again = officer.send(sign_in.fill({"email": officer.email, "password": PASSWORD}))

    assert again.path == "/ur/filing/upload"
    assert len(again.root.all("div", class_="govuk-inset-text")) == 1


def test_while_one_file_is_worked_on_another_is_asked_for_later(town: Town) -> None:
    officer = town.officer
    report = send(officer, as_csv(GOOD))
    with town.app.app_context():
        account = accounts.get_account(officer.email).id

    with uploading.WORK.turn(account):
        form = report.form("Make the drafts")
        answer = officer.client.post(form.action, data={"csrf_token": form["csrf_token"]})
    done = make_drafts(officer, report)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "nothing of yours is lost" in answer.text
    assert len(done.links("AIR-")) == 2


def test_a_file_taken_in_by_mistake_is_undone_but_not_what_somebody_worked_on(town: Town) -> None:
    officer = town.officer
    done = make_drafts(officer, send(officer, as_csv(GOOD)))
    (ask,) = done.links("Discard the drafts that it made")
    page = officer.get(f"{done.links('AIR-')[0]}/identity")
    form = page.form(control="lock_version")
    officer.send(form.fill({"name-en": "By hand"}))

    before = officer.get(ask)
    after = officer.send(before.form("Discard 1 draft"))

    assert "1 draft is still as the file left it" in before.text
    assert "1 draft is discarded." in after.text
    assert "No draft is left that is still as the file left it." in after.text
    ((own, _system, why),) = rows_of(after, "Left alone")
    assert (own, why) == ("A-1", "Somebody worked on it since.")
    assert "Discarded drafts" in officer.get("/filing/").text
    assert town.person("colleague@city.example").client.get(ask).status_code == 404


def test_nobody_else_sees_a_file_or_makes_its_drafts(town: Town) -> None:
    report = send(town.officer, as_csv(GOOD))
    colleague = town.person("colleague@city.example")

    for path in (report.path, f"{report.path}/marked.xlsx"):
        assert colleague.client.get(path).status_code == 404
    assert colleague.post(report.path, {}).status_code == 404


def in_a_town_of_small_forms(make_app: Callable[..., Flask]) -> Person:
    """An officer who is signed in where a file may be larger than a form."""
    app = make_app(max_form_bytes=150_000, max_upload_bytes=300_000)
    settle(app)
    officer = Person(app, "officer@city.example")
    officer.sign_in()
    return officer
