"""The answers to choose from in the section on risks and checks."""

from register.standard.field import Option
from register.standard.marking import _
from register.standard.v1.options import NOT_STATED, WAIVED

ASSESSMENT_TYPES = (
    Option(value="dpia_pia", label=_("Data protection or privacy")),
    Option(value="fria", label=_("Fundamental rights")),
    Option(
        value="algorithmic_impact",
        label=_("Effects of the algorithm"),
        help=_("An assessment made for automated decisions in particular."),
    ),
    Option(value="equality", label=_("Equality")),
    Option(value="human_rights", label=_("Human rights")),
    Option(value="security", label=_("Security")),
    Option(value="ethics", label=_("Ethics")),
    Option(value="other", label=_("Other")),
)
ASSESSMENT_STATUSES = (
    Option(value="done", label=_("Done")),
    Option(value="in_progress", label=_("Under way")),
    Option(value="planned", label=_("Planned")),
    Option(value="not_done", label=_("Not done")),
    Option(value="not_required", label=_("Not required")),
    WAIVED,
    NOT_STATED,
)
RISK_CATEGORIES = (
    Option(value="error_accuracy", label=_("Wrong results")),
    Option(value="bias_discrimination", label=_("Bias and discrimination")),
    Option(value="privacy", label=_("Privacy")),
    Option(value="security", label=_("Security")),
    Option(value="safety", label=_("Life and health")),
    Option(
        value="over_reliance",
        label=_("Trusting it too much"),
        help=_("Staff follow it without thinking, or lose the skill to do without it."),
    ),
    Option(value="transparency", label=_("Hard to explain")),
    Option(value="accountability", label=_("Unclear responsibility")),
    Option(value="rights", label=_("Other rights and liberties")),
    Option(value="misuse", label=_("Misuse")),
    Option(value="environment", label=_("Environment")),
    Option(value="other", label=_("Other")),
)
REVIEWERS = (
    Option(value="other_office", label=_("Another office of the agency")),
    Option(value="oversight_board", label=_("Oversight or ethics board")),
    Option(value="chief_ai_officer", label=_("Head of AI in government")),
    Option(value="external_auditor", label=_("Outside auditor")),
    Option(value="regulator", label=_("Regulator")),
    Option(value="in_progress", label=_("Under way")),
    Option(value="none", label=_("None")),
    WAIVED,
)
