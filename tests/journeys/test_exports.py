"""Everybody can have the register as a file, in every form, and is not sent one twice."""

import csv
import gzip
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from register import clock
from register.services.exports import export_files, export_sending, presentations
from tests.desk import Desk, make_desk
from tests.exchange.standing_in import NAME as FOREIGN
from tests.exchange.standing_in import foreign

__all__ = ["foreign"]
START = datetime(2026, 5, 4, 9, tzinfo=UTC)
FILES = (
    "/api/v1/export.ndjson",
    "/api/v1/export.json",
    "/api/v1/export.csv",
    "/api/v1/export?format=table&file=xlsx",
    f"/api/v1/export?format={FOREIGN}",
    f"/api/v1/export?format={FOREIGN}&file=xlsx",
    f"/api/v1/export?format={FOREIGN}&file=json",
    f"/api/v1/export?format={FOREIGN}&file=losses",
)


@dataclass(frozen=True)
class Filed:
    """A register with one disclosure, published on a day in May, and who may publish another."""

    app: Flask
    desk: Desk

    def publish(self) -> None:
        with self.app.app_context():
            self.desk.publish()


@pytest.fixture
def filed(app: Flask, foreign: str) -> Filed:
    with clock.at(START), app.app_context():
        made = Filed(app, make_desk())
    with clock.at(START):
        made.publish()
    return made


def get(filed: Filed, path: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return filed.app.test_client().get(path, headers=named, buffered=True)


def refusal(filed: Filed, path: str) -> dict[str, Any]:
    answer = get(filed, path)
    assert answer.status_code == 400, path
    assert answer.content_type == "application/problem+json"
    return dict(answer.get_json()["errors"])


def test_a_parameter_that_means_nothing_is_refused(filed: Filed) -> None:
    for path in FILES:
        joint = "&" if "?" in path else "?"
        assert set(refusal(filed, f"{path}{joint}frmat=x")) == {"frmat"}
    assert set(refusal(filed, "/api/v1/export?format=nowhere")) == {"format"}
    assert set(refusal(filed, "/api/v1/export?format=ndjson&file=xlsx")) == {"file"}
    assert set(refusal(filed, f"/api/v1/export?format={FOREIGN}&file=../x")) == {"file"}
    for day in ("2999-01-01", "yesterday", "2026-02-30", "2999-01-01T00:00:00Z"):
        assert set(refusal(filed, f"/api/v1/export.json?as_of={day}")) == {"as_of"}


def test_every_file_is_called_by_its_form_and_the_day_of_its_state(filed: Filed) -> None:
    names = [
        get(filed, path).headers["Content-Disposition"].removeprefix("attachment; filename=")
        for path in FILES
    ]

    assert names == [
        "register-2026-05-04.ndjson",
        "register-2026-05-04.json",
        "register-2026-05-04.csv",
        "register-2026-05-04.xlsx",
        f"{FOREIGN}-2026-05-04.csv",
        f"{FOREIGN}-2026-05-04.xlsx",
        f"{FOREIGN}-2026-05-04.json",
        f"{FOREIGN}-2026-05-04.losses.csv",
    ]


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_the_same_until_the_register_changes_and_is_not_sent_again(
    filed: Filed, path: str
) -> None:
    first, second = get(filed, path), get(filed, path)
    told = {"If_None_Match": first.headers["ETag"]}
    again = get(filed, path, **told)
    filed.publish()
    changed = get(filed, path, **told)

    assert first.get_data() == second.get_data() != b""
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert changed.status_code == 200
    assert changed.get_data() != first.get_data()
    assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("path", FILES)
def test_whoever_asks_for_the_headers_alone_gets_them_and_no_work_is_done(
    filed: Filed, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = get(filed, path)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(export_files, "write_book", never)
    monkeypatch.setattr(export_files, "_records", never)
    head = filed.app.test_client().head(path)

    assert (head.status_code, head.get_data()) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Disposition", "Vary"):
        assert head.headers[name] == whole.headers[name]


def test_a_text_is_squeezed_for_whoever_can_open_it_and_has_a_mark_of_its_own(filed: Filed) -> None:
    for path in FILES:
        plain, squeezed = get(filed, path), get(filed, path, Accept_Encoding="gzip")
        assert "Accept-Encoding" in plain.headers["Vary"]
        if "xlsx" in path:
            assert "Content-Encoding" not in squeezed.headers
            continue
        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(squeezed.get_data()) == plain.get_data()
        assert squeezed.headers["ETag"] != plain.headers["ETag"]
        refused = get(filed, path, Accept_Encoding="gzip;q=0")
        assert "Content-Encoding" not in refused.headers


def test_the_language_of_the_address_changes_nothing(filed: Filed) -> None:
    for path in FILES:
        assert get(filed, "/ur" + path).get_data() == get(filed, path).get_data()


def test_the_register_of_an_earlier_day_can_be_had_in_every_form(filed: Filed) -> None:
    before = {path: get(filed, path).get_data() for path in FILES}
    filed.publish()

    for path, body in before.items():
        joint = "&" if "?" in path else "?"
        answer = get(filed, f"{path}{joint}as_of={START.date()}")
        if "xlsx" not in path:
            assert answer.get_data() == body
        assert f"-{START.date()}." in answer.headers["Content-Disposition"]
    day = (START - timedelta(days=1)).date()
    assert get(filed, f"/api/v1/export.json?as_of={day}").get_json() == []


def test_every_file_names_the_moment_that_it_is_of_and_whether_that_stays(filed: Filed) -> None:
    later = START + timedelta(hours=2)
    path = "/api/v1/export.ndjson"

    def told(as_of: str) -> tuple[str, str, str]:
        with clock.at(later):
            headers = get(filed, path + as_of).headers
        name = headers["Content-Disposition"].removeprefix("attachment; filename=")
        return headers["Register-As-Of"], headers["Register-As-Of-Is-Settled"], name

    assert [told(each) for each in ("", "?as_of=2026-05-04", "?as_of=2026-05-03")] == [
        ("2026-05-04T11:00:00Z", "no", "register-2026-05-04.ndjson"),
        ("2026-05-04T11:00:00Z", "no", "register-2026-05-04.ndjson"),
        ("2026-05-04T00:00:00Z", "yes", "register-2026-05-03.ndjson"),
    ]
    assert [told(f"?as_of=2026-05-04T{each}Z") for each in ("10:45:00", "10:55:00")] == [
        ("2026-05-04T10:45:01Z", "yes", "register-2026-05-04T104500Z.ndjson"),
        ("2026-05-04T10:55:01Z", "no", "register-2026-05-04T105500Z.ndjson"),
    ]


def test_a_table_opens_in_a_spreadsheet_and_holds_what_the_json_holds(filed: Filed) -> None:
    record = get(filed, "/api/v1/export.json").get_json()[0]
    text = get(filed, "/api/v1/export.csv").get_data().decode("utf-8-sig")
    book = get(filed, "/api/v1/export?format=table&file=xlsx").get_data()

    row = next(csv.DictReader(io.StringIO(text, newline="")))

    assert row["name.en"] == record["answers"]["name"]["en"]
    assert row["agency.name.en"] == record["agency"]["name"]["en"]
    assert json.loads(row["data_sources"]) == record["answers"]["data_sources"]
    with CalamineWorkbook.from_filelike(io.BytesIO(book)) as read:
        head, first = list(read.get_sheet_by_index(0).iter_rows())
    assert dict(zip(map(str, head), map(str, first), strict=True)) == {
        name: cell.removeprefix("'") for name, cell in row.items()
    }


def test_one_workbook_is_made_at_a_time_and_who_comes_then_is_told_to_wait(
    filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_files.WORK, "_patience", 0)
    path = "/api/v1/export?format=table&file=xlsx"

    with export_files.WORK.turn(None):
        busy = get(filed, path)
        text = get(filed, "/api/v1/export.csv")
    free = get(filed, path)

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "10")
    assert (text.status_code, free.status_code) == (200, 200)


def test_a_long_file_is_sent_in_pieces(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = get(filed, "/api/v1/export.ndjson").get_data()
    monkeypatch.setattr(export_sending, "BLOCK", 10)
    monkeypatch.setattr(presentations, "BATCH", 1)
    filed.publish()

    with filed.app.test_client().get("/api/v1/export.ndjson") as answer:
        pieces = list(answer.response)

    assert len(pieces) > 2
    assert b"".join(pieces).startswith(whole)
