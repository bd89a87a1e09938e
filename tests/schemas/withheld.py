"""A withheld answer, and a filing without some answers."""

from dataclasses import replace

from register.standard.content import Content

ENTRY = {
    "field": "benefits",
    "ground": "commercial_confidence",
    "citation": "Information Act, section 7",
    "public_reason": {"en": "It would harm a supplier."},
    "decided_by": "The director",
    "decided_on": "2026-01-05",
    "review_on": "2027-01-05",
}


def without(content: Content, *names: str) -> Content:
    answers = {name: answer for name, answer in content.answers.items() if name not in names}
    return replace(content, answers=answers)
