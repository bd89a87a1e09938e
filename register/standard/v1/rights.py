"""Section G: what the people affected are told, and what they can do."""

from register.standard.field import ALWAYS, Field, Kind, Section, When
from register.standard.marking import _
from register.standard.v1.options_rights import (
    APPEAL_STATUSES,
    CONSULTATION_KINDS,
    NOTICE_ANSWERS,
    OPT_OUT_ANSWERS,
)
from register.standard.v1.rules import EVERY_USE, FROM_HIGH, FROM_SIGNIFICANT

APPEAL_POSSIBLE = When(field="appeal_status", is_in=("established",))
APPEAL_FORESEEN = When(field="appeal_status", is_in=("established", "in_progress"))

HOW_TO_CHALLENGE_PARTS = (
    Field(
        name="text",
        kind=Kind.PROSE,
        label=_("Steps to take"),
        help=_("For example: write to the district office and give the number on your letter."),
        public=True,
        required=(ALWAYS,),
        localized=True,
        max_length=4000,
    ),
    Field(name="url", kind=Kind.URL, label=_("Link to the procedure"), public=True),
    Field(
        name="deadline",
        kind=Kind.LINE,
        label=_("Time limit"),
        help=_("For example “within 30 days of the letter”."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(
        name="body",
        kind=Kind.LINE,
        label=_("Who decides on the challenge"),
        public=True,
        localized=True,
        max_length=300,
    ),
)

RIGHTS = Section(
    name="rights",
    title=_("Rights of the people affected"),
    intro=_("What people are told, how they can object, and whether anyone asked them."),
    fields=(
        Field(
            name="notice",
            kind=Kind.GROUP,
            label=_("Are people told?"),
            help=_("Do those affected learn, without asking, that AI is used in their case?"),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="given",
                    kind=Kind.CHOICE,
                    label=_("Notice given"),
                    public=True,
                    required=(ALWAYS,),
                    options=NOTICE_ANSWERS,
                ),
                Field(
                    name="how",
                    kind=Kind.PROSE,
                    label=_("How and when they are told"),
                    help=_("For example: a sentence in the decision letter."),
                    public=True,
                    localized=True,
                    max_length=2000,
                ),
            ),
        ),
        Field(
            name="appeal_status",
            kind=Kind.CHOICE,
            label=_("Way to appeal"),
            help=_("Can people have an outcome of the system looked at again by a person?"),
            is_withholdable=False,
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            options=APPEAL_STATUSES,
            is_facet=True,
        ),
        Field(
            name="how_to_challenge",
            kind=Kind.GROUP,
            label=_("How to challenge an outcome"),
            help=_("Write to the person affected: what to do, with whom, and by when."),
            public=True,
            required=(APPEAL_POSSIBLE,),
            asked=(EVERY_USE, APPEAL_FORESEEN),
            parts=HOW_TO_CHALLENGE_PARTS,
        ),
        Field(
            name="opt_out",
            kind=Kind.GROUP,
            label=_("Can people refuse it?"),
            help=_("Can somebody ask to be dealt with by a person alone, without a disadvantage?"),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="available",
                    kind=Kind.CHOICE,
                    label=_("Refusal possible"),
                    public=True,
                    required=(ALWAYS,),
                    options=OPT_OUT_ANSWERS,
                ),
                Field(
                    name="text",
                    kind=Kind.PROSE,
                    label=_("How to refuse, or why it is not possible"),
                    public=True,
                    localized=True,
                    max_length=2000,
                ),
            ),
        ),
        Field(
            name="consultation",
            kind=Kind.GROUP,
            label=_("Who was consulted?"),
            help=_("Whom you asked before or during use, and what changed because of it."),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="kinds",
                    kind=Kind.CHOICES,
                    label=_("Forms of consultation"),
                    public=True,
                    required=(ALWAYS,),
                    options=CONSULTATION_KINDS,
                ),
                Field(
                    name="text",
                    kind=Kind.PROSE,
                    label=_("What was heard, and what followed"),
                    public=True,
                    localized=True,
                    max_length=4000,
                ),
            ),
        ),
    ),
)
