"""An officer's desk: what came back stands first, and what was begun is gone on with."""

import pytest

from register import clock
from tests.journeys.answering import sample
from tests.journeys.conftest import Town, in_scope_since


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_what_was_returned_stands_first_under_a_heading_of_its_own(town: Town, prefix: str) -> None:
    officer, content = town.officer, sample("street-fault-reports")
    reference, draft = officer.file(content), officer.begin(content)
    form = town.approver.get(f"/review/{reference}").form(control="reason")
    town.approver.send(form.fill({"reason": "The cost is missing."}), "Return to the officer")

    desk = officer.get(f"{prefix}/filing/")

    places = [each["id"] for each in desk.root.all("h2") if each.attributes.get("id")]
    assert places[0] == "returned"
    parts = {each.all("h2")[0].attributes.get("id"): each.text for each in desk.root.all("section")}
    assert reference in parts["returned"]
    assert reference not in parts["drafts"]
    assert draft in parts["drafts"]


def test_a_nil_return_in_preparation_is_gone_on_with_and_then_waits(town: Town) -> None:
    with town.app.app_context():
        in_scope_since(500)
    officer, period = town.officer, str(clock.today().year - 1)
    agenda = officer.get("/filing/").root.one("ul", class_="app-list app-agenda")
    assert "/filing/nil" in [link["href"] for link in agenda.all("a")]
    form = officer.get("/filing/nil").form(control="period")

    reference = officer.send(form.fill({"period": period})).path.rsplit("/", 1)[1]
    begun = officer.get("/filing/")
    officer.fill_in(reference, sample("national-archive-nil-return"))
    officer.hand_in(reference)
    waiting = officer.get("/filing/")

    assert begun.links(f"Go on with {reference}") == [f"/filing/{reference}"]
    assert waiting.links("Waits for a decision") == [f"/filing/{reference}"]
