"""The secretariat's day: what waits, who owes what, what is withheld, and whole records."""

from datetime import timedelta

from register import clock
from register.services.directory import directory
from register.standard import CURRENT
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.people import Person

PAGES = (
    "/review/",
    "/review/agencies",
    "/review/agencies/city",
    "/review/determinations",
    "/review/withholding",
    "/review/records",
)


def withheld_until(days: int) -> dict[str, str]:
    """What a form sends to withhold the benefits until then."""
    day = clock.today() + timedelta(days=days)
    return {
        "withhold-benefits": "yes",
        "withhold-benefits-ground": "commercial_confidence",
        "withhold-benefits-citation": "Information Act, section 7",
        "withhold-benefits-public_reason-en": "It would harm a supplier.",
        "withhold-benefits-review_on-year": str(day.year),
        "withhold-benefits-review_on-month": str(day.month),
        "withhold-benefits-review_on-day": str(day.day),
    }


def publish_withheld(town: Town, days: int) -> str:
    officer, content = town.officer, sample("tax-return-risk")
    reference = officer.begin(content)
    officer.write(reference, content)
    form = officer.get(f"/filing/{reference}/purpose").form("Save")
    officer.send(form.fill(withheld_until(days)), "Save and mark as complete")
    officer.hand_in(reference)
    town.approver.publish(reference)
    return reference


def test_others_do_not_come_in(town: Town) -> None:
    for person in (town.officer, town.approver):
        for path in PAGES[1:]:
            assert person.client.get(path).status_code == 403, path
    assert town.auditor.client.get("/review/agencies").status_code == 403


def test_the_desk_tells_what_waits_where_and_since_when(town: Town, secretariat: Person) -> None:
    content = sample("tax-return-risk")
    with clock.at(clock.now() - timedelta(days=9, hours=1)):
        ours = town.person("officer@ministry.example").file(content)
        theirs = town.officer.file(content)

    page = secretariat.get("/review/")

    assert ours in page.section("Waiting for the secretariat")
    assert "9 days" in page.section("Waiting for the secretariat")
    assert theirs in page.section("Waiting at public bodies")
    assert content.answers["name"]["en"] not in page.section("Waiting at public bodies")
    assert f"/review/{ours}" in page.links()
    assert {"/review/agencies", "/admin/accounts", "/review/withholding"} <= set(page.links())


def test_a_body_is_added_by_the_form_with_what_is_wrong_beside_its_place(
    secretariat: Person,
) -> None:
    form = secretariat.get("/review/agencies").form("Add the public body")
    wrong = secretariat.send(form.fill({"slug": "Water Board"}), "Add the public body")
    assert wrong.status == 422
    assert "small letters" in wrong.beside("slug")

    form = wrong.form("Add the public body")
    given = {"slug": "water", "names-en": "Water Board", "level": "local", "parent": "city"}
    page = secretariat.send(form.fill(given), "Add the public body")

    assert page.path == "/review/agencies/water"
    assert "In scope" in page.text
    assert "Water Board" in secretariat.get("/agencies").text


def test_a_day_long_past_is_asked_about_before_a_body_is_added(secretariat: Person) -> None:
    label = "Add the public body"
    form = secretariat.get("/review/agencies").form(label)
    given = {"slug": "water", "names-en": "Water Board", "level": "local"}
    asked = secretariat.send(form.fill({**given, "in_scope_from": "2006-01-01"}), label)

    assert asked.status == 422
    assert "overdue at once" in asked.text
    assert "#past_confirmed" in asked.alert_targets
    assert secretariat.client.get("/review/agencies/water").status_code == 404

    page = secretariat.send(asked.form(label).fill({"past_confirmed": "2006-01-01"}), label)

    assert page.path == "/review/agencies/water"
    assert "Overdue" in page.section("Duties")


def test_a_day_long_past_is_asked_about_before_a_body_comes_into_scope(
    secretariat: Person,
) -> None:
    here, label = "/review/agencies/harbour", "Bring into scope"
    given = {
        "scope-from_on": "2006-01-01",
        "scope-citation": "Register Act, section 2",
        "scope-reason-en": "It was there all along.",
    }
    asked = secretariat.send(secretariat.get(here).form(label).fill(given), label)

    assert asked.status == 422
    assert "#scope-past_confirmed" in asked.alert_targets

    ticked = asked.form(label).fill({"scope-past_confirmed": "2006-01-01"})
    page = secretariat.send(ticked, label)

    assert page.path == here
    assert "Overdue" in page.section("Duties")


def test_a_sector_is_one_of_the_standard_or_the_one_that_is_there(
    town: Town, secretariat: Person
) -> None:
    with town.app.app_context():
        directory.import_agencies([{"slug": "harbour", "sector": "Ports & quays"}])

    new = secretariat.get("/review/agencies").form("Add the public body")
    old = secretariat.get("/review/agencies/harbour").form("Change the directory")

    offered = [each["value"] for each in new.element.one("select", name="sector").all("option")]
    assert offered == ["", *(each.value for each in CURRENT.field("policy_domains").options)]
    assert old.values["sector"] == ["Ports & quays"]


def test_a_level_narrows_the_list(secretariat: Person) -> None:
    page = secretariat.get("/review/agencies?level=local")

    assert page.links("City of Lantern Bay") == ["/review/agencies/city"]
    assert page.links("Harbour Office") == []


def test_what_is_overdue_leads_from_the_desk_to_those_bodies(
    town: Town, secretariat: Person
) -> None:
    with town.app.app_context():
        row = {"slug": "moon", "names": {"en": "Moon Office"}, "level": "local"}
        directory.import_agencies([{**row, "in_scope_from": "2020-01-01"}])

    desk = secretariat.get("/review/")
    (href,) = desk.links("public bodies with something overdue")
    page = secretariat.get(href)
    narrowed = secretariat.get(f"{href}&only=no_officer&level=local")
    nobody = secretariat.get(f"{href}&only=left")

    assert page.links("Moon Office") == ["/review/agencies/moon"]
    assert page.links("Harbour Office") == []
    row_text = narrowed.root.one("tbody").text
    assert "No officer" in row_text
    assert "No approver" in row_text
    assert "No public body is like this." in nobody.text
    everybody = secretariat.get("/review/agencies").root.one("tbody").all("a")[0].text
    assert everybody == "Moon Office"
    assert secretariat.client.get("/review/agencies?only=rich").status_code == 400


def test_a_body_of_no_such_name_is_not_found(secretariat: Person) -> None:
    assert secretariat.client.get("/review/agencies/nowhere").status_code == 404


def test_the_ledger_is_read_by_secretariat_and_auditor_and_can_be_narrowed(
    town: Town, secretariat: Person
) -> None:
    town.officer.determine("Camera at the quay")
    town.officer.determine("Calculator", infers="no", **{"reason-en": "It only adds."})

    for person in (secretariat, town.auditor):
        page = person.get("/review/determinations")
        assert "Camera at the quay" in page.text
        assert "It only adds." in page.text
    only = secretariat.get("/review/determinations?must=no&agency=city")
    assert "Calculator" in only.text
    assert "Camera at the quay" not in only.text
    assert "Calculator" not in secretariat.get("/review/determinations?agency=harbour").text


def test_what_is_to_be_reviewed_is_on_the_desk_of_those_whom_it_concerns(
    town: Town, secretariat: Person
) -> None:
    reference = publish_withheld(town, 30)

    for person, path in (
        (secretariat, "/review/withholding"),
        (town.auditor, "/review/withholding"),
        (town.officer, "/filing/withholding"),
    ):
        page = person.get(path)
        assert reference in page.text, path
        assert "Information Act, section 7" in page.text
    other = town.person("officer@harbour.example").get("/filing/withholding")
    assert reference not in other.text


def test_a_record_is_read_with_what_is_not_public_and_the_trail_tells_it(
    town: Town, secretariat: Person
) -> None:
    reference = publish_withheld(town, 300)

    form = secretariat.get("/review/records").form("Read it")
    page = secretariat.get(f"{form.action}?reference={reference.lower()}")

    assert page.path == f"/review/records/{reference}"
    assert sample("tax-return-risk").answers["benefits"]["en"] in page.text
    assert "officer@city.example" in page.section("Who decided to withhold")
    trail = town.auditor.get("/audit/")
    assert "Record read with what is not public" in trail.text
    assert "secretariat@register.example" in trail.text
    assert secretariat.client.get(f"/review/records/{reference}?version=2").status_code == 404
    assert secretariat.client.get(f"/review/records/{reference}?version=x").status_code == 400


def test_a_draft_is_no_record_to_be_read(town: Town, secretariat: Person) -> None:
    reference = town.officer.file(sample("tax-return-risk"))

    assert secretariat.client.get(f"/review/records/{reference}").status_code == 404
