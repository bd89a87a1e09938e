"""What shows a moment of the past is kept as a file: a download goes on where it broke off."""

import base64
import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from register.config import Settings
from register.services.exports import export_folder, export_sending, presentations
from register.services.exports.export_folder import ExportFolder
from tests.exchange.standing_in import foreign
from tests.journeys.test_exports import FILES, START, Filed, filed, get

__all__ = ["filed", "foreign"]
THEN = f"as_of={START.date()}"
PATH = f"/api/v1/export.ndjson?{THEN}"


def of_then(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{THEN}"


def digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def kept_files(settings: Settings) -> list[Path]:
    return sorted(settings.exports_folder.glob("*"))


def is_whole(answer: TestResponse) -> bool:
    return answer.status_code == 200 and "Content-Range" not in answer.headers


@pytest.mark.parametrize("asked", ["bytes=9999999-", "bytes=9999999-10000000"])
def test_a_piece_that_is_not_there_is_refused_with_the_length(filed: Filed, asked: str) -> None:
    length = len(get(filed, PATH).get_data())

    answer = get(filed, PATH, Range=asked)

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{length}"
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "lines=0-3", "bytes=0-1,4-5", "bytes", "=", "-", "bytes=-0"]
)
def test_a_piece_that_means_nothing_or_several_are_answered_with_the_whole(
    filed: Filed, asked: str
) -> None:
    assert is_whole(get(filed, PATH, Range=asked))


@pytest.mark.parametrize("path", [of_then(path) for path in FILES[::3]])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_download_goes_on_where_it_broke_off(filed: Filed, path: str, coding: str) -> None:
    whole = get(filed, path, Accept_Encoding=coding)
    body, mark = whole.get_data(), whole.headers["ETag"]
    filed.publish()

    first = get(filed, path, Accept_Encoding=coding, Range="bytes=0-99")
    rest = get(filed, path, Accept_Encoding=coding, Range="bytes=100-", If_Range=mark)
    last = get(filed, path, Accept_Encoding=coding, Range="bytes=-7")

    assert (first.status_code, rest.status_code, last.status_code) == (206, 206, 206)
    assert first.get_data() + rest.get_data() == body
    assert last.get_data() == body[-7:]
    assert rest.headers["Content-Range"] == f"bytes 100-{len(body) - 1}/{len(body)}"
    for answer in (whole, first, rest):
        assert answer.headers["Repr-Digest"] == digest(body)
        assert answer.headers["ETag"] == mark
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers.get("Content-Encoding", "") == (coding if "xlsx" not in path else "")
        assert answer.headers["Content-Type"] == whole.headers["Content-Type"]
        assert answer.headers["Register-As-Of-Is-Settled"] == "yes"
    assert whole.headers["Content-Digest"] == digest(body)
    assert "Content-Digest" not in rest.headers
    assert get(filed, path, Accept_Encoding=coding, If_None_Match=mark).status_code == 304


def test_of_another_file_than_the_one_that_was_begun_the_whole_is_sent(filed: Filed) -> None:
    mark = get(filed, PATH).headers["ETag"]
    squeezed = get(filed, PATH, Accept_Encoding="gzip").headers["ETag"]

    later = "Wed, 01 Jan 2098 00:00:00 GMT"
    for other in ('"of another"', squeezed, f"W/{mark}", later, ""):
        assert is_whole(get(filed, PATH, Range="bytes=9-", If_Range=other)), other
    assert get(filed, PATH, Range="bytes=9-", If_Range=mark).status_code == 206


def test_what_shows_the_register_as_it_is_now_is_streamed_and_not_kept(
    filed: Filed, settings: Settings
) -> None:
    for path in FILES:
        answer = get(filed, path, Range="bytes=0-9")
        assert is_whole(answer)
        assert "Accept-Ranges" not in answer.headers
        assert ("Repr-Digest" in answer.headers) == ("xlsx" in path)

    assert kept_files(settings) == []


def test_moments_between_two_changes_share_one_file(filed: Filed, settings: Settings) -> None:
    days = [(START + timedelta(days=each)).date() for each in range(4)]

    bodies = {get(filed, f"/api/v1/export.ndjson?as_of={day}").get_data() for day in days}
    now = get(filed, "/api/v1/export.ndjson", Range="bytes=0-9")

    assert len(bodies) == len(kept_files(settings)) == 1
    assert now.status_code == 206
    before = (START - timedelta(days=1)).date()
    assert get(filed, f"/api/v1/export.ndjson?as_of={before}").get_data() == b""
    assert len(kept_files(settings)) == 2


def test_after_an_erasure_no_file_of_before_it_is_given_out_or_left(
    filed: Filed, settings: Settings, context: Flask
) -> None:
    before = get(filed, PATH)
    (old,) = kept_files(settings)

    presentations.forget([])
    after = get(filed, PATH, If_None_Match=before.headers["ETag"])
    (new,) = kept_files(settings)

    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert old.name != new.name
    assert is_whole(get(filed, PATH, Range="bytes=9-", If_Range=before.headers["ETag"]))


def test_where_no_file_can_be_made_the_register_is_streamed(
    filed: Filed, settings: Settings
) -> None:
    with export_sending.KEEPING.turn(None):
        busy = get(filed, PATH)
    settings.exports_folder.write_text("in the way")
    full = get(filed, PATH)

    assert is_whole(busy)
    assert is_whole(full)
    assert busy.get_data() == full.get_data() != b""
    assert "Accept-Ranges" not in {**busy.headers, **full.headers}


def test_whoever_asks_for_the_headers_alone_reads_the_length_and_the_digest(
    filed: Filed, settings: Settings
) -> None:
    client = filed.app.test_client()
    before = client.head(PATH)
    made = kept_files(settings)
    body = get(filed, PATH).get_data()

    after = client.head(PATH)

    assert made == []
    assert "Repr-Digest" not in before.headers
    assert (after.headers["Repr-Digest"], after.content_length) == (digest(body), len(body))
    assert "Content-Digest" not in after.headers
    assert after.headers["Accept-Ranges"] == "bytes"
    assert client.head(PATH, headers={"Range": "bytes=0-9"}).content_length == len(body)


def test_what_nobody_asked_for_longest_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ExportFolder(tmp_path / "exports", erased=0)
    monkeypatch.setattr(export_folder, "MOST_FILES", 3)
    monkeypatch.setattr(export_folder, "MOST_BYTES", 100)

    def left() -> set[str]:
        return {mark for mark in "abcdefg" if list((tmp_path / "exports").glob(f"0-{mark}.*"))}

    for age, mark in enumerate("abc"):
        kept = folder.keep(mark, lambda out: out.write(b"1234567890"))
        os.utime(kept.path, (age, age))
    assert folder.find("a") is not None  # asked for again
    folder.keep("d", lambda out: out.write(b"1234567890"))
    assert left() == {"a", "c", "d"}
    folder.keep("e", lambda out: out.write(b"1" * 85))
    assert left() == {"d", "e"}
    folder.keep("f", lambda out: out.write(b"1" * 200))
    assert left() == {"f"}
    folder.empty()
    assert left() == set()


def test_what_is_not_written_whole_is_not_kept(tmp_path: Path) -> None:
    folder = ExportFolder(tmp_path, erased=0)

    def broken(out: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        folder.keep("a", broken)

    assert list(tmp_path.iterdir()) == []
    assert folder.find("a") is None
