"""Lists, conditions and numbers, all without JavaScript."""

import pytest

from tests.journeys.answering import sample
from tests.journeys.conftest import Town
from tests.journeys.page import Form, Page
from tests.journeys.people import Person

RISKS = ("Reports in Sindhi are misread.", "Slow at night.", "Photos show faces.")


class Risks:
    """The list of risks of one filing, before the eyes of an officer."""

    def __init__(self, officer: Person, *descriptions: str) -> None:
        self.officer = officer
        content = sample("street-fault-reports")
        self.reference = officer.begin(content)
        listed = [{"description": {"en": text}} for text in descriptions]
        officer.fill_in(self.reference, content, "classification")
        officer.fill_in(self.reference, content.with_answers(risks=listed), "assurance")
        self.page = officer.get(f"/filing/{self.reference}/assurance")

    @property
    def form(self) -> Form:
        self._form = self.page.form("Save")
        return self._form

    def press(self, button: str, value: str, **answers: str) -> Page:
        self.page = self.officer.send(self.form.fill(answers), button, value)
        assert self.page.status == 200, self.page.text
        return self.page

    @property
    def shown(self) -> list[str]:
        """The descriptions on the page, in order; a blank entry as an empty text."""
        names = [name for name in self.form.values if name.endswith("-description-en")]
        return [self.form[name] for name in names if name.startswith("risks-")]

    @property
    def kept(self) -> list[str]:
        """The descriptions that a fresh look at the page shows."""
        self.page = self.officer.get(f"/filing/{self.reference}/assurance")
        return [text for text in self.shown if text]


def test_an_entry_is_added_and_nothing_typed_is_lost(town: Town) -> None:
    risks = Risks(town.officer, RISKS[0])

    risks.press(
        "Add another entry",
        "risks",
        **{"risks-0-mitigation-en": "A person reads them.", "waivers-0-practice-en": "Testing."},
    )

    assert risks.shown == [RISKS[0], ""]
    assert risks.form["risks-0-mitigation-en"] == "A person reads them."
    assert risks.form["waivers-0-practice-en"] == "Testing."


@pytest.mark.parametrize(
    ("button", "value", "order"),
    [
        ("Move up", "risks-1", (1, 0, 2)),
        ("Move up", "risks-2", (0, 2, 1)),
        ("Move down", "risks-0", (1, 0, 2)),
        ("Move down", "risks-1", (0, 2, 1)),
        ("Remove", "risks-0", (1, 2)),
        ("Remove", "risks-1", (0, 2)),
        ("Remove", "risks-2", (0, 1)),
    ],
)
def test_buttons_move_and_remove_entries(
    town: Town, button: str, value: str, order: tuple[int, ...]
) -> None:
    risks = Risks(town.officer, *RISKS)

    risks.press(button, value, **{"risks-1-mitigation-ur": "کیمرے بند"})

    assert risks.kept == [RISKS[number] for number in order]
    if 1 in order:
        place = order.index(1)
        assert risks.form[f"risks-{place}-mitigation-ur"] == "کیمرے بند"


def test_a_button_means_the_entry_it_stands_in_even_where_one_before_was_emptied(
    town: Town,
) -> None:
    risks = Risks(town.officer, *RISKS)

    risks.press("Remove", "risks-1", **{"risks-0-description-en": ""})

    assert risks.kept == [RISKS[2]]


def test_an_empty_entry_can_be_removed_without_harm_to_its_neighbours(town: Town) -> None:
    risks = Risks(town.officer, *RISKS)
    risks.press("Add another entry", "risks")

    risks.press("Remove", "risks-3")

    assert risks.kept == list(RISKS)


def test_an_entry_that_is_emptied_is_dropped_on_saving(town: Town) -> None:
    risks = Risks(town.officer, *RISKS)

    risks.press("Save", "", **{"risks-1-description-en": "  "})

    assert risks.kept == [RISKS[0], RISKS[2]]


def test_errors_in_a_list_point_to_the_very_control(town: Town) -> None:
    risks = Risks(town.officer, *RISKS)
    form = risks.form.fill({"risks-1-description-en": "", "risks-1-mitigation-en": "None."})

    page = town.officer.send(form, "Save and mark as complete")

    assert page.status == 422
    assert page.root.all(id=page.alert_targets[0].removeprefix("#"))
    assert page.form("Save")["risks-1-mitigation-en"] == "None."


def test_a_conditional_question_shows_its_condition_and_is_judged_by_it(town: Town) -> None:
    officer, content = town.officer, sample("street-fault-reports")
    reference = officer.begin(content)
    officer.fill_in(reference, content, "classification")
    address = f"/filing/{reference}/rights"

    page = officer.get(address)
    form = page.form("Save").fill({"appeal_status": "established"})
    refused = officer.send(form, "Save and mark as complete")

    conditional = page.root.all("div", class_="app-conditional")
    assert "Way to appeal" in conditional[0].text
    assert "How to challenge an outcome" in conditional[0].text
    assert refused.status == 422
    assert any("How to challenge an outcome" in alert for alert in refused.alerts)


def test_an_answer_to_a_question_that_no_longer_arises_is_not_published(town: Town) -> None:
    officer, content = town.officer, sample("street-fault-reports")
    reference = officer.begin(content)
    officer.write(reference, content)
    form = officer.get(f"/filing/{reference}/rights").form("Save")
    form.fill({"appeal_status": "established", "how_to_challenge-text-en": "Write to Xyzzy."})
    officer.send(form, "Save")
    form = officer.get(f"/filing/{reference}/rights").form("Save")
    assert form["how_to_challenge-text-en"] == "Write to Xyzzy."
    options = {o["value"] for o in form._options("appeal_status")}
    other = sorted(options - {"established", "in_progress"})[0]

    officer.send(form.fill({"appeal_status": other}), "Save")
    officer.hand_in(reference)
    town.approver.publish(reference)

    assert "Xyzzy" not in town.citizen.get(f"/disclosures/{reference}").html
    assert "Xyzzy" not in town.citizen.client.get(f"/disclosures/{reference}.json").text


def test_a_question_of_another_section_decides_which_are_asked(town: Town) -> None:
    officer, content = town.officer, sample("street-fault-reports")
    reference = officer.begin(content)
    officer.fill_in(reference, content, "classification")
    before = officer.get(f"/filing/{reference}/dates").form("Save")

    form = officer.get(f"/filing/{reference}/classification").form("Save")
    officer.send(form.fill({"phase": "retired"}), "Save")

    after = officer.get(f"/filing/{reference}/dates").form("Save")
    assert "ended_on-date-year" not in before.values
    assert "ended_on-date-year" in after.values


def test_urdu_and_arabic_digits_are_digits(town: Town) -> None:
    officer, content = town.officer, sample("tax-return-risk")
    reference = officer.begin(content)
    officer.write(reference, content)
    dates = officer.get(f"/filing/{reference}/dates").form("Save")
    dates.fill(
        {
            "next_review_due-day": "۵",
            "next_review_due-month": "۰۹",
            "next_review_due-year": "۲۰۹۷",
            "in_use_since-day": "",
            "in_use_since-month": "٣",
            "in_use_since-year": "٢٠٢٤",
        }
    )
    supply = officer.get(f"/filing/{reference}/supply").form("Save")
    decision = officer.get(f"/filing/{reference}/decision").form("Save")

    saved = officer.send(dates, "Save and mark as complete")
    supply = officer.get(f"/filing/{reference}/supply").form("Save")
    supply.fill({"cost-amount-amount": "۱۲٬۵۰۰٬۰۰۰٫۵۰", "cost-amount-currency": "pkr"})
    paid = officer.send(supply, "Save and mark as complete")
    decision = officer.get(f"/filing/{reference}/decision").form("Save")
    counted = officer.send(decision.fill({"scale-count": "۱۲,۰۰۰"}), "Save and mark as complete")

    assert [page.alerts for page in (saved, paid, counted)] == [[], [], []]
    officer.hand_in(reference)
    town.approver.publish(reference)
    answers = town.citizen.client.get(f"/disclosures/{reference}.json").get_json()["answers"]
    assert answers["next_review_due"] == "2097-09-05"
    assert answers["in_use_since"] == "2024-03"
    assert answers["cost"]["amount"] == {"amount": "12500000.50", "currency": "PKR"}
    assert answers["scale"]["count"] == 12000


def test_a_date_that_is_none_stays_as_typed_with_the_error_beside_it(town: Town) -> None:
    officer, content = town.officer, sample("street-fault-reports")
    reference = officer.begin(content)
    officer.fill_in(reference, content, "classification")
    form = officer.get(f"/filing/{reference}/dates").form("Save")
    typed = {
        "next_review_due-day": "31",
        "next_review_due-month": "2",
        "next_review_due-year": "2027",
    }

    page = officer.send(form.fill(typed), "Save and mark as complete")

    assert page.alerts[-1] == ("Next review due: Enter a real date with day, month and year.")
    assert "Enter a real date" in page.beside("next_review_due-day")
    again = officer.get(f"/filing/{reference}/dates").form("Save")
    assert {name: again[name] for name in typed} == typed
