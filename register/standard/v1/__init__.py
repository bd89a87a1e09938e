"""Version 1 of the standard: the sections in the order in which they are asked."""

from register.standard.field import Standard
from register.standard.marking import _
from register.standard.v1.accountability import ACCOUNTABILITY
from register.standard.v1.assurance import ASSURANCE
from register.standard.v1.classification import CLASSIFICATION
from register.standard.v1.data import DATA
from register.standard.v1.dates import DATES
from register.standard.v1.decision import DECISION
from register.standard.v1.disclosure_control import DISCLOSURE_CONTROL
from register.standard.v1.identity import IDENTITY
from register.standard.v1.publication import PUBLICATION
from register.standard.v1.purpose import PURPOSE
from register.standard.v1.rights import RIGHTS
from register.standard.v1.supply import SUPPLY

V1 = Standard(
    id="v1",
    title=_("Disclosure standard for AI systems in government, version 1"),
    sections=(
        IDENTITY,
        ACCOUNTABILITY,
        CLASSIFICATION,
        DATES,
        PURPOSE,
        DECISION,
        RIGHTS,
        DATA,
        SUPPLY,
        ASSURANCE,
        DISCLOSURE_CONTROL,
        PUBLICATION,
    ),
)
