"""The values of the Eurocities standard 0.3.1, and what they are among ours."""

from register.exchange.cells.values import ValueMap

PHASE = ValueMap(
    {
        "planned": "planned",
        "design": "planned",
        "development": "in_development",
        "pilot": "pilot",
        "evaluation": "pilot",
        "operational": "in_use",
        "retired": "retired",
    },
    labels=(
        "planned",
        "design",
        "development",
        "pilot",
        "evaluation",
        "operational",
        "retired",
    ),
    nearest={"suspended": "retired", "cancelled": "retired"},
)
RISK = ValueMap(
    {
        "minimal risk": "limited",
        "limited risk": "significant",
        "high risk": "high",
        "unacceptable": "high",
        "unacceptable risk": "high",
        "minimal": "limited",
        "limited": "significant",
        "high": "high",
    },
    labels=("minimal risk", "limited risk", "high risk", "unacceptable"),
)
# Where several share an option, the first is the one that is written for it.
DOMAIN = ValueMap(
    {
        "taxes": "taxation_revenue",
        "housing, living and living environment": "housing_community",
        "culture, sports and leisure": "recreation_culture_religion",
        "defence": "defence",
        "economy and entrepreneurship": "economic_affairs",
        "subsidies, benefits and allowances": "social_protection",
        "family, youth and households": "social_protection",
        "finance": "taxation_revenue",
        "government": "general_public_services",
        "generic": "general_public_services",
        "health and health care": "health",
        "immigration and integration": "migration_border",
        "international collaboration and development aid": "general_public_services",
        "environment, spacial planning and water": "environment",
        "environment, spatial planning and water": "environment",
        "agriculture, nature and food": "environment",
        "education and science": "education",
        "public safety": "public_order_safety",
        "justice": "justice",
        "travel, living and working abroad": "general_public_services",
        "traffic and transportation": "transport",
        "work and career": "employment",
    },
    labels=(
        "taxes",
        "housing, living and living environment",
        "culture, sports and leisure",
        "defence",
        "economy and entrepreneurship",
        "subsidies, benefits and allowances",
        "family, youth and households",
        "finance",
        "government",
        "generic",
        "health and health care",
        "immigration and integration",
        "international collaboration and development aid",
        "environment, spacial planning and water",
        "agriculture, nature and food",
        "education and science",
        "public safety",
        "justice",
        "travel, living and working abroad",
        "traffic and transportation",
        "work and career",
    ),
    same={"environment, spatial planning and water": "environment, spacial planning and water"},
    nearest={"science_research": "education and science", "internal_operations": "government"},
)
ALGORITHM_TYPE = ValueMap(
    {
        "self-learning": "classical_ml",
        "rule-based": "rule_based",
        "hybrid": "rule_based+classical_ml",
        "self learning": "classical_ml",
        "rule based": "rule_based",
    },
    labels=("self-learning", "rule-based", "hybrid"),
)
LEARNT = frozenset(
    {
        "classical_ml",
        "deep_learning",
        "nlp",
        "computer_vision",
        "speech_audio",
        "biometric",
        "generative_ai",
        "agentic_ai",
        "reinforcement_learning",
        "recommender",
    }
)
USE = ValueMap(
    {
        "descriptive": "informs",
        "diagnostic": "informs",
        "predictive": "informs",
        "prescriptive": "recommends",
    },
    labels=("descriptive", "diagnostic", "predictive", "prescriptive"),
    nearest={
        "no_decision": "descriptive",
        "ranks_or_flags": "predictive",
        "decides_with_human_confirmation": "prescriptive",
        "decides_alone": "prescriptive",
    },
)
# The columns of which a value that shares its option with another is kept as a word.
KEPT = {"domain": DOMAIN, "status": PHASE, "risk_category": RISK, "type": USE}
# How the other kinds of assessment are called in the text on them.
ASSESSMENT_NAMES = {
    "fria": "Fundamental rights",
    "human_rights": "Human rights",
    "equality": "Equality",
    "ethics": "Ethics",
    "security": "Security",
    "other": "Other assessment",
}
