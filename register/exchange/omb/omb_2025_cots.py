"""The United States table of 2025 of everyday commercial AI: one row an agency and a common use."""

from register.exchange.cells.values import ValueMap, is_blank, one_line
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Format, Link
from register.exchange.result import AgencyHint, Loss
from register.standard.marking import _

_USED, _PRODUCTS = "Agency Use (Y/N)?", "Name of Commercial Product or Service Used"
USED = ValueMap({"Y": "in_use", "Yes": "in_use", "N": "", "No": ""})

LINKS = (
    Link(column="Agency", path="agency", transform="special"),
    Link(column="AI Use Case", path="name", transform="title"),
    Link(column=_USED, path="phase", transform="choice", values=USED),
    Link(column=_PRODUCTS, path="suppliers", transform="suppliers"),
    Link(column="Estimated # of Licenses/Users", path="scale.text", transform="title"),
)


def _agency(cells: Cells) -> AgencyHint:
    name = one_line(cells.get("Agency"))
    return AgencyHint({"en": name} if name else {})


def _complete(cells: Cells, draft: Draft) -> None:
    """Take a row that says that a use does not occur for one that discloses nothing."""
    draft.record_kind = "grouped_cots"
    used, products = cells.get(_USED), cells.get(_PRODUCTS)
    if USED.find(used) == "":
        draft.idle = "The body says that it does not use this; there is nothing to disclose."
    elif is_blank(used) and is_blank(products):
        draft.idle = "The body does not say whether it uses this; there is nothing to disclose."


OMB_2025_COTS = Format(
    name="omb-2025-cots",
    title=_("United States, everyday commercial AI 2025"),
    languages=("en",),
    links=LINKS,
    losses=(
        Loss(
            _PRODUCTS, "suppliers", _("Products stand among the suppliers; makers are not named.")
        ),
        Loss("Estimated # of Licenses/Users", "scale", _("A span of numbers is kept as words.")),
    ),
    required=("AI Use Case", _USED),
    headings={
        "Agency Name": "Agency",
        "Commercial AI Use Case*": "AI Use Case",
        "Common Commercial AI Use Case*": "AI Use Case",
        "Agency Use*": _USED,
        "Does your agency use*": _USED,
        "Name of Commercial Product*": _PRODUCTS,
        "Estimated # of*": "Estimated # of Licenses/Users",
        "Estimated Number of*": "Estimated # of Licenses/Users",
    },
    agency=_agency,
    complete=_complete,
    notes=(
        _("Each common use that a body makes is a record of commercial products in groups."),
        _("A row that says that a use does not occur makes no record and changes nothing."),
    ),
    source="https://github.com/ombegov/2025-Federal-Agency-AI-Use-Case-Inventory",
)
