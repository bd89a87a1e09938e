"""The few words around a match, with the matches marked. The text comes from SQL, not the index."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from register.search.language import Token, find

WIDTH = 240

_MARGIN = 40


class Piece(NamedTuple):
    """A stretch of text: a match of the query, or what stands between."""

    text: str
    is_match: bool


def snippet(texts: Sequence[str], words: Collection[str], width: int = WIDTH) -> list[Piece]:
    """Cut the stretch with most of the ``words`` out of the best of ``texts``.

    ``words`` are stems, as :attr:`Results.words` gives them. The pieces join to a stretch of about
    ``width`` characters, cut between words, with an ellipsis where something is left out. Without
    a match it is the beginning of the first text.
    """
    best_text = next((text for text in texts if text), "")
    best_matches, best_run = list[Token](), list[Token]()
    for text in texts:
        matches = find(text, words)
        run = _densest(matches, width)
        if _worth(run) > _worth(best_run):
            best_text, best_matches, best_run = text, matches, run
    start, end = _window(best_text, best_run, width)
    before = [Piece("… ", False)] if start else []
    after = [Piece(" …", False)] if end < len(best_text) else []
    return [*before, *_divide(best_text, best_matches, start, end), *after]


def highlight(text: str, words: Collection[str]) -> list[Piece]:
    """Divide a whole text, such as a name, into matches and what stands between."""
    return _divide(text, find(text, words), 0, len(text))


def _divide(text: str, matches: list[Token], start: int, end: int) -> list[Piece]:
    """Divide a stretch of a text into the ``matches`` that it holds and what stands between."""
    pieces, position = [], start
    for token in matches:
        if start <= token.start and token.end <= end:
            pieces += [Piece(text[position : token.start], False)]
            pieces += [Piece(text[token.start : token.end], True)]
            position = token.end
    return [piece for piece in [*pieces, Piece(text[position:end], False)] if piece.text]


def _densest(matches: list[Token], width: int) -> list[Token]:
    """Give the run of matches within ``width`` characters that is worth most, or the first."""
    best: list[Token] = []
    first = 0
    for last, token in enumerate(matches):
        while token.end - matches[first].start > width - _MARGIN and first < last:
            first += 1
        run = matches[first : last + 1]
        if _worth(run) > _worth(best):
            best = run
    return best


def _worth(run: list[Token]) -> tuple[int, int]:
    if len(run) < 2:
        return len(run), len(run)
    return len({token.stem for token in run}), len(run)


def _window(text: str, run: list[Token], width: int) -> tuple[int, int]:
    if len(text) <= width:
        return 0, len(text)
    start = max(0, run[0].start - _MARGIN) if run else 0
    start = max(0, min(start, len(text) - width))
    end = min(len(text), start + width)
    if start:
        space = text.find(" ", start, run[0].start if run else end)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", run[-1].end if run else start, end)
        end = space if space > start else end
    return start, end
