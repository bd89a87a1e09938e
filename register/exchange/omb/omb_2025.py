"""The United States inventory of 2025: the consolidated file, and agencies' own in its template."""

import re

from register.exchange.cells.addresses import find_urls
from register.exchange.cells.agreement import keep_dates_of_phase
from register.exchange.cells.transforms import no_url, quoted
from register.exchange.cells.values import is_blank, one_line, tidy
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Constant, Format, Link
from register.exchange.omb import omb_2025_practices as practices
from register.exchange.omb import omb_2025_values as values
from register.exchange.omb.omb_2025_headings import HEADINGS
from register.exchange.omb.omb_2025_writing import WRITING
from register.exchange.result import NOT_AN_ADDRESS, AgencyHint, Loss
from register.standard.marking import _

_TIER, _JUSTIFICATION = "is_high_impact", "HI_justification"

LINKS = (
    Link(column="agency", path="agency", transform="special"),
    Link(column="agency_name", path="agency", transform="special"),
    Link(column="id", path="external_ids.0.id", transform="line"),
    Link(column="use_case_name", path="name", transform="title"),
    Link(column="agency_bureau", path="unit", transform="title"),
    Link(column="contact_email", path="contact_point", transform="contact"),
    Link(column="is_withheld", path="withheld", transform="special", values=values.WITHHELD_GROUND),
    Link(column="development_stage", path="phase", transform="choice", values=values.PHASE),
    Link(
        column=_TIER,
        path="impact_tier",
        transform="choice",
        values=values.IMPACT_TIER,
        otherwise="undetermined",
    ),
    Link(column=_TIER, path="impact_determination.presumed", transform="special"),
    Link(column=_JUSTIFICATION, path="impact_determination.justification"),
    Link(column="topic_area", path="tags", transform="labels", values=values.POLICY_DOMAINS),
    Link(
        column="topic_area",
        path="policy_domains",
        transform="choices",
        values=values.POLICY_DOMAINS,
        otherwise="other",
    ),
    Link(
        column="classification",
        path="techniques",
        transform="choices",
        values=values.TECHNIQUES,
        otherwise="other",
    ),
    Link(column="problem_solved", path="purpose"),
    Link(column="benefits", path="benefits"),
    Link(column="system_outputs", path="outputs"),
    Link(column="operational_date", path="in_use_since", transform="date"),
    Link(
        column="contracting_usage",
        path="development_method",
        transform="choice",
        values=values.DEVELOPMENT_METHOD,
        otherwise="other",
    ),
    Link(column="vendor_name", path="suppliers", transform="suppliers"),
    Link(
        column="have_ato",
        path="authorisations.0.kind",
        transform="choice",
        values=values.AUTHORISATION,
    ),
    Link(
        column="system_name_ato",
        path="authorisations.0.id",
        transform="line",
        needs="authorisations.0.kind",
    ),
    Link(column="data_description", path="data_sources.0.description"),
    Link(column="link_to_data", path="data_sources.0.url", transform="url"),
    Link(
        column="has_pii",
        path="personal_data",
        transform="choice",
        values=values.PERSONAL_DATA,
    ),
    Link(column="pia_url", path="impact_assessments.1.url", transform="special"),
    Link(
        column="demographic_features",
        path="sensitive_attributes",
        transform="choices",
        values=values.SENSITIVE_ATTRIBUTES,
        otherwise="other",
        separator="[]",
    ),
    Link(column="code_url", path="source_code_url", transform="url"),
    Link(
        column="hi_testing_conducted",
        path="testing.status",
        transform="choice",
        values=practices.TESTING,
    ),
    Link(
        column="hi_assessment_completed",
        path="impact_assessments.0.status",
        transform="choice",
        values=practices.TESTING,
    ),
    Link(column="hi_potential_impacts", path="risks.0.description"),
    Link(
        column="hi_independent_review",
        path="independent_review.0.by",
        transform="choice",
        values=practices.REVIEW,
    ),
    Link(
        column="hi_ongoing_monitoring",
        path="monitoring.status",
        transform="choice",
        values=practices.MONITORING,
    ),
    Link(
        column="hi_training_established",
        path="operator_training.status",
        transform="choice",
        values=practices.TRAINING,
    ),
    Link(
        column="hi_failsafe_presence",
        path="failsafe.status",
        transform="choice",
        values=practices.FAILSAFE,
    ),
    Link(
        column="hi_appeal_process",
        path="appeal_status",
        transform="choice",
        values=practices.APPEAL,
    ),
    Link(
        column="hi_public_consultation",
        path="consultation.kinds",
        transform="choices",
        values=practices.CONSULTATION,
        otherwise="other",
        separator="[]",
    ),
    Link(
        column="hi_public_consultation",
        path="consultation.text",
        transform="unknown_text",
        values=practices.CONSULTATION,
        needs="consultation.kinds",
    ),
)
CONSTANTS = (
    Constant("external_ids.0.scheme", "omb-2025", given="external_ids.0.id"),
    Constant("data_sources.0.name.en", "Training and evaluation data", given="data_sources.0"),
    Constant(
        "impact_assessments.0.type", "algorithmic_impact", given="impact_assessments.0.status"
    ),
)
LOSSES = (
    Loss("id", "external_ids", _("A row without an id is written with the register's reference.")),
    Loss("have_ato", "authorisations", _("An authorisation that is lacking has no place.")),
    Loss(
        "system_name_ato",
        "authorisations",
        _("The name of a system without an authorisation has no place."),
        "unplaced",
    ),
    Loss(
        "operational_date",
        "in_use_since",
        _("A first day of use has no place before any use."),
        "unplaced",
    ),
    Loss("topic_area", "policy_domains", _("A topic in free words is another domain.")),
    Loss("classification", "techniques", _("Whatever else there is becomes “other”.")),
    Loss("demographic_features", "sensitive_attributes", _("Income and social status become one.")),
    Loss("hi_potential_impacts", "risks", _("Several impacts in one text are one risk.")),
    Loss("data_description", "data_sources", _("Several sources in one text are one source.")),
    Loss("link_to_data", "data_sources", NOT_AN_ADDRESS, "not_a_url"),
    Loss("code_url", "source_code_url", NOT_AN_ADDRESS, "not_a_url"),
    Loss("pia_url", "impact_assessments", NOT_AN_ADDRESS, "not_a_url"),
    Loss(
        "is_withheld",
        "withheld",
        _("That a case is withheld is kept with the provision and the days, which are not given."),
        "withheld",
    ),
    Loss("contracting_usage", "development_method", _("Made to order is written as purchased.")),
)
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z&/-]{1,8}")


def _agency(cells: Cells) -> AgencyHint:
    name = one_line(cells.get("agency_name"))
    said = one_line(cells.get("agency"))
    if not name and not _ABBREVIATION.fullmatch(said):
        return AgencyHint({"en": said} if said else {})
    return AgencyHint({"en": name} if name else {}, said or None)


def _complete(cells: Cells, draft: Draft) -> None:
    _determine(cells, draft)
    _link_assessments(cells, draft)
    _withhold(cells, draft)
    keep_dates_of_phase(draft, used="operational_date")


def _determine(cells: Cells, draft: Draft) -> None:
    """Say whether a high impact was presumed: it is implied by which of three answers was given."""
    presumed = values.PRESUMED.find(cells.get(_TIER))
    if presumed == "yes":
        draft.place("impact_determination.trigger_codes", ["omb_presumed"])
    if presumed in {"yes", "no"}:
        draft.place("impact_determination.presumed", presumed)
    elif draft.find("impact_determination"):
        draft.place("impact_determination.presumed", "unknown")


def _link_assessments(cells: Cells, draft: Draft) -> None:
    """Take each web address of a privacy impact assessment for one that is done."""
    text = cells.get("pia_url")
    urls = find_urls(text)
    for number, url in enumerate(urls, start=1):
        for part, answer in (("type", "dpia_pia"), ("status", "done"), ("url", url)):
            draft.place(f"impact_assessments.{number}.{part}", answer)
    if not urls and not is_blank(text):
        draft.warn("pia_url", "impact_assessments.1.url", *no_url(text))


def _withhold(cells: Cells, draft: Draft) -> None:
    """Tell on which ground a case is withheld; a stub is one of which nothing is described."""
    text = cells.get("is_withheld")
    ground = values.WITHHELD_GROUND.find(text)
    if ground is None and not is_blank(text):
        message = f"{quoted(text)} is not a value that this format knows; it is left out."
        draft.warn("is_withheld", "withheld", "unknown_value", message)
        draft.unmapped.append(("is_withheld", text))
    if not ground:
        return
    draft.withheld_ground, draft.withheld_text = ground, tidy(text)
    if not any(draft.find(field) for field in ("purpose", "benefits", "outputs")):
        draft.record_kind = "withheld_stub"


OMB_2025 = Format(
    name="omb-2025",
    title=_("United States, federal AI use case inventory 2025"),
    languages=("en",),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=("use_case_name",),
    least_known=2 / 5,
    identifier="id",
    headings=HEADINGS,
    agency=_agency,
    complete=_complete,
    source="https://github.com/ombegov/2025-Federal-Agency-AI-Use-Case-Inventory",
    notes=(
        _("“Presumed high-impact, but not” is the tier below high, and says that it was presumed."),
        _("A case of which nothing is described and which is withheld is a withheld stub."),
        _("Every web address of a privacy assessment is an assessment that is done."),
        _("A way of consulting in free words is another kind, with its words."),
        _("The case is withheld if any answer is; by law if the law is a ground."),
    ),
    writing=WRITING,
)
