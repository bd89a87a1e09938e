"""The description of the API names every call and no other, and what it shows works."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps, loads
from pathlib import Path
from threading import Thread
from typing import Any

from werkzeug.serving import make_server

from register.services.filings import filing
from register.standard import CURRENT
from tests.journeys.api.conftest import OFFICER, House
from tests.journeys.page import Page
from tests.journeys.programs import API, Program, whole_draft

DOCS = Path(__file__).parents[3] / "docs" / "api.md"
REFERENCES = re.compile(r'"\$ref": "#/components/(\w+)/([\w-]+)"')


def document(house: House) -> dict[str, Any]:
    return dict(Program(house.app).get("/openapi.json").get_json())


def test_every_call_is_described_and_no_other(lasting_house: House) -> None:
    there = {
        (re.sub("<(?:int:)?(.*?)>", r"{\1}", rule.rule), method.lower())
        for rule in lasting_house.app.url_map.iter_rules()
        if rule.rule.startswith(API)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    described = {
        (path, method)
        for path, operations in document(lasting_house)["paths"].items()
        for method in operations
        if method != "parameters"
    }

    assert described == there


def test_no_pattern_is_for_python_alone(lasting_house: House) -> None:
    patterns = re.findall(r'"pattern": "((?:[^"\\\\]|\\\\.)*)"', dumps(document(lasting_house)))

    assert len(patterns) > 10
    assert [each for each in patterns if re.search(r"\\\\[AZz]|\(\?P", each)] == []


def test_the_description_is_of_one_piece(lasting_house: House) -> None:
    told = document(lasting_house)

    assert told["openapi"] == "3.1.0"
    for kind, name in set(REFERENCES.findall(dumps(told))):
        assert name in told["components"][kind], (kind, name)
    operations = [o for p in told["paths"].values() for n, o in p.items() if n != "parameters"]
    assert len({each["operationId"] for each in operations}) == len(operations)
    for each in operations:
        assert each["summary"]
        assert each["description"], each["operationId"]
        assert {"400", "401", "429"} <= set(each["responses"])
        for asked in each.get("parameters", ()):
            assert asked["description"], (each["operationId"], asked["name"])


def test_the_description_says_of_answers_what_the_standard_says(lasting_house: House) -> None:
    shapes = document(lasting_house)["components"]["schemas"]

    answers = shapes["AnswersV1"]["properties"]
    assert list(answers) == [field.name for field in CURRENT.asked_fields]
    assert {n for n, shape in answers.items() if not shape["x-public"]} == {
        field.name for field in CURRENT.asked_fields if not field.public
    }
    assert shapes["StandardV1"]["allOf"]
    assert shapes["Draft"]["properties"]["answers"]["$ref"].endswith("/AnswersV1")


def test_a_piece_of_a_file_and_what_one_has_already_are_described(house: House) -> None:
    described = document(house)["paths"]["/api/v1/export.json"]
    path = "/export.json?as_of=2026-01-01"

    whole = house.program.get(path)
    answers = [
        house.program.get(path, Range="bytes=0-1"),
        house.program.get(path, If_None_Match=whole.headers["ETag"]),
        house.program.get(path, Range="bytes=9999999-"),
    ]

    assert [answer.status_code for answer in answers] == [206, 304, 416]
    assert {"206", "304", "416"} <= set(described["get"]["responses"])
    assert {"Range", "If-Range"} <= {each["name"] for each in described["parameters"]}


def test_people_read_the_same_in_both_languages_without_a_script(lasting_house: House) -> None:
    client = lasting_house.app.test_client()
    paths = document(lasting_house)["paths"]

    english, urdu = (Page(client.get(f"{prefix}/data/api")) for prefix in ("", "/ur"))

    for page in (english, urdu):
        assert page.status == 200
        for path in paths:
            assert path in page.text
        assert "Idempotency-Key" in page.text
        assert "/api/v1/openapi.json" in " ".join(page.links())
    assert english.text != urdu.text
    assert client.get("/api").location == "/data/api"
    assert client.get("/data/api.json").get_json() == document(lasting_house)


@contextmanager
def served(house: House) -> Iterator[str]:
    """The application on an address of its own."""
    server = make_server("127.0.0.1", 0, house.app, threaded=True)
    working = Thread(target=server.serve_forever)
    working.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        working.join()
        server.server_close()


def test_the_client_in_the_documentation_takes_everything_and_files_a_draft(
    house: House, tmp_path: Path
) -> None:
    (client,) = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    (tmp_path / "client.py").write_text(client, "utf-8")
    (tmp_path / "draft.json").write_text(dumps(whole_draft()), "utf-8")
    with house.app.app_context():
        published = [house.desk.publish() for _each in range(3)]
    secret = house.program.headers["Authorization"].removeprefix("Bearer ")

    with served(house) as base:
        run = subprocess.run(
            [sys.executable, "client.py", "draft.json"],
            cwd=tmp_path,
            env={**os.environ, "BASE": base, "TOKEN": secret, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 0, run.stderr
    listed, _brace, filed = run.stdout.partition("{")
    told = loads("{" + filed)
    assert [line.split()[0] for line in listed.splitlines()] == published
    with house.app.app_context():
        waiting = filing.get_filing(house.desk[OFFICER], told["reference"])
    assert (told["draft_state"], waiting.draft_state) == ("submitted", "submitted")
