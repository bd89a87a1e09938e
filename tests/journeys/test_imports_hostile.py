"""Files that are not what they say, people who may not, and steps out of their turn."""

from datetime import timedelta

import pytest

from register import clock
from register.services.accounts import people
from register.services.imports import import_runs
from register.storage import transaction
from register.storage.database import db
from register.storage.models import Disclosure, ImportRun
from tests.journeys.bringing import HERE, bring, try_out, work
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.people import Person
from tests.services.inventories import many, omb

ATTACK = "<script>alert(1)</script>"
BAD = {"id": "", "use_case_name": "", "problem_solved": "Nobody knows which."}


def disclosures(town: Town) -> int:
    with town.app.app_context():
        return db.session.query(Disclosure).count()


def test_a_file_of_another_format_is_refused_and_not_kept(town: Town, secretariat: Person) -> None:
    page = bring(secretariat, b"a,b\n1,2\n")
    urdu = bring(secretariat, b"a,b\n1,2\n", language="/ur")

    assert page.status == 422
    assert "inventory.csv is not in the format omb-2025. It has no column" in page.alerts[0]
    assert page.alert_targets == ["#file"]
    assert "None yet." in page.text
    assert "use_case_name" in urdu.alerts[0]


@pytest.mark.parametrize(
    ("data", "given", "target"),
    [
        (b"", {}, "#file"),
        (b"\x00\x01\x02\x03", {}, "#file"),
        (b"PK\x03\x04 this is no workbook", {"name": "inventory.xlsx"}, "#file"),
        (b'{"a": [', {"name": "inventory.json"}, "#file"),
        (many(1), {"format_name": "../../etc/passwd"}, "#format"),
        (many(1), {"format_name": ""}, "#format"),
        (many(1), {"agency": "nowhere"}, "#agency"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_place(
    town: Town, secretariat: Person, data: bytes, given: dict[str, str], target: str
) -> None:
    page = bring(secretariat, data, **given)

    assert page.status == 422
    assert page.alert_targets == [target]
    assert "None yet." in page.text


def test_what_a_file_says_is_text_on_every_page(town: Town, secretariat: Person) -> None:
    row = {
        "use_case_name": ATTACK,
        "agency_name": ATTACK,
        "id": ATTACK,
        "development_stage": ATTACK,
        "problem_solved": ATTACK,
    }

    read = bring(secretariat, omb(row).replace(b"benefits", ATTACK.encode()), f"../../{ATTACK}.csv")
    report = try_out(town.app, secretariat, read)
    waiting = secretariat.send(report.form("Make 1 draft"))
    work(town.app)
    pages = [
        read,
        report,
        waiting,
        *map(secretariat.get, (read.path, HERE, f"{read.path}/columns")),
    ]

    assert [ATTACK in page.html for page in pages] == [False] * len(pages)
    assert [len(page.root.all("script")) for page in pages] == [1] * len(pages)
    assert ATTACK in read.text


def test_a_files_name_leads_nowhere_and_has_no_letters_that_turn_the_page() -> None:
    names = ("../../etc/passwd", "C:\\secret\\x.csv", "a\u202ecsv.exe", "\x00\n", "x" * 999)

    tidied = [import_runs.tidy_name(name) for name in names]

    assert tidied[:3] == ["passwd", "x.csv", "acsv.exe"]
    assert tidied[3].startswith("file-")
    assert len(tidied[4]) == 300


def test_a_file_that_is_too_large_is_refused(make_app, town: Town) -> None:  # type: ignore[no-untyped-def]
    small = Town(make_app(max_upload_bytes=1000))
    person = small.person("secretariat@register.example")

    page = bring(person, many(100))

    assert page.status == 422
    assert "is larger than" in page.alerts[0]


def test_a_run_that_is_not_there_is_not_found(town: Town, secretariat: Person) -> None:
    gets = [secretariat.client.get(f"{HERE}/999{end}") for end in ("", "/columns", "/report.json")]
    posts = [
        secretariat.post(f"{HERE}/999/{step}", {"as": "drafts", "decision": "publish"})
        for step in ("try", "apply", "decide", "cancel")
    ]

    assert {answer.status_code for answer in (*gets, *posts)} == {404}


def test_an_officer_sees_nothing_of_it(town: Town, secretariat: Person) -> None:
    read = bring(secretariat, many(1), agency="city")

    answers = [
        town.officer.client.get(HERE),
        town.officer.client.get(read.path),
        town.officer.post(f"{read.path}/apply", {}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_no_step_is_taken_before_its_turn_or_twice(town: Town, secretariat: Person) -> None:
    read = bring(secretariat, many(1))
    early = [
        secretariat.post(f"{read.path}/{step}", {"decision": "publish"})
        for step in ("apply", "decide")
    ]
    report = try_out(town.app, secretariat, read)
    secretariat.send(report.form("Make 1 draft"))

    late = [
        secretariat.post(f"{read.path}/apply", {}),
        secretariat.post(f"{read.path}/try", {"as": "published"}),
    ]
    work(town.app)
    late.append(secretariat.post(f"{read.path}/try", {"as": "drafts"}))

    assert [answer.status_code for answer in (*early, *late)] == [409] * 5
    assert disclosures(town) == 1


def test_without_a_choice_nothing_is_tried(town: Town, secretariat: Person) -> None:
    read = bring(secretariat, many(1))

    answer = Page(secretariat.post(f"{read.path}/try", {"as": "something else"}))

    assert answer.status == 422
    assert answer.alert_targets == ["#as"]
    assert work(town.app) == 0


def test_whoever_lost_the_account_has_nothing_done_in_their_name(
    town: Town, secretariat: Person
) -> None:
    report = try_out(town.app, secretariat, bring(secretariat, many(1)))
    secretariat.send(report.form("Make 1 draft"))
    with town.app.app_context():
        people.disable_account(secretariat.email)

    work(town.app)

    other = town.person("administrator@register.example").get(report.path)
    assert "The account for which it was to be done may not do this any more." in other.text
    assert disclosures(town) == 0


def test_a_file_that_is_never_taken_in_is_forgotten_after_a_week(
    town: Town, secretariat: Person
) -> None:
    read = bring(secretariat, many(1))
    kept = bring(secretariat, many(2))
    with town.app.app_context(), transaction():
        (old, _new) = db.session.query(ImportRun).order_by(ImportRun.id)
        old.at = clock.now() - timedelta(days=8)

    with town.app.app_context():
        assert import_runs.purge() == 1

    assert secretariat.get(read.path).status == 404
    assert secretariat.get(kept.path).status == 200


def test_of_one_account_five_files_rest_at_most(town: Town, secretariat: Person) -> None:
    pages = [bring(secretariat, many(n)) for n in range(1, 7)]

    statuses = [secretariat.get(page.path).status for page in pages]

    assert statuses == [404, 200, 200, 200, 200, 200]
