"""The secretariat brings another register's inventory, looks, tries it out, and takes it in."""

import json
from datetime import timedelta

import pytest

from register import clock
from register.storage import transaction
from register.storage.database import db
from register.storage.models import AuditEvent, Disclosure, ImportRun
from tests.journeys.bringing import bring, try_out, work
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.people import Person
from tests.services.inventories import many, omb

UNKNOWN = "Values that the format does not know"
BAD = {"id": "", "use_case_name": "", "problem_solved": "Nobody knows which."}


@pytest.fixture
def administrator(town: Town) -> Person:
    return town.person("administrator@register.example")


def table(page: Page, caption: str) -> list[list[str]]:
    """The texts of a table's rows."""
    (found,) = [t for t in page.root.all("table") if t.one("caption").text == caption]
    return [[cell.text for cell in row.all("th", "td")] for row in found.all("tr")][1:]


def disclosures(town: Town) -> int:
    with town.app.app_context():
        return db.session.query(Disclosure).count()


def events(town: Town) -> list[str]:
    """What the trail says of imports that the page asked for."""
    with town.app.app_context():
        found = db.session.query(AuditEvent).order_by(AuditEvent.id)
        return [each.action for each in found if "run" in each.details]


def test_it_is_shown_what_each_column_was_taken_for(town: Town, secretariat: Person) -> None:
    flying = {"id": "DOW-2", "development_stage": "Flying"}

    read = bring(secretariat, omb({}, flying).replace(b"system_outputs", b"lunch"))

    assert read.heading == "How the file is read"
    answers = {row[0]: row[1] for row in table(read, "Columns that were recognised")}
    assert answers["problem_solved"] == "Purpose (the text as it stands)"
    assert "1 value is not known" in answers["development_stage"]
    assert [row[:2] for row in table(read, "Columns that are not read")] == [["lunch", "0"]]
    assert table(read, UNKNOWN) == [["development_stage", "Flying", "1"]]
    assert "system_outputs" in read.section("26 columns of the format that the file lacks")
    assert "Storms came unannounced." in read.section("Row 2: Storm forecast")
    assert disclosures(town) == 0


def test_a_file_is_tried_out_and_made_into_drafts(town: Town, secretariat: Person) -> None:
    flying = {"id": "DOW-2", "use_case_name": "Rain gauge", "development_stage": "Flying"}

    report = try_out(town.app, secretariat, bring(secretariat, omb({}, flying, BAD)))

    assert report.heading == "What the file would do"
    assert "New 2 Refused 1" in report.text
    assert table(report, "Refused rows") == [["4", "", "", "The row has neither a name nor an id."]]
    (remark,) = table(report, "Remarks by kind and column")
    assert remark[:4] == ["A value that the format does not know", "development_stage", "1", "3"]
    assert "department-of-weather" in report.text
    assert disclosures(town) == 0

    waiting = secretariat.send(report.form("Make 2 drafts"))
    assert waiting.heading == "The rows are being taken in"
    assert waiting.response.headers["Refresh"] == "5"
    assert work(town.app) == 1
    done = secretariat.get(waiting.path)

    assert done.heading == "The rows are taken in"
    assert "Refresh" not in done.response.headers
    assert len(table(done, "What was made of the file")) == 2
    assert disclosures(town) == 2
    assert events(town) == ["import_brought", "import_tried", "import_applied", "import_completed"]


def test_what_is_to_be_published_takes_a_second_person(
    town: Town, secretariat: Person, administrator: Person
) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, many(2)), published=True)
    proposed = secretariat.send(report.form("Propose to publish 2 rows"))

    alone = secretariat.post(f"{proposed.path}/decide", {"decision": "publish"})

    assert "Somebody else of the secretariat, or an administrator, must decide" in proposed.text
    assert alone.status_code == 403
    assert work(town.app) == 0

    waiting = administrator.send(
        administrator.get(proposed.path).form("Publish the rows"), "Publish the rows"
    )
    work(town.app)
    done = administrator.get(waiting.path)

    assert "The records are public." in done.text
    (first, _second) = done.links("AIR-")
    assert town.citizen.get(first).heading == "System 0"
    assert "secretariat@register.example" in done.text
    assert "administrator@register.example" in done.text
    assert events(town)[-3:] == ["import_proposed", "import_decided", "import_completed"]


def test_a_proposal_that_is_not_followed_goes_back_to_its_report(
    town: Town, secretariat: Person, administrator: Person
) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, many(1)), published=True)
    proposed = secretariat.send(report.form("Propose to publish the row"))

    button = "Do not publish them"
    back = administrator.send(administrator.get(proposed.path).form(button), button)

    assert back.heading == "What the file would do"
    assert "Propose to publish the row" in back.text
    assert disclosures(town) == 0


def test_the_file_of_one_body_is_taken_in_for_it_alone(town: Town, secretariat: Person) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, many(1), agency="city"))
    waiting = secretariat.send(report.form("Make 1 draft"))
    work(town.app)

    done = secretariat.get(waiting.path)

    assert table(done, "What was made of the file")[0][1] == "City of Lantern Bay"
    assert "System 0" in town.officer.get("/filing/").text


def test_the_whole_report_is_given_as_json(town: Town, secretariat: Person) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, omb({}, BAD)))
    (address,) = report.links("The whole report")

    answer = secretariat.client.get(address)

    told = json.loads(answer.data)
    assert (told["rows"], told["created"], told["rejected"]) == (2, 1, 1)
    assert told["dry_run"] is True
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_pages_can_be_read_in_urdu(town: Town, secretariat: Person) -> None:
    read = bring(secretariat, omb({}), language="/ur")

    report = try_out(town.app, secretariat, read)

    assert read.path.startswith("/ur/review/imports/")
    assert report.language == "ur"
    assert report.root.one("html")["dir"] == "rtl"


def test_a_run_that_waits_can_be_called_off_and_its_file_is_deleted(
    town: Town, secretariat: Person
) -> None:
    read = bring(secretariat, many(1))
    waiting = secretariat.send(read.form(control="as").fill({"as": "drafts"}))

    gone = secretariat.send(waiting.form("Call it off"))

    assert gone.heading == "The import was called off"
    assert work(town.app) == 0
    with town.app.app_context():
        (run,) = db.session.query(ImportRun)
        assert (run.body, run.size) == (b"", 0)


def test_why_a_run_failed_is_said_and_it_can_be_tried_again(
    town: Town, secretariat: Person
) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, many(1), agency="city"))
    secretariat.send(report.form("Make 1 draft"))
    work(town.app)
    read = bring(secretariat, many(1), agency="harbour")
    secretariat.send(read.form(control="as").fill({"as": "drafts"}))
    work(town.app)

    failed = secretariat.get(read.path)

    assert failed.heading == "The import failed"
    assert "This very file was imported for city before. Check the agency." in failed.text
    assert secretariat.send(failed.form(control="as")).heading == "The dry run is under way"


def test_a_file_that_lacks_what_the_last_one_had_must_be_said_to_be_whole(
    town: Town, secretariat: Person
) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, many(1)))
    told = {"last_file": "old.csv", "last_rows": 9, "rows": 1, "missing_columns": ["benefits"]}
    with town.app.app_context(), transaction():
        (run,) = db.session.query(ImportRun)
        run.trial = {**(run.trial or {}), "shrinkage": {**told, "missing_agencies": {"dow": 8}}}

    asked = secretariat.get(report.path)
    silent = secretariat.send(asked.form("Make 1 draft"))
    confirmed = secretariat.send(asked.form("Make 1 draft"), complete="yes")

    assert "The last file, old.csv, had 9 rows; this one has 1." in asked.text
    assert silent.alerts == ["Confirm that the file is whole, or bring another one."]
    assert silent.alert_targets == ["#complete"]
    assert confirmed.heading == "The rows are being taken in"
    with town.app.app_context():
        (run,) = db.session.query(ImportRun)
        assert run.accepts_smaller


def test_the_page_says_when_nobody_works_on_what_waits(town: Town, secretariat: Person) -> None:
    read = bring(secretariat, many(1))
    waiting = secretariat.send(read.form(control="as").fill({"as": "drafts"}))
    with town.app.app_context(), transaction():
        (run,) = db.session.query(ImportRun)
        run.queued_at = clock.now() - timedelta(minutes=5)

    idle = secretariat.get(waiting.path)
    still = secretariat.get(f"{waiting.path}?still=1")

    assert "It waits for its turn." in waiting.text
    assert "Nobody works on imports at present." in idle.text
    assert "Refresh" not in still.response.headers
