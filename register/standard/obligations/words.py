"""The kinds and states of duties, how an agency can stand towards them, and how these are named."""

from enum import StrEnum

from register.standard.field import Option
from register.standard.marking import _


class StandingKind(StrEnum):
    """How an agency stands towards the duty from a day on."""

    IN_SCOPE = "in_scope"
    EXEMPT = "exempt"
    LEFT = "left"


class DutyKind(StrEnum):
    """What has to be done."""

    SYSTEM = "system"
    CONFIRMATION = "confirmation"
    PERIOD = "period"


class DutyState(StrEnum):
    """How a duty stands on a day."""

    DUE = "due"
    FILED = "filed"
    LATE = "late"
    OVERDUE = "overdue"
    NIL = "nil"
    EXEMPT = "exempt"


KIND_LABELS = {
    DutyKind.SYSTEM: _("Disclosure of a system"),
    DutyKind.CONFIRMATION: _("Yearly confirmation"),
    DutyKind.PERIOD: _("Return for a period"),
}
STATE_LABELS = {
    DutyState.DUE: _("Not due yet"),
    DutyState.FILED: _("Filed in time"),
    DutyState.LATE: _("Filed late"),
    DutyState.OVERDUE: _("Overdue"),
    DutyState.NIL: _("Nothing to report"),
    DutyState.EXEMPT: _("Exempt"),
}
EXEMPTION_GROUNDS = (
    Option(value="national_security", label=_("National security")),
    Option(value="law_enforcement", label=_("Prevention and prosecution of crime")),
    Option(value="excluded_by_law", label=_("Excluded from the duty by law")),
    Option(value="covered_elsewhere", label=_("Disclosed by another body")),
    Option(value="entered_in_error", label=_("Determination made in error")),
    Option(value="other", label=_("Other")),
)
