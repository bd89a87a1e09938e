"""The yearly confirmation: every section is confirmed, and a second person decides."""

from datetime import date

import pytest

from register import clock
from register.errors import Conflict, Invalid, NotAllowed, NotFound
from register.services.filings import filing, publishing, renewing
from register.services.filings.filing import Filing
from register.services.filings.renewing import Words
from register.standard import get_standard
from register.standard.lifecycle import DraftState
from register.storage import publications
from tests.desk import NOTE, Desk, everything

WORDS = Words(
    opening={"en": "Yearly:", "ur": "سالانہ:"},
    unchanged={"en": "Yearly: nothing changed.", "ur": "سالانہ: کچھ نہیں بدلا۔"},
    confirmed={"en": "Yearly: the rest is correct.", "ur": "سالانہ: باقی درست ہے۔"},
)
OFFICER = "officer@taxes"


def begin(desk: Desk, reference: str = "", by: str = OFFICER) -> Filing:
    return renewing.begin(desk[by], reference or desk.publish(), months=12, words=WORDS)


def sections(found: Filing) -> list[str]:
    arising = get_standard(found.standard).arising_sections(found.content.answers)
    return [section.name for section in arising]


def confirm(desk: Desk, found: Filing, *but: str, **note: str) -> Filing:
    """Say that every section is correct, but for some, which need a change."""
    said = {name: name not in but for name in sections(found)}
    return renewing.keep(
        desk[OFFICER], found.reference, said, lock_version=found.lock_version, note=note
    )


def submit(desk: Desk, found: Filing) -> Filing:
    return renewing.submit(
        desk[OFFICER], found.reference, lock_version=found.lock_version, words=WORDS
    )


def with_purpose(desk: Desk, found: Filing, text: str, *, is_complete: bool = True) -> Filing:
    """Write another purpose in the section's own form."""
    section = get_standard(found.standard).section("purpose")
    written = found.content.with_answers(purpose={"en": text, "ur": text})
    return filing.save_section(
        desk[OFFICER],
        found.reference,
        section,
        written,
        lock_version=found.lock_version,
        is_complete=is_complete,
    )


def test_nothing_is_handed_in_before_every_section_is_confirmed(desk: Desk) -> None:
    begun = begin(desk)
    first, *_rest = sections(begun)
    said = {name: True for name in sections(begun) if name != first}
    most = renewing.keep(
        desk[OFFICER], begun.reference, said, lock_version=begun.lock_version, note={}
    )
    before = everything()

    for attempt in (
        lambda: submit(desk, most),
        lambda: filing.submit(
            desk[OFFICER], most.reference, lock_version=most.lock_version, change_note=NOTE
        ),
    ):
        with pytest.raises(Invalid) as caught:
            attempt()
        assert list(caught.value.errors) == [f"confirm.{first}"]
    assert everything() == before


def test_a_confirmation_without_a_change_becomes_a_new_version_that_says_so(desk: Desk) -> None:
    reference = desk.publish()

    waiting = submit(desk, confirm(desk, begin(desk, reference)))
    publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)

    made = publications.get_publication(reference)
    first = publications.get_publication(reference, 1)
    assert made.version == 2
    assert made.change_note == WORDS.unchanged
    due = renewing.add_months(clock.today(), 12).isoformat()
    assert made.content == first.content.with_answers(next_review_due=due)
    after = filing.get_filing(desk[OFFICER], reference)
    assert (after.purpose, after.to_change, after.draft_state) == ("filing", (), DraftState.NONE)


def test_who_confirmed_cannot_publish_it(desk: Desk) -> None:
    reference = desk.publish()
    begun = begin(desk, reference, by="approver@taxes")
    waiting = submit(desk, confirm(desk, begun))

    with pytest.raises(NotAllowed):
        publishing.publish(desk["approver@taxes"], reference, lock_version=waiting.lock_version)


def test_where_something_changed_the_officer_says_what_and_the_register_the_rest(
    desk: Desk,
) -> None:
    begun = begin(desk)
    changed = confirm(desk, with_purpose(desk, begun, "To save paper."))
    with pytest.raises(Invalid) as caught:
        submit(desk, changed)
    noted = confirm(desk, changed, en="The purpose is wider now.")

    waiting = submit(desk, noted)

    assert list(caught.value.errors) == ["change_note"]
    assert waiting.change_note == {
        "en": "The purpose is wider now.\n\nYearly: the rest is correct."
    }
    assert renewing.changed_sections(waiting) == ("purpose",)


def test_the_sentence_of_the_register_is_no_note_of_the_officer(desk: Desk) -> None:
    begun = begin(desk)
    changed = with_purpose(desk, begun, "To save paper.")
    noted = confirm(desk, changed, **dict(WORDS.unchanged))

    with pytest.raises(Invalid, match="missing"):
        submit(desk, noted)


def test_what_comes_back_is_handed_in_again_with_its_sentence_once(desk: Desk) -> None:
    begun = begin(desk)
    changed = confirm(desk, with_purpose(desk, begun, "To save paper."), en="Wider.")
    waiting = submit(desk, changed)
    publishing.give_back(
        desk["approver@taxes"],
        waiting.reference,
        lock_version=waiting.lock_version,
        reason="How much wider?",
    )

    again = submit(desk, filing.get_filing(desk[OFFICER], waiting.reference))

    assert again.change_note == {"en": "Wider.\n\nYearly: the rest is correct."}


def test_a_section_that_needs_a_change_counts_once_it_is_saved_and_said_so(desk: Desk) -> None:
    said = confirm(desk, begin(desk), "purpose")

    saved = with_purpose(desk, said, "To save paper.", is_complete=False)
    done = with_purpose(desk, saved, "To save more paper.")

    assert (said.to_change, "purpose" in said.complete) == (("purpose",), False)
    assert "purpose" not in saved.complete
    assert "purpose" in done.complete


def test_of_two_who_confirm_at_once_the_second_is_told(desk: Desk) -> None:
    begun = begin(desk)
    confirm(desk, begun)
    before = everything()

    with pytest.raises(Conflict):
        confirm(desk, begun, "purpose")

    assert everything() == before


def test_what_is_withdrawn_unpublished_or_in_work_is_not_confirmed(desk: Desk) -> None:
    draft = desk.start().reference
    in_work = desk.publish()
    filing.amend(desk[OFFICER], in_work)
    withdrawn = desk.publish()
    desk.withdraw(withdrawn)
    before = everything()

    for reference in (draft, in_work, withdrawn):
        with pytest.raises(Conflict):
            begin(desk, reference)
    with pytest.raises(NotFound):
        begin(desk, in_work, by="officer@health")
    assert everything() == before


def test_a_confirmation_can_become_an_ordinary_version(desk: Desk) -> None:
    said = confirm(desk, begin(desk), "purpose", en="Wider.")

    found = renewing.make_amendment(
        desk[OFFICER], said.reference, lock_version=said.lock_version, words=WORDS
    )

    assert (found.purpose, found.to_change) == ("filing", ())
    assert found.change_note == {"en": "Wider."}
    assert found.content == said.content
    waiting = filing.submit(
        desk[OFFICER], found.reference, lock_version=found.lock_version, change_note=NOTE
    )
    assert waiting.draft_state is DraftState.SUBMITTED
    with pytest.raises(Conflict):
        confirm(desk, waiting)


def test_an_ordinary_version_is_no_confirmation(desk: Desk) -> None:
    draft = filing.amend(desk[OFFICER], desk.publish())

    with pytest.raises(Conflict):
        confirm(desk, draft)


def test_what_is_said_of_sections_that_do_not_exist_is_not_heard(desk: Desk) -> None:
    begun = begin(desk)

    kept = renewing.keep(
        desk[OFFICER],
        begun.reference,
        {"nonsense": True, "<b>": False},
        lock_version=begun.lock_version,
        note={},
    )

    assert (kept.complete, kept.to_change) == ((), ())


def test_the_next_review_is_due_so_many_months_from_today(desk: Desk) -> None:
    reference = desk.publish()

    begun = renewing.begin(desk[OFFICER], reference, months=6, words=WORDS)

    due = date.fromisoformat(begun.content.answers["next_review_due"])
    assert due == renewing.add_months(clock.today(), 6)
    assert renewing.changed_sections(begun) == ()
