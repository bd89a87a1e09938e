"""Section E: why the system exists, and under which law."""

from register.standard.field import ALWAYS, Field, Kind, Section
from register.standard.marking import _
from register.standard.v1.rules import EVERY_USE, FROM_HIGH, FROM_SIGNIFICANT

PURPOSE = Section(
    name="purpose",
    title=_("Purpose and justification"),
    intro=_("Why the agency uses the system, what speaks for it, and which law allows it."),
    fields=(
        Field(
            name="purpose",
            kind=Kind.PROSE,
            label=_("Purpose"),
            help=_(
                "Which difficulty is it there to overcome? For example: claims took eight weeks"
                " because each was read twice."
            ),
            public=True,
            required=(EVERY_USE,),
            asked=(EVERY_USE,),
            localized=True,
            max_length=4000,
        ),
        Field(
            name="benefits",
            kind=Kind.PROSE,
            label=_("Benefits"),
            help=_(
                "What you hope for and what has been achieved so far, with figures where you have"
                " them, for example shorter waiting times."
            ),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            localized=True,
            max_length=4000,
        ),
        Field(
            name="alternatives",
            kind=Kind.PROSE,
            label=_("Alternatives considered"),
            help=_(
                "How the work was done before, which other ways you looked at, including ways"
                " without AI, and why you did not choose them."
            ),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            localized=True,
            max_length=4000,
        ),
        Field(
            name="proportionality",
            kind=Kind.GROUP,
            label=_("Is it necessary and proportionate?"),
            help=_("Please answer the two questions separately."),
            public=True,
            required=(FROM_HIGH,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="necessity",
                    kind=Kind.PROSE,
                    label=_("Why is it necessary?"),
                    help=_("Why the purpose cannot be reached in a way that touches people less."),
                    public=True,
                    required=(ALWAYS,),
                    localized=True,
                    max_length=4000,
                ),
                Field(
                    name="proportionality",
                    kind=Kind.PROSE,
                    label=_("Why is it proportionate?"),
                    help=_("Why what is gained outweighs what it demands of the people affected."),
                    public=True,
                    required=(ALWAYS,),
                    localized=True,
                    max_length=4000,
                ),
            ),
        ),
        Field(
            name="legal_basis",
            kind=Kind.GROUPS,
            label=_("Legal basis"),
            help=_("The laws or rules that allow the agency to do this, one entry for each."),
            public=True,
            required=(FROM_SIGNIFICANT,),
            asked=(EVERY_USE,),
            parts=(
                Field(
                    name="title",
                    kind=Kind.LINE,
                    label=_("Name of the law or rule"),
                    public=True,
                    localized=True,
                    max_length=300,
                ),
                Field(
                    name="citation",
                    kind=Kind.LINE,
                    label=_("Where in it"),
                    help=_("The section or article, for example “section 12(3)”."),
                    public=True,
                    max_length=300,
                ),
                Field(name="url", kind=Kind.URL, label=_("Link to the text"), public=True),
                Field(
                    name="text",
                    kind=Kind.PROSE,
                    label=_("How it allows the use"),
                    public=True,
                    localized=True,
                    max_length=4000,
                ),
            ),
        ),
    ),
)
