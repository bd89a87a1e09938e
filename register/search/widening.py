"""Lets a query find what it asks for in other words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from register.search.nodes import Best, Node, Otherwise, Word
from register.search.synonyms import Synonyms, mtimes


class Widening:
    """The synonyms in some files, read again whenever one of them has changed."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read nothing yet."""
        self._paths = paths
        self._state: tuple[tuple[int, int], ...] | None = None
        self._synonyms = Synonyms()

    @property
    def state(self) -> tuple[tuple[int, int], ...]:
        """Name what the files say at present."""
        return mtimes(self._paths)

    def widen(self, tree: Best) -> Best:
        """Give each row of plain words the other ways to say it; what is quoted stays."""
        state = self.state
        if state != self._state:
            self._synonyms, self._state = Synonyms.load(self._paths), state
        return self._widened_row(tree)

    def _widened_row(self, tree: Best) -> Best:
        return Best(tuple(self._widened(tree.nodes)))

    def _widened(self, nodes: Sequence[Node]) -> Iterator[Node]:
        for is_words, run in groupby(nodes, key=lambda node: isinstance(node, Word)):
            if is_words:
                yield from self._replaced([node for node in run if isinstance(node, Word)])
            else:
                for node in run:
                    yield self._widened_row(node) if isinstance(node, Best) else node

    def _replaced(self, words: list[Word]) -> list[Word]:
        stems = [word.variants[0] for word in words]
        others: list[list[Otherwise]] = [[] for _ in words]
        for match in self._synonyms.find(stems):
            share = match.end - match.start
            for place in range(match.start, match.end):
                others[place] += [Otherwise(said, share) for said in match.alternatives]
                if share > 1:  # a word of a run may be said in another way by itself, too
                    alone = self._synonyms.find([stems[place]])
                    others[place] += [Otherwise(said) for one in alone for said in one.alternatives]
        return [
            replace(word, alternatives=tuple(dict.fromkeys(own)))
            for word, own in zip(words, others, strict=True)
        ]
