"""HTML from elsewhere read as plain text: paragraphs, lines and list items stay, markup goes.

What comes out is text and nothing else: whoever shows it escapes it. The only markup that leaves a
trace is that of paragraphs (a blank line between them), line breaks, list items ("- " or "1. ", two
spaces deeper for each list around them) and links (the words, then the address in brackets).
White space within a line is one space. A text without any tag is plain already: its lines stay.

Time and memory grow with the length of the text only, however its tags are nested or left open.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from register.exchange.cells.addresses import as_url
from register.exchange.cells.plain_lists import DEEPEST, parse_items
from register.exchange.cells.values import tidy

ALLOWED = frozenset({"div", "br", "p", "ul", "ol", "li"})

_PARAGRAPHS = frozenset(
    "address article aside blockquote body details dl fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html main nav noscript object p pre section table title ul ol".split()
)
_LINES = frozenset("br caption dd div dt figcaption legend li option summary tr".split())
_HIDDEN = {"!--": "-->", "script": "</script", "style": "</style", "template": "</template"}
_INLINE = frozenset(
    "a abbr acronym applet area audio b base bdi bdo big button canvas center cite code col"
    " colgroup data datalist del dfn dialog dir em embed font frame frameset head i iframe img"
    " input ins kbd label link map mark marquee math menu meta meter noframes optgroup output"
    " param picture progress q rp rt ruby s samp select small source span strike strong sub"
    " sup svg tbody td textarea tfoot th thead time track tt u var video wbr".split()
)
_NAMES = _PARAGRAPHS | _LINES | _INLINE | frozenset(_HIDDEN)
# Possessive throughout, so that an unclosed quotation mark is given up at once.
_MARKUP = re.compile(
    r"""<(?P<comment>!--)
    |<!\[CDATA\[|\]\]>           # the marks around characters; what they enclose is read on
    |<[!?][a-zA-Z\[][^<>]*+>     # a declaration or an instruction
    |<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)
     (?P<rest>(?:[^'"<>]++|"[^"]*+"|'[^']*+')*+)>""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HREF = re.compile(r"""\bhref\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"']++))""", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Reading:
    """A text without markup, and the names of what was left out that may have said something."""

    text: str
    left_out: tuple[str, ...] = ()


def read_html(source: str) -> Reading:
    """Give the plain text of an HTML fragment."""
    source = tidy(source)
    found = _Builder()
    at, was_markup = 0, False
    for start, end, mark in _marks(source):
        found.words(source[at:start])
        at, was_markup = end, True
        found.take(mark)
    if not was_markup:
        return Reading(normal_text(_decoded(source)))
    found.words(source[at:])
    return Reading(normal_text(found.text()), tuple(sorted(found.left_out)))


def normal_text(text: str) -> str:
    """Give a plain text with single spaces and at most one blank line between its lines.

    Lines are indented in lists only (:mod:`register.exchange.cells.plain_lists`).
    """
    lines = [_normal_line(raw) for raw in tidy(text).splitlines()]
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", "\n".join(lines).strip("\n"))]
    return "\n\n".join(
        "\n".join(block if parse_items(block) else [line.strip() for line in block])
        for block in blocks
    )


def _normal_line(raw: str) -> str:
    indent = len(raw) - len(raw.lstrip(" "))
    words = " ".join(raw.split())
    return " " * indent + words if words else ""


def _decoded(text: str) -> str:
    """Read character references that a semicolon closes; others may be part of an address."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


@dataclass(frozen=True)
class _Mark:
    name: str = ""  # "" for a comment and the like
    is_end: bool = False
    rest: str = ""


def _marks(source: str) -> Iterator[tuple[int, int, _Mark]]:
    """Give where each piece of markup begins and ends; what a script encloses belongs to it."""
    folded, at = source.lower(), 0
    unclosed: set[str] = set()
    while match := _MARKUP.search(source, at):
        at = match.end()
        name = match["comment"] or (match["name"] or "").lower()
        if match["name"] and name not in _NAMES and ":" not in name and "-" not in name:
            continue  # "<18" is no tag, and neither is "<name>"
        is_end = bool(match["slash"])
        if name in _HIDDEN and name not in unclosed and not is_end:
            end = folded.find(_HIDDEN[name], at)
            at = end + (len("-->") if name == "!--" else 0) if end >= 0 else at
            unclosed |= {name} if end < 0 else set()
        yield match.start(), at, _Mark(name.strip("!-"), is_end, match["rest"] or "")


@dataclass
class _Builder:
    """Puts the pieces of a text together; a break is written once words follow it."""

    left_out: set[str] = field(default_factory=set)
    _pieces: list[str] = field(default_factory=list)
    _break: str = ""
    _lists: list[int] = field(default_factory=list)  # the items so far, -1 if unnumbered
    _too_deep: int = 0
    _mark: str = ""  # that of an item of which no word was said yet
    _is_item: bool = False
    _link: str = ""
    _link_at: int = 0

    def words(self, text: str) -> None:
        """Add the characters between two tags."""
        text = " ".join(_SPACE.split(_decoded(text)))
        if not text.strip():
            self._space(text)
            return
        self._pieces.append(self._begin() + text)

    def text(self) -> str:
        """Give the whole text."""
        return "".join(self._pieces)

    def take(self, mark: _Mark) -> None:
        """Follow a tag."""
        if mark.name and mark.name not in ALLOWED:
            self.left_out.add(mark.name)
        special = {"a": self._take_link, "li": self._take_item}
        special |= dict.fromkeys(("ul", "ol"), self._take_list)
        if mark.name in special:
            special[mark.name](mark)
        elif mark.name in _PARAGRAPHS:
            self._break_off("\n" if self._lists else "\n\n")
        elif mark.name in _LINES:
            self._break_off("\n")
        elif mark.name in {"td", "th"}:
            self._space()

    def _take_link(self, mark: _Mark) -> None:
        if not mark.is_end:
            found = _HREF.search(mark.rest)
            address = next((each for each in found.groups() if each), "") if found else ""
            self._link, self._link_at = as_url(_decoded(address)) or "", len(self._pieces)
        elif self._link:
            words = "".join(self._pieces[self._link_at :])
            if self._link not in words:
                self._pieces.append(f" ({self._link})" if words.strip() else self._link)
            self._link = ""

    def _take_list(self, mark: _Mark) -> None:
        if mark.is_end and self._too_deep:
            self._too_deep -= 1
        elif mark.is_end and self._lists:
            self._lists.pop()
        elif not mark.is_end and len(self._lists) >= DEEPEST:
            self._too_deep += 1
        elif not mark.is_end:
            self._break_off("\n" if self._lists else "\n\n")
            self._lists.append(-1 if mark.name == "ul" else 0)
            return
        self._mark, self._is_item = "", bool(self._lists)
        self._break_off("\n" if self._lists else "\n\n")

    def _take_item(self, mark: _Mark) -> None:
        self._break_off("\n")
        if mark.is_end:
            self._mark, self._is_item = "", False
            return
        mark_of = "- "
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            mark_of = f"{self._lists[-1]}. "
        self._mark, self._is_item = mark_of, True

    def _break_off(self, kind: str) -> None:
        self._break = max(self._break, kind)

    def _space(self, space: str = " ") -> None:
        if self._pieces and not self._break:
            self._pieces.append(space)

    def _begin(self) -> str:
        """Give what stands before the next words: a break, the depth, and an item's mark."""
        started, self._break = self._break if self._pieces else "", ""
        depth = max(len(self._lists) - 1, 0)
        if self._mark:
            mark, self._mark = self._mark, ""
            return started + "  " * depth + mark
        return started + ("  " * (depth + 1) if started and self._is_item and self._lists else "")
