"""Section C: what kind of system it is, and how much it matters to people."""

from register.standard.field import ALWAYS, Field, Kind, Section, When
from register.standard.marking import _
from register.standard.v1.options_classification import (
    AFFECTED_GROUPS,
    IMPACT_TIERS,
    PHASES,
    POLICY_DOMAINS,
    TECHNIQUES,
    TRIGGER_CODES,
    USERS,
)
from register.standard.v1.rules import EVERY_SYSTEM, EVERY_USE, FROM_SIGNIFICANT

PRESUMED_BUT_NOT_HIGH = When(
    field="impact_determination.presumed",
    is_in=("yes",),
    also=(When(field="impact_tier", is_not_in=("high",)),),
)

IMPACT_DETERMINATION_PARTS = (
    Field(
        name="trigger_codes",
        kind=Kind.CHOICES,
        label=_("Lists that mention this kind of use"),
        help=_("Laws and policies list uses that count as high risk. Tick those that apply."),
        public=True,
        options=TRIGGER_CODES,
    ),
    Field(
        name="presumed",
        kind=Kind.YES_NO,
        label=_("Presumed to be of high impact"),
        help=_("Yes, if one of these lists makes this use count as high unless shown otherwise."),
        public=True,
        required=(ALWAYS,),
    ),
    Field(
        name="justification",
        kind=Kind.PROSE,
        label=_("Reasons for the tier"),
        help=_(
            "Required when the use is presumed to be of high impact but you chose a lower tier:"
            " say what makes this system different."
        ),
        public=True,
        required=(PRESUMED_BUT_NOT_HIGH,),
        localized=True,
        max_length=4000,
    ),
    Field(
        name="official",
        kind=Kind.LINE,
        label=_("Official who determined it"),
        help=_("The office held, not the person's name."),
        public=True,
        localized=True,
    ),
    Field(name="date", kind=Kind.DATE, label=_("Date determined"), public=True),
)

CLASSIFICATION = Section(
    name="classification",
    title=_("Classification"),
    intro=_("How far along the system is, how much it matters to people, and what it is made of."),
    fields=(
        Field(
            name="phase",
            kind=Kind.CHOICE,
            label=_("Stage"),
            help=_("Where the system stands today. Come back and change it when that changes."),
            is_withholdable=False,
            public=True,
            required=(EVERY_USE,),
            asked=(EVERY_USE,),
            options=PHASES,
            is_facet=True,
        ),
        Field(
            name="impact_tier",
            kind=Kind.CHOICE,
            label=_("Impact tier"),
            help=_(
                "How strongly the system can affect people. The higher the tier, the more questions"
                " must be answered."
            ),
            is_withholdable=False,
            public=True,
            required=(EVERY_USE,),
            asked=(EVERY_USE,),
            options=IMPACT_TIERS,
            is_facet=True,
        ),
        Field(
            name="impact_determination",
            kind=Kind.GROUP,
            label=_("How was the tier determined?"),
            help=_("Say who decided on the tier, when, and for what reasons."),
            public=True,
            required=(EVERY_SYSTEM,),
            asked=(EVERY_USE,),
            parts=IMPACT_DETERMINATION_PARTS,
        ),
        Field(
            name="policy_domains",
            kind=Kind.CHOICES,
            label=_("Policy area"),
            help=_("The tasks of government that the system serves."),
            public=True,
            required=(EVERY_SYSTEM,),
            asked=(EVERY_USE,),
            options=POLICY_DOMAINS,
            is_facet=True,
        ),
        Field(
            name="techniques",
            kind=Kind.CHOICES,
            label=_("Technology"),
            help=_("What the system is built with."),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            options=TECHNIQUES,
            is_facet=True,
        ),
        Field(
            name="users",
            kind=Kind.CHOICE,
            label=_("Who operates it?"),
            help=_(
                "Those who type into it or see its results. A chat window on a website is operated"
                " by the public."
            ),
            public=True,
            required=(EVERY_SYSTEM,),
            asked=(EVERY_USE,),
            options=USERS,
        ),
        Field(
            name="affected_groups",
            kind=Kind.GROUP,
            label=_("Who is affected?"),
            help=_("Think also of people who never see the system, and of those least protected."),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="groups",
                    kind=Kind.CHOICES,
                    label=_("Groups of people"),
                    public=True,
                    required=(ALWAYS,),
                    options=AFFECTED_GROUPS,
                ),
                Field(
                    name="description",
                    kind=Kind.PROSE,
                    label=_("How it affects them"),
                    help=_("For example: families who apply may wait longer if they are flagged."),
                    public=True,
                    localized=True,
                    max_length=2000,
                ),
            ),
        ),
        Field(
            name="territory",
            kind=Kind.LINES,
            label=_("Where it is used"),
            help=_("Districts, cities or provinces, one on each line, for example “Lahore”."),
            public=True,
            asked=(EVERY_USE,),
        ),
    ),
)
