"""The walk is no ornament: each way to give something away is found by it."""

from collections.abc import Callable
from importlib import import_module
from logging import getLogger
from typing import Any

import pytest

from register.search import document, source
from register.web.wiring import search_index
from tests.journeys.scene import Scene
from tests.journeys.walking import findings, in_files, leaks

presenting = import_module("register.schemas.present")


def showing_parts_that_are_not_public(patch: pytest.MonkeyPatch) -> None:
    def every_part(field: Any, item: Any, _audience: Any) -> Any:
        return {part.name: item[part.name] for part in field.parts if part.name in item}

    def every_entry(standard: Any, content: Any, audience: Any) -> Any:
        parts = standard.field("withheld")
        return [every_part(parts, entry, audience) for entry in content.withheld]

    patch.setattr(presenting, "_withheld", every_entry)


def showing_one_field_that_is_not_public(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(presenting, "_visible_answers", _with_one_more("filed_by"))
    patch.setattr(presenting, "_visible", lambda _field, answer, _audience: answer)


def showing_one_answer_that_is_withheld(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(presenting, "_visible_answers", _with_one_more("unit"))


def _with_one_more(name: str) -> Any:
    real = presenting._visible_answers

    def with_one_more(standard: Any, content: Any, audience: Any) -> Any:
        own = [(standard.field(name), content.answers[name])] if name in content.answers else []
        return [*real(standard, content, audience), *own]

    return with_one_more


def telling_who_decided(patch: pytest.MonkeyPatch) -> None:
    real = presenting.present

    def talkative(publication: Any, audience: Any = None, base_url: str = "") -> Any:
        return {**real(publication), "by": publication.audit["approver"]}

    patch.setattr("register.web.answering.present", talkative)


@pytest.mark.parametrize(
    "change",
    [
        showing_parts_that_are_not_public,
        showing_one_field_that_is_not_public,
        showing_one_answer_that_is_withheld,
        telling_who_decided,
    ],
    ids=lambda change: change.__name__,
)
def test_the_walk_finds_a_register_that_is(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, change: Callable[[pytest.MonkeyPatch], None]
) -> None:
    change(monkeypatch)

    assert any(places for _door, places in findings(scene))


def test_the_walk_finds_an_index_that_knows_what_is_withheld(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(document, "_public_answers", lambda told, _standard: told["answers"])
        patch.setattr(source, "Audience", Everything)
        rebuild(scene)
        found = leaks(in_files(scene))
    for _generation in range(2):  # the one before stays, for those who still read it
        rebuild(scene)

    assert found
    assert leaks(in_files(scene)) == {}


def test_the_walk_hears_a_log_that_says_too_much(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def chatty(publication: Any) -> Any:
        getLogger("register").debug("shown: %r", publication.content)
        return presenting.present(publication)

    monkeypatch.setattr("register.web.api.api.presented", chatty)

    with caplog.at_level("DEBUG"):
        scene.town.citizen.client.get(f"/api/v1/disclosures/{scene.references['current']}")

    assert scene.marks.found_in(caplog.text.encode())


class Everything:
    """Whoever asks is taken for an auditor."""

    PUBLIC = presenting.Audience.AUDITOR


def rebuild(scene: Scene) -> None:
    with scene.town.app.app_context():
        search_index().rebuild()
