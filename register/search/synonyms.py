"""Words that mean the same to whoever searches: groups in a file that the secretariat may edit.

A line is a group, its members parted by ``~``: ``chatbot ~ virtual assistant ~ چیٹ بوٹ``. Groups
are not chained: what one member means in another group is not what its companions mean. A later
file comes before an earlier one: its line replaces the earlier groups that share a member with it,
so that a line with one member only switches them off.
"""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from register.search import language

#: What ships with the register.
DEFAULT = Path(__file__).with_name("synonyms.txt")
#: What an instance calls its own.
FILE_NAME = "synonyms.txt"

MAX_BYTES = 500_000
MAX_LINE = 500
MAX_MEMBERS = 20
MAX_WORDS = 6
MAX_PROBLEMS = 20

Stems = tuple[str, ...]


class Match(NamedTuple):
    """The stems of a query from ``start`` to ``end``, and what else may stand in their place."""

    start: int
    end: int
    alternatives: tuple[Stems, ...]


class Problem(NamedTuple):
    """A line that was skipped; 0 is the whole file. ``mend`` says what to do."""

    path: Path
    line: int
    what: str
    mend: str


@dataclass(frozen=True)
class Synonyms:
    """Groups of equivalent runs of stems, and what could not be read of their files."""

    groups: tuple[tuple[Stems, ...], ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def load(cls, paths: Iterable[Path]) -> "Synonyms":
        """Read files, a later one before an earlier one; nothing in them makes it raise.

        A file that does not exist has no groups, and a line that cannot be read is skipped.
        """
        groups: list[tuple[Stems, ...]] = []
        problems: list[Problem] = []
        for path in paths:
            own: list[tuple[Stems, ...]] = []
            found: list[Problem] = []
            for line in _lines(path):
                group = line if isinstance(line, Problem) else _read(path, *line)
                if isinstance(group, Problem):
                    found.append(group)
                elif group:
                    own.append(group)
            said = {member for group in own for member in group}
            groups = [group for group in groups if said.isdisjoint(group)] + own
            problems += found[:MAX_PROBLEMS]
        return cls(tuple(group for group in groups if len(group) > 1), tuple(problems))

    def find(self, stems: Sequence[str]) -> list[Match]:
        """Give the runs of ``stems`` that are in a group, the longest first and none overlapping.

        They are given in the order in which they stand, and their alternatives without repetition.
        """
        places = [
            (start, start + size)
            for size in range(min(self._longest, len(stems)), 0, -1)
            for start in range(len(stems) - size + 1)
            if tuple(stems[start : start + size]) in self._alternatives
        ]
        taken: set[int] = set()
        found = []
        for start, end in places:
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(Match(start, end, self._alternatives[tuple(stems[start:end])]))
        return sorted(found)

    @cached_property
    def _alternatives(self) -> dict[Stems, tuple[Stems, ...]]:
        found: dict[Stems, dict[Stems, None]] = {}
        for group in self.groups:
            for member in group:
                others = found.setdefault(member, {})
                others.update((other, None) for other in group if other != member)
        return {member: tuple(others) for member, others in found.items()}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._alternatives), default=0)


def files(instance: Path) -> list[Path]:
    """Give the files that a register uses: what ships with it, and its own."""
    return [DEFAULT, instance / FILE_NAME]


def mtimes(paths: Iterable[Path]) -> tuple[tuple[int, int], ...]:
    """Tell when each file was changed, and its size: if either differs, load again."""
    found = []
    for path in paths:
        state = (0, 0)
        with suppress(OSError):
            stat = path.stat()
            state = (stat.st_mtime_ns, stat.st_size)
        found.append(state)
    return tuple(found)


def _lines(path: Path) -> Iterator[tuple[int, bytes] | Problem]:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Problem(path, 0, f"It cannot be read ({error.strerror})", "Let the service read it.")
        return
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield Problem(path, 0, "It is in UTF-16", "Save it as UTF-8.")
        return
    if len(content) > MAX_BYTES:
        what = f"It has more than {MAX_BYTES:,} bytes, and the rest is not read"
        yield Problem(path, 0, what, "Take groups out.")
        content = content[: content.rfind(b"\n", 0, MAX_BYTES) + 1]
    yield from enumerate(content.removeprefix(codecs.BOM_UTF8).splitlines(), start=1)


def _read(path: Path, number: int, line: bytes) -> tuple[Stems, ...] | Problem:
    """Read a line as a group; an empty one, or a comment, is an empty group."""
    try:
        said = line.decode("utf-8").partition("#")[0].strip()
    except UnicodeDecodeError:
        return Problem(path, number, "It is not in UTF-8", "Save the file as UTF-8.")
    if not said:
        return ()
    if len(said) > MAX_LINE:
        return Problem(path, number, f"It has more than {MAX_LINE} characters", "Make two groups.")
    if "\x00" in said:
        return Problem(path, number, "It has a NUL character", "Write the line anew.")
    members = [tuple(language.stems(member)) for member in said.split("~")]
    return _judge(path, number, members)


def _judge(path: Path, number: int, members: list[Stems]) -> tuple[Stems, ...] | Problem:
    if not all(members):
        what = "Between two ~ stands no word that is searched for"
        return Problem(path, number, what, "Take that member out, or say it in other words.")
    if len(members) > MAX_MEMBERS:
        return Problem(path, number, f"It has more than {MAX_MEMBERS} members", "Make two groups.")
    if max(map(len, members)) > MAX_WORDS:
        what = f"A member has more than {MAX_WORDS} words"
        return Problem(path, number, what, "Part the members with ~, or shorten them.")
    return tuple(dict.fromkeys(members))
