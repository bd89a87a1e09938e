"""Into which values a version is divided for the ledger, and which of them anybody may know.

Each is committed to by its name. A group with parts that are not public is two values, so that the
public part can be checked without the rest. What is public here is what the presenter shows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from register.standard.bound import PRIVATE, is_open_fact
from register.standard.content import Content
from register.standard.field import Field, Kind, Standard


class Committed(NamedTuple):
    """A value with the name under which the ledger binds itself to it."""

    name: str
    value: Any
    is_public: bool


def committed_fields(
    standard: Standard,
    content: Content,
    *,
    change_note: Mapping[str, str] | None = None,
    author: str | None = None,
    approver: str | None = None,
    period: str | None = None,
) -> list[Committed]:
    """Give every value of a version; what was not given has no name."""
    open_names = {field.name for field in standard.public_fields} - content.withheld_fields
    facts = (
        Committed("change_note", change_note, True),
        Committed("author", author, False),
        Committed("approver", approver, False),
        Committed("period", period, True),
    )
    return [
        *_answers(standard, content, open_names),
        *_withheld(standard, content),
        Committed("not_stated", list(content.not_stated), True),
        *_translations(content, open_names),
        *(fact for fact in facts if fact.value is not None),
    ]


def committed_facts(facts: Mapping[str, Any], hidden: Collection[str] | None) -> list[Committed]:
    """Give every value of a determination.

    ``hidden`` names the answers that the version withholds in which it became public; it is
    ``None`` for one that the public does not read.
    """
    return [
        Committed(name, value, hidden is not None and is_open_fact(name, hidden))
        for name, value in facts.items()
        if value is not None
    ]


def _answers(
    standard: Standard, content: Content, open_names: Collection[str]
) -> Iterator[Committed]:
    fields = {field.name: field for field in standard}
    for name, answer in content.answers.items():
        field, is_public = fields.get(name), name in open_names
        if field is not None and field.public and field.has_private_parts:
            yield Committed(f"answers.{name}", _open(field, answer), is_public)
            yield Committed(f"answers.{name}{PRIVATE}", _closed(field, answer), False)
        else:
            yield Committed(f"answers.{name}", answer, is_public)


def _withheld(standard: Standard, content: Content) -> Iterator[Committed]:
    whole = standard.field("withheld")
    public = {field.name for field in standard if field.public}
    entries: dict[str, list[Mapping[str, Any]]] = {}
    for entry in content.withheld:
        entries.setdefault(str(entry["field"]), []).append(entry)
    for name, listed in entries.items():
        # One entry a question: the validator takes no second one.
        opened, closed = _open(whole, listed), _closed(whole, listed)
        yield Committed(f"withheld.{name}", _only(opened), name in public)
        yield Committed(f"withheld.{name}{PRIVATE}", _only(closed), False)


def _translations(content: Content, open_names: Collection[str]) -> Iterator[Committed]:
    shown = {name: by for name, by in content.translations.items() if name in open_names}
    rest = {name: by for name, by in content.translations.items() if name not in open_names}
    yield Committed("translations", shown, True)
    if rest:
        yield Committed(f"translations{PRIVATE}", rest, False)


def _open(field: Field, answer: Any) -> Any:
    """Give what is public of an answer to a question that is."""
    if field.kind is Kind.GROUPS:
        return [_open_parts(field, item) for item in answer]
    return _open_parts(field, answer) if field.kind is Kind.GROUP else answer


def _open_parts(field: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        part.name: _open(part, item[part.name])
        for part in field.parts
        if part.public and part.name in item
    }


def _closed(field: Field, answer: Any) -> Any:
    """Give what :func:`_open` leaves out."""
    if field.kind is Kind.GROUPS:
        return [_closed_parts(field, item) for item in answer]
    return _closed_parts(field, answer)


def _closed_parts(field: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    parts = {part.name: part for part in field.parts}
    closed = {}
    for name, answer in item.items():
        part = parts.get(name)
        if part is None or not part.public:
            closed[name] = answer
        elif part.has_private_parts:
            closed[name] = _closed(part, answer)
    return closed


def _only(listed: Sequence[Any]) -> Any:
    return listed[0] if len(listed) == 1 else listed
