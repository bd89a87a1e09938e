"""The Algorithmic Transparency Standard 0.3.1 of Eurocities: one row in one language a system."""

from register.exchange.cells.agreement import tell_challenge
from register.exchange.cells.body_levels import abbreviation_of, level_of
from register.exchange.cells.language_names import SHORT_CODES, read_language
from register.exchange.cells.transforms import TRANSFORMS
from register.exchange.cells.values import is_blank, is_no_answer, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.eu import eurocities_values as values
from register.exchange.eu.eurocities_columns import HEADINGS
from register.exchange.eu.eurocities_writing import ADDRESSES, SCHEME, SOURCES, WRITING
from register.exchange.mapping import Constant, Format, Link
from register.exchange.result import NO_CONTACT, NOT_AN_ADDRESS, AgencyHint, Loss
from register.standard.marking import _


def _text(column: str, path: str, transform: str = "text", most: int = 0) -> Link:
    return Link(column=column, path=path, transform=transform, language="", most=most)


LINKS = (
    _text("name", "name", "title"),
    _text("description_short", "summary", most=150),
    Link(column="organization", path="agency", transform="special"),
    _text("department", "unit", "title"),
    Link(column="contact_email", path="contact_point", transform="contact"),
    Link(column="contact_phone", path="contact_point.phone", transform="line"),
    Link(column="contact_name", path="filed_by", transform="special"),
    Link(column="area", path="territory", transform="words", separator=", "),
    Link(
        column="domain",
        path="policy_domains",
        transform="choices",
        values=values.DOMAIN,
        otherwise="other",
    ),
    *(
        Link(column=column, path="tags", transform="special", is_fallback=True)
        for column in values.KEPT
    ),
    Link(column="website", path="info_url", transform="url"),
    Link(column="status", path="phase", transform="choice", values=values.PHASE),
    Link(column="remark", path="import_provenance", transform="special"),
    _text("decision_making_process", "process"),
    _text("goal", "purpose"),
    _text("impact", "affected_groups.description"),
    _text("risks", "risks.0.description"),
    Link(column="risk_category", path="impact_tier", transform="choice", values=values.RISK),
    _text("proportionality", "proportionality.proportionality"),
    _text("lawful_basis", "legal_basis.0.text"),
    Link(column="documentation", path="external_ids", transform="special"),
    _text("training_data", "data_sources.0.description"),
    _text("source_data", "data_sources.1.description"),
    _text("data_bias", "bias_testing.text"),
    _text("connected_data_sources", "data_sources.2.description"),
    _text("DPIA_description", "impact_assessments.0.summary"),
    Link(column="DPIA_url", path="impact_assessments.0.url", transform="url"),
    Link(
        column="algorithm_type",
        path="techniques",
        transform="choices",
        values=values.ALGORITHM_TYPE,
        otherwise="other",
    ),
    _text("description", "how_it_works", most=10_000),
    Link(column="methods_and_models", path="models.0.name", transform="line"),
    _text("performance", "performance.0.text"),
    _text("alternatives_considered", "alternatives"),
    Link(column="product_information", path="external_ids", transform="special"),
    Link(column="codebase_url", path="source_code_url", transform="url"),
    Link(column="product_page", path="external_ids", transform="special"),
    _text("AIA_description", "impact_assessments.1.summary"),
    Link(column="AIA_url", path="impact_assessments.1.url", transform="url"),
    _text("monitoring", "monitoring.text"),
    Link(column="type", path="decision_role", transform="choice", values=values.USE),
    _text("human_intervention", "human_oversight.text"),
    _text("objection_procedure", "how_to_challenge.text"),
    Link(column="objection_procedure", path="appeal_status", transform="special"),
    _text("rollback", "failsafe.text"),
    Link(column="uuid", path="external_ids.0.id", transform="line"),
    Link(column="lang", path="languages", transform="special", values=SHORT_CODES),
    Link(column="revision_date", path="next_review_due", transform="special"),
    Link(column="revision_note", path="next_review_due", transform="special"),
    Link(column="keywords", path="tags", transform="words", separator=", "),
)
CONSTANTS = (
    Constant("external_ids.0.scheme", SCHEME, given="external_ids.0.id"),
    Constant("data_sources.0.role", "training", given="data_sources.0.description"),
    Constant("data_sources.1.role", "input", given="data_sources.1.description"),
    Constant("bias_testing.status", "not_stated", given="bias_testing.text"),
    Constant("monitoring.status", "not_stated", given="monitoring.text"),
    Constant("failsafe.status", "not_stated", given="failsafe.text"),
    Constant("impact_assessments.0.type", "dpia_pia", given="impact_assessments.0"),
    Constant("impact_assessments.1.type", "algorithmic_impact", given="impact_assessments.1"),
)
_NO_PLACE = _("It is kept in the source row only.")
LOSSES = (
    Loss("contact_name", "filed_by", _("A person’s name is not taken over."), "personal_name"),
    Loss("contact_email", "contact_point", _("An online form is no e-mail address.")),
    Loss("contact_email", "contact_point", NO_CONTACT, "no_contact"),
    Loss("contact_email", "contact_point", _("Of several addresses the first is kept."), "several"),
    Loss("remark", "import_provenance", _NO_PLACE, "unplaced"),
    Loss("revision_note", "next_review_due", _NO_PLACE, "unplaced"),
    Loss("revision_date", "next_review_due", _("Only a day is a date."), "unreadable_date"),
    Loss(
        "objection_procedure",
        "how_to_challenge",
        _("That there is no way to object is kept in the source row only."),
        "unplaced",
    ),
    *(
        Loss(column, field, NOT_AN_ADDRESS, "not_a_url")
        for column, field in (
            ("website", "info_url"),
            ("documentation", "external_ids"),
            ("product_information", "external_ids"),
            ("product_page", "external_ids"),
            ("codebase_url", "source_code_url"),
            ("DPIA_url", "impact_assessments"),
            ("AIA_url", "impact_assessments"),
        )
    ),
    Loss("domain", "policy_domains", _("Of several policy areas the first is written.")),
    Loss("algorithm_type", "techniques", _("Whatever learns from data is “self-learning”.")),
    Loss("type", "decision_role", _("Only whether it informs or recommends is known.")),
    Loss("risks", "risks", _("Several risks in one text are one risk.")),
    Loss("lawful_basis", "legal_basis", _("Several laws in one text are one entry.")),
    Loss("source_data", "data_sources", _("Several sources in one text are one source.")),
    Loss("methods_and_models", "models", _("Several models in one text are one model.")),
    Loss("performance", "performance", _("Several results in one text are one result.")),
    Loss("AIA_description", "impact_assessments", _("Several assessments are one text.")),
)
NOTES = (
    _("A text is in the language that the row names; a record is written in one language."),
    _("A value that shares its option with another is kept among the words to search for."),
    _("A way to object that is described is taken for one that is in place."),
    _("An assessment with an address was made; of one without, nothing is said."),
    _("What is said of bias, monitoring and undoing has no status there, so none is stated."),
    _("A record without a number of this kind gets one that is derived from its address."),
)


def _agency(cells: Cells) -> AgencyHint:
    name = one_line(cells.get("organization"))
    if not name or is_no_answer(name):
        return AgencyHint()
    language = SHORT_CODES.find(cells.get("lang")) or "en"
    return AgencyHint({language: name}, abbreviation_of(name), level_of(name))


def _language(cells: Cells, draft: Draft) -> str:
    return read_language(cells, draft, "lang") or "en"


def _complete(cells: Cells, draft: Draft) -> None:
    _keep_values(cells, draft)
    _keep_addresses(cells, draft)
    _name_sources(draft)
    _assess(draft)
    _review(cells, draft)
    tell_challenge(draft, "objection_procedure")
    if not is_blank(cells.get("contact_name")):
        message = "The name of a person is not taken over."
        draft.warn("contact_name", "filed_by", "personal_name", message)
    if not is_blank(cells.get("remark")):
        draft.warn("remark", "import_provenance", "unplaced", "Kept in the source row only.")


def _keep_values(cells: Cells, draft: Draft) -> None:
    """Keep what the option of a value does not tell as a word to search for."""
    kept = []
    for column, known in values.KEPT.items():
        label = known.label_of(cells.get(column))
        if label in known.merged:
            kept.append(label)
    if kept:
        draft.place("tags", list(dict.fromkeys([*(draft.find("tags") or ()), *kept])))


def _keep_addresses(cells: Cells, draft: Draft) -> None:
    """Keep the addresses of pages elsewhere, each under what it is the page of."""
    for number, (column, scheme) in enumerate(ADDRESSES.items(), start=1):
        text = cells.get(column)
        if is_blank(text):
            continue
        outcome = TRANSFORMS["url"](text, LINKS[0])
        for kind, message in outcome.doubts:
            draft.warn(column, "external_ids", kind, message)
        if outcome.answer:
            item = {"scheme": scheme, "id": outcome.answer, "url": outcome.answer}
            draft.place_items(f"external_ids.{number}", [item])


def _name_sources(draft: Draft) -> None:
    language = draft.languages[0]
    for number, names in enumerate(SOURCES):
        if draft.find(f"data_sources.{number}"):
            draft.place(f"data_sources.{number}.name.{language}", names.get(language, names["en"]))


def _assess(draft: Draft) -> None:
    for number in (0, 1):
        found = draft.find(f"impact_assessments.{number}")
        if found:
            found["status"] = "done" if "url" in found else "not_stated"


def _review(cells: Cells, draft: Draft) -> None:
    """Keep the day before which a row is looked at again; why, has no place."""
    text = cells.get("revision_date")
    if not is_blank(text):
        outcome = TRANSFORMS["date"](text, LINKS[0])
        for kind, message in outcome.doubts:
            draft.warn("revision_date", "next_review_due", kind, message)
        is_day = len(outcome.answer or "") == len("2026-01-31")
        if is_day:
            draft.place("next_review_due", outcome.answer)
        elif outcome.answer:
            message = "Kept in the source row only: it is not a day."
            draft.warn("revision_date", "next_review_due", "unreadable_date", message)
    if not is_blank(cells.get("revision_note")):
        message = "Kept in the source row only."
        draft.warn("revision_note", "next_review_due", "unplaced", message)


EUROCITIES = Format(
    name="eurocities-0.3.1",
    title=_("Eurocities, Algorithmic Transparency Standard 0.3.1"),
    languages=("en",),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=("name", "description_short", "organization"),
    identifier="uuid",
    language=_language,
    headings=HEADINGS,
    agency=_agency,
    complete=_complete,
    notes=NOTES,
    source="https://www.algorithmregister.org/standard",
    writing=WRITING,
)
