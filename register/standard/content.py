"""What a disclosure says: its answers, what it withholds, and where each text comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

TRANSLATION_STATUSES = ("original", "human_translation", "machine_translation")


@dataclass(frozen=True)
class Content:
    """One filing's content, as it is kept in a draft or a revision.

    ``answers`` maps a field's name to its answer in the JSON shape of its kind; ``withheld`` lists
    entries ``{"field", "ground", "citation", "public_reason": {lang: text}, "decided_by",
    "decided_on", "review_on"}``, each standing in for a public answer; ``not_stated`` names
    mandatory fields that an imported source does not answer; ``translations`` maps a field's name
    to ``{lang: status}`` where a text is not what :func:`translation_status` would assume;
    ``erased`` lists what a court or a law had taken out of a version after it was made public,
    ``{"field", "basis", "at"}``.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    withheld: tuple[Mapping[str, Any], ...] = ()
    not_stated: tuple[str, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    erased: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Content":
        """Read what :meth:`to_json` wrote."""
        return cls(
            answers=kept.get("answers", {}),
            withheld=tuple(kept.get("withheld", ())),
            not_stated=tuple(kept.get("not_stated", ())),
            translations=kept.get("translations", {}),
            erased=tuple(kept.get("erased", ())),
        )

    def to_json(self) -> dict[str, Any]:
        """Give the content as plain JSON values."""
        erased = {"erased": [dict(entry) for entry in self.erased]} if self.erased else {}
        return {
            "answers": dict(self.answers),
            "withheld": [dict(entry) for entry in self.withheld],
            "not_stated": list(self.not_stated),
            "translations": {name: dict(by) for name, by in self.translations.items()},
            **erased,
        }

    def with_answers(self, **answers: Any) -> "Content":
        """Give a copy in which these answers are replaced."""
        return replace(self, answers={**self.answers, **answers})

    @property
    def withheld_fields(self) -> frozenset[str]:
        """The names of the fields whose answers are withheld from the public."""
        return frozenset(str(entry["field"]) for entry in self.withheld)

    @property
    def erased_fields(self) -> frozenset[str]:
        """The names of the fields whose answers were erased."""
        return frozenset(str(entry["field"]) for entry in self.erased)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is filed in, the authoritative one first."""
        stated = self.answers.get("languages")
        codes = stated if isinstance(stated, list) else []
        return tuple(code for code in codes if isinstance(code, str)) or ("en",)


def translation_status(content: Content, name: str, language: str) -> str:
    """Tell how the text of field ``name`` in ``language`` came about.

    Unless said otherwise, the authoritative language is the original and the rest is translated
    by a person.
    """
    stated = content.translations.get(name, {}).get(language)
    if stated in TRANSLATION_STATUSES:
        return str(stated)
    return "original" if language == content.languages[0] else "human_translation"
