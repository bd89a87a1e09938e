"""The answers to choose from in the section on the rights of the people affected."""

from register.standard.field import Option
from register.standard.marking import _
from register.standard.v1.options import NOT_APPLICABLE, NOT_STATED, WAIVED

NOTICE_ANSWERS = (
    Option(value="yes", label=_("Yes")),
    Option(value="partly", label=_("Partly"), help=_("Some are told, or only in some cases.")),
    Option(value="no", label=_("No")),
    NOT_APPLICABLE,
    NOT_STATED,
)
APPEAL_STATUSES = (
    Option(value="established", label=_("In place")),
    Option(value="in_progress", label=_("Being set up")),
    Option(
        value="precluded_by_law",
        label=_("Ruled out by law"),
        help=_("A law says that this outcome cannot be challenged."),
    ),
    NOT_APPLICABLE,
    Option(value="none", label=_("None")),
    WAIVED,
    NOT_STATED,
)
OPT_OUT_ANSWERS = (
    Option(value="yes", label=_("Yes")),
    Option(value="no", label=_("No")),
    NOT_APPLICABLE,
    NOT_STATED,
)
CONSULTATION_KINDS = (
    Option(
        value="usability_testing",
        label=_("Trials with users"),
        help=_("People tried it out and were observed or questioned."),
    ),
    Option(value="public_comment", label=_("Call for written comments")),
    Option(value="public_meeting", label=_("Public meeting or hearing")),
    Option(value="affected_groups", label=_("Talks with people affected")),
    Option(value="civil_society", label=_("Talks with civil society or scholars")),
    Option(value="staff_or_unions", label=_("Talks with staff or unions")),
    Option(value="none", label=_("None")),
    Option(value="in_progress", label=_("Under way")),
    WAIVED,
    Option(value="other", label=_("Other")),
)
