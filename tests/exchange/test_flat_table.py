"""The flat table holds all of a record: what has no column of its own stands in the last."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from register.exchange.own.flat_table import REST, columns_of, row_of
from register.standard import CURRENT

LANGUAGES = ("en", "ur")
COLUMNS = columns_of(CURRENT, LANGUAGES)
BODY = {"slug": "city", "name": {"en": "City", "ur": "شہر"}, "level": "local", "parent": None}
TEXT = st.dictionaries(st.sampled_from(["en", "ur", "fr"]), st.text(min_size=1), min_size=1)


def record(**answers: Any) -> dict[str, Any]:
    return {
        "reference": "AIR-2026-00001",
        "version": 2,
        "status": "published",
        "is_current": True,
        "standard": "v1",
        "change_note": None,
        "agency": BODY,
        "answers": {"agency": "city", **answers},
        "withheld": [],
        "not_stated": ["purpose", "risks"],
        "translations": {},
    }


def test_nobody_but_the_standard_decides_which_columns_there_are() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
    for question in CURRENT.asked_fields:
        found = [c for c in COLUMNS if c == question.name or c.startswith(f"{question.name}.")]
        assert bool(found) == question.public, question.name
    assert {"name.en", "name.ur", "contact_point.email", "cost.amount.currency"} <= set(COLUMNS)


def test_each_value_stands_under_its_path() -> None:
    row = row_of(
        record(
            name={"en": "Name", "ur": "نام"},
            techniques=["rules", "language_model"],
            cost={"amount": {"amount": "12.00", "currency": "PKR"}, "period": "once"},
            scale={"count": 1200},
            suppliers=[{"name": "A"}, {"name": "B"}],
        ),
        COLUMNS,
    )

    assert tuple(row) == COLUMNS
    assert (row["reference"], row["version"], row["agency.slug"]) == ("AIR-2026-00001", "2", "city")
    assert (row["agency.name.ur"], row["name.ur"]) == ("شہر", "نام")
    assert row["techniques"] == "rules\nlanguage_model"
    assert (row["cost.amount.amount"], row["cost.amount.currency"]) == ("12.00", "PKR")
    assert row["scale.count"] == "1200"
    assert json.loads(row["suppliers"]) == [{"name": "A"}, {"name": "B"}]
    assert (row["not_stated"], row["withheld"], row[REST]) == ("purpose\nrisks", "", "")


@settings(deadline=None)
@given(name=TEXT, how=TEXT, old=st.text(min_size=1))
def test_what_has_no_column_stands_in_the_last(
    name: dict[str, str], how: dict[str, str], old: str
) -> None:
    row = row_of(record(name=name, notice={"how": how}, abolished=old), COLUMNS)

    rest = json.loads(row[REST])
    for path, text in (("name", name), ("notice.how", how)):
        for code, words in text.items():
            shown = row.get(f"{path}.{code}") or rest.get(f"{path}.{code}")
            assert shown == words
    assert rest["abolished"] == old
