"""A random sample of records by a seed that was published beforehand, for anybody to draw again.

The method is so plain that it can be done by hand: the references that were public at a moment, in
the order of the SHA-256 of the seed, a line feed and the reference; the first of them are the
sample. So nobody can choose, neither the records nor, once the seed is published, the order.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from register import clock
from register.errors import Invalid, Message
from register.services.actor import Actor, check_role
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import events, past

MOST = 500
LONGEST_SEED = 200
NO_SEED = _("Enter the seed as it was published: one line without invisible characters.")
LONG_SEED = _("Enter a seed of at most %(most)s characters.")
WRONG_SIZE = _("Enter a number from 1 to %(most)s.")
STILL_TO_COME = _("This moment is still to come.")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A record of the sample, with the hash by which it has its place."""

    reference: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What was drawn from which population: all that is needed to draw it again.

    ``population_sha256`` is that of :func:`population_text`.
    """

    seed: str
    moment: datetime
    size: int
    population: int
    population_sha256: str
    drawn: tuple[Drawn, ...]


def draw(by: Actor, seed: str, size: int, moment: datetime) -> Sample:
    """Draw a sample of what was public just before a moment; that it was drawn is recorded.

    The seed is taken in Unicode's composed form, without blanks around it. Raise :exc:`Invalid` by
    name if it is empty, too long or not on one line, if the size is out of range, or if the moment
    is still to come.
    """
    check_role(by, Role.AUDITOR)
    seed = unicodedata.normalize("NFC", seed.strip())
    errors = _errors(seed, size, moment)
    if errors:
        raise Invalid(_("The sample cannot be drawn."), errors)
    references = past.list_public_at(moment)
    sample = Sample(
        seed=seed,
        moment=moment,
        size=size,
        population=len(references),
        population_sha256=_hash(population_text(references)),
        drawn=tuple(_in_order(seed, references)[:size]),
    )
    details = {
        "seed": seed,
        "size": size,
        "moment": clock.stamp(moment),
        "population": sample.population,
        "population_sha256": sample.population_sha256,
    }
    events.add_event("sample_drawn", by=by.account_id, details=details)
    return sample


def get_population(by: Actor, moment: datetime) -> str:
    """Give the references that a sample of a moment is drawn from, one a line."""
    check_role(by, Role.AUDITOR)
    if moment > clock.now():
        raise Invalid(STILL_TO_COME, {"at": [STILL_TO_COME]})
    return population_text(past.list_public_at(moment))


def population_text(references: list[str]) -> str:
    """Write references one a line, each with a line feed behind it."""
    return "".join(f"{reference}\n" for reference in references)


def _in_order(seed: str, references: list[str]) -> list[Drawn]:
    listed = (Drawn(reference=each, sha256=_hash(f"{seed}\n{each}")) for each in references)
    return sorted(listed, key=lambda each: each.sha256)


def _errors(seed: str, size: int, moment: datetime) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not seed or any(unicodedata.category(each)[0] in "CZ" and each != " " for each in seed):
        errors["seed"] = [NO_SEED]
    elif len(seed) > LONGEST_SEED:
        errors["seed"] = [Message(LONG_SEED, most=LONGEST_SEED)]
    if not 1 <= size <= MOST:
        errors["size"] = [Message(WRONG_SIZE, most=MOST)]
    if moment > clock.now():
        errors["at"] = [STILL_TO_COME]
    return errors


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
