"""How an answer becomes the text in a cell: the other way of each word that a mapping may use."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from register.exchange.cells.html_writing import cut, write_html
from register.exchange.cells.values import ValueMap
from register.exchange.mapping import Constant, Format, Link

_NOTHING = ValueMap({})
_NO_ITEM: Mapping[str, Any] = {}
_ITEMS = "\n"  # between the texts of several items in one cell
Answers = Mapping[str, Any]


def write_answer(answers: Answers, link: Link, dialect: Format) -> str:
    """Write what a record answers to ``link`` as a cell, ``""`` if nothing.

    Several items of a list share a cell if they are texts; otherwise the first stands in it.
    """
    languages = _languages(answers, link, dialect)
    writer = WRITERS[link.transform]
    if link.transform == "items":
        return write_items(answers.get(link.field, ()), link, languages)
    found = [_Found(*each) for each in _Path(link.path, dialect.constants).walk(answers)]
    if link.transform not in SEVERAL:
        return fitting(writer(found[0].answer, link, languages), link) if found else ""
    texts = [each.labelled(writer(each.answer, link, languages), languages) for each in found]
    return fitting(_ITEMS.join(text for text in texts if text), link)


def fitting(text: str, link: Link) -> str:
    """Give a text of the length that the standard admits: cut between words, a date at its end.

    Of an address half is of no use, so one that is too long is left out.
    """
    if link.transform == "html":
        return write_html(text, link.most)
    if not link.most or len(text) <= link.most:
        return text
    if link.transform in {"url", "contact"}:
        return ""
    return text[: link.most] if link.transform == "date" else cut(text, link.most)


def write_items(items: Sequence[Answers], link: Link, languages: Sequence[str]) -> str:
    """Write items as a JSON list of objects with the link's parts, ``""`` if nothing is said."""
    written: list[dict[str, str | None]] = []
    for item in items:
        each: dict[str, str | None] = {part.column: None for part in link.parts}
        for part in link.parts:
            said = item.get(part.path)
            if said is not None and not each[part.column]:
                text = WRITERS[part.transform](said, part, languages)
                each[part.column] = fitting(text, part) or None
        if any(each.values()) and each not in written:
            written.append(each)
    return json.dumps(written, ensure_ascii=False) if written else ""


class _Found:
    """An answer, and the item of a list that it is a part of, with the part that names the item."""

    def __init__(self, answer: Any, item: Answers, naming: Sequence[Constant]) -> None:
        self.answer = answer
        self._item = item
        self._naming = naming

    def labelled(self, text: str, languages: Sequence[str]) -> str:
        """Put the item's name before its text, unless it is what every item is called here."""
        if not text or not self._naming:
            return text
        name = pick(self._item.get(self._naming[0].path.split(".")[-2]), languages)
        usual = {"", *(constant.value for constant in self._naming)}
        return text if name in usual else f"{name}: {text}"


class _Path:
    """A path to answers; step ``0`` stands for every item of its list that the mapping means."""

    def __init__(self, path: str, constants: Sequence[Constant]) -> None:
        self._steps = path.split(".")
        self._constants = constants

    def walk(
        self, node: Any, at: int = 0, item: Answers = _NO_ITEM
    ) -> Iterator[tuple[Any, Answers, Sequence[Constant]]]:
        """Give the answers below ``node``, each with its item and what names that."""
        if at == len(self._steps):
            yield node, item, self._naming()
            return
        is_item = self._steps[at].isdigit()
        for below in self._items(node, at) if is_item else self._part(node, at):
            inside = below if is_item and isinstance(below, Mapping) else item
            yield from self.walk(below, at + 1, inside)

    def _part(self, node: Any, at: int) -> Sequence[Any]:
        found = node.get(self._steps[at]) if isinstance(node, Mapping) else None
        return [] if found is None else [found]

    def _items(self, node: Any, at: int) -> Sequence[Any]:
        """Give the items of the kind that constants give to what is read at this place."""
        place = ".".join(self._steps[: at + 1])
        kinds = [each.path.rpartition(".") for each in self._constants]
        wanted = {
            kind[2]: c.value
            for kind, c in zip(kinds, self._constants, strict=True)
            if kind[0] == place
        }
        of_kind = [each for each in node if all(each.get(p) == v for p, v in wanted.items())]
        number = int(self._steps[at])
        return of_kind if number == 0 else of_kind[number : number + 1]

    def _naming(self) -> Sequence[Constant]:
        """Find the constants that name the items of the list: a language is their last step."""
        place = ".".join(self._steps[:-1]) + "."
        begun = [each for each in self._constants if each.path.startswith(place)]
        return [c for c in begun if c.path.removeprefix(place).count(".") == 1]


def _languages(answers: Answers, link: Link, dialect: Format) -> Sequence[str]:
    """Tell in which languages a text may be written: in a dialect of one, in any as a last way."""
    filed = answers.get("languages", ())
    if not link.language:
        return sorted(filed, key=lambda code: code not in dialect.languages)
    return (link.language,) if len(dialect.languages) > 1 else (link.language, *filed)


def pick(text: Any, languages: Sequence[str]) -> str:
    """Give a localised text in the first of the languages it has; a plain text as it is."""
    if isinstance(text, Mapping):
        return next((str(text[code]) for code in languages if text.get(code)), "")
    return "" if text is None else str(text)


def _text(answer: Any, _link: Link, languages: Sequence[str]) -> str:
    return pick(answer, languages)


def _choice(answer: Any, link: Link, _languages: Sequence[str]) -> str:
    return (link.values or _NOTHING).write(str(answer))


def _choices(answer: Any, link: Link, _languages: Sequence[str]) -> str:
    return listed((link.values or _NOTHING).write_all(answer), link.separator)


def _labels(answer: Any, link: Link, _languages: Sequence[str]) -> str:
    """Write those words to search for that are values of the standard."""
    values = link.values or _NOTHING
    return listed([each for each in answer if values.label_of(each) == each], link.separator)


def listed(values: Sequence[str], separator: str) -> str:
    """Write values as one cell: between separators, or for ``"[]"`` as a list in Python's form."""
    if separator == "[]":
        return str(list(values))
    if separator == "json":
        return json.dumps(list(values), ensure_ascii=False) if values else ""
    return separator.join(dict.fromkeys(values))


def _contact(answer: Any, _link: Link, languages: Sequence[str]) -> str:
    ways = ("email", "form_url", "phone", "postal")
    return next((pick(answer[way], languages) for way in ways if answer.get(way)), "")


def _suppliers(answer: Any, _link: Link, _languages: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(each["name"] for each in answer if each.get("name")))


def _words(answer: Any, link: Link, _languages: Sequence[str]) -> str:
    return link.separator.join(answer)


def _nothing(_answer: Any, _link: Link, _languages: Sequence[str]) -> str:
    return ""


Writer = Callable[[Any, Link, Sequence[str]], str]
WRITERS: dict[str, Writer] = {
    "text": _text,
    "title": _text,
    "line": _text,
    "choice": _choice,
    "choices": _choices,
    "labels": _labels,
    "unknown_text": _nothing,  # the format's own code puts these words beside the values
    "date": _text,
    "url": _text,
    "contact": _contact,
    "suppliers": _suppliers,
    "html": _text,  # made markup once the items of a list are together
    "plain": _text,
    "words": _words,
    "items": _nothing,  # several items at once: write_items
}
SEVERAL = frozenset({"text", "title", "line", "html", "plain"})
