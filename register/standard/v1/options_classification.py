"""The longer lists of answers in the section on classification."""

from register.standard.field import Option
from register.standard.marking import _

PHASES = (
    Option(
        value="planned",
        label=_("Planned"),
        help=_("Decided on or being bought; nothing has been built yet."),
    ),
    Option(
        value="in_development",
        label=_("In development"),
        help=_("Being built, adapted or tested, with no effect on real cases."),
    ),
    Option(
        value="pilot",
        label=_("On trial"),
        help=_("Used on real cases, for a limited time or in a limited place."),
    ),
    Option(value="in_use", label=_("In use"), help=_("Part of the ordinary work.")),
    Option(
        value="suspended",
        label=_("Suspended"),
        help=_("Switched off for now; it may be used again."),
    ),
    Option(value="retired", label=_("Retired"), help=_("It was used and no longer is.")),
    Option(
        value="cancelled",
        label=_("Cancelled"),
        help=_("Given up before it was ever used on real cases."),
    ),
)
IMPACT_TIERS = (
    Option(
        value="high",
        label=_("High"),
        help=_(
            "It helps decide about people's rights, safety, liberty or access to something they"
            " cannot do without, such as a benefit, a school place or a permit."
        ),
    ),
    Option(
        value="significant",
        label=_("Significant"),
        help=_("It affects people noticeably, or deals with them directly, without being high."),
    ),
    Option(
        value="limited",
        label=_("Limited"),
        help=_("Inner workings only, with little effect on people, such as sorting of post."),
    ),
    Option(
        value="undetermined",
        label=_("Not yet determined"),
        help=_("The assessment is not finished. Say in the reasons when it will be."),
    ),
)
TRIGGER_CODES = (
    Option(value="eu_biometrics", label=_("EU high-risk area: biometrics")),
    Option(
        value="eu_critical_infrastructure", label=_("EU high-risk area: critical infrastructure")
    ),
    Option(value="eu_education", label=_("EU high-risk area: education and training")),
    Option(value="eu_employment", label=_("EU high-risk area: work and recruitment")),
    Option(
        value="eu_essential_services",
        label=_("EU high-risk area: essential services and benefits"),
    ),
    Option(value="eu_law_enforcement", label=_("EU high-risk area: law enforcement")),
    Option(value="eu_migration", label=_("EU high-risk area: migration, asylum and borders")),
    Option(
        value="eu_justice_democracy",
        label=_("EU high-risk area: courts and democratic processes"),
    ),
    Option(value="omb_presumed", label=_("On the United States list of presumed high impact")),
    Option(value="national_list", label=_("On a list in national law or policy")),
    Option(value="none", label=_("On no such list")),
)
POLICY_DOMAINS = (
    Option(value="general_public_services", label=_("General public services")),
    Option(value="defence", label=_("Defence")),
    Option(value="public_order_safety", label=_("Public order and safety")),
    Option(value="economic_affairs", label=_("Economy and trade")),
    Option(value="environment", label=_("Environment")),
    Option(value="housing_community", label=_("Housing and local amenities")),
    Option(value="health", label=_("Health")),
    Option(value="recreation_culture_religion", label=_("Leisure, culture and religion")),
    Option(value="education", label=_("Education")),
    Option(value="science_research", label=_("Science and research")),
    Option(value="social_protection", label=_("Social protection")),
    Option(value="justice", label=_("Justice")),
    Option(value="migration_border", label=_("Migration and borders")),
    Option(value="taxation_revenue", label=_("Taxes and revenue")),
    Option(value="transport", label=_("Transport")),
    Option(value="employment", label=_("Employment")),
    Option(
        value="regulation",
        label=_("Regulation and inspection"),
        help=_("Supervising businesses or trades, licensing, checking that rules are kept."),
    ),
    Option(
        value="internal_operations",
        label=_("The agency's own administration"),
        help=_("Staff, finance, procurement, computing, buildings."),
    ),
    Option(value="other", label=_("Other")),
)
TECHNIQUES = (
    Option(
        value="rule_based",
        label=_("Fixed rules"),
        help=_("People wrote down every rule; nothing is learnt from data."),
    ),
    Option(
        value="statistical_model",
        label=_("Statistical model"),
        help=_("For example a regression or a score card."),
    ),
    Option(
        value="classical_ml",
        label=_("Machine learning"),
        help=_("Learnt from data without deep networks, for example decision trees."),
    ),
    Option(
        value="deep_learning",
        label=_("Deep learning"),
        help=_("Large neural networks that learn from data."),
    ),
    Option(value="nlp", label=_("Language processing"), help=_("Reads or sorts written text.")),
    Option(value="computer_vision", label=_("Image and video analysis")),
    Option(value="speech_audio", label=_("Speech and sound")),
    Option(
        value="biometric",
        label=_("Biometrics"),
        help=_("Recognises people by face, fingerprint, voice or other bodily features."),
    ),
    Option(
        value="generative_ai",
        label=_("Generative AI"),
        help=_("Produces new text, pictures, sound or program code."),
    ),
    Option(
        value="agentic_ai",
        label=_("AI agents"),
        help=_("Carries out several steps on its own, for example by using other programs."),
    ),
    Option(
        value="reinforcement_learning",
        label=_("Reinforcement learning"),
        help=_("Learns by trial and reward."),
    ),
    Option(
        value="recommender",
        label=_("Recommendation"),
        help=_("Suggests items to a person, such as vacancies or courses."),
    ),
    Option(
        value="optimisation",
        label=_("Optimisation"),
        help=_("Looks for the best plan, such as a timetable or a route."),
    ),
    Option(value="robotics", label=_("Robots, vehicles and drones")),
    Option(value="other", label=_("Other")),
    Option(value="undisclosed", label=_("Not disclosed")),
)
USERS = (
    Option(value="employees", label=_("Staff")),
    Option(value="public", label=_("The public")),
    Option(value="both", label=_("Staff and the public")),
    Option(value="neither", label=_("Nobody"), help=_("It runs without anybody operating it.")),
    Option(value="undisclosed", label=_("Not disclosed")),
)
AFFECTED_GROUPS = (
    Option(value="general_public", label=_("The general public")),
    Option(value="applicants_claimants", label=_("Applicants and claimants")),
    Option(value="taxpayers", label=_("Taxpayers")),
    Option(value="patients", label=_("Patients")),
    Option(value="pupils_students", label=_("Pupils and students")),
    Option(value="children", label=_("Children")),
    Option(value="migrants", label=_("Migrants and asylum seekers")),
    Option(value="prisoners_suspects", label=_("Prisoners and suspects")),
    Option(value="employees", label=_("Employees and job applicants")),
    Option(value="businesses", label=_("Businesses")),
    Option(value="none_directly", label=_("Nobody directly")),
)
