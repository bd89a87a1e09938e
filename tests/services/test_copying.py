"""Beginning from a record or a template: nothing that is not public crosses to another agency."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.services.filings import (
    copying,
    determinations,
    filing,
    publishing,
    starting,
    templates,
)
from register.services.filings.filing import Basis, Filing
from register.standard import CURRENT
from register.standard.content import Content
from tests.desk import Desk, everything, sample_content
from tests.services.test_determinations import YES

SECRET = "Xyzzyplugh"
ENTRY = {
    "field": "benefits",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier."},
    "decided_by": f"Director {SECRET}",
    "decided_on": "2026-01-05",
    "review_on": (clock.today() + timedelta(days=300)).isoformat(),
}
NAMES = {"en": "Chat assistant", "ur": "معاون"}


@pytest.fixture
def reference(desk: Desk) -> str:
    """A published record of the tax office with a secret in all that is not public."""
    answers = {
        **sample_content().answers,
        "benefits": {"en": f"It saves {SECRET}.", "ur": SECRET},
        "filed_by": {"name": SECRET, "email": f"{SECRET}@tax.example"},
        "external_ids": [{"scheme": "City register", "id": "17"}],
    }
    officer = desk["officer@taxes"]
    basis = Basis(content=Content(withheld=(ENTRY,)))
    begun = filing.start(officer, "taxes", "AIR", answers, basis=basis)
    sent = filing.submit(officer, begun.reference, lock_version=begun.lock_version)
    publishing.publish(desk["approver@taxes"], sent.reference, lock_version=sent.lock_version)
    return sent.reference


def begun(desk: Desk, by: str, **source: Any) -> Filing:
    """A filing begun from a record or a template."""
    check = determinations.check(desk[by], YES)
    answers = {"record_kind": "system", "name": {"en": "Another"}, "languages": ["en"]}
    return starting.begin(desk[by], "AIR", answers, check=check.id, **source)


def shared(desk: Desk, reference: str) -> dict[str, Any]:
    by = desk["officer@taxes"]
    return {"template": templates.keep_template(by, reference, NAMES, is_shared=True).id}


@pytest.mark.parametrize("source", [lambda _desk, ref: {"copy": ref}, shared])
def test_another_agency_gets_only_what_the_public_reads(
    desk: Desk, reference: str, source: Callable[[Desk, str], dict[str, Any]]
) -> None:
    got = begun(desk, "officer@health", **source(desk, reference)).content

    assert SECRET not in str(got)
    assert got.withheld == ()
    assert "benefits" not in got.answers
    assert all(CURRENT.field(name).public for name in got.answers)
    assert not set(got.answers) & (copying.OF_ONE_AGENCY - {"unit"})
    assert got.answers["purpose"] == sample_content().answers["purpose"]
    assert (got.answers["agency"], got.answers["name"]) == ("health", {"en": "Another"})


@pytest.mark.parametrize("by", ["officer@taxes", "officer@health"])
def test_what_holds_for_one_record_alone_is_never_taken_over(
    desk: Desk, reference: str, by: str
) -> None:
    got = begun(desk, by, copy=reference).content

    assert not set(got.answers) & (copying.OF_ONE_RECORD - {"agency", "name"})


def test_the_own_agency_gets_what_is_withheld_and_decides_anew_to_withhold_it(
    desk: Desk, reference: str
) -> None:
    got = begun(desk, "second-officer@taxes", copy=reference).content

    assert got.answers["benefits"]["ur"] == SECRET
    (entry,) = got.withheld
    assert entry["citation"] == ENTRY["citation"]
    assert entry["decided_by"] == "second-officer@taxes"
    assert entry["decided_on"] > ENTRY["decided_on"]


def test_a_draft_of_another_agency_cannot_be_copied(desk: Desk) -> None:
    draft = desk.start()

    with pytest.raises(NotFound):
        begun(desk, "officer@health", copy=draft.reference)
    assert begun(desk, "second-officer@taxes", copy=draft.reference).content.answers["purpose"]


@pytest.mark.parametrize("way", ["copy", "template", "a colleague's template"])
def test_whose_draft_a_colleague_took_over_may_not_publish_it(desk: Desk, way: str) -> None:
    approver = desk["approver@taxes"]
    basis = Basis(content=sample_content())
    draft = filing.start(approver, "taxes", "AIR", sample_content().answers, basis=basis).reference
    if way == "copy":
        source: dict[str, Any] = {"copy": draft}
    else:
        keeper = approver if way == "template" else desk["second-officer@taxes"]
        kept = templates.keep_template(keeper, draft, NAMES, is_shared=False)
        source = {"template": kept.id}

    taken = begun(desk, "officer@taxes", **source)

    assert publishing.get_for_decision(approver, taken.reference).has_touched
    assert not publishing.get_for_decision(
        desk["second-approver@taxes"], taken.reference
    ).has_touched


def test_a_withdrawn_record_of_another_agency_cannot_be_copied(desk: Desk, reference: str) -> None:
    desk.withdraw(reference)

    with pytest.raises(NotFound):
        begun(desk, "officer@health", copy=reference)


def test_a_draft_does_not_show_through_a_published_record(desk: Desk, reference: str) -> None:
    officer = desk["officer@taxes"]
    amended = filing.amend(officer, reference)
    section = CURRENT.section("purpose")
    written = amended.content.with_answers(purpose={"en": SECRET})
    lock = amended.lock_version
    filing.save_section(officer, reference, section, written, lock_version=lock)

    assert SECRET not in str(begun(desk, "officer@health", copy=reference).content)


def test_nothing_is_taken_over_from_a_nil_return(desk: Desk) -> None:
    officer = desk["officer@taxes"]
    answers = {"record_kind": "nil_return"}
    nil = filing.start(officer, "taxes", "AIR", answers, basis=Basis(period="2026"))

    with pytest.raises(Conflict):
        begun(desk, "officer@taxes", copy=nil.reference)
    with pytest.raises(Conflict):
        templates.keep_template(officer, nil.reference, NAMES)


def test_a_template_of_another_agency_that_is_not_shared_does_not_exist(
    desk: Desk, reference: str
) -> None:
    kept = templates.keep_template(desk["officer@taxes"], reference, NAMES)
    other = desk["officer@health"]

    with pytest.raises(NotFound):
        begun(desk, "officer@health", template=kept.id)
    with pytest.raises(NotFound):
        templates.remove_template(other, kept.id)
    assert templates.list_templates(other) == []
    assert [each.id for each in templates.list_templates(desk["approver@taxes"])] == [kept.id]


def test_a_shared_template_is_removed_by_its_own_agency_alone(desk: Desk, reference: str) -> None:
    number = shared(desk, reference)["template"]

    with pytest.raises(NotFound):
        templates.remove_template(desk["approver@health"], number)
    (seen,) = templates.list_templates(desk["officer@health"])
    templates.remove_template(desk["approver@taxes"], number)

    assert (seen.body.slug, seen.is_own) == ("taxes", False)
    assert templates.list_templates(desk["officer@health"]) == []
    with pytest.raises(NotFound):
        begun(desk, "officer@health", template=number)


def test_nobody_keeps_a_filing_of_another_agency_as_a_template(desk: Desk, reference: str) -> None:
    before = everything()

    for is_shared in (False, True):
        with pytest.raises(NotFound):
            templates.keep_template(desk["officer@health"], reference, NAMES, is_shared=is_shared)
    with pytest.raises(NotAllowed):
        templates.keep_template(desk["secretariat"], reference, NAMES)

    assert everything() == before


def test_what_was_never_published_is_not_shared(desk: Desk) -> None:
    draft = desk.start()

    with pytest.raises(Invalid) as refused:
        templates.keep_template(desk["officer@taxes"], draft.reference, NAMES, is_shared=True)

    assert set(refused.value.errors) == {"is_shared"}


@pytest.mark.parametrize("names", [{}, {"en": "  "}, {"en": "x" * 101}])
def test_a_template_needs_a_name_that_is_not_too_long(
    desk: Desk, reference: str, names: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        templates.keep_template(desk["officer@taxes"], reference, names)

    assert set(refused.value.errors) == {"names"}


def test_the_trail_tells_where_answers_come_from(desk: Desk, reference: str) -> None:
    copy = begun(desk, "officer@health", copy=reference)

    assert any(reference in str(row) for row in everything()["audit_event"][-1:])
    assert copy.matter is not None
