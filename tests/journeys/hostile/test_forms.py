"""A form that is not as it was given out breaks nothing and stores nothing that was not asked."""

import json
from urllib.parse import quote

import pytest
from sqlalchemy import select

from register.storage import database
from register.storage.models import Disclosure
from tests.journeys.answering import SECTIONS, inputs_of, sample
from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import (
    ODD_TEXTS,
    section_data,
)


@pytest.mark.usefixtures("nothing_changes")
def test_a_form_without_its_token_is_refused(town: Town, draft: str) -> None:
    data = {**section_data(town, draft), "purpose-en": "Forged."}

    for token in (None, "", "x", data["csrf_token"][:-2], "\0", "é" * 100):
        sent = {**data, "csrf_token": token} if token is not None else {"purpose-en": "Forged."}
        answer = town.officer.client.post(f"/filing/{draft}/purpose", data=sent)
        assert answer.status_code == 400
        assert "reload it and send again" in answer.text


@pytest.mark.usefixtures("nothing_changes")
def test_a_form_without_its_lock_is_refused(town: Town, draft: str) -> None:
    data = section_data(town, draft)

    for lock in (None, "", "x", "-1", "1.0", "۱", "²", "9" * 30, "9" * 5000, "\0", "1 OR 1=1"):
        sent = {**data, "lock_version": lock, "purpose-en": "Forged."}
        answer = town.officer.client.post(f"/filing/{draft}/purpose", data=sent)
        assert answer.status_code == 400, lock
        checked = town.officer.client.post(
            f"/filing/{draft}/check", data={**data, "lock_version": lock}
        )
        assert checked.status_code == 400, lock


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "name",
    [
        "hack",
        "purpose-xx",
        "purpose",
        "name-en",
        "legal_basis-0-nothing",
        "legal_basis-00-title-en",
        "legal_basis-۱-title-en",
        "legal_basis-1000-title-en",
        "withhold-name",
        "withhold-nothing",
        "agency",
        "status",
        "<b>",
        "\0",
        "x" * 10_000,
    ],
)
def test_an_input_that_the_page_does_not_ask_for_is_refused_by_name(
    town: Town, draft: str, name: str
) -> None:
    data = section_data(town, draft)

    answer = town.officer.client.post(
        f"/filing/{draft}/purpose", data={**data, name: "x", "purpose-en": "Forged."}
    )

    assert answer.status_code == 400
    assert "This page has no question called" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize("section", [section.name for section in SECTIONS])
def test_any_answer_of_a_wrong_kind_is_kept_and_judged_but_never_breaks(
    town: Town, section: str
) -> None:
    content = sample("tax-return-risk")
    reference = town.officer.begin(content)
    town.officer.fill_in(reference, content, "classification")
    asked = next(each for each in SECTIONS if each.name == section)

    for text in ODD_TEXTS.values():
        names = inputs_of(asked, content)
        data = {**dict.fromkeys(names, text), **section_data(town, reference, section)}
        for way in ("save", "complete"):
            data |= section_data(town, reference, section)
            answer = town.officer.client.post(
                f"/filing/{reference}/{section}", data={**data, way: "yes"}
            )
            assert answer.status_code in {303, 413, 422}, answer.status_code
        for page in (f"/filing/{reference}/{section}", f"/filing/{reference}/check"):
            assert town.officer.get(page).status == 200
    with town.app.app_context():
        kept = json.dumps(
            database.db.session.scalar(
                select(Disclosure.draft_content).where(Disclosure.reference == reference)
            )
        )
    assert "\\u0000" not in kept


def test_a_parameter_sent_twice_counts_once(town: Town, draft: str) -> None:
    data = section_data(town, draft)
    pairs = [("purpose-en", "First."), ("purpose-en", "Second."), *data.items(), *data.items()]

    answer = town.officer.client.post(
        f"/filing/{draft}/purpose",
        data="&".join(f"{name}={quote(value)}" for name, value in pairs),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 303
    form = town.officer.get(f"/filing/{draft}/purpose").form("Save")
    assert form["purpose-en"] == "First."


@pytest.mark.parametrize("button", ["remove", "up", "down", "add"])
def test_buttons_that_are_not_on_the_page_move_nothing(town: Town, draft: str, button: str) -> None:
    content = sample("street-fault-reports")
    town.officer.fill_in(draft, content, "purpose")
    before = town.officer.get(f"/filing/{draft}/purpose").form("Save").values
    data = {name: values for name, values in before.items() if values}

    for value in ("", "-", "legal_basis-99", "purpose-0", "x-0", "0", "legal_basis-" + "9" * 5000):
        data |= section_data(town, draft)
        answer = town.officer.client.post(f"/filing/{draft}/purpose", data={**data, button: value})
        assert answer.status_code == 303, value

    after = town.officer.get(f"/filing/{draft}/purpose").form("Save").values
    changing = {name: after[name] for name in ("csrf_token", "lock_version", "section_seen")}
    assert after == {**before, **changing}
