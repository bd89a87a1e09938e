"""How people name a facet and its values in a query: ``phase:pilot``, ``مرحلہ:آزمائشی``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from register.search.document import Label
from register.standard.bodies import LEVELS
from register.standard.field import Option, Standard
from register.standard.marking import _
from register.standard.spelling import fold

#: The day of the present version's publication. It is no facet, but is asked for like one.
UPDATED = "updated"

# One word each, since a name in a query has no spaces.
_WORDS = {
    "agency": _("body"),
    "level": _("level"),
    "year": _("year"),
    UPDATED: _("updated"),
    "phase": _("stage"),
    "impact_tier": _("impact"),
    "policy_domains": _("domain"),
    "techniques": _("technique"),
    "decision_role": _("role"),
    "appeal_status": _("appeal"),
    "personal_data": _("data"),
}
_SKIPPED = frozenset(("and", "for", "in", "of", "on", "the", "to"))
_MOST_KEPT = 2_000  # values of facets
_LONGEST_RUN = 12  # words


@dataclass(frozen=True)
class Naming:
    """The names of facets, and of their values, by their folded spelling."""

    facets: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, standard: Standard, languages: Sequence[str], label: Label) -> "Naming":
        """Take the names from the standard and their translations into ``languages``."""
        names = [*_WORDS, *(asked.name for asked in standard.facets)]
        facets = {_squeeze(name): name for name in names}
        options: dict[str, Iterable[Option]] = {f.name: f.options for f in standard.facets}
        options["level"] = LEVELS
        values = {}
        for code in languages:
            for name, word in _WORDS.items():
                facets.setdefault(_squeeze(label(word, code)), name)
            for name, known in options.items():
                for option in known:
                    values[name, _squeeze(label(option.label, code))] = option.value
        return cls(facets, values)

    def find_facet(self, said: str) -> str | None:
        """Give the facet that goes by a name."""
        return self.facets.get(_squeeze(said))

    def list_values(self, facet: str, said: str, known: Sequence[str]) -> list[str]:
        """Give the ``known`` values of a facet that a person may mean by what they said.

        That is one named so, in any language; else those with these words in them one after
        another, or with these initials.
        """
        wanted = _squeeze(said)
        labelled = self.values.get((facet, wanted))
        exact = [value for value in known if wanted == _kept_squeeze(value) or value == labelled]
        return exact or [value for value in known if wanted in _short_for(value)]


def _squeeze(said: str) -> str:
    return re.sub(r"[\W_]+", "", fold(said))


# A query may name many facets, and each time all values of that facet are looked through.
@lru_cache(maxsize=_MOST_KEPT)
def _kept_squeeze(value: str) -> str:
    return _squeeze(value)


@lru_cache(maxsize=_MOST_KEPT)
def _short_for(value: str) -> frozenset[str]:
    """Give the initials of a value, with and without small words, and its runs of words."""
    words = [word for word in re.split(r"[\W_]+", value.casefold()) if word]
    telling = [word for word in words if word not in _SKIPPED]
    places = range(len(words) + 1)
    runs = ("".join(words[a:b]) for a in places for b in places[a + 1 : a + _LONGEST_RUN])
    return frozenset(("".join(w[0] for w in words), "".join(w[0] for w in telling), *runs)) - {""}
