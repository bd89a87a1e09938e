"""The kinds of exceptions in a reader's words: what each is, why it is one, and what its day is."""

from dataclasses import dataclass
from typing import Any

from register.errors import Message
from register.services.audit.irregularities import FEW_POINTS, Found, Kind
from register.standard import CURRENT
from register.standard.marking import _
from register.web.languages import gettext, say
from register.web.secretariat import agency_list
from register.web.showing import duties


@dataclass(frozen=True)
class Words:
    """The title of a kind, why it is an exception, and what the day of each is."""

    title: str
    why: str
    day: str = _("Published")


WORDS = {
    Kind.OVERDUE: Words(
        _("Overdue duties"),
        _(
            "The day by which a system had to be disclosed, a record confirmed or a return made has"
            " gone by, and no decision exempts it."
        ),
        _("Due on"),
    ),
    Kind.NOT_STATED: Words(
        _("Mandatory answers not stated"),
        _(
            "The standard demands these answers. The source of the record does not give them, and"
            " they are not withheld. A file of another register may leave them open; the public"
            " body owes them all the same."
        ),
    ),
    Kind.NO_CITATION: Words(
        _("Withheld without a legal ground"),
        _("An answer may be withheld only where a law says so, and the record names no law."),
        _("To be looked at again by"),
    ),
    Kind.PAST_REVIEW: Words(
        _("Withheld past the day of review"),
        _(
            "The record said by when it would be looked at whether the answer still has to be"
            " withheld. That day has gone by."
        ),
        _("To be looked at again by"),
    ),
    Kind.NO_REVIEW_DAY: Words(
        _("Withheld without a day of review"),
        _("The record does not say by when it will be looked at whether this stays withheld."),
        _("To be looked at again by"),
    ),
    Kind.TIER_LOWERED: Words(
        _("Tier lowered without a reason"),
        _(
            "A version gives the system a lower impact tier than the version before. It gives no"
            " reason for its tier, or word for word the reason that was given for the higher one."
        ),
    ),
    Kind.TIER_UNDETERMINED: Words(
        _("Running, and the tier not determined"),
        _(
            "The system is in use or on trial, and the record says that its impact tier is not yet"
            " determined. So less was asked of it than may be due."
        ),
    ),
    Kind.NOT_APPROVED: Words(
        _("Published without anybody’s approval"),
        _(
            "No second person approved this version, and none decided on the file that it came"
            " with: it was published on the command line."
        ),
    ),
    Kind.NEVER_AMENDED: Words(
        _("Never amended since it was filed"),
        _(
            "The record is more than a year old and stands in its first version. Systems change,"
            " and a record is to be confirmed every year."
        ),
    ),
    Kind.FEW_POINTS: Words(
        _("Few points for quality"),
        Message(
            _(
                "The record has less than %(most)s of a hundred points for being complete and"
                " plain. What it lacks stands on its page."
            ),
            most=FEW_POINTS,
        ),
    ),
    Kind.NOBODY_DECIDES: Words(
        _("Waiting, and nobody can decide"),
        _(
            "The filing waits for a second person, and everybody who may decide has worked on it,"
            " or there is nobody."
        ),
        _("Waiting since"),
    ),
    Kind.NOBODY_FILES: Words(
        _("Public bodies with nobody to file or approve"),
        _(
            "The public body is under the duty and has no officer, or no approver where its own"
            " approval is needed."
        ),
    ),
}
_LABELS = {asked.name: asked.label for asked in CURRENT}
_TIERS = {option.value: option.label for option in CURRENT.field("impact_tier").options}


def told(kind: Kind, found: Found) -> list[str]:
    """Say what is out of order about a single one, as far as the kind does not say it."""
    if found.duty is not None:
        return [duties.kind_label(found.duty)]
    if found.tiers is not None:
        return _tier_words(found)
    if found.points is not None:
        return [gettext("%(points)s of 100 points", points=found.points)]
    if kind is Kind.NOT_APPROVED:
        return [found.file or gettext("Without a file")]
    if kind is Kind.NOBODY_FILES:
        return [
            words for each, words in agency_list.missing_words().items() if each in found.traits
        ]
    return [question(name) for name in found.fields]


def question(name: str) -> str:
    """Name a question by its label."""
    return say(_LABELS[name]) if name in _LABELS else name


def _tier_words(found: Found) -> list[str]:
    before, now = (say(_TIERS.get(each, each)) for each in found.tiers or ("", ""))
    changed: dict[str, Any] = {"before": before, "now": now}
    reason = (
        gettext("The reason is word for word the one of the version before.")
        if found.is_repeated
        else gettext("No reason is given.")
    )
    return [gettext("From %(before)s to %(now)s", **changed), reason]
