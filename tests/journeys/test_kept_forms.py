"""Whatever ends a session, what was being written survives it, and only its author gets it back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from register import clock
from register.services.filings import kept as kept_forms
from register.storage import accounts, transaction
from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Form, Page
from tests.journeys.people import PASSWORD, Person

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TEXT = "To find flooded streets before anybody\r\ncalls: “now” & <here>."
URDU = "سیلاب زدہ گلیاں ڈھونڈنا۔"


def written(person: Person, reference: str, language: str = "") -> Form:
    """A section's form, filled in and not yet sent."""
    form = person.get(f"{language}/filing/{reference}/purpose").form("Save" if not language else "")
    return form.fill({"purpose-en": TEXT, "purpose-ur": URDU})


def late(person: Person, form: Form, button: str = "Save") -> Any:
    """Send it after the session has ended; give the bare answer."""
    with clock.at(LATER):
        return person.client.post(form.action, data=form.pressed(button))


def signed_in(person: Person, location: str) -> Page:
    """Follow the way to the form, sign in there, and come to where that leads."""
    with clock.at(LATER):
        page = person.get(location)
        form = page.form(control="password")
        return person.send(form.fill({"email": person.email, "password": PASSWORD}))


@pytest.fixture
def person(town: Town) -> Person:
    """An officer who signed in at nine."""
    with clock.at(NOW):
        return town.officer


@pytest.fixture
def reference(person: Person) -> str:
    with clock.at(NOW):
        return person.begin(sample("street-fault-reports"))


def test_what_is_sent_after_the_session_ended_is_kept_shown_and_sent(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)

    answer = late(person, form)
    asked = person.client.get(answer.location)
    page = signed_in(person, answer.location)
    with clock.at(LATER):
        arrived = person.send(page.form("Send it now"), "Send it now")
        section = person.get(f"/filing/{reference}/purpose").form("Save")
        gone = person.get(page.path)

    assert answer.status_code == 303
    assert "What you wrote has been kept." in asked.text
    assert page.heading == "What you sent has been kept"
    assert "Purpose – English" in page.text
    shown = [e.raw for e in page.root.all("textarea")]
    assert any("<here>" in text for text in shown)
    assert any(URDU in text for text in shown)
    assert arrived.path == f"/filing/{reference}"
    assert section["purpose-en"] == TEXT
    assert section["purpose-ur"] == URDU
    assert gone.status == 404


def test_a_newer_text_is_not_overwritten_by_what_was_kept(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)
    answer = late(person, form)
    with clock.at(LATER):
        colleague = town.person("colleague@city.example")
        other = colleague.get(f"/filing/{reference}/purpose").form("Save")
        colleague.send(other.fill({"purpose-en": "To save paper."}), "Save")

    page = signed_in(person, answer.location)
    with clock.at(LATER):
        both = person.send(page.form("Send it now"), "Send it now")
        settled = person.send(both.form("Save"), "Save")

    assert both.status == 409
    assert "To save paper." in both.text
    assert both.form("Save")["purpose-en"] == TEXT
    assert settled.path == f"/filing/{reference}"
    with clock.at(LATER):
        assert "Kept for you" not in person.get("/account/").text


def test_it_is_nobody_else_s(town: Town, person: Person, reference: str) -> None:
    with clock.at(NOW):
        form = written(person, reference)
    path = late(person, form).location.split("next=")[1]

    with clock.at(LATER):
        for name in ("colleague@city", "approver@city", "auditor@register"):
            other = town.person(f"{name}.example")
            assert other.get(path).status == 404
            assert other.post(f"{path}/discard", {}).status_code == 404
            other.post(f"/filing/x/check?kept={path.rsplit('/', 1)[1]}", {"lock_version": "1"})
        assert town.citizen.client.get(path).status_code == 303
        assert person.sign_in().status == 200
        assert person.get(path).status == 200


def test_it_can_be_discarded(person: Person, reference: str) -> None:
    with clock.at(NOW):
        form = written(person, reference)
    page = signed_in(person, late(person, form).location)

    with clock.at(LATER):
        left = person.send(page.form("Discard it"), "Discard it")
        gone = person.get(page.path)

    assert "What was kept is discarded." in left.text
    assert gone.status == 404


def test_it_is_found_again_from_the_account_until_seven_days_are_over(
    person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)
    late(person, form)

    with clock.at(LATER):
        person.sign_in()
        (link,) = person.get("/account/").links("What you sent at")
    with clock.at(LATER + timedelta(days=6, hours=23)):
        person.sign_in()
        kept = person.get(link)
    with clock.at(LATER + timedelta(days=7, minutes=1)):
        person.sign_in()
        gone = person.get(link)
        with person.client.application.app_context():
            forgotten = kept_forms.purge()

    assert (kept.status, gone.status, forgotten) == (200, 404, 1)


def test_of_many_the_latest_five_are_kept(person: Person, reference: str) -> None:
    with clock.at(NOW):
        form = written(person, reference)
    for number in range(7):
        late(person, form.fill({"purpose-en": f"Text {number}"}))

    with clock.at(LATER):
        person.sign_in()
        links = person.get("/account/").links("What you sent at")
        texts = [person.get(link).text for link in links]
        shown = [person.get(link).html for link in links]

    assert len(texts) == 5
    assert [f"Text {n}" in html for n, html in zip((6, 5, 4, 3, 2), shown, strict=True)] == [
        True
    ] * 5


def test_a_session_of_a_closed_account_or_an_old_one_keeps_nothing(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)

    with clock.at(NOW + timedelta(days=8)):
        town.person("colleague@city.example")
        old = person.client.post(form.action, data=form.pressed("Save"))
    with town.app.app_context(), transaction():
        accounts.get_account(person.email).is_disabled = True
    closed = late(person, form)

    assert old.status_code == closed.status_code == 303
    assert "/account/kept/" not in old.location + closed.location


def test_what_says_nothing_is_not_kept(person: Person, reference: str) -> None:
    with clock.at(NOW):
        form = person.get(f"/filing/{reference}/purpose").form("Save")
        out = person.get("/account/").form("Sign out")
    empty = {name: form[name] for name in ("csrf_token", "lock_version")}

    with clock.at(LATER):
        saved = person.client.post(form.action, data={**empty, "save": "yes"})
        left = person.client.post("/account/sign-out", data=out.pressed("Sign out"))

    assert "/account/kept/" not in saved.location + left.location


def test_a_page_that_saves_by_itself_is_told_and_keeps_its_own_text(
    person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)

    with clock.at(LATER):
        answer = person.client.post(form.action, data={**form.pressed("Save"), "autosave": "yes"})
        person.sign_in()
        listed = person.get("/account/").text

    assert answer.status_code == 401
    assert "Kept for you" not in listed


def test_without_the_cookie_every_word_is_shown_to_be_copied(
    town: Town, person: Person, reference: str
) -> None:
    with clock.at(NOW):
        form = written(person, reference)
    person.client.delete_cookie("register")

    page = Page(person.client.post(form.action, data=form.pressed("Save")))

    assert page.status == 400
    assert "What you wrote" in page.text
    texts = [e.raw.removeprefix("\n") for e in page.root.all("textarea")]
    assert URDU in texts
    assert any("<here>" in text for text in texts)
    assert "Purpose – English" in page.text
    assert form["csrf_token"] not in page.html


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/invitation", "/nothing-is-here"])
def test_a_password_is_never_shown_back(town: Town, path: str) -> None:
    secrets = {"password": "hunter2 hunter2", "password_again": "hunter2 hunter2", "email": "a@b.c"}

    answer = town.citizen.client.post(path, data=secrets)

    assert answer.status_code >= 400
    assert "hunter2" not in answer.text


def test_a_filing_that_was_handed_in_meanwhile_gives_the_words_back(
    town: Town, person: Person
) -> None:
    content = sample("street-fault-reports")
    with clock.at(NOW):
        reference = person.begin(content)
        person.write(reference, content)
        form = written(person, reference)
        town.person("colleague@city.example").hand_in(reference)
        page = person.send(form, "Save")

    assert page.status == 409
    assert URDU in [e.raw.strip() for e in page.root.all("textarea")]


def test_words_for_questions_that_no_longer_arise_are_given_back(
    town: Town, person: Person
) -> None:
    content = sample("tax-return-risk")
    with clock.at(NOW):
        reference = person.begin(content)
        person.write(reference, content)
        form = person.get(f"/filing/{reference}/identity").form("Save")
        data = form.pressed("Save")
        data["no_longer_asked-en"] = "A word that is nowhere else."
        colleague = town.person("colleague@city.example")
        other = colleague.get(f"/filing/{reference}/purpose").form("Save")
        colleague.send(other.fill({"purpose-en": "To save paper."}), "Save")
        page = Page(person.client.post(form.action, data=data))

    assert page.status == 409
    assert "A word that is nowhere else." in [e.raw.strip() for e in page.root.all("textarea")]
