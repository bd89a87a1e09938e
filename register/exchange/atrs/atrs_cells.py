"""What stands in the cells of the United Kingdom's template: values, and texts of many answers."""

import re

from register.exchange.cells.parts import Part, Prose
from register.exchange.cells.values import ValueMap
from register.standard import CURRENT

_PRE, _PRIVATE, _PUBLIC = "Pre-deployment", "Private beta", "Public beta"
PHASES = ValueMap(
    {
        _PRE: "in_development",
        _PRIVATE: "pilot",
        _PUBLIC: "pilot",
        "Production": "in_use",
        "Retired": "retired",
        "pre deployment": "in_development",
        "private-beta": "pilot",
        "public-beta": "pilot",
        "Beta": "pilot",
        "Beta/Pilot": "pilot",
        "Beta-Pilot": "pilot",
        "Pilot/Beta": "pilot",
        "Pilot": "pilot",
        "Idea": "planned",
        "Design": "planned",
        "Development": "in_development",
        "Live": "in_use",
    },
    labels=(_PRE, _PRIVATE, _PUBLIC, "Production", "Retired"),
    same={"private-beta": _PRIVATE, "public-beta": _PUBLIC},
    nearest={
        "planned": _PRE,
        "suspended": "Retired",
        "cancelled": "Retired",
    },
)
_GENERAL, _ORDER, _ECONOMY = (
    "General public services",
    "Public order and safety",
    "Economic affairs",
)
FUNCTIONS = ValueMap(
    {
        _GENERAL: "general_public_services",
        "Defence": "defence",
        _ORDER: "public_order_safety",
        _ECONOMY: "economic_affairs",
        "Environmental protection": "environment",
        "Housing and community amenities": "housing_community",
        "Health": "health",
        "Recreation, culture and religion": "recreation_culture_religion",
        "Education": "education",
        "Social protection": "social_protection",
        "Regulation": "regulation",
        "general-public-services": "general_public_services",
        "public-order-and-safety": "public_order_safety",
        "economic-affairs": "economic_affairs",
        "environmental-protection": "environment",
        "housing-and-community-amenities": "housing_community",
        "recreation-culture-and-religion": "recreation_culture_religion",
        "Recreation culture and religion": "recreation_culture_religion",
        "social-protection": "social_protection",
    },
    # As the UN's classification of the functions of government has them.
    nearest={
        "justice": _ORDER,
        "migration_border": _ORDER,
        "taxation_revenue": _GENERAL,
        "science_research": _GENERAL,
        "internal_operations": _GENERAL,
        "transport": _ECONOMY,
        "employment": _ECONOMY,
    },
)
_REGION_NAMES = (
    *("International", "UK", "Great Britain", "England and Wales", "Northern Ireland"),
    *("Scotland", "Wales", "England", "London", "North East", "North West"),
    *("Yorkshire and the Humber", "East Midlands", "West Midlands", "South East"),
    *("East of England", "South West"),
)
REGIONS = ValueMap(
    {
        **{name: name for name in _REGION_NAMES},
        **{name.replace(" ", "-"): name for name in _REGION_NAMES},
        "United Kingdom": "UK",
    }
)
INVOLVEMENT = ValueMap({"No": "in_house", "Yes": ""})


def options(path: str) -> ValueMap:
    """Give the labels of our own options as the values of a part."""
    name, *steps = path.split(".")
    field = CURRENT.field(name)
    for step in steps:
        field = field.part(step)
    return ValueMap({option.label: option.value for option in field.options})


SENSITIVE = options("sensitive_attributes")
SENSITIVE_WORDS = ValueMap(
    {
        **SENSITIVE.pairs,
        **dict.fromkeys(
            ("Race", "Ethnicity", "Race or ethnicity", "Ethnic origin"), "race_ethnicity"
        ),
        **dict.fromkeys(("Sex", "Gender"), "sex_gender"),
        **dict.fromkeys(("Religion", "Belief"), "religion"),
        **dict.fromkeys(("Income", "Socioeconomic status", "Social class"), "income_socioeconomic"),
        **dict.fromkeys(("Marriage", "Marriage and civil partnership"), "marital_status"),
        **dict.fromkeys(("Nationality", "Immigration status"), "residency_migration_status"),
        **dict.fromkeys(("Postcode", "Location", "Address"), "location_postcode"),
        **dict.fromkeys(("Health", "Health data", "Medical data"), "health"),
        **dict.fromkeys(("Biometrics", "Biometric data"), "biometric"),
        "Date of birth": "age",
        "None": "none",
    }
)
MODALITY = options("data_sources.modality")


def _choice(label: str, path: str, options_of: str = "") -> Part:
    return Part(label, path, "choice", options(options_of or path))


SINGLE = {
    "2.3.2": Prose("human_oversight.text", (_choice("Level", "human_oversight.level"),)),
    "2.3.3": Prose(
        "scale.text",
        (
            Part("Count", "scale.count", "number"),
            Part("Of", "scale.unit", "title"),
            _choice("Per", "scale.period"),
            Part("As of", "scale.as_of", "date"),
        ),
    ),
    "2.3.4": Prose("operator_training.text", (_choice("Status", "operator_training.status"),)),
    "2.3.5": Prose(
        "how_to_challenge.text",
        (
            _choice("Way to appeal", "appeal_status"),
            Part("Time limit", "how_to_challenge.deadline", "title"),
            Part("Decided by", "how_to_challenge.body", "title"),
            Part("Link", "how_to_challenge.url", "url"),
        ),
    ),
    "2.4.1.4": Prose(
        "monitoring.text",
        (
            _choice("Status", "monitoring.status"),
            Part("Next review", "next_review_due", "date"),
        ),
    ),
}
# Texts of ours that take several fields: the main one, and the others behind these labels.
COMBINED = {
    "alternatives": ("2.2.4", {"Previous process": "2.2.3"}),
    "how_it_works": (
        "2.4.1.1",
        {"Models": "2.4.1.5", "Data processing methods": "2.4.4.3"},
    ),
    "outputs": ("2.4.1.3", {"Model output": "2.4.2.5"}),
    "data_governance.access_storage": ("2.4.4.4", {"Development data": "2.4.3.8"}),
    "data_governance.sharing": ("2.4.4.5", {"Development data": "2.4.3.9"}),
}
GOVERNED = "2.4.4.4"  # which says besides how long data are kept
GOVERNANCE = Prose("text", (Part("Retention", "retention"),))
# Fields that say something of data are entries of the sources of data, under these names.
NAMED_SOURCES = {
    "2.4.1.2": ("System-level input", "input"),
    "2.4.2.4": ("Model input", "input"),
    "2.4.2.8": ("Datasets and their purposes", "training"),
}
SUPPLIER = {
    "2.1.4.1": "name",
    "2.1.4.2": "id",
    "2.1.4.3": "role",
    "2.1.4.4": "procurement_procedure",
    "2.1.4.5": "data_access_terms",
}
MODEL = {"2.4.2.1": "name", "2.4.2.2": "version", "2.4.2.3": "task", "2.4.2.6": "architecture"}
DATA = ("2.4.3.1", "2.4.3.2", "2.4.3.3", "2.4.3.4", "2.4.3.5", "2.4.3.6", "2.4.3.7")
# What notes on the quality of data hold beside the completeness of the data.
NOTES_ON_DATA = {
    "Data cleaning": "2.4.3.6",
    "Data modality": "2.4.3.2",
    "Sensitive attributes": "2.4.3.4",
}
COMPANIES_HOUSE = "Companies House"
RISK = Prose(
    "description",
    (
        _choice("Kind of risk", "category", "risks.category"),
        Part("Mitigation", "mitigation"),
        Part("Remaining risk", "residual"),
    ),
)
ASSESSMENT = Prose(
    "summary",
    (
        _choice("Assessment", "type", "impact_assessments.type"),
        _choice("Status", "status", "impact_assessments.status"),
        Part("Date", "date", "date"),
        Part("Level", "level", "line"),
        Part("Reason", "reason_if_not"),
        Part("Link", "url", "url"),
    ),
)
PERFORMANCE = Prose(
    "text",
    (
        Part("Measure", "metric", "title"),
        Part("Result", "value", "line"),
        Part("For", "group", "title"),
        Part("Measured on", "dataset", "title"),
        Part("Date", "date", "date"),
    ),
)
LISTS = {
    "2.4.2.7": ("performance", PERFORMANCE),
    "2.5.1": ("impact_assessments", ASSESSMENT),
    "2.5.2": ("risks", RISK),
}
_ROLE = _choice("Used for", "role", "data_sources.role")
_ORIGIN, _LINK = Part("Origin", "origin", "title"), Part("Link", "url", "url")
DEVELOPMENT = Prose("description", (_ROLE, _ORIGIN, _LINK), naming="name", usual="Development data")
OPERATION = Prose(
    "description",
    (
        _ROLE,
        Part("Form", "modality", "choices", MODALITY),
        Part("Quantity", "quantity", "title"),
        _ORIGIN,
        Part("Collected for", "collected_for"),
        Part("Known gaps", "quality_notes"),
        _LINK,
    ),
    naming="name",
    usual="Operational data",
)
# Which kind of assessment a text is about, by how it begins.
_KINDS = (
    (r"data protection|dpia\b|privacy", "dpia_pia"),
    (r"equalit|eqia\b|eia\b|public sector equality", "equality"),
    (r"algorithmic impact|aia\b", "algorithmic_impact"),
    (r"fundamental rights|fria\b", "fria"),
    (r"human rights", "human_rights"),
    (r"security|cyber", "security"),
    (r"ethic", "ethics"),
)


def kind_of_assessment(text: str) -> str:
    """Tell which kind of assessment a text is about, ``other`` if it does not begin with it."""
    found = (
        kind for words, kind in _KINDS if re.match(rf"\W*(?:an? |the )?(?:{words})", text, re.I)
    )
    return next(found, "other")
