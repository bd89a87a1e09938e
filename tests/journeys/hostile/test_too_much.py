"""More than anybody types, or what is no form at all, is refused."""

import io
from urllib.parse import urlencode

import pytest

from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import (
    section_data,
)


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
        content_type="application/x-www-form-urlencoded",
    )
    body, content_type = multipart(parts)
    in_parts = town.officer.client.post(
        f"/filing/{draft}/purpose", data=body, content_type=content_type
    )
    larger = town.officer.client.post(
        f"/filing/{draft}/purpose",
        data=flood + flood,
        content_type="application/x-www-form-urlencoded",
    )

    assert at_once.status_code == 400
    assert in_parts.status_code == 413
    assert larger.status_code == 413


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"\xff\xfe=%ff&%00=%00", "application/x-www-form-urlencoded"),
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


def urlencoded(fields: dict[str, str]) -> tuple[bytes, str]:
    """A form's body as browsers write it, with its content type."""
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def multipart(fields: dict[str, str]) -> tuple[bytes, str]:
    """The same in parts."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, "--x--\r\n"]).encode(), "multipart/form-data; boundary=x"
