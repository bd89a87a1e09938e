"""What auditors write down stays as it was written, and nobody else ever reads it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from register import clock
from register.errors import NotAllowed
from register.services.accounts import people
from register.services.actor import SYSTEM, Actor
from register.services.audit import audit_notes
from register.services.erasure import erasing
from register.services.erasure.erasing import Order
from register.web.guard import EVERYBODY
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.scene import WHY, Scene

NOTE = "a note of an auditor"
OTHERS = {
    "officer": "officer@city.example",
    "approver": "approver@city.example",
    "secretariat": "secretariat@register.example",
    "administrator": "administrator@register.example",
}
DEEDS: tuple[Callable[[Actor], object], ...] = (
    lambda by: audit_notes.write(by, "a"),
    lambda by: audit_notes.correct(by, 1, "a"),
    lambda by: audit_notes.get_note(by, 1),
    lambda by: audit_notes.list_notes(by, 9),
    audit_notes.export_notes,
    audit_notes.count_notes,
)
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def town(scene: Scene) -> Town:
    return scene.town


@pytest.fixture
def reference(scene: Scene) -> str:
    return scene.references["current"]


def write(town: Town, text: str, **about: str) -> Page:
    """Write a note on the page of all notes."""
    form = town.auditor.get("/audit/notes").form("Keep the note")
    return town.auditor.send(form.fill({"text": text, **about}))


def notes(town: Town) -> list[dict[str, Any]]:
    lines = town.auditor.client.get("/audit/notes.ndjson").text.splitlines()
    return [json.loads(line) for line in lines]


def latest(town: Town, action: str) -> dict[str, Any]:
    told = town.auditor.client.get(f"/audit/trail.ndjson?action={action}").text.splitlines()
    last: dict[str, Any] = json.loads(told[-1])
    return last


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " \r\n "}, "Write the note."),
        ({}, "Write the note."),
        ({"text": "a" * 5001}, "Write at most 5000 characters."),
        ({"text": "a\x07b"}, "Leave out the characters that cannot be seen."),
        ({"text": "a\x00b"}, "Leave out the characters that cannot be seen."),
        ({"text": "a", "reference": "AIR-1999-00001"}, "There is no published disclosure"),
        ({"text": "a", "reference": "{draft}"}, "There is no published disclosure"),
        ({"text": "a", "reference": "{current}", "version": "9"}, "There is no published"),
        ({"text": "a", "reference": "{current}", "version": "-1"}, "There is no published"),
        ({"text": "a", "version": "1"}, "There is no published disclosure"),
        ({"text": "a", "agency": "atlantis"}, "There is no agency of this name"),
        ({"text": "a", "agency": "city", "reference": "{current}"}, "Choose one of them."),
    ],
)
def test_what_cannot_be_kept_is_refused_and_given_back(
    scene: Scene, sent: dict[str, str], sentence: str
) -> None:
    town = scene.town
    before = notes(town)
    data = {name: value.format(**scene.references) for name, value in sent.items()}

    page = Page(town.auditor.post("/audit/notes", data))

    assert page.status == 422
    assert sentence in page.text
    assert all(page.root.all(id=target[1:]) for target in page.alert_targets)
    assert page.form("Keep the note")["text"].strip() == data.get("text", "").strip()
    assert notes(town) == before


@pytest.mark.parametrize("query", ["colour=red", "before=x", "agency=atlantis"])
def test_what_means_nothing_is_refused(town: Town, query: str) -> None:
    assert town.auditor.client.get(f"/audit/notes?{query}").status_code == 400
    assert town.auditor.client.get("/audit/notes.ndjson?before=1").status_code == 400


def test_a_note_stands_where_it_belongs_with_author_and_moment(town: Town, reference: str) -> None:
    on_record = write(town, f"Figures differ.\nWhy? {SCRIPT}", reference=reference.lower())
    write(town, "Only the first version.", reference=reference, version="1")
    on_body = write(town, "Late every year.", agency="city")
    on_register = write(town, "منصوبہ")

    assert on_record.path == f"/audit/records/{reference}"
    assert "The note is kept." in on_record.text
    assert SCRIPT in on_record.section("Notes of the auditors")
    assert SCRIPT not in on_record.html
    assert (on_body.path, on_register.path) == ("/audit/notes", "/audit/notes")
    record, version, body, register = notes(town)[-4:]
    assert (record["reference"], record["version"], record["agency"]) == (reference, None, "city")
    assert (version["reference"], version["version"]) == (reference, 1)
    assert (body["reference"], body["agency"]) == (None, "city")
    assert (register["agency"], register["text"]) == (None, "منصوبہ")
    assert record["text"] == f"Figures differ.\nWhy? {SCRIPT}"
    assert record["author"] == "auditor@register.example"
    assert record["at"][:10] == clock.today().isoformat()


def test_notes_are_narrowed_to_a_record_or_to_a_body_and_its_records(
    town: Town, reference: str
) -> None:
    write(town, "About those tugs.", agency="harbour")
    write(town, "About a record of theirs.", reference=reference)

    record = town.auditor.get(f"/audit/notes?reference={reference}").text
    city = town.auditor.get("/audit/notes?agency=city").text
    harbour = town.auditor.get("/ur/audit/notes?agency=harbour").text

    assert "About a record of theirs." in record
    assert "About a record of theirs." in city
    assert "About those tugs." in harbour
    assert "those tugs" not in record + city
    assert "record of theirs" not in harbour


def test_page_by_page_every_note_comes_once(town: Town) -> None:
    with town.app.app_context():
        auditor = people.get_actor("auditor@register.example")
        for number in range(60):
            audit_notes.write(auditor, f"Number {number}.", agency="court")

    def pages() -> Iterator[Page]:
        page = town.auditor.get("/audit/notes?agency=court")
        yield page
        while older := page.links("Older notes"):
            page = town.auditor.get(older[0])
            yield page

    shown = [[d.text for d in page.root.all("div", class_="app-prose")] for page in pages()]

    assert [len(each) for each in shown] == [50, 10]
    assert [text for each in shown for text in each] == [
        f"Number {number}." for number in reversed(range(60))
    ]


def test_a_note_is_put_right_by_another_and_stays(town: Town, reference: str) -> None:
    write(town, "It is wrong.", reference=reference, version="2")
    wrong = notes(town)[-1]
    form = town.auditor.get(f"/audit/notes/{wrong['id']}").form("Keep the note")

    empty = town.auditor.send(form.fill({"text": ""}))
    page = town.auditor.send(form.fill({"text": "It is right."}))

    assert (empty.status, page.status) == (422, 200)
    first, second = notes(town)[-2:]
    assert first == wrong
    assert second["corrects"] == wrong["id"]
    assert (second["reference"], second["version"]) == (reference, 2)
    told = page.section("Notes of the auditors")
    assert f"put right by: Note {second['id']}" in told
    assert f"puts right: Note {wrong['id']}" in told
    assert "It is wrong." in told
    for number in (0, 99999):
        assert town.auditor.client.get(f"/audit/notes/{number}").status_code == 404
        assert town.auditor.post(f"/audit/notes/{number}", {"text": "a"}).status_code == 404


def test_what_is_sent_twice_is_one_note(town: Town) -> None:
    form = town.auditor.get("/audit/notes").form("Keep the note").fill({"text": "Once."})
    town.auditor.send(form)
    town.auditor.send(form)
    count = [note["text"] for note in notes(town)].count("Once.")

    with clock.at(clock.now() + timedelta(minutes=2)):
        town.auditor.send(form)

    assert count == 1
    assert [note["text"] for note in notes(town)].count("Once.") == 2


def test_the_trail_tells_that_a_note_was_written_and_not_what_it_says(
    town: Town, reference: str
) -> None:
    write(town, "Vexillology.", reference=reference)

    told = latest(town, "audit_note_written")
    note = notes(town)[-1]

    assert (told["reference"], told["details"]["note"]) == (reference, note["id"])
    assert "Vexillology" not in town.auditor.client.get("/audit/trail.ndjson").text
    assert latest(town, "audit_notes_exported")["actor"] == "auditor@register.example"


def test_the_auditors_exports_hold_the_notes_of_each_version(town: Town, reference: str) -> None:
    write(town, "Of the record.", reference=reference)
    write(town, "Of version one.", reference=reference, version="1")

    def texts(shown: dict[str, Any]) -> set[str]:
        return {note["text"] for note in shown["audit"]["notes"]}

    client = town.auditor.client
    everything = client.get("/audit/export.ndjson").text.splitlines()
    by_version = client.get("/audit/records.ndjson?versions=all").text.splitlines()
    record = client.get(f"/audit/records/{reference}.json").get_json()
    (current,) = [e for e in map(json.loads, everything) if e["reference"] == reference]
    versions = [e for e in map(json.loads, by_version) if e["reference"] == reference]

    assert "Of the record." in texts(current)
    assert "Of version one." not in texts(current)
    assert [{"Of version one.", "Of the record."} <= texts(each) for each in versions] == [
        True,
        False,
    ]
    assert [texts(each) for each in record["items"]] == [texts(each) for each in versions[::-1]]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_or_writes_a_note(town: Town, role: str) -> None:
    person = town.person(OTHERS[role])
    before = notes(town)

    for path in ("/audit/notes", "/audit/notes.ndjson", "/audit/notes/1"):
        assert person.client.get(path).status_code == 403, path
    for path in ("/audit/notes", "/audit/notes/1"):
        assert person.post(path, {"text": "a"}).status_code == 403, path
    with town.app.app_context():
        for by in (people.get_actor(OTHERS[role]), SYSTEM):
            for deed in DEEDS:
                with pytest.raises(NotAllowed):
                    deed(by)
    assert notes(town) == before


def test_a_note_that_was_erased_says_since_when_and_why(scene: Scene) -> None:
    town, reference = scene.town, scene.references["withdrawn"]
    write(town, f"They say: {WHY['en']}", reference=reference)
    number = notes(town)[-1]["id"]
    with town.app.app_context():
        erasing.erase(Order(reference=reference, field="change_note", basis="Order 17 of 2026"))

    for path in (f"records/{reference}", "notes", f"notes/{number}"):
        for language in ("", "/ur"):
            page = town.auditor.get(f"{language}/audit/{path}")
            assert "Order 17 of 2026" in page.text, path
            assert "They say" not in page.text, path


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_of_anybody_else_shows_what_a_note_says(scene: Scene, role: str) -> None:
    town, person = scene.town, scene.town.person(OTHERS[role])
    values: dict[str, Any] = {
        "reference": scene.references["current"],
        "slug": "city",
        "section_name": "purpose",
    }
    seen, shown = 0, set()

    for rule in town.app.url_map.iter_rules():
        audience = getattr(town.app.view_functions[rule.endpoint], "audience", frozenset())
        if "GET" not in (rule.methods or ()) or EVERYBODY in audience or role not in audience:
            continue
        own = {
            name: 1 if f"int:{name}" in rule.rule else values.get(name, "x")
            for name in rule.arguments
        }
        built = rule.build(own)
        assert built is not None
        answer = person.client.get(built[1])
        seen += answer.status_code == 200
        if NOTE in scene.marks.found_in(answer.get_data()):
            shown.add(rule.rule)

    assert seen > 2
    assert shown == set()


def test_an_auditor_reads_the_note_of_the_scene(scene: Scene, reference: str) -> None:
    for path in (f"/ur/audit/records/{reference}", f"/audit/notes?reference={reference}"):
        assert NOTE in scene.marks.found_in(scene.town.auditor.get(path).html.encode()), path
