"""A file that is sent again, and filings that moved on in between."""

from register.services.filings import filing
from register.standard import CURRENT
from register.standard.content import Content
from register.standard.lifecycle import DraftState
from tests.desk import NOTE, Desk
from tests.exchange.sheets import as_csv, filled
from tests.services.sending import (
    NAMES,
    OFFICER,
    WORDS,
    drafts,
    fates,
    publish,
    report,
    save,
    take_in,
    whole,
)


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    data = as_csv([("A-1", NAMES), ("A-2", {**NAMES, "phase": "in_use"})])
    take_in(desk, data)
    before = drafts(desk)

    done = take_in(desk, data)

    assert fates(done) == ["unchanged", "unchanged"]
    assert drafts(desk) == before


def test_a_changed_row_changes_its_draft_and_a_blank_cell_leaves_what_is_there(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", {**NAMES, "phase": "planned", "purpose.en": "To count."})]))
    changed = {**NAMES, "name.ur": "", "phase": "in_use", "purpose.ur": "گننے کے لیے"}

    done = take_in(desk, as_csv([("A-1", changed)]))

    (draft,) = drafts(desk)
    assert fates(done) == ["changed"]
    assert draft.content.answers["phase"] == "in_use"
    assert draft.content.answers["purpose"] == {"en": "To count.", "ur": "گننے کے لیے"}
    assert draft.content.answers["name"] == {"en": "A machine", "ur": "ایک مشین"}


def test_the_entries_of_a_list_replace_all_of_that_list_and_no_entry_none(desk: Desk) -> None:
    take_in(desk, filled([("A-1", whole())], WORDS), file="a.xlsx")
    fewer = {**whole(), "suppliers": [{"name": "Only one"}]}
    fewer.pop("risks")

    take_in(desk, filled([("A-1", fewer)], WORDS), file="b.xlsx")

    (draft,) = drafts(desk)
    assert draft.content.answers["suppliers"] == [{"name": "Only one"}]
    assert draft.content.answers["risks"] == whole()["risks"]


def test_a_draft_changed_in_the_form_is_not_overwritten(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", NAMES)]))
    (draft,) = drafts(desk)
    save(desk, draft, name={"en": "By hand"})

    same = take_in(desk, as_csv([("A-1", NAMES)]))
    other = take_in(desk, as_csv([("A-1", {**NAMES, "phase": "in_use"})]))

    assert (fates(same), fates(other)) == (["unchanged"], ["refused"])
    (problem,) = report(desk, as_csv([("A-1", {**NAMES, "phase": "in_use"})])).rows[0].problems
    assert draft.reference in WORDS.say(problem.sentence, "en")
    assert drafts(desk)[0].content.answers["name"] == {"en": "By hand"}


def test_what_waits_for_a_decision_is_left_alone(desk: Desk) -> None:
    take_in(desk, filled([("A-1", whole())], WORDS), file="a.xlsx")
    (draft,) = drafts(desk)
    filing.submit(desk[OFFICER], draft.reference, lock_version=draft.lock_version)

    done = take_in(desk, as_csv([("A-1", {"unit.en": "Another unit"})]))

    assert fates(done) == ["refused"]
    assert drafts(desk)[0].draft_state is DraftState.SUBMITTED


def test_a_published_one_gets_a_new_version_only_if_something_differs(desk: Desk) -> None:
    data = filled([("A-1", whole())], WORDS)
    take_in(desk, data, file="a.xlsx")
    (draft,) = drafts(desk)
    publish(desk, draft.reference)

    same = take_in(desk, data, file="a.xlsx")
    other = take_in(desk, as_csv([("A-1", {"unit.en": "Another unit"})]))

    now = filing.get_filing(desk[OFFICER], draft.reference)
    assert (fates(same), fates(other)) == (["unchanged"], ["amended"])
    assert now.draft_state is DraftState.DRAFT
    assert now.content.answers["unit"]["en"] == "Another unit"
    assert now.published is not None
    assert now.published.answers.get("unit") == whole().get("unit")
    publish(desk, draft.reference, NOTE)


def test_a_withdrawn_one_is_left_to_the_form(desk: Desk) -> None:
    take_in(desk, filled([("A-1", whole())], WORDS), file="a.xlsx")
    (draft,) = drafts(desk)
    publish(desk, draft.reference)
    desk.withdraw(draft.reference, reason={"en": "Wrong."})

    done = take_in(desk, as_csv([("A-1", {"unit.en": "Another unit"})]))

    assert fates(done) == ["refused"]


def test_sections_said_to_be_complete_stay_so_unless_the_file_changes_them(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", {**NAMES, "phase": "planned"})]))
    (draft,) = drafts(desk)
    for name in ("identity", "classification"):
        draft = filing.save_section(
            desk[OFFICER],
            draft.reference,
            CURRENT.section(name),
            draft.content,
            lock_version=draft.lock_version,
            is_complete=True,
        )

    take_in(desk, as_csv([("A-1", {**NAMES, "phase": "in_use"})]))

    assert drafts(desk)[0].complete == ("identity",)


def test_what_is_withheld_in_the_form_stays_withheld(desk: Desk) -> None:
    take_in(desk, as_csv([("A-1", NAMES)]))
    (draft,) = drafts(desk)
    entry = {"field": "unit", "ground": "security"}
    kept = Content.from_json({**draft.content.to_json(), "withheld": [entry]})
    filing.save_section(
        desk[OFFICER],
        draft.reference,
        CURRENT.section("identity"),
        kept,
        lock_version=draft.lock_version,
    )

    take_in(desk, as_csv([("A-1", NAMES)]))

    assert drafts(desk)[0].content.withheld == (entry,)
