"""The answers to choose from in the section on data."""

from register.standard.field import Option
from register.standard.marking import _

DATA_ROLES = (
    Option(value="training", label=_("Training"), help=_("The system learnt from it.")),
    Option(value="input", label=_("Input"), help=_("The system works on it in daily use.")),
    Option(value="evaluation", label=_("Testing"), help=_("The system was tested with it.")),
    Option(value="all", label=_("All of these")),
)
MODALITIES = (
    Option(value="text", label=_("Text")),
    Option(value="tabular", label=_("Tables and forms")),
    Option(value="image", label=_("Images")),
    Option(value="video", label=_("Video")),
    Option(value="audio", label=_("Sound")),
    Option(value="geospatial", label=_("Maps and places")),
    Option(value="sensor", label=_("Sensor readings")),
    Option(value="biometric", label=_("Biometrics")),
    Option(value="other", label=_("Other")),
)
PERSONAL_DATA = (
    Option(
        value="none",
        label=_("None"),
        help=_("Nothing that could be traced back to a living person."),
    ),
    Option(
        value="personal",
        label=_("Personal data"),
        help=_("For example names, identity numbers, addresses or case files."),
    ),
    Option(
        value="special_category",
        label=_("Sensitive personal data"),
        help=_("For example health, religion, ethnic origin, biometrics or criminal records."),
    ),
    Option(value="undisclosed", label=_("Not disclosed")),
)
SENSITIVE_ATTRIBUTES = (
    Option(value="race_ethnicity", label=_("Race or ethnic origin")),
    Option(value="sex_gender", label=_("Sex or gender")),
    Option(value="age", label=_("Age")),
    Option(value="religion", label=_("Religion or belief")),
    Option(value="disability", label=_("Disability")),
    Option(value="income_socioeconomic", label=_("Income or social situation")),
    Option(value="marital_status", label=_("Marital status")),
    Option(value="residency_migration_status", label=_("Residence or migration status")),
    Option(value="employment_status", label=_("Employment status")),
    Option(value="location_postcode", label=_("Place of residence")),
    Option(value="health", label=_("State of health")),
    Option(value="biometric", label=_("Bodily features")),
    Option(value="language", label=_("Language")),
    Option(value="caste_or_clan", label=_("Caste or clan")),
    Option(value="none", label=_("None of these")),
    Option(value="other", label=_("Other")),
)
