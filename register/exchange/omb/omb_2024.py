"""The United States inventory of 2024: questions as headings, nine of which are the same words."""

from register.exchange.cells.agreement import add_words, beyond_option, keep_dates_of_phase
from register.exchange.cells.values import ValueMap, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Constant, Format, Link
from register.exchange.omb import omb_2024_questions as questions
from register.exchange.omb import omb_2024_values as values
from register.exchange.result import AgencyHint, Loss
from register.standard.marking import _


def _choice(column: str, path: str, choices: ValueMap, otherwise: str = "") -> Link:
    """Link a column that gives one of a few values."""
    return Link(column=column, path=path, transform="choice", values=choices, otherwise=otherwise)


def _choices(column: str, path: str, choices: ValueMap) -> Link:
    """Link a column that lists values, of which unknown ones are "other"."""
    return Link(column=column, path=path, transform="choices", values=choices, otherwise="other")


LINKS = (
    Link(column=questions.NAME, path="name", transform="title"),
    Link(column=questions.AGENCY, path="agency", transform="special"),
    Link(column=questions.ABBREVIATION, path="agency", transform="special"),
    Link(column="Bureau", path="unit", transform="title"),
    _choices("Use Case Topic Area", "policy_domains", values.POLICY_DOMAINS),
    Link(column=questions.PURPOSE, path="purpose"),
    Link(column="Describe the AI system’s outputs.", path="outputs"),
    _choice(questions.STAGE, "phase", values.PHASE),
    _choice(questions.TIER, "impact_tier", values.IMPACT_TIER, "undetermined"),
    Link(
        column="Date when Acquisition and/or Development began",
        path="development_started",
        transform="date",
    ),
    Link(column="Date Initiated", path="development_started", transform="date", is_fallback=True),
    Link(column=questions.IMPLEMENTED, path="in_use_since", transform="date"),
    Link(column=questions.RETIRED, path="ended_on.date", transform="date"),
    _choice(
        questions.METHOD,
        "development_method",
        values.DEVELOPMENT_METHOD,
        "other",
    ),
    _choice(
        questions.PERSONAL_DATA,
        "personal_data",
        values.PERSONAL_DATA,
    ),
    _choice(
        questions.PRIVACY_REVIEW,
        "impact_assessments.1.status",
        values.PRIVACY_REVIEW,
    ),
    Link(
        column=questions.DATA,
        path="data_sources.0.description",
    ),
    Link(column=questions.DOCUMENTATION, path="data_sources.0.quality_notes"),
    _choices(
        questions.FEATURES,
        "sensitive_attributes",
        values.SENSITIVE_ATTRIBUTES,
    ),
    Link(
        column=questions.CODE,
        path="source_code_url",
        transform="url",
    ),
    _choice(
        questions.AUTHORISATION,
        "authorisations.0.kind",
        values.AUTHORISATION,
    ),
    Link(
        column="System Name",
        path="authorisations.0.id",
        transform="line",
        needs="authorisations.0.kind",
    ),
    _choice(
        questions.ASSESSMENT,
        "impact_assessments.0.status",
        values.ASSESSMENT,
    ),
    _choice(questions.TESTING, "testing.status", values.TESTING),
    Link(column=questions.TESTING, path="testing.text", transform="special"),
    Link(
        column=questions.RISKS,
        path="risks.0.description",
    ),
    _choice(
        questions.REVIEW,
        "independent_review.0.by",
        values.REVIEW,
    ),
    _choice(questions.MONITORING, "monitoring.status", values.MONITORING),
    Link(column=questions.MONITORING, path="monitoring.text", transform="special"),
    _choice(questions.AUTONOMY, "human_oversight.level", values.OVERSIGHT),
    Link(column=questions.AUTONOMY, path="human_oversight.text", transform="special"),
    Link(column=questions.AUTONOMY, path="decision_role", transform="special"),
    Link(column=questions.AUTONOMY, path="failsafe.status", transform="special"),
    Link(
        column=questions.OTHER,
        occurrence=questions.OTHER_AUTONOMY,
        path="human_oversight.text",
        needs="human_oversight.level",
    ),
    _choice(questions.NOTICE, "notice.given", values.NOTICE),
    Link(column=questions.NOTICE, path="notice.how", transform="special"),
    Link(
        column=questions.OTHER,
        occurrence=questions.OTHER_NOTICE,
        path="notice.how",
        needs="notice.given",
    ),
    Link(column=questions.DISPARITIES, path="bias_testing.text"),
    _choices(questions.CONSULTATION, "consultation.kinds", values.CONSULTATION),
    Link(
        column=questions.OTHER,
        occurrence=questions.OTHER_CONSULTATION,
        path="consultation.text",
        needs="consultation.kinds",
    ),
    _choice(questions.APPEAL, "appeal_status", values.APPEAL),
    _choice(questions.OPT_OUT, "opt_out.available", values.OPT_OUT),
    Link(column=questions.OPT_OUT, path="opt_out.text", transform="special"),
    Link(
        column=questions.OTHER,
        occurrence=questions.OTHER_OPT_OUT,
        path="opt_out.text",
        needs="opt_out.available",
    ),
)
CONSTANTS = (
    Constant("data_sources.0.name.en", "Training and evaluation data", given="data_sources.0"),
    Constant(
        "impact_assessments.0.type", "algorithmic_impact", given="impact_assessments.0.status"
    ),
    Constant("impact_assessments.1.type", "dpia_pia", given="impact_assessments.1.status"),
    Constant("bias_testing.status", "not_stated", given="bias_testing.text"),
)
LOSSES = (
    Loss(
        questions.PURPOSE, "purpose", _("Purpose and benefits are one text, kept as the purpose.")
    ),
    Loss(questions.TIER, "impact_tier", _("Rights and safety are not told apart.")),
    Loss(
        "Date Initiated", "development_started", _("Used only if no start of development is given.")
    ),
    Loss("Use Case Topic Area", "policy_domains", _("Several topics become one domain.")),
    Loss(
        questions.AUTHORISATION,
        "authorisations",
        _("An authorisation that is lacking has no place."),
    ),
    Loss(
        questions.MONITORING,
        "monitoring",
        _("Three levels of monitoring become one; words are kept."),
    ),
    Loss(
        questions.AUTONOMY, "human_oversight", _("Where a fail-safe stands in, no level is said.")
    ),
    Loss(questions.NOTICE, "notice", _('"Other" does not say whether notice is given.')),
    Loss(
        questions.DISPARITIES, "bias_testing", _("The source does not say whether tests are done.")
    ),
    Loss(
        questions.CONSULTATION,
        "consultation",
        _("Customer feedback collections become another kind."),
    ),
)


def _agency(cells: Cells) -> AgencyHint:
    name, abbreviation = (
        one_line(cells.get(questions.AGENCY)),
        one_line(cells.get(questions.ABBREVIATION)),
    )
    return AgencyHint({"en": name} if name else {}, abbreviation or None)


def _complete(cells: Cells, draft: Draft) -> None:
    for column, path, given in (
        (questions.TESTING, "testing.text", "testing.status"),
        (questions.MONITORING, "monitoring.text", "monitoring.status"),
        (questions.AUTONOMY, "human_oversight.text", "human_oversight.level"),
        (questions.OPT_OUT, "opt_out.text", "opt_out.available"),
    ):
        if draft.find(given):
            add_words(draft, path, beyond_option(cells.get(column)))
    if draft.find("notice.given") == "yes":
        add_words(draft, "notice.how", cells.get(questions.NOTICE))
    if role := values.DECISION_ROLE.find(cells.get(questions.AUTONOMY)):
        draft.place("decision_role", role)
    if failsafe := values.FAILSAFE.find(cells.get(questions.AUTONOMY)):
        draft.place("failsafe.status", failsafe)
    keep_dates_of_phase(draft, used=questions.IMPLEMENTED, ended=questions.RETIRED)


OMB_2024 = Format(
    name="omb-2024",
    title=_("United States, federal AI use case inventory 2024"),
    languages=("en",),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=(questions.NAME, questions.STAGE, questions.TIER, questions.PURPOSE),
    headings=questions.HEADINGS,
    agency=_agency,
    complete=_complete,
)
