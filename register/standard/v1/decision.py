"""Section F: what part the system plays in decisions, and what people do around it."""

from register.standard.field import ALWAYS, Field, Kind, Section
from register.standard.marking import _
from register.standard.v1.options import ESTABLISHED_OR_NOT
from register.standard.v1.options_decision import (
    DECISION_ROLES,
    FAILSAFE_STATUSES,
    OVERSIGHT_LEVELS,
    PERIODS,
)
from register.standard.v1.rules import EVERY_SYSTEM, EVERY_USE, FROM_HIGH, FROM_SIGNIFICANT

SCALE_PARTS = (
    Field(
        name="count",
        kind=Kind.NUMBER,
        label=_("How many"),
        help=_("A whole number; an estimate is fine."),
        public=True,
    ),
    Field(
        name="unit",
        kind=Kind.LINE,
        label=_("Of what"),
        help=_("What you counted, for example “applications” or “people”."),
        public=True,
        localized=True,
        max_length=200,
    ),
    Field(name="period", kind=Kind.CHOICE, label=_("Per"), public=True, options=PERIODS),
    Field(name="as_of", kind=Kind.PARTIAL_DATE, label=_("As of"), public=True),
    Field(
        name="text",
        kind=Kind.PROSE,
        label=_("Explanation"),
        public=True,
        localized=True,
        max_length=2000,
    ),
)

DECISION = Section(
    name="decision",
    title=_("Role in decisions"),
    intro=_("What the system does in the course of the work, and what people do around it."),
    fields=(
        Field(
            name="decision_role",
            kind=Kind.CHOICE,
            label=_("Role in decisions"),
            help=_("The strongest part it plays in any decision about a person or a business."),
            public=True,
            required=(EVERY_SYSTEM,),
            asked=(EVERY_USE,),
            options=DECISION_ROLES,
            is_facet=True,
        ),
        Field(
            name="process",
            kind=Kind.PROSE,
            label=_("How does it fit into the work?"),
            help=_(
                "Tell the steps in order: what happens before, what the official sees on the"
                " screen, and what happens afterwards."
            ),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            localized=True,
            max_length=4000,
        ),
        Field(
            name="outputs",
            kind=Kind.PROSE,
            label=_("What does it produce?"),
            help=_("For example a number from 0 to 100, a coloured mark, a draft letter."),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            localized=True,
            max_length=4000,
        ),
        Field(
            name="human_oversight",
            kind=Kind.GROUP,
            label=_("Human oversight"),
            help=_("Who looks at the results, and can that person set them aside?"),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="level",
                    kind=Kind.CHOICE,
                    label=_("How closely do people watch?"),
                    public=True,
                    required=(ALWAYS,),
                    options=OVERSIGHT_LEVELS,
                ),
                Field(
                    name="text",
                    kind=Kind.PROSE,
                    label=_("Who can overrule or stop it, and how"),
                    public=True,
                    localized=True,
                    max_length=4000,
                ),
            ),
        ),
        Field(
            name="operator_training",
            kind=Kind.GROUP,
            label=_("Training of staff"),
            help=_("Do those who work with it learn what it can do and where it goes wrong?"),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="status",
                    kind=Kind.CHOICE,
                    label=_("Status of the training"),
                    public=True,
                    required=(ALWAYS,),
                    options=ESTABLISHED_OR_NOT,
                ),
                Field(
                    name="text",
                    kind=Kind.PROSE,
                    label=_("What the training covers"),
                    public=True,
                    localized=True,
                    max_length=4000,
                ),
            ),
        ),
        Field(
            name="failsafe",
            kind=Kind.GROUP,
            label=_("Safe way out when it fails"),
            help=_("Can it be switched off without stopping the service, and its results undone?"),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="status",
                    kind=Kind.CHOICE,
                    label=_("Is there a safe way out?"),
                    public=True,
                    required=(ALWAYS,),
                    options=FAILSAFE_STATUSES,
                ),
                Field(
                    name="text",
                    kind=Kind.PROSE,
                    label=_("What happens when it fails"),
                    public=True,
                    localized=True,
                    max_length=4000,
                ),
            ),
        ),
        Field(
            name="scale",
            kind=Kind.GROUP,
            label=_("How much is it used?"),
            help=_(
                "How many decisions or people it deals with, for example 12,000 applications a"
                " year."
            ),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=SCALE_PARTS,
        ),
    ),
)
