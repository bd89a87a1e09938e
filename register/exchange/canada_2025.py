"""Canada's federal register of 2025: one bilingual table, every text in English and French."""

from register.exchange.agreement import read_date
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Constant, Format, Link
from register.exchange.result import AgencyHint, Loss
from register.exchange.values import ValueMap, split_languages

PHASE = ValueMap(
    {
        "In development": "in_development",
        "En cours de développement": "in_development",
        "In production": "in_use",
        "En production": "in_use",
        "Retired": "retired",
        "Mis hors service": "retired",
    }
)
USERS = ValueMap(
    {
        "GC employees": "employees",
        "Employés du GC": "employees",
        "Members of public": "public",
        "Membres du public": "public",
        "Both employees and public": "both",
        "Les employés et le public": "both",
        "Neither employees nor public": "neither",
        "Ni les employés ni le public": "neither",
    }
)
DEVELOPMENT_METHOD = ValueMap(
    {
        "Government of Canada": "in_house",
        "Gouvernement du Canada": "in_house",
        "Vendor": "purchased",
        "Fournisseur": "purchased",
        "Open source": "open_source",
        "Code source libre": "open_source",
        "Other": "other",
        "Autre": "other",
    }
)
PERSONAL_DATA = ValueMap({"Y": "personal", "N": "none"})
NOTICE = ValueMap({"Y": "yes", "N": "no"})

_STATUS_DATE = "status_date"
_DATED = {"in_development": "development_started", "in_use": "in_use_since"}
_DATED |= {"retired": "ended_on.date"}


def _bilingual(column: str, path: str, transform: str = "text") -> tuple[Link, Link]:
    """Link the English and the French column of one text."""
    return (
        Link(column=f"{column}_en", path=path, transform=transform),
        Link(column=f"{column}_fr", path=path, transform=transform, language="fr"),
    )


def _choice_twice(column: str, path: str, values: ValueMap) -> tuple[Link, Link]:
    """Link two columns that give one choice, in English and in French."""
    return (
        Link(column=f"{column}_en", path=path, transform="choice", values=values),
        Link(column=f"{column}_fr", path=path, transform="choice", values=values),
    )


LINKS = (
    Link(column="ai_register_id", path="external_ids.0.id", transform="line"),
    *_bilingual("name_ai_system", "name", "title"),
    Link(column="government_organization", path="agency", transform="special"),
    *_bilingual("description_ai_system", "summary"),
    *_choice_twice("ai_system_primary_users", "users", USERS),
    *_choice_twice("developed_by", "development_method", DEVELOPMENT_METHOD),
    Link(column="vendor_information", path="suppliers", transform="suppliers"),
    *_choice_twice("ai_system_status", "phase", PHASE),
    Link(column=_STATUS_DATE, path="development_started", transform="special"),
    Link(column=_STATUS_DATE, path="in_use_since", transform="special"),
    Link(column=_STATUS_DATE, path="ended_on.date", transform="special"),
    *_bilingual("ai_system_capabilities", "how_it_works"),
    *_bilingual("data_sources", "data_sources.0.description"),
    Link(
        column="involves_personal_information",
        path="personal_data",
        transform="choice",
        values=PERSONAL_DATA,
    ),
    *_bilingual("personal_information_banks", "processing_record_url.0.title", "title"),
    Link(column="notification_ai", path="notice.given", transform="choice", values=NOTICE),
    *_bilingual("ai_system_results", "benefits"),
)
CONSTANTS = (
    Constant("external_ids.0.scheme", "canada-2025", given="external_ids.0.id"),
    Constant("data_sources.0.name.en", "Data sources", given="data_sources.0.description.en"),
    Constant("data_sources.0.name.fr", "Sources de données", given="data_sources.0.description.fr"),
)
LOSSES = (
    Loss("developed_by_en", "development_method", "Bought and made to order are one answer."),
    Loss(_STATUS_DATE, "in_use_since", "A year, of whatever the present status is."),
    Loss("data_sources_en", "data_sources", "Several sources in one text are one source."),
    Loss("personal_information_banks_en", "processing_record_url", "Several banks are one title."),
)


def _agency(cells: Cells) -> AgencyHint:
    return AgencyHint(split_languages(cells.get("government_organization")))


def _complete(cells: Cells, draft: Draft) -> None:
    """Put the year of the status where the phase says that it belongs."""
    path = _DATED.get(str(draft.find("phase")), "")
    value = read_date(cells, draft, _STATUS_DATE, path)
    if value and path:
        draft.place(path, value)
    elif value:
        message = "Kept in the source row only: it says nothing without a status."
        draft.warn(_STATUS_DATE, "phase", "unplaced", message)


CANADA_2025 = Format(
    name="canada-2025",
    title="Canada, federal AI register 2025",
    languages=("en", "fr"),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=("ai_register_id", "name_ai_system_en", "government_organization"),
    identifier="ai_register_id",
    agency=_agency,
    complete=_complete,
)
