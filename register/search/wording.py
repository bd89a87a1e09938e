"""How people write what the index keeps folded: looked up in the register's own texts."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from register.search import language
from register.search.document import Document
from register.search.source import Source


class Wording:
    """Reads the texts of single disclosures."""

    def __init__(
        self, source: Source, to_document: Callable[[Mapping[str, Any]], Document | None]
    ) -> None:
        """Read from ``source``."""
        self._source = source
        self._to_document = to_document
        self.write = lru_cache(maxsize=5_000)(self._write)

    def find_document(self, reference: str) -> Document | None:
        """Give what can be found of a disclosure; ``None`` if nothing can."""
        publication = self._source.find_published(reference)
        return self._to_document(publication) if publication else None

    def _write(self, surface: str, reference: str) -> str:
        """Give the spelling of a folded word that is the most frequent in one disclosure."""
        document = self.find_document(reference)
        texts = [text for texts in document.texts.values() for text in texts] if document else []
        spelt = Counter(
            word
            for text in texts
            for word in language.words(text.said)
            if language.surface(word) == surface
        )
        return spelt.most_common(1)[0][0] if spelt else surface
