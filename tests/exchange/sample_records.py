"""The sample register's disclosures as public records, each in its latest version."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from register.schemas.present import public_content
from register.standard import CURRENT
from register.standard.content import Content

FOLDER = Path(__file__).parents[2] / "sample"


def sample_records() -> Iterator[dict[str, Any]]:
    bodies = {each["slug"]: each for each in json.loads((FOLDER / "agencies.json").read_text())}
    for number, path in enumerate(sorted((FOLDER / "disclosures").glob("*.json")), start=1):
        filed = json.loads(path.read_text())
        content = [each["content"] for each in filed["versions"] if each.get("content")][-1]
        public = public_content(CURRENT, Content.from_json(content))
        body = bodies[filed["agency"]]
        reference = f"AIR-2026-{number:05}"
        yield {
            "reference": reference,
            "status": "published",
            "url": f"https://register.example/disclosures/{reference}",
            "version": 1,
            "first_published_at": "2026-01-01T00:00:00Z",
            "published_at": "2026-02-01T00:00:00Z",
            "agency": {"name": body["names"], "abbreviation": body.get("abbreviation") or ""},
            "answers": dict(public.answers),
            "withheld": [dict(entry) for entry in public.withheld],
            "not_stated": [],
        }
