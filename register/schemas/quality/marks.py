"""What the rules of quality say of one record."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from register.schemas.quality.texts import Place


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One place that falls short of a rule: which question, in which language, and how far.

    ``values`` go into the rule's sentence.
    """

    rule: str
    field: str
    language: str = ""
    values: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the finding as plain JSON values."""
        return {
            "rule": self.rule,
            "field": self.field,
            "language": self.language,
            "values": dict(self.values),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """Read what :meth:`to_json` wrote."""
        return cls(**kept)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """A score from 0 to 100 by a version of the rules, and what keeps it from being 100.

    ``shares`` says of each rule that could be judged which share of its points was given; it is
    empty where only the score was kept.
    """

    rules: str
    score: int
    findings: tuple[Finding, ...]
    shares: Mapping[str, float] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What ties a record to others: the fingerprints of its long texts, and its links."""

    prints: tuple[tuple[Place, str], ...]
    links: tuple[tuple[str, str], ...]
