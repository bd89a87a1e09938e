"""Whose a row is: the agency in the directory that it means, or a new one."""

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any

from register import clock
from register.exchange.result import AgencyHint
from register.services.directory.directory import slug_of
from register.services.directory.directory_trail import note_added
from register.storage import agencies
from register.storage.models import Agency

# Words that many bodies' names share, so that they do not show that two names mean one body.
_COMMON_WORDS = frozenset(
    """
    administration agency and authority board bureau commission corporation council department
    directorate federal for ministry national of office service services states the u united us
    """.split()
)
_LONGEST_SLUG = 100
_LONGEST_ABBREVIATION = 40


class AgencyFinder:
    """The directory as it was at the start of an import, with the bodies found since."""

    def __init__(self) -> None:
        """Read the directory."""
        self._by_name: dict[str, str] = {}
        self._by_abbreviation: dict[str, list[str]] = {}
        self._names: dict[str, Mapping[str, str]] = {}
        self._new: dict[str, dict[str, Any]] = {}
        self._meant: dict[tuple[tuple[str, ...], str], str] = {}
        for agency in agencies.list_agencies():
            self._learn(agency.slug, agency.names, agency.abbreviation)

    @property
    def new_slugs(self) -> list[str]:
        """The slugs of the bodies that the directory did not have, in the order of the file."""
        return list(self._new)

    def slug_for(self, hint: AgencyHint) -> str | None:
        """Give the slug of the body that ``hint`` means; ``None`` if it says nothing.

        A body is known again by its name in any language, or by its slug. An abbreviation counts
        only if no name contradicts it: two governments may well share one.
        """
        names = {lang: _tidy(name) for lang, name in hint.names.items() if name.strip()}
        abbreviation = _tidy(hint.abbreviation or "")[:_LONGEST_ABBREVIATION]
        if not names and not abbreviation:
            return None
        said = (tuple(names.values()), abbreviation)
        if said not in self._meant:
            found = self._find(names, abbreviation)
            found = found or self._propose(names, abbreviation, hint.level or "federal")
            self._meant[said] = found
        return self._meant[said]

    def agency(self, slug: str, by: int | None) -> Agency:
        """Give the body, put into the directory if it is new. Call it inside a transaction."""
        agency = agencies.find_agency(slug)
        if agency is None and slug in self._new:
            agency = agencies.put_agency(slug, self._new[slug])
            note_added(by, agencies.body_of(agency), clock.today())
        return agency or agencies.get_agency(slug)

    def _find(self, names: Mapping[str, str], abbreviation: str) -> str | None:
        for name in (*names.values(), *([abbreviation] if not names else [])):
            slug = self._by_name.get(name.casefold()) or self._by_name.get(slug_of(name))
            if slug:
                return slug
        for slug in self._by_abbreviation.get(abbreviation.casefold(), ()):
            if not names or _words(names) & _words(self._names[slug]):
                # Whoever comes later under this name is the same, with or without abbreviation.
                self._know(names, slug)
                return slug
        return None

    def _propose(self, names: Mapping[str, str], abbreviation: str, level: str) -> str:
        name = next(iter(names.values()), abbreviation)
        slug = self._free_slug(slug_of(name) or slug_of(abbreviation) or _hashed(name))
        self._new[slug] = {
            "names": dict(names) or {"en": abbreviation},
            "abbreviation": abbreviation,
            "level": level,
        }
        self._learn(slug, self._new[slug]["names"], abbreviation)
        return slug

    def _learn(self, slug: str, names: Mapping[str, str], abbreviation: str) -> None:
        self._names[slug] = names
        self._know({"": slug, **names}, slug)
        if abbreviation:
            self._by_abbreviation.setdefault(abbreviation.casefold(), []).append(slug)

    def _know(self, names: Mapping[str, str], slug: str) -> None:
        for name in names.values():
            self._by_name.setdefault(_tidy(name).casefold(), slug)

    def _free_slug(self, slug: str) -> str:
        number, free = 1, slug
        while free in self._names:
            number += 1
            free = f"{slug[: _LONGEST_SLUG - 5]}-{number}"
        return free


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _words(names: Mapping[str, str]) -> set[str]:
    words = {word for name in names.values() for word in slug_of(name).split("-")}
    return words - _COMMON_WORDS - {""}


def _hashed(name: str) -> str:
    return "body-" + hashlib.sha256(name.encode()).hexdigest()[:12]
