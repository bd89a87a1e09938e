"""A register and its index with a history at random: published, changed, withdrawn."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from register.search import Query, SearchIndex
from register.search.document import Document, from_publication
from register.standard.v1 import V1
from tests.search.random_queries import (
    AGENCIES,
    DAYS,
    DOMAINS,
    PHASES,
    RARE_AGENCIES,
    WORDS,
)
from tests.search.register_in_memory import RegisterInMemory

LANGUAGES = ("en", "ur")
_REFERENCES = [f"AIR-2026-{number:05}" for number in range(1, 31)]
_STEPS = ("publish",) * 12 + ("withdraw",) * 3 + ("drain",) * 5 + ("search", "purge", "rebuild")
_EVERY = (*PHASES, *DOMAINS, *AGENCIES, "2024", "2025", "2026", "")


class RandomRegister:
    """Does what registers do."""

    def __init__(self, chance: random.Random, folder: Path) -> None:
        self.register = RegisterInMemory()
        self.index = self.open(folder)
        self._chance = chance

    def open(self, folder: Path) -> SearchIndex:
        return SearchIndex(folder, self.register, V1, languages=LANGUAGES)

    def live(self, steps: int) -> None:
        """Take random steps, and then take in what waits."""
        self.index.drain()
        for step in self._chance.choices(_STEPS, k=steps):
            if step == "publish":
                self._publish(self._chance.choice(_REFERENCES))
            elif step == "withdraw" and self.register.publications:
                self.register.withdraw(self._chance.choice(list(self.register.publications)))
            elif step == "drain":
                self.index.drain(self._chance.randint(1, 5))
            elif step == "search":
                self.index.search(Query("tax model* agency:x"))
            elif step == "purge":
                self.index.purge()
            elif step == "rebuild":
                self.index.rebuild()
        self.index.drain()

    def fill(self) -> None:
        """Publish every record that there may be."""
        for reference in _REFERENCES:
            self._publish(reference)

    def documents(self) -> list[Document]:
        return documents_of(self.register)

    def filters(self) -> dict[str, list[str]]:
        if self._chance.random() < 0.6:
            return {}
        facets = self._chance.sample(("agency", "phase", "policy_domains", "year"), k=2)
        return {name: self._chance.choices(_EVERY, k=self._chance.randint(0, 3)) for name in facets}

    def _publish(self, reference: str) -> None:
        said: dict[str, Any] = {
            "name": self._texts(1, 4),
            "summary": self._texts(0, 6),
            "purpose": self._texts(0, 9),
            "agency": self._chance.choice((*AGENCIES * 6, *RARE_AGENCIES)),
            "at": f"{self._chance.choice(DAYS)}T{self._chance.choice(('00:00:00', '23:59:59'))}Z",
        }
        if self._chance.random() < 0.8:
            said["phase"] = self._chance.choice(PHASES)
        if self._chance.random() < 0.8:
            said["policy_domains"] = self._chance.sample(DOMAINS, k=self._chance.randint(1, 3))
        self.register.publish(reference, **said)

    def _texts(self, least: int, most: int) -> dict[str, str]:
        codes = self._chance.sample(list(WORDS), k=self._chance.choice((1, 1, 2)))
        counted = [(code, self._chance.randint(least, most)) for code in codes]
        texts = {c: " ".join(self._chance.choices(WORDS[c], k=count)) for c, count in counted}
        return {code: text for code, text in texts.items() if text}


def documents_of(register: RegisterInMemory) -> list[Document]:
    """Give what can be found of everything published."""
    found = register.iterate_published(100)
    documents = [from_publication(each, V1, languages=LANGUAGES) for each in found]
    return [document for document in documents if document]


@contextmanager
def random_register(chance: random.Random) -> Iterator[tuple[RandomRegister, SearchIndex]]:
    """Lend a register that has lived, its index drained; and an index of it that was rebuilt."""
    with TemporaryDirectory() as folder:
        lived = RandomRegister(chance, Path(folder) / "lived")
        if chance.random() < 0.4:
            lived.fill()
        lived.live(steps=chance.randint(0, 60))
        rebuilt = lived.open(Path(folder) / "rebuilt")
        rebuilt.rebuild()
        try:
            yield lived, rebuilt
        finally:
            lived.index.close()
            rebuilt.close()
