"""Rules and shapes of the standard in plain English words, for the printed standard."""

from collections.abc import Sequence

from register.standard.field import ALWAYS, Field, Kind, Standard, When

KIND_WORDS: dict[Kind, str] = {
    Kind.LINE: "one line of text",
    Kind.PROSE: "text",
    Kind.LINES: "list of short texts",
    Kind.CHOICE: "one of the options",
    Kind.CHOICES: "one or more of the options",
    Kind.YES_NO: "yes, no or unknown",
    Kind.DATE: "day",
    Kind.PARTIAL_DATE: "day, month or year",
    Kind.NUMBER: "whole number",
    Kind.MONEY: "amount of money with its currency",
    Kind.URL: "web address",
    Kind.EMAIL: "email address",
    Kind.AGENCY: "agency from the directory",
    Kind.GROUP: "group of answers",
    Kind.GROUPS: "list of groups of answers",
}


def condition_in_words(when: When, standard: Standard) -> str:
    """Say a condition as the rest of a sentence: “impact tier is significant or high”."""
    clauses = [_clause(when, standard)] if when.field else []
    clauses += [condition_in_words(also, standard) for also in when.also if also != ALWAYS]
    return " and ".join(clauses) or "always"


def mandatory_in_words(field: Field, standard: Standard, of: Field | None = None) -> str:
    """Say when ``field`` must be answered; ``of`` is the group whose part it is."""
    if field.is_kept_by_system:
        return "kept by the system"
    if not field.required:
        return "optional"
    if ALWAYS not in field.required:
        return f"mandatory when {_any_of(field.required, standard)}"
    if of is None:
        return "mandatory whenever asked" if field.asked else "always mandatory"
    return "mandatory in each entry" if of.kind is Kind.GROUPS else "mandatory in this group"


def asked_in_words(field: Field, standard: Standard) -> str:
    """Say when the question arises at all."""
    if field.is_kept_by_system:
        return "never asked"
    conditions = [when for when in field.asked if when != ALWAYS]
    if not conditions:
        return "always asked"
    return "asked when " + " and ".join(condition_in_words(w, standard) for w in conditions)


def shape_in_words(field: Field) -> str:
    """Say what an answer looks like: its kind, its languages, its greatest length."""
    words = [KIND_WORDS[field.kind]]
    if field.localized:
        words.append("in each language of the record")
    if field.max_length is not None:
        per = " a line" if field.kind is Kind.LINES else ""
        words.append(f"at most {field.max_length} characters{per}")
    return ", ".join(words)


def _any_of(conditions: Sequence[When], standard: Standard) -> str:
    return ", or when ".join(condition_in_words(when, standard) for when in conditions)


def _clause(when: When, standard: Standard) -> str:
    name, _, part = when.field.partition(".")
    field = standard.field(name)
    field = field.part(part) if part else field
    verb = "includes" if field.kind is Kind.CHOICES else "is"
    if not when.is_in:
        verb = "does not include" if field.kind is Kind.CHOICES else "is stated and is not"
    labels = [_option_words(field, value) for value in when.is_in or when.is_not_in]
    return f"{_uncapitalized(field.label)} {verb} {_listed(labels)}"


def _option_words(field: Field, value: str) -> str:
    return value if field.kind is Kind.YES_NO else _uncapitalized(field.option(value).label)


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _uncapitalized(label: str) -> str:
    """Make a label fit into a sentence, unless it starts with an abbreviation such as “EU”."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
