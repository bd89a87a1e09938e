"""Lets a query find what it asks for in other words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from register.search.nodes import Best, Node, Word
from register.search.synonyms import Synonyms, mtimes


class Widening:
    """The synonyms in some files, read again whenever one of them has changed."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read nothing yet."""
        self._paths = paths
        self._state: tuple[tuple[int, int], ...] | None = None
        self._synonyms = Synonyms()

    @property
    def state(self) -> object:
        """Name what the files say at present."""
        return mtimes(self._paths)

    def widen(self, tree: Best) -> Best:
        """Give each row of plain words the other ways to say it; what is quoted stays."""
        state = mtimes(self._paths)
        if state != self._state:
            self._synonyms, self._state = Synonyms.load(self._paths), state
        return Best(tuple(self._widened(tree.nodes)))

    def _widened(self, nodes: Sequence[Node]) -> Iterator[Node]:
        for is_words, run in groupby(nodes, key=lambda node: isinstance(node, Word)):
            if is_words:
                yield from self._replaced([node for node in run if isinstance(node, Word)])
            else:
                for node in run:
                    yield self.widen(node) if isinstance(node, Best) else node

    def _replaced(self, words: list[Word]) -> list[Word]:
        for match in self._synonyms.find([word.variants[0] for word in words]):
            for place in range(match.start, match.end):
                words[place] = replace(
                    words[place],
                    alternatives=match.alternatives,
                    share=match.end - match.start,
                )
        return words
