"""Plain text written as HTML of the few tags that its reader keeps.

Reading what is written here gives the text again, in its normal form.
"""

import html
import re
from collections.abc import Iterator, Sequence

from register.exchange.cells.html_reading import normal_text
from register.exchange.cells.plain_lists import Item, parse_items

CUT = "…"


def write_html(text: str, most: int = 0) -> str:
    """Give a plain text as HTML of at most so many characters (0: of any length).

    A text that fits only without tags is written without; a longer one is cut between words, and
    ends with an ellipsis.
    """
    text = normal_text(text)
    written = _blocks(text)
    if not most or len(written) <= most:
        return written
    plain = html.escape(text, quote=False)
    if len(plain) <= most:
        return plain
    length = len(text)
    while len(written) > most and length > 0:
        length -= max(len(written) - most, 1)
        written = _blocks(normal_text(cut(text, length)))
    return written


def cut(text: str, most: int) -> str:
    """Give a text of at most so many characters: cut between words, with an ellipsis."""
    if len(text) <= most:
        return text
    kept = text[: max(most - len(CUT), 0)]
    is_between = text[len(kept)].isspace()
    whole = kept if is_between else re.sub(r"\s+\S*$", "", kept)
    return (whole or kept).rstrip() + CUT if most > 0 else ""


def _blocks(text: str) -> str:
    return "".join(_block(block.split("\n")) for block in text.split("\n\n") if block)


def _block(lines: Sequence[str]) -> str:
    listed = parse_items(lines)
    if listed is not None:
        return "".join(_list(listed))
    return f"<p>{'<br>'.join(html.escape(line, quote=False) for line in lines)}</p>"


def _list(items: Sequence[Item]) -> Iterator[str]:
    name = "ol" if items[0].number else "ul"
    yield f"<{name}>"
    for item in items:
        words = "<br>".join(html.escape(line, quote=False) for line in item.lines)
        yield f"<li>{words}"
        if item.below:
            yield from _list(item.below)
        yield "</li>"
    yield f"</{name}>"
