"""The United States inventory of 2024: questions as headings, nine of which are the same words."""

from register.exchange import omb_2024_values as values
from register.exchange.agreement import add_words, beyond_option, keep_dates_of_phase
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Constant, Format, Link
from register.exchange.result import AgencyHint, Loss
from register.exchange.values import ValueMap, one_line

_NAME = "Use Case Name"
_STAGE = "Stage of Development"
_AGENCY, _ABBREVIATION = "Agency", "Agency Abbreviation"
_TIER = "Is the AI use case rights-impacting, safety-impacting, both, or neither?"
_PURPOSE = "What is the intended purpose and expected benefits of the AI?"
_IMPLEMENTED, _RETIRED = "Date Implemented", "Date Retired"
_DOCUMENTATION = (
    "Is there available documentation for the model training and evaluation data that demonstrates "
    "the degree to which it is appropriate to be used in analysis or for making predictions?"
)
_TESTING = (
    "Has the AI use case been tested in operational or real-world environments to understand the "
    "performance and impact it may have on affected individuals or communities?"
)
_MONITORING = (
    "Is there a process to monitor performance of the AI system’s functionality and changes to its "
    "impact on rights or safety as part of the post-deployment plan for the AI use case?"
)
_AUTONOMY = (
    "For this particular use case, can the AI carry out a decision or action without direct human "
    "involvement that could result in a significant impact on rights or safety?"
)
_NOTICE = (
    "How is the agency providing reasonable and timely notice regarding the use of AI when people "
    "interact with an AI-enabled service as a result of this AI use case?"
)
_DISPARITIES = (
    "What steps has the agency taken to detect and mitigate significant disparities in the model’s "
    "performance across demographic groups for this AI use case?"
)
_CONSULTATION = (
    "What steps has the agency taken to consult and incorporate feedback from groups affected by "
    "this AI use case?"
)
_APPEAL = (
    "Is there an established fallback and escalation process for this AI use case in the event "
    "that an impacted individual or group would like to appeal or contest the AI system’s outcome?"
)
_OPT_OUT = (
    "Where practicable and consistent with applicable law and governmentwide policy, is there an "
    "established mechanism for individuals to opt-out from the AI functionality in favor of a "
    "human alternative?"
)
_OTHER = "If Other, please explain."
_OTHER_AUTONOMY, _OTHER_NOTICE, _OTHER_CONSULTATION, _OTHER_OPT_OUT = 6, 7, 8, 9


def _choice(column: str, path: str, choices: ValueMap, otherwise: str = "") -> Link:
    """Link a column that gives one of a few values."""
    return Link(column=column, path=path, transform="choice", values=choices, otherwise=otherwise)


def _choices(column: str, path: str, choices: ValueMap) -> Link:
    """Link a column that lists values, of which unknown ones are "other"."""
    return Link(column=column, path=path, transform="choices", values=choices, otherwise="other")


LINKS = (
    Link(column=_NAME, path="name", transform="title"),
    Link(column=_AGENCY, path="agency", transform="special"),
    Link(column=_ABBREVIATION, path="agency", transform="special"),
    Link(column="Bureau", path="unit", transform="title"),
    _choices("Use Case Topic Area", "policy_domains", values.POLICY_DOMAINS),
    Link(column=_PURPOSE, path="purpose"),
    Link(column="Describe the AI system’s outputs.", path="outputs"),
    _choice(_STAGE, "phase", values.PHASE),
    _choice(_TIER, "impact_tier", values.IMPACT_TIER, "undetermined"),
    Link(
        column="Date when Acquisition and/or Development began",
        path="development_started",
        transform="date",
    ),
    Link(column="Date Initiated", path="development_started", transform="date", is_fallback=True),
    Link(column=_IMPLEMENTED, path="in_use_since", transform="date"),
    Link(column=_RETIRED, path="ended_on.date", transform="date"),
    _choice(
        "Was the AI system involved in this use case developed (or is it to be developed) under "
        "contract(s) or in-house?",
        "development_method",
        values.DEVELOPMENT_METHOD,
        "other",
    ),
    _choice(
        "Does this AI use case involve personally identifiable information (PII) that is "
        "maintained by the agency?",
        "personal_data",
        values.PERSONAL_DATA,
    ),
    _choice(
        "Has the Senior Agency Official for Privacy (SAOP) assessed the privacy risks associated "
        "with this AI use case?",
        "impact_assessments.1.status",
        values.PRIVACY_REVIEW,
    ),
    Link(
        column="Describe any agency-owned data used to train, fine-tune, and/or evaluate "
        "performance of the model(s) used in this use case.",
        path="data_sources.0.description",
    ),
    Link(column=_DOCUMENTATION, path="data_sources.0.quality_notes"),
    _choices(
        "Which, if any, demographic variables does the AI use case explicitly use as model "
        "features?",
        "sensitive_attributes",
        values.SENSITIVE_ATTRIBUTES,
    ),
    Link(
        column="If the code is open-source, provide the link for the publicly available source "
        "code.",
        path="source_code_url",
        transform="url",
    ),
    _choice(
        "Does this AI use case have an associated Authority to Operate (ATO) for an AI system?",
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
        "Has an AI impact assessment been conducted for this AI use case?",
        "impact_assessments.0.status",
        values.ASSESSMENT,
    ),
    _choice(_TESTING, "testing.status", values.TESTING),
    Link(column=_TESTING, path="testing.text", transform="special"),
    Link(
        column="What are the key risks from using the AI for this particular use case and how "
        "were they identified?",
        path="risks.0.description",
    ),
    _choice(
        "Has an independent evaluation of the AI use case been conducted?",
        "independent_review.0.by",
        values.REVIEW,
    ),
    _choice(_MONITORING, "monitoring.status", values.MONITORING),
    Link(column=_MONITORING, path="monitoring.text", transform="special"),
    _choice(_AUTONOMY, "human_oversight.level", values.OVERSIGHT),
    Link(column=_AUTONOMY, path="human_oversight.text", transform="special"),
    Link(column=_AUTONOMY, path="decision_role", transform="special"),
    Link(column=_AUTONOMY, path="failsafe.status", transform="special"),
    Link(
        column=_OTHER,
        occurrence=_OTHER_AUTONOMY,
        path="human_oversight.text",
        needs="human_oversight.level",
    ),
    _choice(_NOTICE, "notice.given", values.NOTICE),
    Link(column=_NOTICE, path="notice.how", transform="special"),
    Link(column=_OTHER, occurrence=_OTHER_NOTICE, path="notice.how", needs="notice.given"),
    Link(column=_DISPARITIES, path="bias_testing.text"),
    _choices(_CONSULTATION, "consultation.kinds", values.CONSULTATION),
    Link(
        column=_OTHER,
        occurrence=_OTHER_CONSULTATION,
        path="consultation.text",
        needs="consultation.kinds",
    ),
    _choice(_APPEAL, "appeal_status", values.APPEAL),
    _choice(_OPT_OUT, "opt_out.available", values.OPT_OUT),
    Link(column=_OPT_OUT, path="opt_out.text", transform="special"),
    Link(
        column=_OTHER,
        occurrence=_OTHER_OPT_OUT,
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
    Loss(_PURPOSE, "purpose", "Purpose and benefits are one text, kept as the purpose."),
    Loss(_TIER, "impact_tier", "Rights and safety are not told apart."),
    Loss("Date Initiated", "development_started", "Used only if no start of development is given."),
    Loss("Use Case Topic Area", "policy_domains", "Several topics become one domain."),
    Loss(
        "Does this AI use case have an associated Authority to Operate (ATO) for an AI system?",
        "authorisations",
        "An authorisation that is lacking has no place.",
    ),
    Loss(_MONITORING, "monitoring", "Three levels of monitoring become one; words are kept."),
    Loss(_AUTONOMY, "human_oversight", "Where a fail-safe stands in, no level is said."),
    Loss(_NOTICE, "notice", '"Other" does not say whether notice is given.'),
    Loss(_DISPARITIES, "bias_testing", "The source does not say whether tests are done."),
    Loss(_CONSULTATION, "consultation", "Customer feedback collections become another kind."),
)


def _agency(cells: Cells) -> AgencyHint:
    name, abbreviation = one_line(cells.get(_AGENCY)), one_line(cells.get(_ABBREVIATION))
    return AgencyHint({"en": name} if name else {}, abbreviation or None)


def _complete(cells: Cells, draft: Draft) -> None:
    for column, path, given in (
        (_TESTING, "testing.text", "testing.status"),
        (_MONITORING, "monitoring.text", "monitoring.status"),
        (_AUTONOMY, "human_oversight.text", "human_oversight.level"),
        (_OPT_OUT, "opt_out.text", "opt_out.available"),
    ):
        if draft.find(given):
            add_words(draft, path, beyond_option(cells.get(column)))
    if draft.find("notice.given") == "yes":
        add_words(draft, "notice.how", cells.get(_NOTICE))
    if role := values.DECISION_ROLE.find(cells.get(_AUTONOMY)):
        draft.place("decision_role", role)
    if failsafe := values.FAILSAFE.find(cells.get(_AUTONOMY)):
        draft.place("failsafe.status", failsafe)
    keep_dates_of_phase(draft, used=_IMPLEMENTED, ended=_RETIRED)


OMB_2024 = Format(
    name="omb-2024",
    title="United States, federal AI use case inventory 2024",
    languages=("en",),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=(_NAME, _STAGE, _TIER, _PURPOSE),
    agency=_agency,
    complete=_complete,
)
