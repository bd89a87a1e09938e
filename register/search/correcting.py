"""What a person may have meant, and how they may go on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from register.search import language
from register.search.arrays import Mask
from register.search.grammar import MAX_CHARACTERS, MAX_WORDS, Token, tokens
from register.search.nodes import Best, Every, Node, Otherwise, Prefix, Some, Word
from register.search.query import Correction, Wanted
from register.search.snapshot import Snapshot
from register.search.vocabulary import correct, open_up

_MOST_CORRECTED = 4
#: A word that so many documents have may still be a slip, where a query finds no more.
FEW = 3
_SHORTEST = 2


def respell(wanted: Wanted, unseen: Sequence[Correction]) -> Best:
    """Let words that no document has stand for what was probably meant, in the tree of a query."""
    meant = {}
    for place in unseen:
        said = next(token.said for token in wanted.tokens if token.start == place.start)
        rows = [language.variants(word) for word in place.words]
        meant[language.variants(said)] = tuple(stems[0] for stems in rows if stems)
    return Best(tuple(_respelt(node, meant) for node in wanted.tree.nodes))


def _respelt(node: Node, meant: Mapping[tuple[str, ...], tuple[str, ...]]) -> Node:
    if isinstance(node, Word) and meant.get(node.variants):
        return replace(node, alternatives=(*node.alternatives, Otherwise(meant[node.variants])))
    if isinstance(node, Best | Every | Some):
        return type(node)(tuple(_respelt(inner, meant) for inner in node.nodes))
    return node


def corrections(snapshot: Snapshot, wanted: Wanted, most: int = 0) -> tuple[Correction, ...]:
    """Give what was probably meant by words that at most so many documents have."""
    found: list[Correction] = []
    tried = 0
    # What is beyond the words that a query may have is not searched, so it is not corrected.
    for token in islice(filter(_is_plain, wanted.tokens), MAX_WORDS):
        held = _count(snapshot, token)
        if held > most or tried == _MOST_CORRECTED:
            continue
        tried += 1
        if words := correct(snapshot, language.surface(token.said), held):
            found.append(Correction(token.start, token.end, words))
    return tuple(found)


def completions(snapshot: Snapshot, text: str, limit: int) -> list[tuple[str, str]]:
    """Give the best ways to end the last word of ``text``: what stays, and a whole word.

    The words are those in most documents with some word typed before.
    """
    found = list(tokens(text)) if len(text) <= MAX_CHARACTERS else []
    if not found or not _is_plain(found[-1]) or found[-1].end != len(text):
        return []
    start = language.surface(found[-1].said)
    if len(start) < _SHORTEST:
        return []
    mask = _having_some(snapshot, [token.said for token in found[:-1]])
    counted = [
        (-int(mask[documents].sum()), len(word), word)
        for word, _, documents in open_up(snapshot, Prefix(start))
    ]
    best: dict[str, str] = {}
    for count, _, word in sorted(counted):
        if count:
            best.setdefault(language.variants(word)[0] if language.variants(word) else word, word)
    return [(text[: found[-1].start], word) for word in list(best.values())[:limit]]


def _having_some(snapshot: Snapshot, said: Sequence[str]) -> Mask:
    mask = np.zeros(snapshot.size, dtype=bool)
    for text in said:
        for word in language.words(text):
            if stems := language.variants(word):
                mask[snapshot.word(stems)[0]] = True
    return mask if mask.any() else ~mask


def _is_plain(token: Token) -> bool:
    """Tell whether a piece of a query is one word without signs."""
    return token.kind == "word" and not token.field and language.words(token.said) == [token.said]


def _count(snapshot: Snapshot, token: Token) -> int:
    """Count the documents that have a word; a stop word is as good as in all."""
    stems = language.variants(token.said)
    return len(snapshot.word(stems)[0]) if stems else snapshot.size + FEW + 1
