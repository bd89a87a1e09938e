"""How a row in another register says that an answer is withheld: in the answer's own place."""

from collections.abc import Mapping, Sequence
from typing import Any

from register.exchange.cells.writers import pick
from register.exchange.mapping import Link, Record, Row
from register.standard import CURRENT

MARK = "Withheld:"


def write_withheld(record: Record, row: Row, links: Sequence[Link]) -> None:
    """Say in each empty cell that a withheld answer would fill that it is withheld, and why."""
    languages = ("en", *record["answers"].get("languages", ()))
    for entry in record["withheld"]:
        for link in links:
            is_free = link.field == entry["field"] and not link.is_fallback
            if is_free and link.column in row and not row[link.column]:
                row[link.column] = withheld_text(entry, languages)


def withheld_text(entry: Mapping[str, Any], languages: Sequence[str]) -> str:
    """Give the words for one withheld answer: the public reason, the ground and the provision."""
    options = CURRENT.field("withheld").part("ground").options
    ground = next((each.label for each in options if each.value == entry.get("ground")), "")
    basis = ", ".join(each for each in (ground, entry.get("citation") or "") if each)
    reason = pick(entry.get("public_reason"), languages)
    if not reason:
        return f"{MARK} {basis}"
    return f"{MARK} {reason} ({basis})" if basis else f"{MARK} {reason}"
