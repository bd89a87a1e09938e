"""The answers to choose from in the section on making, buying and paying."""

from register.standard.field import Option
from register.standard.marking import _

DEVELOPMENT_METHODS = (
    Option(value="in_house", label=_("Built by the agency")),
    Option(
        value="contracted",
        label=_("Built by a contractor"),
        help=_("Made for the agency by somebody else."),
    ),
    Option(
        value="mixed",
        label=_("Built together"),
        help=_("Partly by the agency, partly by a contractor."),
    ),
    Option(
        value="purchased",
        label=_("Bought ready-made"),
        help=_("A product or a service that others can buy too."),
    ),
    Option(
        value="open_source",
        label=_("Free and open software"),
        help=_("Taken from a published project and run by the agency."),
    ),
    Option(value="other", label=_("Other")),
    Option(value="undisclosed", label=_("Not disclosed")),
)
COST_PERIODS = (
    Option(value="one_off", label=_("Once")),
    Option(value="month", label=_("Each month")),
    Option(value="year", label=_("Each year")),
    Option(value="contract", label=_("For the whole contract")),
)
AUTHORISATION_KINDS = (
    Option(value="security_ato", label=_("Security clearance to operate")),
    Option(
        value="notified_body_certificate",
        label=_("Certificate from a testing body"),
        help=_("For example from a notified body under EU law."),
    ),
    Option(value="eu_declaration_of_conformity", label=_("EU declaration of conformity")),
    Option(value="other", label=_("Other")),
)
