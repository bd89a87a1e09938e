"""What a record tells search engines is the public's part of it, and never becomes a script."""

import json
import re
from typing import Any

from flask import Flask

from register.services.exports import exports
from register.web.guard import POLICY
from tests.desk import make_desk, sample_content

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = "</script><script>alert(1)</script><!--<script>]]>&lt;{{7*7}}"
SECRET = "Zarkhez-44871"


def linked(app: Flask, path: str) -> tuple[str, Any]:
    """The page, and the only data in it."""
    html = app.test_client().get(path).get_data(as_text=True)
    found = SCRIPT.findall(html)
    assert len(found) == 1
    return html, json.loads(found[0])


def test_no_text_breaks_out_of_the_data(app: Flask) -> None:
    with app.app_context():
        reference = make_desk().publish(
            name={"en": HOSTILE, "ur": HOSTILE},
            summary={"en": HOSTILE, "ur": HOSTILE},
            tags=[HOSTILE],
            suppliers=[{"name": HOSTILE}],
        )

    for prefix in ("", "/ur"):
        html, told = linked(app, f"{prefix}/disclosures/{reference}")
        assert "<script>" not in html
        assert html.count("<script") == html.count("</script>") == 2
        assert "49" not in told["name"]
        assert told["name"].startswith("</script><script>alert")
        assert told["mainEntity"]["producer"][0]["name"] == told["name"]


def test_only_what_the_public_may_read_is_told(app: Flask) -> None:
    with app.app_context():
        reference = make_desk().publish(
            filed_by={"name": SECRET, "email": f"{SECRET}@taxes.example"}
        )
        record = next(iter(exports.export_records()))

    _html, told = linked(app, f"/disclosures/{reference}")

    assert SECRET not in json.dumps(told)
    assert told["name"] == record["answers"]["name"]["en"]
    assert told["identifier"] == reference


def test_data_need_no_exception_from_the_policy_and_no_script_gets_one(app: Flask) -> None:
    policy = app.test_client().get("/data").headers["Content-Security-Policy"]

    assert policy == POLICY
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_withdrawn_record_says_so_and_tells_no_more_of_its_system(app: Flask) -> None:
    with app.app_context():
        desk = make_desk()
        reference = desk.publish()
        desk.withdraw(reference)

    _html, told = linked(app, f"/disclosures/{reference}")

    assert told["creativeWorkStatus"] == "Withdrawn"
    assert "mainEntity" not in told
    assert told["name"] == sample_content().answers["name"]["en"]
