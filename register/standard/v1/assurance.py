"""Section J: what could go wrong, and what is done to find out and prevent it."""

from register.standard.field import Field, Kind, Section
from register.standard.marking import _
from register.standard.v1.assurance_parts import (
    ASSESSMENT_PARTS,
    INCIDENT_PARTS,
    MONITORING_PARTS,
    REVIEW_PARTS,
    RISK_PARTS,
    TEST_PARTS,
    WAIVER_PARTS,
)
from register.standard.v1.rules import EVERY_USE, FROM_HIGH, FROM_SIGNIFICANT

ASSURANCE = Section(
    name="assurance",
    title=_("Risks and checks"),
    intro=_("What could go wrong, what is done about it, and who has looked."),
    fields=(
        Field(
            name="impact_assessments",
            kind=Kind.GROUPS,
            label=_("Impact assessments"),
            help=_(
                "List every assessment that was made or should have been, for example on data"
                " protection. If one is missing, give the reason."
            ),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=ASSESSMENT_PARTS,
        ),
        Field(
            name="risks",
            kind=Kind.GROUPS,
            label=_("Risks"),
            help=_("The chief dangers, to people first and to the agency second, one entry each."),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=RISK_PARTS,
        ),
        Field(
            name="bias_testing",
            kind=Kind.GROUP,
            label=_("Tests for unequal treatment"),
            help=_("Has anyone checked whether it does worse for some groups of people?"),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=TEST_PARTS,
        ),
        Field(
            name="testing",
            kind=Kind.GROUP,
            label=_("Tests before use"),
            help=_("Was it tried under the conditions in which it is used, before it mattered?"),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=TEST_PARTS,
        ),
        Field(
            name="monitoring",
            kind=Kind.GROUP,
            label=_("Monitoring in use"),
            help=_("How you notice that it has become worse, or does harm."),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=MONITORING_PARTS,
        ),
        Field(
            name="independent_review",
            kind=Kind.GROUPS,
            label=_("Independent review"),
            help=_("Reviews by people who neither built the system nor run it."),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=REVIEW_PARTS,
        ),
        Field(
            name="waivers",
            kind=Kind.GROUPS,
            label=_("Waivers"),
            help=_("Every exemption or delay that was granted for something otherwise required."),
            public=True,
            asked=(EVERY_USE,),
            parts=WAIVER_PARTS,
        ),
        Field(
            name="incidents",
            kind=Kind.GROUPS,
            label=_("Incidents"),
            help=_(
                "Errors that harmed or could have harmed people, and court rulings about the"
                " system."
            ),
            public=True,
            asked=(EVERY_USE,),
            parts=INCIDENT_PARTS,
        ),
    ),
)
