"""Several items in one cell: each begins a line with its number, as people number a list.

A text is divided only if it comes out the same when its items are put together again, but for
blank lines, so that a text which merely looks like a list is never changed. A line within an item
that begins with a number is moved in by a space.
"""

import json
import re
from collections.abc import Mapping, Sequence

from register.exchange.cells.values import tidy

_ITEM = re.compile(r"(\d{1,3})\.(?: (.*))?")
_LIKE_ITEM = re.compile(r"^(?= *\d{1,3}\.(?: |$))", re.MULTILINE)
_MOVED_IN = re.compile(r"^ (?= *\d{1,3}\.(?: |$))", re.MULTILINE)
Items = dict[int, str]  # by their number, from 1
_MOST = 999


def squeezed(text: str) -> str:
    """Give a text without blank lines and without space at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def split_items(text: str, count: int | None = None) -> Items | None:
    """Divide a numbered list; ``None`` if the text is none.

    Without ``count`` it has at least two items, and none is missing or blank; with it, items up to
    that number may be.
    """
    found = _read(text, count)
    if found is None or (count is None and (len(found) < 2 or not all(found.values()))):
        return None
    items = {number: _moved_out(piece) for number, piece in found.items()}
    is_same = squeezed(_numbered(items)) == squeezed(tidy(text))
    return items if is_same else None


def _read(text: str, count: int | None) -> Items | None:
    found: dict[int, list[str]] = {}
    for line in tidy(text).split("\n"):
        match = _ITEM.fullmatch(line)
        last = max(found, default=0)
        if match is None:
            if not found:
                return None
            found[last].append(line)
            continue
        number = int(match[1])
        if not last < number <= (last + 1 if count is None else count):
            return None
        found[number] = [match[2] or ""]
    return {number: tidy("\n".join(lines)) for number, lines in found.items()}


def whole_item(text: str) -> str:
    """Give the text of the only item of a list, as :func:`join_items` writes it."""
    plain = _moved_out(text)
    return plain if split_items(plain) and tidy(_moved_in(plain)) == tidy(text) else text


def join_items(items: Mapping[int, str], count: int) -> str:
    """Write the items of a list of ``count``, of which some may be blank, in one cell."""
    if count > 1:
        return _numbered({number: text for number, text in items.items() if text})
    text = items.get(1, "")
    return _moved_in(text) if split_items(text) else text


def join_repeats(texts: Sequence[str], *, is_group: bool = False) -> str:
    """Put the texts of a column that stands several times, or a list in JSON, in one cell.

    In a group a blank end counts: other columns have items there.
    """
    found = list(texts)
    if len(found) == 1 and (listed := _json_list(found[0])) is not None:
        found = listed or [""]
    while len(found) > 1 and not is_group and not tidy(found[-1]):
        found.pop()
    items = {number: tidy(text) for number, text in enumerate(found, start=1)}
    return found[0] if len(found) == 1 else join_items(items, len(found))


def _json_list(text: str) -> list[str] | None:
    if not text.lstrip().startswith("["):
        return None
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(items, list) or any(isinstance(each, list | dict) for each in items):
        return None
    return ["" if each is None else str(each) for each in items]


def split_group(
    texts: Mapping[str, str], naming: str, *, is_strict: bool = False
) -> tuple[list[dict[str, str]], list[str]]:
    """Divide the columns of one list into its items, as many as ``naming`` has.

    A column that is not numbered stands with the first item, and is named; if ``is_strict``,
    nothing is divided then.
    """
    names = split_items(texts.get(naming, ""), _MOST)
    if names is None or list(names) != list(range(1, len(names) + 1)):
        return [dict(texts)], []
    count = _count(texts, len(names))
    divided = {column: split_items(text, count) for column, text in texts.items() if text}
    whole = [column for column, items in divided.items() if items is None]
    if whole and (is_strict or count == 1):
        return [dict(texts)], []
    items: list[dict[str, str]] = [{} for _ in range(count)]
    for column, found in divided.items():
        for number, text in (found or {1: texts[column]}).items():
            items[number - 1][column] = text
    return items, whole


def _count(texts: Mapping[str, str], named: int) -> int:
    """Count the items of a group, those without a name too if none is left out before them."""
    numbers = {each for text in texts.values() for each in split_items(text, _MOST) or ()}
    return len(numbers) if numbers == set(range(1, len(numbers) + 1)) else named


def _numbered(items: Mapping[int, str]) -> str:
    return "\n".join(f"{number}. {_moved_in(text)}".rstrip() for number, text in items.items())


def _moved_in(text: str) -> str:
    return _LIKE_ITEM.sub(" ", text)


def _moved_out(text: str) -> str:
    return _MOVED_IN.sub("", text)
