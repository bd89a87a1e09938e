"""The levels of government on which a public body can stand."""

from register.standard.field import Option
from register.standard.marking import _

LEVELS = (
    Option(value="federal", label=_("Federal")),
    Option(value="provincial", label=_("Provincial")),
    Option(value="territorial", label=_("Territorial")),
    Option(value="local", label=_("Local")),
    Option(value="state_owned", label=_("State-owned enterprise")),
)

APPROVALS = (
    Option(value="agency", label=_("An approver of the agency publishes")),
    Option(
        value="both",
        label=_("An approver of the agency approves, then the register's secretariat publishes"),
    ),
    Option(value="secretariat", label=_("The register's secretariat publishes")),
)
