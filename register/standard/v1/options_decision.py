"""The answers to choose from in the section on decisions."""

from register.standard.field import Option
from register.standard.marking import _
from register.standard.v1.options import NOT_APPLICABLE, NOT_STATED, WAIVED

DECISION_ROLES = (
    Option(
        value="no_decision",
        label=_("No part in decisions"),
        help=_("Nothing is decided about anyone, for example traffic forecasts."),
    ),
    Option(
        value="informs",
        label=_("Informs"),
        help=_("It gathers or summarises facts; an official weighs them."),
    ),
    Option(
        value="recommends",
        label=_("Recommends"),
        help=_("It proposes an outcome; an official decides."),
    ),
    Option(
        value="ranks_or_flags",
        label=_("Ranks or flags"),
        help=_("It decides who is looked at first or more closely, for example for inspection."),
    ),
    Option(
        value="decides_with_human_confirmation",
        label=_("Decides, a person confirms"),
        help=_("The outcome takes effect once an official has approved it."),
    ),
    Option(
        value="decides_alone",
        label=_("Decides alone"),
        help=_("The outcome takes effect without an official looking at the case."),
    ),
    Option(
        value="talks_to_public",
        label=_("Talks to the public"),
        help=_("It answers people directly, for example as a chat assistant."),
    ),
)
OVERSIGHT_LEVELS = (
    Option(
        value="human_in_loop",
        label=_("A person in every case"),
        help=_("No result takes effect before a person has looked at it."),
    ),
    Option(
        value="human_on_loop",
        label=_("A person watching"),
        help=_("Results take effect by themselves; a person follows them and can step in."),
    ),
    Option(
        value="spot_checks",
        label=_("Spot checks"),
        help=_("A person looks at a sample afterwards."),
    ),
    Option(value="none", label=_("None")),
)
FAILSAFE_STATUSES = (
    Option(value="yes", label=_("Yes")),
    Option(value="in_progress", label=_("Being set up")),
    NOT_APPLICABLE,
    Option(value="no", label=_("No")),
    WAIVED,
    NOT_STATED,
)
PERIODS = (
    Option(value="day", label=_("Day")),
    Option(value="week", label=_("Week")),
    Option(value="month", label=_("Month")),
    Option(value="quarter", label=_("Quarter")),
    Option(value="year", label=_("Year")),
    Option(value="total", label=_("In total so far")),
)
