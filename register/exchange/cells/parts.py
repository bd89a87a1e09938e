"""One text that holds several answers: a main text, and lines that begin with a label.

Other registers ask for prose where this one asks for several answers. They are written as one text
that people can read, and read again from it. A text is divided only if it comes out the same when
its answers are put together again, but for blank lines.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from register.exchange.cells.addresses import as_url
from register.exchange.cells.dates import partial_date
from register.exchange.cells.items import squeezed
from register.exchange.cells.values import ValueMap, one_line, tidy
from register.exchange.cells.writers import pick

_NAME = re.compile(r"([^:\n]{1,100}):(?: (.*))?", re.DOTALL)
_MOST_WORDS = 10  # of a name before a text; a longer one is a sentence
Pieces = dict[str, str]  # the texts by the label before them, "" for the main text


@dataclass(frozen=True)
class Part:
    """An answer that stands behind a label, and where it belongs.

    ``kind`` is ``text`` or ``title`` (in a language), ``line``, ``choice``, ``choices``, ``date``,
    ``url`` or ``number``.
    """

    label: str
    path: str
    kind: str = "text"
    values: ValueMap = field(default_factory=lambda: ValueMap({}))

    def write(self, answer: Any, languages: Sequence[str]) -> str:
        """Write an answer as what stands behind the label."""
        if answer is None:
            return ""
        if self.kind == "choice":
            return self.values.write(str(answer))
        if self.kind == "choices":
            return "; ".join(self.values.write_all(answer))
        return tidy(pick(answer, languages))

    def read(self, text: str) -> Any | None:
        """Read an answer, ``None`` if the text cannot be one."""
        if self.kind == "text":
            return {"en": tidy(text)}
        if text != one_line(text):
            return None
        return _READERS[self.kind](text, self.values)


def _read_choice(text: str, values: ValueMap) -> str | None:
    option = values.find(text)
    return option if option and values.write(option) == text else None


def _read_choices(text: str, values: ValueMap) -> list[str] | None:
    options = [_read_choice(each, values) for each in text.split("; ")]
    known = [each for each in options if each is not None]
    return known if len(known) == len(options) else None


def _read_date(text: str, _values: ValueMap) -> str | None:
    return text if partial_date(text).value == text else None


def _read_number(text: str, _values: ValueMap) -> int | None:
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,14}", text, re.ASCII) else None


_READERS = {
    "title": lambda text, _values: {"en": text},
    "line": lambda text, _values: text,
    "choice": _read_choice,
    "choices": _read_choices,
    "date": _read_date,
    "url": lambda text, _values: text if as_url(text) == text else None,
    "number": _read_number,
}


@dataclass(frozen=True)
class Prose:
    """A text and the answers in it: the one at ``main``, and ``parts`` behind their labels.

    With ``naming`` a name may stand before the text, and a colon between; ``usual`` is the name if
    none does.
    """

    main: str
    parts: tuple[Part, ...] = ()
    naming: str = ""
    usual: str = ""

    def write(self, answers: Mapping[str, Any], languages: Sequence[str]) -> str:
        """Write the answers as one text."""
        pieces = {"": tidy(pick(answer_at(answers, self.main), languages))}
        for part in self.parts:
            if written := part.write(answer_at(answers, part.path), languages):
                pieces[part.label] = written
        name = self.naming and one_line(pick(answer_at(answers, self.naming), languages))
        if name and name != self.usual:
            pieces[""] = f"{name}: {pieces['']}".rstrip()
        return join_parts(pieces, self._labels, self._accepts)

    def read(self, text: str) -> dict[str, Any]:
        """Give the answers in a text, by path; those in a language are under its code."""
        pieces = split_parts(tidy(text), self._labels, self._accepts)
        found: dict[str, Any] = dict(self._read_parts(pieces))
        main = pieces.get("", "")
        if self.naming and tidy(text):
            name, rest = self._name_of(main)
            name = "" if name == self.usual else name
            found[self.naming] = {"en": name or self.usual}
            main = rest if name else main
        return {self.main: {"en": main}, **found} if main else found

    @property
    def _labels(self) -> tuple[str, ...]:
        return tuple(part.label for part in self.parts)

    def _read_parts(self, pieces: Pieces) -> Iterator[tuple[str, Any | None]]:
        for part in self.parts:
            if part.label in pieces:
                yield part.path, part.read(pieces[part.label])

    def _accepts(self, pieces: Pieces) -> bool:
        return all(answer is not None for _, answer in self._read_parts(pieces))

    def _name_of(self, text: str) -> tuple[str, str]:
        """Divide a text into a name before it and the rest; the name is blank if there is none."""
        match = _NAME.fullmatch(text)
        name = match[1] if match else ""
        is_name = name == one_line(name) and len(name.split()) <= _MOST_WORDS
        rest = match[2] or "" if match else ""
        if not is_name or rest != tidy(rest) or re.search(r"[.!?] ", name):
            return "", text
        return name, rest


def answer_at(answers: Mapping[str, Any], path: str) -> Any | None:
    """Give the answer at a path below ``answers``, or ``None``."""
    found: Any = answers
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


Accepts = Callable[[Pieces], bool]  # whether what is behind the labels can be answers


def _any(_pieces: Pieces) -> bool:
    return True


def join_parts(pieces: Pieces, labels: Sequence[str], accepts: Accepts = _any) -> str:
    """Write texts one below the other, each behind its label.

    A line within a text that begins with a label is moved in by a space, if it would otherwise not
    be read as it is.
    """
    plain = _joined(pieces, labels)
    if split_parts(plain, labels, accepts) == {name: text for name, text in pieces.items() if text}:
        return plain
    moved = _line_with(labels, " *")
    safe = {}
    for label, text in pieces.items():
        first, end, others = ("", "", text) if not label else text.partition("\n")
        safe[label] = first + end + moved.sub(r" \g<0>", others)
    return _joined(safe, labels)


def split_parts(text: str, labels: Sequence[str], accepts: Accepts = _any) -> Pieces:
    """Divide what :func:`join_parts` wrote; a text that it would not write is left whole."""
    found = _divided(text, labels, accepts)
    moved = _line_with(labels, " +")
    plain = {label: moved.sub(lambda m: m.group()[1:], each) for label, each in found.items()}
    if plain == found:
        return found
    is_ours = squeezed(join_parts(plain, labels, accepts)) == squeezed(text)
    return plain if is_ours else found


def _joined(pieces: Mapping[str, str], labels: Sequence[str]) -> str:
    behind = [f"{label}: {pieces[label]}" for label in labels if pieces.get(label)]
    return "\n".join([pieces[""], *behind] if pieces.get("") else behind)


def _divided(text: str, labels: Sequence[str], accepts: Accepts) -> Pieces:
    """Divide a text at its labels; leave it whole if that is not what it is made of."""
    found: dict[str, list[str]] = {"": []}
    label = ""
    for line in text.strip("\n").split("\n"):
        before, colon, rest = line.partition(":")
        if colon and before in labels and before not in found:
            label = before
            found[label] = [rest.removeprefix(" ")]
        else:
            found[label].append(line)
    texts = {each: "\n".join(lines).strip("\n").rstrip() for each, lines in found.items()}
    pieces = {each: piece for each, piece in texts.items() if piece}
    is_plain = all(piece == tidy(piece) for each, piece in pieces.items() if each)
    is_same = is_plain and squeezed(_joined(pieces, labels)) == squeezed(text)
    return pieces if (is_same and accepts(pieces)) or not tidy(text) else {"": text}


def _line_with(labels: Sequence[str], before: str) -> re.Pattern[str]:
    either = "|".join(map(re.escape, labels)) or "(?!)"
    return re.compile(rf"^{before}(?:{either}):", re.MULTILINE)
