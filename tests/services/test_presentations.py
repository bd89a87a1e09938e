"""What the public reads is kept as text, and nobody can tell except by how long it takes."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from register import clock
from register.config import ROOT
from register.schemas import present
from register.services.code import code_print
from register.services.exports import exports, presentations
from register.services.exports.register_state import find_state
from register.services.sample import sampling
from register.storage import forget, publications
from register.storage import presentations as kept
from register.storage.database import db
from register.storage.models import Presentation, Revision
from tests.desk import Desk
from tests.services.inventories import imported, omb

SECRET = "Zarkhez-44871"
BASE = "https://register.example/\u201cq\u201d"


def written(**given: object) -> bytes:
    forget()
    return b"".join(exports.export_lines(BASE, **given))  # type: ignore[arg-type]


def bodies() -> dict[int, bytes]:
    """Every text that is kept, by the id of its revision."""
    forget()
    listed = db.session.scalars(db.select(Presentation))
    return {each.revision_id: each.body for each in listed}


def test_no_text_holds_what_the_public_may_not_read(desk: Desk) -> None:
    desk.publish(filed_by={"name": SECRET, "email": f"{SECRET}@city.example"})
    imported(omb({"benefits": "Fewer storms.", "agency_name": "Weather"}))

    presentations.keep_all()

    texts = b"".join(bodies().values())
    assert len(bodies()) == 2
    for secret in (SECRET, "officer@taxes", "approver@taxes", '"raw":', '"audit":'):
        assert secret.encode() not in texts


def test_what_other_code_made_is_not_looked_at_and_made_again(desk: Desk) -> None:
    desk.publish()
    presentations.keep_all()
    right, number = written(), next(iter(bodies()))

    kept.put({number: b'{"all":"\n\n"}'}, "other code", forgotten=0)

    assert written() == right
    assert presentations.Keeper().keep_some() == 1
    assert b'{"all"' not in bodies()[number]
    assert written() == right


def test_what_was_made_before_something_was_forgotten_is_not_kept(desk: Desk) -> None:
    desk.publish()
    presentations.keep_all()
    (number,), before = bodies(), find_state().mark
    counted = kept.count_forgotten()

    presentations.forget([number])

    assert bodies() == {}
    assert find_state().mark != before
    assert kept.put({number: b"of before"}, code_print(), forgotten=counted) is False
    assert bodies() == {}
    assert presentations.keep_all() == 1


def test_an_export_is_the_same_with_texts_and_without(context: Flask) -> None:
    sampling.load_sample(ROOT / "sample", password="a sample password", reference_prefix="AIR")
    imported(omb({}))
    then = clock.now() - timedelta(days=200)

    def everything() -> list[bytes]:
        asked = (written(), written(before=then), b"".join(exports.export_array(BASE)))
        return [*asked, json.dumps(list(exports.export_records(with_withdrawn=False))).encode()]

    without = everything()
    count = presentations.keep_all()

    assert everything() == without
    assert count == db.session.query(Revision).count() == len(bodies()) > 30
    assert presentations.keep_all() == 0
    lines = [
        exports.as_json(present(each, base_url=BASE)).encode()
        for each in publications.iterate_published(with_withdrawn=True)
    ]
    assert without[0] == b"\n".join([*lines, b""])


def test_a_keeper_makes_what_is_new_and_looks_at_all_again_when_it_is_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = presentations.Keeper()
    desk.publish()
    counts = [keeper.keep_some(), keeper.keep_some()]
    desk.withdraw(desk.publish())
    counts += [keeper.keep_some(), keeper.keep_some()]

    assert counts == [1, 0, 2, 0]
    kept.put({min(bodies()): b"old"}, "other code", forgotten=0)
    assert keeper.keep_some() == 0
    monkeypatch.setattr(presentations, "LOOK_AGAIN", -1)
    assert keeper.keep_some() == 1
