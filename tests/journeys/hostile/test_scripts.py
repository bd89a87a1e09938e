"""A text that would like to be a program is shown as a text."""

from typing import Any

from register.standard.content import Content
from register.standard.field import Kind
from tests.journeys.answering import SECTIONS, sample
from tests.journeys.conftest import Town
from tests.journeys.hostile.sent import SCRIPT


def test_no_text_runs_as_a_script_wherever_it_is_shown(town: Town) -> None:
    hostile = hostile_content()
    reference = town.officer.begin(hostile)
    town.officer.fill_in(reference, hostile)

    seen = [
        town.officer.get(f"/filing/{reference}/{s.name}").html
        for s in SECTIONS
        if any(field.is_asked(hostile.answers) for field in s.asked_fields)
    ]
    seen += [town.officer.get(f"/filing/{reference}{end}").html for end in ("", "/check")]
    assert "waits for approval" in town.officer.hand_in(reference).text
    seen += [town.approver.get(path).html for path in ("/review/", f"/review/{reference}")]
    town.approver.publish(reference)
    town.drain()
    for prefix in ("", "/ur"):
        for path in (
            "/",
            "/search",
            "/search?q=wombat",
            f"/disclosures/{reference}",
            "/agencies/city",
        ):
            seen.append(town.citizen.get(prefix + path).html)
    seen.append(town.auditor.get("/audit/").html)

    for html in seen:
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "49$" not in html
    assert "&lt;script&gt;alert" in seen[-3]
    town.officer.withdraw(reference, {"reason-en": SCRIPT, "reason-ur": SCRIPT})
    assert "<script>alert" not in town.approver.get(f"/review/{reference}").html
    town.approver.publish(reference, "Withdraw")
    assert "<script>alert" not in town.citizen.get(f"/disclosures/{reference}").html


def test_an_address_that_is_a_program_is_refused_and_never_a_link(town: Town, draft: str) -> None:
    content = sample("street-fault-reports")
    for address in (
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//x.example",
    ):
        town.officer.fill_in(draft, content, "accountability")
        form = town.officer.get(f"/filing/{draft}/accountability").form("Save")
        form.fill({"info_url": address, "contact_point-form_url": address})

        page = town.officer.send(form, "Save and mark as complete")

        assert page.status == 422
        assert any("Enter a full web address" in alert for alert in page.alerts)
        shown = town.officer.get(f"/filing/{draft}/check")
        assert address not in shown.links()


def hostile_content() -> Content:
    """A filing with a script in every free text."""
    content = sample("tax-return-risk")
    hostile = content.with_answers(
        **{
            field.name: scripted(field, content.answers[field.name])
            for section in SECTIONS
            for field in section.asked_fields
            if field.name in content.answers
        }
    )
    name = {"en": f"Wombat {SCRIPT}"[:100], "ur": SCRIPT[:100]}
    return hostile.with_answers(name=name, summary={"en": SCRIPT, "ur": SCRIPT})


def scripted(field: Any, answer: Any) -> Any:
    """The answer with every free text in it replaced."""
    if field.kind in {Kind.LINE, Kind.PROSE}:
        text = SCRIPT[: field.max_length or 1000]
        return dict.fromkeys(answer, text) if field.localized else text
    if field.kind is Kind.LINES:
        return [SCRIPT[: field.max_length or 1000]]
    if field.kind is Kind.GROUP:
        return {p.name: scripted(p, answer[p.name]) for p in field.parts if p.name in answer}
    if field.kind is Kind.GROUPS:
        return [
            {p.name: scripted(p, item[p.name]) for p in field.parts if p.name in item}
            for item in answer
        ]
    return answer
