"""Section K: what the public is not told, and on which ground."""

from register.standard.field import ALWAYS, Field, Kind, Option, Section
from register.standard.marking import _

GROUNDS = (
    Option(value="national_security", label=_("National security")),
    Option(value="law_enforcement", label=_("Prevention and prosecution of crime")),
    Option(value="personal_privacy", label=_("Privacy of a person")),
    Option(value="commercial_confidence", label=_("Trade secrets of a company")),
    Option(
        value="security_vulnerability",
        label=_("Danger of attacks on the system"),
        help=_("Publication would help somebody break in or outwit the system."),
    ),
    Option(value="prohibited_by_law", label=_("Publication forbidden by law")),
    Option(
        value="not_yet_determined",
        label=_("Not yet decided"),
        help=_("It is still being examined whether the answer can be published."),
    ),
    Option(value="other", label=_("Other")),
)

WITHHELD_PARTS = (
    Field(
        name="field",
        kind=Kind.LINE,
        label=_("Question withheld"),
        public=True,
        required=(ALWAYS,),
    ),
    Field(
        name="ground",
        kind=Kind.CHOICE,
        label=_("Ground"),
        public=True,
        required=(ALWAYS,),
        options=GROUNDS,
    ),
    Field(
        name="citation",
        kind=Kind.LINE,
        label=_("Provision of law"),
        help=_("The law and the section that allow the answer to be withheld."),
        public=True,
        required=(ALWAYS,),
        max_length=300,
    ),
    Field(
        name="public_reason",
        kind=Kind.PROSE,
        label=_("Reason given to the public"),
        help=_("Why publishing this answer would do harm, without giving the answer away."),
        public=True,
        required=(ALWAYS,),
        localized=True,
        max_length=1000,
    ),
    Field(
        name="decided_by",
        kind=Kind.LINE,
        label=_("Who decided"),
        help=_("Only the register's staff and its auditors see this."),
        public=False,
        required=(ALWAYS,),
        max_length=200,
    ),
    Field(
        name="decided_on",
        kind=Kind.DATE,
        label=_("Decided on"),
        public=True,
        required=(ALWAYS,),
    ),
    Field(
        name="review_on",
        kind=Kind.DATE,
        label=_("To be looked at again on"),
        public=True,
        required=(ALWAYS,),
    ),
)

DISCLOSURE_CONTROL = Section(
    name="disclosure_control",
    title=_("What is withheld"),
    intro=_("Nothing is left out in silence: each withheld answer states its ground."),
    fields=(
        Field(
            name="withheld",
            kind=Kind.GROUPS,
            label=_("Withheld answers"),
            help=_("The public sees that an answer is withheld, on which ground and until when."),
            public=True,
            is_withholdable=False,
            is_kept_by_system=True,
            parts=WITHHELD_PARTS,
        ),
    ),
)
