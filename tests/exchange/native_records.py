"""The sample register's records as the public sees them, and small ones made up for a test."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from register.schemas import public_content
from register.standard import CURRENT
from register.standard.content import Content

FOLDER = Path(__file__).parents[2] / "sample" / "disclosures"


def record(number: int = 1, *, withheld: tuple[Any, ...] = (), **answers: Any) -> dict[str, Any]:
    """Give a public record with these answers."""
    said = {"record_kind": "system", "languages": ["en"], "name": {"en": "Sorting"}, **answers}
    return {
        "reference": f"AIR-2026-{number:05}",
        "status": "published",
        "url": f"https://register.example/disclosures/AIR-2026-{number:05}",
        "version": 1,
        "agency": {"name": {"en": "Office of Sorting"}, "abbreviation": "OS"},
        "answers": {name: answer for name, answer in said.items() if answer is not None},
        "withheld": list(withheld),
        "not_stated": [],
    }


@cache
def samples() -> tuple[dict[str, Any], ...]:
    """Give the newest version of each disclosure of the sample."""
    found = []
    for number, path in enumerate(sorted(FOLDER.glob("*.json")), start=1):
        read = json.loads(path.read_text(encoding="utf-8"))
        newest = [each for each in read["versions"] if "content" in each][-1]
        content = public_content(CURRENT, Content.from_json(newest["content"]))
        made = record(number, withheld=content.withheld)
        made["answers"] = dict(content.answers)
        found.append(made)
    return tuple(found)


def sample(name: str) -> dict[str, Any]:
    """Give the record of the sample whose name holds these words."""
    return next(each for each in samples() if name in each["answers"].get("name", {}).get("en", ""))
