"""The marks that are kept beside what is published, and what they cost."""

import io
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from register.services import quality
from register.services.actor import SYSTEM
from register.services.filings import filing, publishing
from register.services.imports.import_order import Order
from register.services.imports.importing import import_file
from register.standard.publication import Publication
from register.storage import agencies, disclosures, publications, transaction
from register.storage.database import db
from register.storage.models import Quality, TextPrint
from tests.desk import NOTE, Desk, sample_content
from tests.exchange.real_files import FILES, real_bytes
from tests.services.inventories import thinned

OWN = {"en": "The tool reads every return and puts the ones that look most doubtful first. " * 2}


def marks_of(reference: str) -> quality.Marks | None:
    return quality.marks_of(publications.get_publication(reference))


def copies(reference: str) -> dict[str, int]:
    marks = marks_of(reference)
    assert marks is not None
    return {f.field: f.values["count"] for f in marks.findings if f.rule == "copied"}


def test_what_is_published_has_marks_and_they_are_those_of_the_draft(desk: Desk) -> None:
    waiting = desk.submit()
    expected = quality.judge(waiting.content, waiting.body, reference=waiting.reference)

    publishing.publish(desk["approver@taxes"], waiting.reference, lock_version=waiting.lock_version)

    marks = marks_of(waiting.reference)
    assert marks is not None
    assert (marks.rules, marks.score, marks.findings) == (
        expected.rules,
        expected.score,
        expected.findings,
    )


def test_a_new_version_has_marks_of_its_own_and_the_old_one_none(desk: Desk) -> None:
    reference = desk.publish()
    old = publications.get_publication(reference)
    officer = desk["officer@taxes"]
    draft = filing.amend(officer, reference)
    sent = filing.submit(officer, reference, lock_version=draft.lock_version, change_note=NOTE)
    publishing.publish(desk["approver@taxes"], reference, lock_version=sent.lock_version)

    assert marks_of(reference) is not None
    assert quality.marks_of(old) is None
    assert db.session.scalar(select(func.count()).select_from(Quality)) == 1


def test_a_text_that_other_records_share_is_told_with_how_many(desk: Desk) -> None:
    shared = sample_content().answers["name"] | {"en": "One"}
    first = desk.publish(name=shared, benefits=OWN)
    desk.publish(benefits={"en": OWN["en"].upper().replace(".", "!")})
    third = desk.publish(benefits=OWN)
    alone = desk.publish(benefits={"en": f"Otherwise: {OWN['en']}"})

    assert copies(first)["benefits"] == 2
    assert copies(third)["benefits"] == 2
    assert "benefits" not in copies(alone)


def test_a_withdrawn_record_has_no_marks_and_nobody_copies_it(desk: Desk) -> None:
    first = desk.publish(benefits=OWN)
    second = desk.publish(benefits=OWN)

    desk.withdraw(first)

    assert marks_of(first) is None
    assert "benefits" not in copies(second)


def test_a_withheld_text_leaves_no_fingerprint(desk: Desk) -> None:
    entry = {
        "field": "benefits",
        "ground": "commercial_confidence",
        "citation": "Information Act, section 7",
        "public_reason": {"en": "It would harm a supplier.", "ur": "نقصان ہوگا۔"},
        "decided_by": "The director",
        "decided_on": "2026-01-05",
        "review_on": "2027-01-05",
    }
    content = replace(sample_content().with_answers(benefits=OWN), withheld=(entry,))
    begun = desk.start(benefits=OWN)
    with transaction():
        disclosures.get_disclosure(begun.reference).draft_content = content.with_answers(
            agency="taxes"
        ).to_json()
    again = filing.get_filing(desk["officer@taxes"], begun.reference)
    sent = filing.submit(desk["officer@taxes"], begun.reference, lock_version=again.lock_version)
    publishing.publish(desk["approver@taxes"], sent.reference, lock_version=sent.lock_version)

    fields = set(db.session.scalars(select(TextPrint.field)))

    assert "purpose" in fields
    assert "benefits" not in fields


def test_marks_can_be_computed_again_from_nothing(desk: Desk) -> None:
    first, second = desk.publish(benefits=OWN), desk.publish(benefits=OWN)
    gone = desk.publish()
    desk.withdraw(gone)
    before = [marks_of(first), marks_of(second)]
    with transaction() as session:
        session.query(Quality).delete()
        session.query(TextPrint).delete()
    told: list[tuple[int, int]] = []

    count = quality.recompute(lambda done, total: told.append((done, total)))

    assert count == 2
    assert told == [(2, 2)]
    assert [marks_of(first), marks_of(second)] == before
    assert quality.recompute() == 2
    assert [marks_of(first), marks_of(second)] == before


def test_averages_are_of_published_records_and_come_in_one_query(desk: Desk) -> None:
    desk.publish()
    desk.publish(summary={"en": ".", "ur": "."})
    desk.publish("officer@health")
    desk.start("officer@schools")
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(str(told[2])))

    averages = quality.average_of_agencies()

    assert len([each for each in statements if "quality" in each]) == 1
    assert {slug: each.count for slug, each in averages.items()} == {"taxes": 2, "health": 1}
    assert sum(averages["taxes"].steps) == 2
    assert averages["taxes"].mean < averages["health"].mean
    assert quality.average_of("taxes") == averages["taxes"]
    assert quality.average_of("schools") is None


def test_keeping_marks_takes_two_statements(desk: Desk) -> None:
    reference = desk.publish()
    disclosure = disclosures.get_disclosure(reference)
    quality.keep_marks(disclosure, sample_content())
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(str(told[2])))
    with transaction():
        found = disclosures.get_disclosure(reference)
        found.agency.abbreviation  # noqa: B018 - it is there when something is published
        statements.clear()

        quality.keep_marks(found, sample_content())

    assert len([each for each in statements if "PRAGMA" not in each]) == 2


@pytest.mark.parametrize(("name", "every"), [("omb-2025", 8), ("canada-2025", 1)])
def test_real_inventories_are_told_apart(context: object, name: str, every: int) -> None:
    data = thinned(real_bytes(FILES[name]), every)
    order = Order(
        file_name=FILES[name],
        format_name=name,
        by=SYSTEM,
        reference_prefix="AIR",
        is_published=True,
    )
    report = import_file(io.BytesIO(data), order)

    marks = [
        (each, found)
        for each in publications.iterate_published()
        if (found := quality.marks_of(each)) is not None
    ]

    scores = [found.score for _each, found in marks]
    assert len(marks) == report.created > 100
    assert min(scores) < 45, "not all alike"
    assert 65 < max(scores) < 95, "and none perfect"
    assert all(_is_in_public(each, finding) for each, m in marks for finding in m.findings)


def _is_in_public(publication: Publication, finding: quality.Finding) -> bool:
    is_answered = finding.field in publication.content.answers
    return is_answered is (finding.rule != "answered")


def test_the_agency_of_a_draft_may_use_its_own_short_name(desk: Desk) -> None:
    purpose = {"en": "The ZZT uses it to sort the returns that come in every year.", "ur": "متن"}
    begun = desk.start(purpose=purpose)
    with transaction():
        agencies.get_agency("taxes").abbreviation = "ZZT"
    known = filing.get_filing(desk["officer@taxes"], begun.reference)

    before = quality.judge(begun.content, begun.body)
    after = quality.judge(known.content, known.body)

    assert [f.values["words"] for f in before.findings if f.rule == "abbreviations"] == ["ZZT"]
    assert [f for f in after.findings if f.rule == "abbreviations"] == []
