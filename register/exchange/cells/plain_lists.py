"""Lists in plain text: lines that begin with "- " or "1. ", two spaces deeper for each list around.

A line without a mark, as deep as the words of the item above it, goes on with that item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

DEEPEST = 4  # lists within lists
_ITEM = re.compile(r"(?P<indent>(?:  )*)(?:-|(?P<number>\d{1,3})\.) (?P<words>\S.*)")


@dataclass
class Item:
    """One item: its number (``""`` if it has none), its lines, and the items below it."""

    number: str
    lines: list[str]
    below: list["Item"] = field(default_factory=list)


def parse_items(lines: Sequence[str]) -> list[Item] | None:
    """Read lines as a list of items; ``None`` if a line is none, or goes on where none is open."""
    top: list[Item] = []
    open_lists = [top]
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match is None:
            item = open_lists[-1][-1] if open_lists[-1] else None
            inside = "  " * len(open_lists)
            if item is None or item.below or not re.match(rf"{inside}\S", line):
                return None
            item.lines.append(line.strip())
            continue
        depth = len(match["indent"]) // 2
        if not _open(open_lists, depth) or not _follows(open_lists[-1], match["number"]):
            return None
        open_lists[-1].append(Item(match["number"] or "", [match["words"]]))
    return top


def _open(open_lists: list[list[Item]], depth: int) -> bool:
    """Make the list at this depth the innermost that is open, if that can be."""
    if depth >= min(len(open_lists) + 1, DEEPEST) or (depth and not open_lists[0]):
        return False
    if depth == len(open_lists):
        open_lists.append(open_lists[-1][-1].below)
    del open_lists[depth + 1 :]
    return True


def _follows(listed: Sequence[Item], number: str | None) -> bool:
    """Tell whether an item with this number can come next: all have none, or they count from 1."""
    if not listed:
        return number in {None, "1"}
    before = listed[-1].number
    return number == (str(int(before) + 1) if before else None)
