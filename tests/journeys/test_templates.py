"""Templates: kept from a filing, for the own agency or for all, and begun from."""

import pytest

from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.people import MUST, Person


def keep(person: Person, reference: str, is_shared: str, language: str = "") -> Page:
    """Keep a filing as a template."""
    page = person.get(f"{language}/filing/templates?reference={reference}")
    form = page.form(control="is_shared")
    return person.send(form.fill({"names-en": "Chat assistant", "is_shared": is_shared}))


@pytest.fixture
def reference(town: Town) -> str:
    found = town.officer.file(sample("job-matching"))
    town.approver.publish(found)
    return found


def test_a_template_of_another_agency_is_seen_only_if_it_is_shared(
    town: Town, reference: str
) -> None:
    other = town.person("officer@harbour.example")
    keep(town.officer, reference, "no")

    page = other.get("/filing/templates")

    assert "Chat assistant" not in page.html
    assert other.get("/filing/must-disclose?template=1").status == 404
    assert other.post("/filing/templates/1/remove", {}).status_code == 404
    assert other.get(f"/filing/templates?reference={reference}").status == 404
    assert "Chat assistant" in town.officer.get("/filing/templates").text


@pytest.mark.parametrize("language", ["", "/ur"])
def test_another_agency_begins_from_a_shared_template(
    town: Town, reference: str, language: str
) -> None:
    other, content = town.person("officer@harbour.example"), sample("job-matching")
    keep(town.officer, reference, "yes", language)

    listed = other.get(f"{language}/filing/templates")
    (link,) = [href for href in listed.links() if "template=" in href]
    form = other.get(link).form(control="infers")
    page = other.send(form.fill({**MUST, "name": "Harbour jobs"}))
    (begin,) = [href for href in page.links() if "/filing/new?" in href]
    begun = other.send(other.get(begin).form(control="record_kind"))

    assert ("شہرِ چراغ" if language else "City of Lantern Bay") in listed.text
    kept = other.get(f"{begun.path}/purpose").form(control="lock_version")
    assert kept["purpose-en"] == content.answers["purpose"]["en"]
    assert (
        content.answers["contact_point"]["email"]
        not in other.get(f"{begun.path}/accountability").html
    )


def test_what_was_never_published_is_not_shared_and_what_was_typed_stays(town: Town) -> None:
    draft = town.officer.begin(sample("job-matching"))

    page = keep(town.officer, draft, "yes")

    assert page.status == 422
    assert page.alerts == ["Only what is published can be shared with other agencies."]
    assert page.form(control="is_shared")["names-en"] == "Chat assistant"
    assert keep(town.officer, draft, "no").status == 200


def test_a_removed_template_is_gone(town: Town, reference: str) -> None:
    page = keep(town.officer, reference, "yes")

    page = town.officer.send(page.form("Remove Chat assistant"))

    assert "The template is removed." in page.text
    assert "There are no templates yet." in page.text
    assert town.officer.get("/filing/must-disclose?template=1").status == 404
