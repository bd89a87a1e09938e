"""What became of each entry of a list between two contents: a supplier, a risk, a source."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from register.standard.field import Field, Kind
from register.web.languages import gettext as _
from register.web.languages import text_view
from register.web.showing.showing import Record
from register.web.showing.side_by_side import views

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class _Pair:
    """An entry and its place, before and after; either may be missing."""

    before: Entry | None
    before_at: int | None
    after: Entry | None
    after_at: int | None


def entry_changes(
    old: Record, new: Record, field: Field, languages: Sequence[str]
) -> dict[str, Any] | None:
    """Give the entries that differ, of each only what differs, and how many do not.

    Give ``None`` unless both contents have a list here, or two groups.
    """
    before, after = _entries(old, field), _entries(new, field)
    if not before or not after or before == after:
        return None
    pairs = list(_paired(before, after))
    same = len(after) - sum(pair.after is not None for pair in pairs)
    return {
        "same": same if field.kind is Kind.GROUPS else 0,
        "changed": [_view(pair, (old, new), field, languages) for pair in pairs],
    }


def _entries(record: Record, field: Field) -> list[Entry]:
    answer = record.content.answers.get(field.name)
    if record.answer(field.name)["state"] == "withheld":
        return []
    listed = answer if isinstance(answer, list) else [answer]
    is_list = field.kind in {Kind.GROUP, Kind.GROUPS}
    return [e for e in listed if isinstance(e, Mapping)] if is_list else []


def _paired(before: list[Entry], after: list[Entry]) -> Iterator[_Pair]:
    """Pair what differs, in the order of the later list; what has no partner is new or gone."""
    first, second = ([json.dumps(e, sort_keys=True) for e in side] for side in (before, after))
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    blocks = [(range(s[1], s[2]), range(s[3], s[4])) for s in steps if s[0] != "equal"]
    gone = [i for olds, _news in blocks for i in olds]
    new = [j for _olds, news in blocks for j in news]
    partners = _partners(gone, new, lambda i, j: first[i] == second[j])
    by_place = {(i, j) for olds, news in blocks for i, j in zip(olds, news, strict=False)}
    partners |= _partners(gone, new, lambda i, j: (i, j) in by_place)
    partners |= _partners(gone, new, lambda i, j: _is_alike(before[i], after[j]))
    for j in sorted([*partners, *new]):
        i = partners.get(j)
        yield _Pair(None if i is None else before[i], i, after[j], j)
    yield from (_Pair(before[i], i, None, None) for i in gone)


def _partners(
    gone: list[int], new: list[int], is_partner: Callable[[int, int], bool]
) -> dict[int, int]:
    """Take out of both lists the places that belong together; give the former by the latter."""
    found = {}
    for j in list(new):
        i = next((i for i in gone if is_partner(i, j)), None)
        if i is not None:
            found[j] = i
            gone.remove(i)
            new.remove(j)
    return found


def _is_alike(before: Entry, after: Entry) -> bool:
    """Tell whether two entries say the same in at least one of their parts."""
    return any(before[name] == after.get(name) for name in before)


def _view(
    pair: _Pair, sides: tuple[Record, Record], field: Field, languages: Sequence[str]
) -> dict[str, Any]:
    names = [part.name for part in field.parts if _differs(pair, part.name)]
    before, after = (
        {name: entry[name] for name in names if name in entry}
        for entry in (pair.before or {}, pair.after or {})
    )
    return {
        "label": _label(pair, field),
        "title": _title(pair.after or pair.before or {}, field),
        "before": _shown(sides[0], field, before, languages),
        "after": _shown(sides[1], field, after, languages),
    }


def _differs(pair: _Pair, name: str) -> bool:
    before, after = pair.before or {}, pair.after or {}
    return before.get(name) != after.get(name)


def _label(pair: _Pair, field: Field) -> str:
    if field.kind is Kind.GROUP:
        return ""
    if pair.before_at is None:
        return _("Entry %(number)s is new", number=_number(pair.after_at))
    if pair.after_at is None:
        return _("Entry %(number)s is gone", number=_number(pair.before_at))
    places = {"number": _number(pair.after_at), "before": _number(pair.before_at)}
    if pair.before == pair.after:
        return _("Entry %(number)s was entry %(before)s", **places)
    if pair.before_at != pair.after_at:
        return _("Entry %(number)s, before it entry %(before)s, says something else", **places)
    return _("Entry %(number)s says something else", number=places["number"])


def _number(place: int | None) -> int:
    return (place or 0) + 1


def _title(entry: Entry, field: Field) -> Any:
    """Give the first text of an entry, by which a person knows it."""
    first = field.parts[0]
    answer = entry.get(first.name)
    if field.kind is Kind.GROUP or first.kind is not Kind.LINE or not answer:
        return None
    return text_view(answer) if first.localized else str(answer)


def _shown(
    record: Record, field: Field, entry: Entry, languages: Sequence[str]
) -> list[dict[str, Any]]:
    """Show what one entry says; nothing where there is none."""
    if not entry:
        return []
    answer = [entry] if field.kind is Kind.GROUPS else entry
    content = replace(record.content, answers={**record.content.answers, field.name: answer})
    return views(Record(record.standard, content), field, languages)
