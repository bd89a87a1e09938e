"""A check says too late that nothing is owed: everybody is told what can still be done."""

from tests.journeys.conftest import Town, in_scope_since

NOTE = "only the secretariat can exempt what is overdue"
DENIED = {"used": "no", "reason-en": "The trial was called off."}


def denied(town: Town) -> str:
    """Let a system be determined, and be denied after that; give the page that says so."""
    town.officer.determine("Claims sorter", **{"since-year": "2020"})
    (again,) = {
        href
        for href in town.officer.get("/filing/determinations").links()
        if "/filing/must-disclose?follows=" in href
    }
    form = town.officer.get(again).form(control="infers")
    return town.officer.send(form.fill(DENIED)).path


def test_who_denies_what_is_overdue_is_told_that_the_secretariat_can_exempt_it(town: Town) -> None:
    secretariat = town.person("secretariat@register.example")
    with town.app.app_context():
        in_scope_since(300)
    page = denied(town)

    desk = town.officer.get("/filing/")
    agenda = desk.section("What has to be done")
    body = secretariat.get("/review/agencies/city")

    assert NOTE in agenda
    assert "See the determination" in agenda
    assert "Disclose Claims" not in agenda
    for path in ("/filing/determinations", page):
        assert NOTE in town.officer.get(path).text, path
    assert "The latest check of this body says that it need not" in body.section("Duties")


def test_who_denies_in_time_has_nothing_to_be_told(town: Town) -> None:
    page = denied(town)

    for path in ("/filing/", "/filing/determinations", page):
        assert NOTE not in town.officer.get(path).text, path
