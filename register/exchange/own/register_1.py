"""Our own format, in which nothing public is lost: lines of JSON, read in constant memory.

The first line is a header, the next ones are the directory of public bodies, each after the body
that it stands below; then comes a disclosure a line, with all its versions. Nothing here knows the
standard: what the versions say is judged where every disclosure is.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from register.errors import Invalid, Message
from register.exchange.own.register_1_shapes import AGENCY, HEADER, OBJECT, TEXT, Wrong, misshapen
from register.standard.marking import _

LONGEST_LINE = 32 * 1024 * 1024  # bytes
MOST_AGENCIES = 100_000
DEEPEST = 40  # levels of lists and objects; a disclosure has nine
LONGEST_PATH = 200  # characters of a place in a line, as it is told
_PIECE = 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class LineFormat:
    """A dialect that is no table: every line is an object of its own."""

    name: str
    title: str
    reads: bool = True
    writes: bool = True


REGISTER_1 = LineFormat(name="register-1", title="The whole public register, with every version")


@dataclass(frozen=True)
class Line:
    """A line of the file, by its number from 1, how long it is, and the object in it."""

    number: int
    size: int
    value: Mapping[str, Any]


@dataclass(frozen=True)
class BrokenLine:
    """A line that cannot be read, and why; ``path`` is the place in it, or empty."""

    number: int
    path: str
    reason: str


@dataclass(frozen=True)
class Size:
    """How long a file is, and which: its hash, and how many lines say anything."""

    sha256: str
    lines: int


@dataclass(frozen=True)
class Head:
    """What a file says of itself, and the lines of its directory."""

    standards: tuple[str, ...]
    agencies: tuple[Line, ...]
    disclosures: int


CUT = _("The file ends before all that its first line announces: it was cut. Get it again.")
TOO_DEEP = _("Lists and named values stand too deep within each other.")
UNSTORABLE = _("This contains a character that cannot be stored. Type it again.")


def measure(source: BinaryIO) -> Size:
    """Go through a file from its beginning, for its hash and the number of its lines."""
    source.seek(0)
    digest, lines, is_blank = hashlib.sha256(), 0, True
    while piece := source.readline(_PIECE):
        digest.update(piece)
        is_blank = is_blank and not piece.strip()
        if piece.endswith(b"\n"):
            lines, is_blank = lines + (not is_blank), True
    return Size(digest.hexdigest(), lines + (not is_blank))


def read_head(source: BinaryIO, *, file: str) -> Head:
    """Read header and directory from the beginning of a file.

    Raise :exc:`Invalid`, naming ``file``, line and place, if it is not of this format or its
    header or directory is broken: nothing of such a file may be used.
    """
    lines = read_lines(source)
    first = _sound(next(lines, None) or BrokenLine(1, "", _("The file is empty.")), file)
    if first.value.get("format") != REGISTER_1.name:
        sentence = _(
            "This is no file of the format register-1, which begins with a line that says so. "
            "“ai-register export --format register-1” writes one."
        )
        raise _refused(file, first.number, "format", sentence)
    _raise_first(file, first.number, misshapen(first.value, HEADER))
    if not all(isinstance(each, str) for each in first.value["standards"]):
        raise _refused(file, first.number, "standards", TEXT[1])
    if first.value["agencies"] > MOST_AGENCIES:
        raise _refused(file, first.number, "agencies", _("This number is too large."))
    agencies = []
    for _number in range(first.value["agencies"]):
        line = _sound(next(lines, None) or BrokenLine(first.number, "agencies", CUT), file)
        _raise_first(file, line.number, misshapen(line.value, AGENCY))
        agencies.append(line)
    standards = tuple(first.value["standards"])
    return Head(standards, tuple(agencies), first.value["disclosures"])


def read_lines(source: BinaryIO) -> Iterator[Line | BrokenLine]:
    """Give every line that is not blank, from the beginning of a file."""
    source.seek(0)
    number = 0
    while raw := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            _skip_rest(source, raw)
            most = LONGEST_LINE // 1024 // 1024
            sentence = Message(_("The line is longer than %(most)s MB."), most=most)
            yield BrokenLine(number, "", sentence)
            continue
        raw = raw.removeprefix(_BOM) if number == 1 else raw
        if raw.strip():
            yield _parsed(number, raw)


def read_disclosures(source: BinaryIO, *, after: int) -> Iterator[Line | BrokenLine]:
    """Give every line of a disclosure, which stand after the last line of the directory."""
    return (line for line in read_lines(source) if line.number > after)


def _skip_rest(source: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = source.readline(_PIECE)


def _parsed(number: int, raw: bytes) -> Line | BrokenLine:
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        return BrokenLine(number, "", _("The line is not in UTF-8."))
    except RecursionError:
        return BrokenLine(number, "", TOO_DEEP)
    except ValueError as error:
        return BrokenLine(number, "", Message(_("The line is not JSON: %(why)s"), why=str(error)))
    if not isinstance(value, dict):
        return BrokenLine(number, "", OBJECT[1])
    for path, sentence in _unusable(value):
        return BrokenLine(number, path, sentence)
    return Line(number, len(raw), value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return value


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _unusable(value: Any) -> Iterator[Wrong]:
    """Give path and sentence of what no database can keep, and of what is nested too deep."""
    waiting: list[tuple[str, int, Any]] = [("", 0, value)]
    while waiting:
        path, depth, each = waiting.pop()
        if depth > DEEPEST:
            yield path, TOO_DEEP
        elif isinstance(each, str):
            if _UNSTORABLE.search(each):
                yield path, UNSTORABLE
        elif isinstance(each, dict | list):
            inner = each.items() if isinstance(each, dict) else enumerate(each)
            for key, item in inner:
                if isinstance(key, str) and _UNSTORABLE.search(key):
                    yield path, UNSTORABLE
                waiting.append((f"{path}.{key}" if path else str(key), depth + 1, item))


def _sound(line: Line | BrokenLine, file: str) -> Line:
    if isinstance(line, BrokenLine):
        raise _refused(file, line.number, line.path, line.reason)
    return line


def _raise_first(file: str, number: int, found: Iterator[Wrong]) -> None:
    for path, sentence in found:
        raise _refused(file, number, path, sentence)


def _refused(file: str, number: int, path: str, sentence: str) -> Invalid:
    said = sentence.english if isinstance(sentence, Message) else sentence
    place = f", {path[:LONGEST_PATH]}" if path else ""
    return Invalid(f"{file}, line {number}{place}: {said}")
