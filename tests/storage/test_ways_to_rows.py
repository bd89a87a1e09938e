"""What every page asks for is found by its key, however large the register is."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from register.standard.lifecycle import Status
from register.storage.database import db
from register.storage.models import Disclosure
from tests.databases import on_sqlite

PAGE = [f"AIR-2026-{number:05d}" for number in range(20)]


@pytest.mark.parametrize(
    "wanted",
    [Disclosure.reference.in_(PAGE), Disclosure.reference > "AIR"],
    ids=["a page", "those after one"],
)
def test_published_filings_are_found_by_their_references(context: Flask, wanted: object) -> None:
    if not on_sqlite():
        pytest.skip("PostgreSQL knows how many filings are published")
    query = select(Disclosure).where(Disclosure.status == Status.PUBLISHED, wanted)  # type: ignore[arg-type]
    asked = (
        query.order_by(Disclosure.reference)
        .limit(20)
        .compile(db.engine, compile_kwargs={"literal_binds": True})
    )

    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()

    assert "(reference" in plan[0].detail
    assert len(plan) == 1  # nothing is sorted
