"""Canada's federal register of 2025: one bilingual table, every text in English and French."""

from collections.abc import Mapping

from register.exchange.cells.agreement import read_date
from register.exchange.cells.values import ValueMap, split_languages
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Constant, Format, Link, Record, Row, Writing
from register.exchange.result import AgencyHint, Loss
from register.standard.marking import _

_ENDED = ("suspended", "retired", "cancelled")
_NOT_YET = ("planned", "pilot")


def _two(
    options: Mapping[str, tuple[str, str]], nearest: Mapping[str, str]
) -> Mapping[str, ValueMap]:
    """Give the value maps of an English and a French column; each reads both languages."""
    pairs = {label: option for option, labels in options.items() for label in labels}
    return {
        language: ValueMap(
            pairs,
            labels=tuple(labels[at] for labels in options.values()),
            nearest={ours: options[theirs][at] for ours, theirs in nearest.items()},
        )
        for at, language in enumerate(("en", "fr"))
    }


PHASE = _two(
    {
        "in_development": ("In development", "En cours de développement"),
        "in_use": ("In production", "En production"),
        "retired": ("Retired", "Mis hors service"),
    },
    {**dict.fromkeys(_NOT_YET, "in_development"), **dict.fromkeys(_ENDED, "retired")},
)
USERS = _two(
    {
        "employees": ("GC employees", "Employés du GC"),
        "public": ("Members of public", "Membres du public"),
        "both": ("Both employees and public", "Les employés et le public"),
        "neither": ("Neither employees nor public", "Ni les employés ni le public"),
    },
    {},
)
DEVELOPMENT_METHOD = _two(
    {
        "in_house": ("Government of Canada", "Gouvernement du Canada"),
        "purchased": ("Vendor", "Fournisseur"),
        "open_source": ("Open source", "Code source libre"),
        "other": ("Other", "Autre"),
    },
    {"contracted": "purchased", "mixed": "other"},
)
PERSONAL_DATA = ValueMap({"Y": "personal", "N": "none"}, nearest={"special_category": "Y"})
NOTICE = ValueMap({"Y": "yes", "N": "no"}, nearest={"partly": "Y"})

_STATUS_DATE = "status_date"
_DATED = {"in_development": "development_started", "in_use": "in_use_since"}
_DATED |= {"retired": "ended_on.date"}


def _bilingual(column: str, path: str, transform: str = "text") -> tuple[Link, Link]:
    """Link the English and the French column of one text."""
    return (
        Link(column=f"{column}_en", path=path, transform=transform),
        Link(column=f"{column}_fr", path=path, transform=transform, language="fr"),
    )


def _choice_twice(column: str, path: str, values: Mapping[str, ValueMap]) -> tuple[Link, Link]:
    """Link two columns that give one choice, in English and in French."""
    return (
        Link(column=f"{column}_en", path=path, transform="choice", values=values["en"]),
        Link(column=f"{column}_fr", path=path, transform="choice", values=values["fr"]),
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
    Loss("developed_by_en", "development_method", _("Made to order is written as bought.")),
    Loss(_STATUS_DATE, "in_use_since", _("A year, of whatever the present status is.")),
    Loss(_STATUS_DATE, "in_use_since", _("A year without a status has no place."), "unplaced"),
    Loss("data_sources_en", "data_sources", _("Several sources in one text are one source.")),
    Loss(
        "personal_information_banks_en",
        "processing_record_url",
        _("Several banks are one title."),
    ),
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


def _finish(record: Record, row: Row) -> None:
    """Write the names of the organization, and the date that the status has."""
    names = record["agency"]["name"]
    both = [names[code] for code in ("en", "fr") if names.get(code)]
    row["government_organization"] = " / ".join(both) or next(iter(names.values()), "")
    answers = record["answers"]
    phase = PHASE["en"].find(row["ai_system_status_en"])
    path = _DATED.get(phase or "", "")
    name, _stop, part = path.partition(".")
    date = (answers.get(name) or {}).get(part) if part else answers.get(name)
    row[_STATUS_DATE] = (date or "")[:4]


CANADA_2025 = Format(
    name="canada-2025",
    title=_("Canada, federal AI register 2025"),
    languages=("en", "fr"),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=("ai_register_id", "name_ai_system_en", "government_organization"),
    identifier="ai_register_id",
    agency=_agency,
    complete=_complete,
    notes=(
        _("The date of the status is when development began, when use began, or when it ended."),
        _("An organization’s two names stand in one cell, with a stroke between them."),
    ),
    source="https://open.canada.ca/",
    writing=Writing(columns=tuple(dict.fromkeys(link.column for link in LINKS)), finish=_finish),
)
