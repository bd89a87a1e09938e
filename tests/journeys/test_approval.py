"""Two decide one after the other, say what they miss beside each answer, and see what changed."""

import re

import pytest

from register.standard.content import Content
from register.storage import agencies, transaction
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Page
from tests.journeys.people import Person

OFFICER, APPROVER = "officer@court.example", "approver@court.example"
SECRETARIAT = "secretariat@register.example"


def commented(person: Person, reference: str, reason: str = "", **comments: str) -> Page:
    """Return a filing with comments on single answers."""
    form = person.get(f"/review/{reference}").form("Return to the officer")
    data = {"csrf_token": form["csrf_token"], "lock_version": form["lock_version"]}
    sent = {f"comment-{name}": text for name, text in comments.items()}
    answer = person.client.post(form.action, data={**data, "reason": reason, **sent})
    return person._follow(answer)


def test_the_approver_approves_and_the_secretariat_publishes(town: Town) -> None:
    approver, secretariat = town.person(APPROVER), town.person(SECRETARIAT)
    reference = town.person(OFFICER).file(sample("street-fault-reports"))
    told = town.person(OFFICER).get(f"/filing/{reference}").text
    page = approver.get(f"/review/{reference}")
    assert "Publish" not in [b.text for b in page.root.all("button")]
    assert secretariat.get(f"/review/{reference}").status == 404

    done = approver.send(page.form("Approve and send to the secretariat"))
    listed = secretariat.get("/review/").text
    reviewed = secretariat.get(f"/review/{reference}")
    published = secretariat.publish(reference)

    assert "a second person of the agency to approve it" in told
    assert "waits for the register's secretariat" in done.text
    assert reference in listed
    assert f"Approved for the agency by {APPROVER}" in reviewed.text
    assert "The disclosure is public now." in published.text
    trail = town.auditor.get("/audit/").text
    assert "Approved by the agency" in trail


def test_the_officer_reads_who_has_it_now(town: Town) -> None:
    officer, approver = town.person(OFFICER), town.person(APPROVER)
    reference = officer.file(sample("street-fault-reports"))
    approver.send(approver.get(f"/review/{reference}").form("Approve and send to the secretariat"))

    page = officer.get(f"/filing/{reference}")

    assert "The agency has approved the filing." in page.text
    assert "Approved by the agency, waiting for the secretariat" in officer.get("/filing/").text


def test_comments_stand_beside_the_answers_until_it_is_submitted_again(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))

    page = commented(town.approver, reference, purpose="Whose <b>purpose</b>?", risks="All?")
    tasks = town.officer.get(f"/filing/{reference}")
    section = town.officer.get(f"/filing/{reference}/purpose")
    check = town.officer.get(f"/filing/{reference}/check")
    town.officer.hand_in(reference)

    assert "The filing was returned to the officer." in page.text
    assert "Returned for changes" in tasks.text
    assert "There are 2 comments" in tasks.text
    assert [t.text for t in tasks.root.all("strong") if "comment" in t.text] == ["1 comment"] * 2
    assert "Whose <b>purpose</b>?" in section.root.one(id="purpose-comment").text
    assert "purpose-comment" in section.html.split("purpose-question")[1].split("<legend")[0]
    assert "The second person left 2 comments." in check.text
    assert "Whose <b>purpose</b>?" in check.answer("Purpose")
    assert "Whose" not in town.officer.get(f"/filing/{reference}/check").text
    again = town.approver.get(f"/review/{reference}")
    assert "Whose <b>purpose</b>?" in again.section("What was asked for before")
    assert again.root.one("textarea", id="comment-purpose").text == ""


def test_every_answer_can_be_commented_on_without_a_script(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))

    page = town.approver.get(f"/review/{reference}")

    areas = [e for e in page.root.all("textarea") if e["name"].startswith("comment-")]
    form = page.root.one("form", id="return")
    assert len(areas) > 20
    assert {area["form"] for area in areas} == {form["id"]}
    assert "comment-agency" not in {area["name"] for area in areas}


def test_what_is_typed_into_a_return_that_is_refused_is_all_still_there(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))

    page = commented(town.approver, reference, "Much.", purpose="p" * 2001, risks="All of them?")
    empty = commented(town.approver, reference, " ")
    odd = commented(town.approver, reference, "Much.", nonsense="What?")

    assert page.status == empty.status == odd.status == 422
    assert page.alerts == ["Purpose: Use at most 2000 characters."]
    assert page.alert_targets == ["#comment-purpose"]
    values = {e["name"]: e.raw.removeprefix("\n") for e in page.root.all("textarea")}
    assert values["reason"] == "Much."
    assert values["comment-purpose"] == "p" * 2001
    assert values["comment-risks"] == "All of them?"
    assert empty.alerts == ["Say what needs to change, here or at single answers."]
    assert odd.alerts == ["There is no such question to comment on."]


def test_a_return_that_came_too_late_keeps_its_words(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))
    form = town.approver.get(f"/review/{reference}").form("Return to the officer")
    town.person("deputy@city.example").publish(reference)

    page = town.approver.send(form.fill({"reason": "Wait, the cost!"}), "Return to the officer")

    assert page.status == 409
    assert "What you wrote" in page.text
    assert "Wait, the cost!" in [e.raw.strip() for e in page.root.all("textarea")]


def test_a_return_of_what_was_handed_in_anew_shows_the_new_and_keeps_the_words(town: Town) -> None:
    reference = town.officer.file(sample("street-fault-reports"))
    form = town.approver.get(f"/review/{reference}").form("Return to the officer")
    commented(town.person("deputy@city.example"), reference, "Shorter, please.")
    town.officer.hand_in(reference)

    page = town.approver.send(form.fill({"reason": "The cost!"}), "Return to the officer")
    again = town.approver.send(page.form("Return to the officer"), "Return to the officer")

    assert page.status == 409
    assert "The filing changed after you opened it." in page.text
    assert page.form("Return to the officer")["reason"] == "The cost!"
    assert "The filing was returned to the officer." in again.text


def test_who_worked_on_it_is_not_offered_to_decide(town: Town) -> None:
    officer, approver = town.person(OFFICER), town.person(APPROVER)
    reference = officer.begin(sample("street-fault-reports"))
    officer.write(reference, sample("street-fault-reports"))
    approver.hand_in(reference)

    page = approver.get(f"/review/{reference}")
    answer = approver.post(f"/review/{reference}/endorse", {"lock_version": "1"})

    assert "Somebody else must decide." in page.text
    assert not page.root.all("form", id="return")
    assert answer.status_code in {403, 409}


def test_a_way_of_approval_that_changed_is_told(town: Town) -> None:
    officer, approver = town.person(OFFICER), town.person(APPROVER)
    reference = officer.file(sample("street-fault-reports"))
    approver.send(approver.get(f"/review/{reference}").form("Approve and send to the secretariat"))
    with town.app.app_context(), transaction():
        agencies.get_agency("court").approval = "secretariat"

    page = town.person(SECRETARIAT).get(f"/review/{reference}")

    assert "Return it, so that it is submitted again." in page.text
    assert "Publish" not in [b.text for b in page.root.all("button")]


def amended(town: Town, content: Content, section: str) -> Page:
    """Publish one, bring one of its sections to this content, and read what the approver sees."""
    before = sample("tax-return-risk")
    reference = town.officer.file(before)
    town.approver.publish(reference)
    town.officer.send(town.officer.get(f"/filing/{reference}").form("Prepare a new version"))
    town.officer.fill_in(reference, content, section)
    page = town.officer.hand_in(reference, "It was put right.")
    assert "waits for approval" in page.text, page.alerts
    return town.approver.get(f"/review/{reference}")


def box(page: Page, label: str) -> str:
    (found,) = [
        e.text for e in page.root.all("section", class_="app-change-box") if label in e.text
    ]
    return found


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda r: [r[0], {**r[1], "residual": {"en": "None."}}, *r[2:]], "Entry 2 says something"),
        (lambda r: [*r, {**r[0], "description": {"en": "Another."}}], "is new"),
        (lambda r: r[1:], "Entry 1 is gone"),
        (lambda r: [r[1], r[0], *r[2:]], "was entry"),
        (
            lambda r: [r[1], {**r[0], "residual": {"en": "None."}}, *r[2:]],
            "Entry 2, before it entry 1, says something else",
        ),
    ],
    ids=["changed", "added", "removed", "moved", "moved and changed"],
)
def test_of_a_list_it_is_told_which_entry_changed(town: Town, change: object, told: str) -> None:
    content = sample("tax-return-risk")
    risks = list(content.answers["risks"])

    page = amended(town, content.with_answers(risks=change(risks)), "assurance")  # type: ignore[operator]

    text = box(page, "Risks")
    assert told in text
    untouched = " ".join(risks[2]["description"]["en"].split())
    assert untouched not in text
    assert re.search(r"entr(y is|ies are) as", text)


def test_a_reason_for_withholding_is_compared_in_each_language(town: Town) -> None:
    content = sample("duplicate-identity-faces")
    entry = dict(content.withheld[0])
    reference = town.officer.file(content)
    town.approver.publish(reference)
    town.officer.send(town.officer.get(f"/filing/{reference}").form("Prepare a new version"))
    entry["public_reason"] = {**entry["public_reason"], "ur": "نئی وجہ۔"}
    from dataclasses import replace

    from register.standard import CURRENT

    section = next(s.name for s in CURRENT.sections if entry["field"] in {f.name for f in s.fields})
    new = replace(content, withheld=(entry, *content.withheld[1:]))
    town.officer.fill_in(reference, new, section)
    town.officer.hand_in(reference, "Said better.")

    page = town.approver.get(f"/review/{reference}")

    text = box(page, "Withheld from the public")
    assert "نئی وجہ۔" in text
    assert content.withheld[0]["public_reason"]["ur"].split("۔")[0] in text
