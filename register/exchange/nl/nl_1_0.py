"""The Dutch register's publication standard 1.0: whole records as JSON, texts in Dutch as HTML."""

from register.exchange.cells.agreement import keep_dates_of_phase
from register.exchange.cells.body_levels import abbreviation_of, level_of
from register.exchange.cells.language_names import LONG_CODES, read_language
from register.exchange.cells.transforms import TRANSFORMS
from register.exchange.cells.values import is_blank, is_no_answer, listed_names, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Format, Link
from register.exchange.nl import nl_older
from register.exchange.nl import nl_values as values
from register.exchange.nl.nl_writing import LARS, SOURCE, UNNAMED_DATA, WRITING
from register.exchange.result import NO_CONTACT, NOT_AN_ADDRESS, AgencyHint, Loss
from register.standard.marking import _

_SHORT, _LONG, _LONGEST = 500, 2500, 5000  # characters of a link, a text, a long text
_GROUPING = {
    "lawful_basis_grouping": "legal_basis",
    "source_data_grouping": "data_sources",
}
# The numbers of a row in several registers, and what these are called.
_NUMBERS = {
    "lars": LARS,
    "source_id": SOURCE,
    "uuid": "Algoritmeregister (UUID)",
    "id": "nl-1.0",
}


def _text(column: str, path: str, transform: str = "html", most: int = _LONG) -> Link:
    return Link(column=column, path=path, transform=transform, language="", most=most)


def _list(column: str, path: str, title: str, most: int) -> Link:
    """Link a list of titles and links to the items of ours."""
    return Link(
        column=column,
        path=path,
        transform="items",
        language="",
        parts=(
            Link(column="title", path=title, transform="title", language="", most=most),
            Link(column="link", path="url", transform="url", most=_SHORT),
        ),
    )


LINKS = (
    _text("name", "name", "title", 100),
    _text("description_short", "summary", "plain", 400),
    _text("organization", "agency", "special", 100),
    Link(
        column="category",
        path="policy_domains",
        transform="choices",
        values=values.THEME,
        otherwise="other",
        separator="json",
    ),
    Link(column="category", path="tags", transform="special"),
    Link(column="status", path="phase", transform="choice", values=values.PHASE),
    Link(column="begin_date", path="in_use_since", transform="date", most=7),
    Link(column="end_date", path="ended_on.date", transform="date", most=7),
    Link(column="contact_email", path="contact_point", transform="contact", most=_SHORT),
    Link(column="website", path="info_url", transform="url", most=_SHORT),
    Link(
        column="publication_category",
        path="impact_tier",
        transform="choice",
        values=values.IMPACT_TIER,
    ),
    Link(column="url", path="external_ids", transform="special", most=_SHORT),
    _text("goal", "purpose"),
    _text("proportionality", "proportionality.proportionality"),
    _text("human_intervention", "human_oversight.text"),
    _text("risks", "risks.0.description"),
    _text("lawful_basis", "legal_basis.0.text"),
    _list("lawful_basis_grouping", "legal_basis.1", "title", 100),
    Link(
        column="process_index_url",
        path="processing_record_url.0.url",
        transform="url",
        most=_SHORT,
    ),
    Link(
        column="impacttoetsen_grouping",
        path="impact_assessments.1",
        transform="items",
        language="",
        parts=(
            Link(column="title", path="summary", transform="title", language=""),
            Link(column="link", path="url", transform="url", most=_SHORT),
            Link(
                column="title",
                path="type",
                transform="choice",
                values=values.ASSESSMENT,
                otherwise="other",
            ),
        ),
    ),
    _text("impacttoetsen", "impact_assessments.0.summary", "special"),
    _text("source_data", "data_sources.0.description"),
    _list("source_data_grouping", "data_sources.1", "name", 500),
    _text("methods_and_models", "how_it_works", most=_LONGEST),
    Link(column="provider", path="suppliers", transform="suppliers", most=200),
    Link(column="publiccode", path="source_code_url", transform="url", most=_SHORT),
    Link(column="lang", path="languages", transform="special", values=LONG_CODES),
    Link(column="source_id", path="external_ids", transform="special", most=100),
    Link(column="tags", path="tags", transform="words", separator=", ", most=_LONG),
    Link(column="lars", path="external_ids", transform="special"),
    *(
        Link(column=each, path="external_ids", transform="special", is_fallback=True)
        for each in ("uuid", "id")
    ),
    *nl_older.LINKS,
)
LOSSES = (
    Loss("category", "policy_domains", _("A theme that 1.0 does not have is another policy area.")),
    Loss("begin_date", "in_use_since", _("The day of a date is left out: a month is the most.")),
    Loss(
        "begin_date",
        "in_use_since",
        _("A first day of use has no place before any use."),
        "unplaced",
    ),
    Loss("end_date", "ended_on", _("A last day has no place while the use goes on."), "unplaced"),
    Loss("website", "info_url", NOT_AN_ADDRESS, "not_a_url"),
    Loss("url", "external_ids", NOT_AN_ADDRESS, "not_a_url"),
    Loss("publiccode", "source_code_url", NOT_AN_ADDRESS, "not_a_url"),
    Loss("process_index_url", "processing_record_url", NOT_AN_ADDRESS, "not_a_url"),
    Loss("contact_email", "contact_point", NO_CONTACT, "no_contact"),
    Loss("contact_email", "contact_point", _("Of several addresses the first is kept."), "several"),
    Loss("provider", "suppliers", _("A sentence is no supplier’s name."), "not_a_name"),
    Loss("risks", "risks", _("Several risks in one text are one risk.")),
    Loss("source_data", "data_sources", _("Several sources in one text are one source.")),
    Loss("lawful_basis", "legal_basis", _("Several laws in one text are one entry.")),
    Loss("lawful_basis", "legal_basis", _("A law without a link is named in the text."), "no_link"),
    Loss("source_data", "data_sources", _("Data without a link are named in the text."), "no_link"),
    Loss(
        "lawful_basis_grouping",
        "legal_basis",
        _("A law without a link is named in the text."),
        "no_link",
    ),
    Loss(
        "source_data_grouping",
        "data_sources",
        _("Data without a link are named in the text."),
        "no_link",
    ),
    Loss(
        "impacttoetsen_grouping",
        "impact_assessments",
        _("An assessment that was not made is named in the text beside the list."),
    ),
    Loss("lang", "languages", _("The standard has a place for one language only.")),
)
NOTES = (
    _("Texts are read as plain text: only paragraphs, lines and list items of HTML are kept."),
    _("White space within a line is one space, and paragraphs are divided by one blank line."),
    _("A list of assessments says that each was made; its title is kept as the summary."),
    _("The explanation of assessments is kept as an entry of its own, without a status."),
    _("The register’s own reference and address are written as those of the source."),
    _("The standard admits Dutch only. Other texts are written under their own language’s code."),
    _("What versions 0.1 to 0.4 asked is read too, and never written."),
)


def read_agency(name: str) -> AgencyHint:
    """Give the body that a Dutch name means, with what the name says of its level."""
    name = one_line(name)
    if not name or is_no_answer(name):
        return AgencyHint()
    return AgencyHint({"nl": name}, abbreviation_of(name), level_of(name))


def _agency(cells: Cells) -> AgencyHint:
    return read_agency(next(iter(listed_names(cells.get("organization"))), ""))


def _language(cells: Cells, draft: Draft) -> str:
    return read_language(cells, draft, "lang") or "nl"


def _complete(cells: Cells, draft: Draft) -> None:
    _number(cells, draft)
    _keep_themes(cells, draft)
    _explain_assessments(cells, draft)
    nl_older.complete(cells, draft)
    _name_data(draft)
    _remark_on_missing_links(draft)
    keep_dates_of_phase(draft, used="begin_date", ended="end_date")


def _number(cells: Cells, draft: Draft) -> None:
    """Keep the row's numbers, each with the register that gave it."""
    items = []
    for column, scheme in _NUMBERS.items():
        number, url = one_line(cells.get(column)), ""
        if column == "source_id":
            url = _url(cells, draft)
        number = "" if is_no_answer(number) else number
        if number or url:
            item = {"scheme": scheme, "id": number or url}
            items.append(item | ({"url": url} if url else {}))
    draft.place_items("external_ids.0", items)


def _url(cells: Cells, draft: Draft) -> str:
    text = cells.get("url")
    if is_blank(text):
        return ""
    outcome = TRANSFORMS["url"](text, LINKS[0])
    for kind, message in outcome.doubts:
        draft.warn("url", "external_ids", kind, message)
    return outcome.answer or ""


def _keep_themes(cells: Cells, draft: Draft) -> None:
    """Keep the themes that the policy areas do not tell as words to search for."""
    labels = [values.THEME.label_of(name) or "" for name in listed_names(cells.get("category"))]
    areas = {values.THEME.find(label) for label in labels if label in values.KEPT_THEMES}
    kept = [label for label in labels if values.THEME.find(label) in areas - {None}]
    if kept:
        draft.place("tags", list(dict.fromkeys([*(draft.find("tags") or ()), *kept])))


def _explain_assessments(cells: Cells, draft: Draft) -> None:
    """Read the explanation; what is listed, here or in the list of links, was made."""
    text, language = cells.get("impacttoetsen"), draft.languages[0]
    names = listed_names(text) if text.lstrip().startswith("[") else ()
    for number, name in enumerate(names, start=len(draft.find("impact_assessments") or {}) + 1):
        kind = values.ASSESSMENT.find(name) or "other"
        item = {"type": kind, f"summary.{language}": name}
        draft.place_items(f"impact_assessments.{number}", [item])
    for item in (draft.find("impact_assessments") or {}).values():
        item.setdefault("type", "other")
        item["status"] = "done"
    if names or is_blank(text):
        return
    outcome = TRANSFORMS["html"](text, LINKS[0])
    for kind, message in outcome.doubts:
        draft.warn("impacttoetsen", "impact_assessments", kind, message)
    if outcome.answer:
        item = {"type": "other", "status": "not_stated", f"summary.{language}": outcome.answer}
        draft.place_items("impact_assessments.0", [item])


def _name_data(draft: Draft) -> None:
    """Give the sources that a text tells of the name that the standard gives them."""
    if draft.find("data_sources.0.description"):
        language = draft.languages[0]
        name = UNNAMED_DATA.get(language, UNNAMED_DATA["en"])
        draft.place(f"data_sources.0.name.{language}", name)


def _remark_on_missing_links(draft: Draft) -> None:
    """Remark on what is listed without a link, since there it is not written again."""
    for column, field in _GROUPING.items():
        listed = {n: i for n, i in (draft.find(field) or {}).items() if n != "0"}
        if any("url" not in item for item in listed.values()):
            message = "An entry has no link; it is kept by its name."
            draft.warn(column, field, "no_link", message)
            draft.warn(column.removesuffix("_grouping"), field, "no_link", message)


NL_1_0 = Format(
    name="nl-1.0",
    title=_("Netherlands, publication standard of the algorithm register 1.0"),
    languages=("nl",),
    links=LINKS,
    losses=LOSSES,
    required=("name", "description_short"),
    identifier="lars",
    other_identifiers=("source_id", "uuid", "id"),
    language=_language,
    headings=values.HEADINGS,
    agency=_agency,
    complete=_complete,
    notes=NOTES,
    source="https://github.com/MinBZK/Algoritmeregister-Publicatiestandaard",
    writing=WRITING,
)
