"""More than anybody types, or what is no form at all, is refused."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import request

from register.forms.sections import MOST_INPUTS
from register.standard.field import Field, Kind
from register.web.showing.words import MOST_APART
from tests.journeys.answering import SECTIONS, inputs_of, sample
from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import (
    section_data,
)
from tests.journeys.page import Page

URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(("prefix", "words"), [("", "This is too large"), ("/ur", "")])
def test_a_megabyte_is_refused_in_the_reader_s_language(
    town: Town, draft: str, prefix: str, words: str
) -> None:
    fields = {**section_data(town, draft), "purpose-en": "x" * 1_048_576}

    for body, content_type in (urlencoded(fields), multipart(fields)):
        answer = town.officer.client.post(
            f"{prefix}/filing/{draft}/purpose", data=body, content_type=content_type
        )
        assert answer.status_code == 413
        assert f'<html lang="{prefix[1:] or "en"}"' in answer.text
        assert words in answer.text
        assert answer.headers["X-Request-Id"]


@pytest.mark.usefixtures("nothing_changes")
def test_a_hundred_thousand_fields_are_refused(town: Town, draft: str) -> None:
    data = section_data(town, draft)
    flood = "&".join(f"f{number}=" for number in range(80_000))
    parts = {**data, **{f"f{number}": "" for number in range(6_000)}}

    at_once = town.officer.client.post(
        f"/filing/{draft}/purpose",
        data=f"csrf_token={data['csrf_token']}&lock_version={data['lock_version']}&{flood}",
        content_type=URLENCODED,
    )
    body, content_type = multipart(parts)
    in_parts = town.officer.client.post(
        f"/filing/{draft}/purpose", data=body, content_type=content_type
    )
    larger = town.officer.client.post(
        f"/filing/{draft}/purpose",
        data=flood + flood,
        content_type=URLENCODED,
    )

    assert at_once.status_code == 413
    assert in_parts.status_code == 413
    assert larger.status_code == 413


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("path", ["/account/sign-in", "/filing/upload", "/nothing-is-here"])
def test_a_stranger_s_flood_is_refused_before_it_is_taken_apart(town: Town, path: str) -> None:
    flood = "a=b&" * 190_000

    with town.citizen.client as stranger:
        answer = stranger.post(path, data=flood, content_type=URLENCODED)
        was_taken_apart = "form" in vars(request)

    assert answer.status_code == 413
    assert len(answer.data) < 20_000
    assert not was_taken_apart


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("token", [None, "", "x", "\0", "IjEi.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_a_stranger_s_words_are_not_put_on_our_pages(town: Town, token: str | None) -> None:
    sent = {"purpose-en": "Buy nothing."} | ({} if token is None else {"csrf_token": token})

    answer = town.citizen.client.post("/account/sign-in", data=sent)

    assert answer.status_code == 400
    assert "reload it and send again" in answer.text
    assert "Buy nothing." not in answer.text


@pytest.mark.usefixtures("nothing_changes")
def test_many_words_are_given_back_whole_and_in_few_boxes(town: Town, draft: str) -> None:
    fields = {f"risks-{number}-description-en": f"Risk {number}." for number in range(1000)}

    body, content_type = urlencoded(fields)
    answer = town.officer.client.post(
        f"/filing/{draft}/purpose", data=body, content_type=content_type
    )

    boxes = [box.raw.strip() for box in Page(answer).root.all("textarea")]
    assert answer.status_code == 400
    assert len(boxes) == MOST_APART + 1
    assert boxes[:2] == ["Risk 0.", "Risk 1."]
    assert boxes[-1].splitlines()[-1] == "risks-999-description-en: Risk 999."
    assert [f"Risk {n}." in "\n".join(boxes) for n in range(1000)] == [True] * 1000


@pytest.mark.parametrize("section", ["data", "supply"])
def test_a_section_of_which_every_list_is_full_is_saved(
    town: Town, draft: str, section: str
) -> None:
    asked = next(each for each in SECTIONS if each.name == section)
    lists = [field for field in asked.asked_fields if field.kind is Kind.GROUPS]
    full = {field.name: [whole_entry(field)] * 100 for field in lists}
    typed = inputs_of(asked, sample("street-fault-reports").with_answers(**full))
    fields = {name: texts[0] for name, texts in typed.items()}
    assert len(fields) > 1500

    for way in (urlencoded, multipart):
        body, content_type = way({**fields, **section_data(town, draft, section)})
        saved = town.officer.client.post(
            f"/filing/{draft}/{section}", data=body, content_type=content_type
        )
        assert saved.status_code == 303


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(("more", "status"), [(0, 400), (1, 413)])
def test_one_field_more_than_the_most_is_one_too_many(
    town: Town, draft: str, more: int, status: int
) -> None:
    fields = "&".join(f"f{number}=" for number in range(MOST_INPUTS + more))

    answer = town.officer.client.post(
        f"/filing/{draft}/purpose", data=fields, content_type=URLENCODED
    )

    assert answer.status_code == status


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", URLENCODED),
        (b"\xff\xfe=%ff&%00=%00", URLENCODED),
        (b"{}", "application/json"),
        (b"{", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary="),
        (b"\x00" * 100, "text/plain"),
        (b"x", "nonsense"),
        (b"x", ""),
    ],
)
def test_a_body_that_is_no_form_is_refused(
    town: Town, draft: str, body: bytes, content_type: str
) -> None:
    for path in (f"/filing/{draft}/purpose", "/filing/new", "/account/sign-in"):
        answer = town.officer.client.post(path, data=body, content_type=content_type)
        assert answer.status_code == 400, path


@pytest.mark.usefixtures("nothing_changes")
def test_a_file_where_a_text_is_asked_for_is_no_answer(town: Town, draft: str) -> None:
    data = {
        **section_data(town, draft),
        "lock_version": "0",
        "purpose-en": (io.BytesIO(b"\x00\xff" * 100), "x.exe"),
    }

    answer = town.officer.client.post(
        f"/filing/{draft}/purpose", data=data, content_type="multipart/form-data"
    )

    assert answer.status_code in {400, 409}


def whole_entry(field: Field) -> dict[str, Any]:
    """An entry of a list that answers all of its questions, in both languages."""
    texts = {"en": "As it was agreed.", "ur": "جیسا طے پایا تھا۔"}
    others = {Kind.URL: "https://example.org/", Kind.CHOICES: ["text"], Kind.CHOICE: "other"}
    dates = {Kind.DATE: "2026-01-31", Kind.PARTIAL_DATE: "2026-01-31"}
    return {
        part.name: texts if part.localized else (others | dates).get(part.kind, "As agreed.")
        for part in field.parts
    }


def urlencoded(fields: dict[str, str]) -> tuple[bytes, str]:
    """A form's body as browsers write it, with its content type."""
    return urlencode(fields).encode(), URLENCODED


def multipart(fields: dict[str, str]) -> tuple[bytes, str]:
    """The same in parts."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, "--x--\r\n"]).encode(), "multipart/form-data; boundary=x"
