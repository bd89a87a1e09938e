"""The Dutch register's site dump: few columns of every row, in the words of its search results."""

from register.exchange.draft import Cells
from register.exchange.mapping import Constant, Format, Link
from register.exchange.nl import nl_values as values
from register.exchange.nl.nl_1_0 import read_agency
from register.exchange.nl.nl_writing import LARS
from register.exchange.result import NOT_AN_ADDRESS, AgencyHint, Loss
from register.standard.marking import _

LINKS = (
    Link(column="id", path="external_ids.0.id", transform="line"),
    Link(column="url", path="external_ids.0.url", transform="url", needs="external_ids.0.id"),
    Link(column="title", path="name", transform="title", language="nl"),
    Link(column="organisatie", path="agency", transform="special"),
    Link(column="status", path="phase", transform="choice", values=values.PHASE),
    Link(column="doel", path="purpose", transform="html", language="nl"),
    Link(column="juridische_basis", path="legal_basis.0.text", transform="html", language="nl"),
    Link(
        column="impactassessment",
        path="impact_assessments.0.status",
        transform="choice",
        values=values.YES_NO_STATUS,
    ),
)
CONSTANTS = (
    Constant("external_ids.0.scheme", LARS, given="external_ids.0.id"),
    Constant("impact_assessments.0.type", "other", given="impact_assessments.0.status"),
)
LOSSES = (
    Loss("url", "external_ids", NOT_AN_ADDRESS, "not_a_url"),
    Loss("doel", "purpose", _("The dump has lost the paragraphs of its texts.")),
    Loss("juridische_basis", "legal_basis", _("Several laws in one text are one entry.")),
    Loss("impactassessment", "impact_assessments", _("The dump does not say which was made.")),
)
NOTES = (
    _("The number is the one that whole records carry as their number in the national register."),
    _("“Unknown”, said of impact assessments, is no answer."),
)


def _agency(cells: Cells) -> AgencyHint:
    return read_agency(cells.get("organisatie"))


NL_DUMP = Format(
    name="nl-dump",
    title=_("Netherlands, site dump of the algorithm register"),
    languages=("nl",),
    links=LINKS,
    constants=CONSTANTS,
    losses=LOSSES,
    required=("id", "title", "organisatie"),
    identifier="id",
    agency=_agency,
    notes=NOTES,
    source="https://algoritmes.overheid.nl/",
)
