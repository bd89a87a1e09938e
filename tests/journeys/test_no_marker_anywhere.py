"""What the public may not read shows nowhere: no page, no file, no line of the log, no letter."""

import pytest
from sqlalchemy import select

from register.standard import CURRENT
from register.storage.database import db
from register.storage.models import AuditEvent, MailMessage
from tests.journeys.markers import private_parts
from tests.journeys.scene import Scene
from tests.journeys.walking import answer, closed_rules, findings, in_files, leaks

LEFT_LYING = {
    "a draft",
    "a kept form",
    "a note of an auditor",
    "an upload",
    "the comment of a return",
    "the name of a template",
    "the name in a determination",
    "the reason of a return",
    "the secret of an invitation",
}


@pytest.fixture(scope="module")
def shown(scene: Scene) -> dict[str, set[str]]:
    """What shows at the doors that are open to everybody; what is said meanwhile is overheard."""
    with scene.overheard():
        return leaks(findings(scene))


def test_every_place_that_the_public_may_not_read_holds_a_marker(scene: Scene) -> None:
    withheld = {name for content in scene.contents for name in content.withheld_fields}
    places = set(scene.marks.places.values())
    private = {field.name for field in CURRENT.asked_fields if not field.public}
    parts = {f"withheld.{part.name}" for part in private_parts(CURRENT.field("withheld"))}

    assert withheld == {f.name for f in CURRENT.asked_fields if f.public and f.is_withholdable}
    assert {place.split(".")[0] for place in places} >= private
    assert places >= parts | LEFT_LYING


def test_no_door_that_is_open_to_everybody_shows_a_marker(shown: dict[str, set[str]]) -> None:
    assert shown == {}


def test_no_door_that_is_closed_shows_a_marker_to_a_stranger(scene: Scene) -> None:
    client = scene.town.app.test_client()
    shown = {}

    for rule in closed_rules(scene.town.app):
        values = {name: 1 if f"int:{name}" in rule.rule else "x" for name in rule.arguments}
        reference = {"reference": scene.references["current"]} if "reference" in values else {}
        built = rule.build({**values, **reference})
        assert built is not None
        method = min((rule.methods or set()) - {"HEAD", "OPTIONS"})
        came = client.open(built[1], method=method)
        assert came.status_code in {303, 400, 401}, rule.rule
        shown[rule.rule] = scene.marks.found_in(came.get_data())

    assert {rule: places for rule, places in shown.items() if places} == {}


def test_whoever_searches_for_a_marker_finds_nothing_and_reads_only_what_they_typed(
    scene: Scene,
) -> None:
    client = scene.town.app.test_client()

    words = [word for word in scene.marks.places if "@" not in word]
    for number, word in enumerate(words[::2]):
        told = client.get("/search.json", query_string={"q": word}).get_json()
        assert told["total"] == 0, word
        if number % 12 == 0:
            for path in ("/search", "/ur/search", "/api/v1/disclosures", "/agencies"):
                came = client.get(path, query_string={"q": word})
                assert scene.marks.found_in(came.get_data(), but=word) == set(), (path, word)
                assert scene.references["current"].encode() not in came.get_data()


def test_an_error_shows_a_marker_only_as_it_was_typed(scene: Scene) -> None:
    client = scene.town.app.test_client()

    for word in list(scene.marks.places)[::25]:
        for path in (
            f"/{word}",
            f"/disclosures/{word}",
            f"/disclosures/{word}.json",
            f"/search?{word}=1",
            f"/search?phase={word}",
            f"/api/v1/disclosures?limit={word}",
            f"/account/sign-in?next=/{word}",
        ):
            assert scene.marks.found_in(answer(client, path), but=word) == set(), path
        wrong = client.post("/account/sign-in", data={"email": word, "password": word})
        assert scene.marks.found_in(wrong.get_data(), but=word) == set()


def test_no_file_of_the_index_holds_a_marker(scene: Scene) -> None:
    assert len(list(in_files(scene))) > 4
    assert leaks(in_files(scene)) == {}


def test_nothing_that_was_logged_or_printed_holds_a_marker(
    scene: Scene, shown: dict[str, set[str]]
) -> None:
    said = scene.said.getvalue()

    assert scene.marks.found_in(said.encode()) == set()


def test_no_letter_holds_a_marker(scene: Scene) -> None:
    with scene.town.app.app_context():
        written = list(db.session.scalars(select(MailMessage)))

    # A letter that invites somebody holds its secret until it is sent, and forgets it then.
    needed = {"the secret of an invitation"}
    told = {e.kind: scene.marks.found_in(repr(e.details).encode()) - needed for e in written}

    assert set(told) >= {"invited", "submitted", "returned", "published"}
    assert {kind: places for kind, places in told.items() if places} == {}


def test_an_auditor_reads_every_marker_of_a_record_and_the_trail_says_so(scene: Scene) -> None:
    reference, version = scene.references["current"], 2
    auditor = scene.town.auditor
    content = scene.contents[1]

    body = auditor.client.get(f"/review/records/{reference}?version={version}").get_data()

    shown = scene.marks.found_in(body)
    private = {f.name for f in CURRENT.asked_fields if not f.public and f.name in content.answers}
    marked = {place.split(".")[0] for place in scene.marks.places.values()}
    wanted = (content.withheld_fields | private) & marked
    assert {place.split(".")[0] for place in shown} >= wanted
    assert "withheld.decided_by" in shown
    with scene.town.app.app_context():
        query = select(AuditEvent).where(AuditEvent.action == "non_public_read")
        event = db.session.scalars(query.order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert event.disclosure is not None
        assert (event.disclosure.reference, event.details) == (reference, {"version": version})
