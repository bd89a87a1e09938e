"""Section B: who answers for the system, and where the public can ask."""

from register.standard.field import ALWAYS, Field, Kind, Section
from register.standard.marking import _
from register.standard.v1.rules import EVERY_RECORD, FROM_SIGNIFICANT

ACCOUNTABILITY = Section(
    name="accountability",
    title=_("Accountability and contact"),
    intro=_("Who answers for the system, and where people can ask about it."),
    fields=(
        Field(
            name="contact_point",
            kind=Kind.GROUP,
            label=_("Where can people ask?"),
            help=_(
                "Give at least one way to reach an office that answers questions from the public."
                " Use a shared address, not that of one person."
            ),
            public=True,
            required=(EVERY_RECORD,),
            parts=(
                Field(name="email", kind=Kind.EMAIL, label=_("Email address"), public=True),
                Field(name="form_url", kind=Kind.URL, label=_("Online form"), public=True),
                Field(name="phone", kind=Kind.LINE, label=_("Telephone"), public=True),
                Field(
                    name="postal",
                    kind=Kind.PROSE,
                    label=_("Postal address"),
                    public=True,
                    localized=True,
                ),
            ),
        ),
        Field(
            name="responsible_official",
            kind=Kind.LINE,
            label=_("Official who answers for it"),
            help=_("The office held, not the person's name, for example “Director of Pensions”."),
            public=True,
            required=(FROM_SIGNIFICANT,),
            localized=True,
            max_length=200,
        ),
        Field(
            name="filed_by",
            kind=Kind.GROUP,
            label=_("Who fills in this record?"),
            help=_("Only the register's staff and its auditors see this."),
            public=False,
            required=(EVERY_RECORD,),
            is_withholdable=False,
            parts=(
                Field(
                    name="name",
                    kind=Kind.LINE,
                    label=_("Your name"),
                    public=False,
                    required=(ALWAYS,),
                    is_withholdable=False,
                ),
                Field(
                    name="email",
                    kind=Kind.EMAIL,
                    label=_("Your email address at work"),
                    public=False,
                    required=(ALWAYS,),
                    is_withholdable=False,
                ),
                Field(
                    name="on_behalf_of",
                    kind=Kind.AGENCY,
                    label=_("On behalf of which agency"),
                    help=_("Only if you file for an agency other than your own."),
                    public=False,
                    is_withholdable=False,
                ),
            ),
        ),
        Field(
            name="info_url",
            kind=Kind.URL,
            label=_("Page with more information"),
            help=_("A public page about the system or about the service that it is part of."),
            public=True,
        ),
    ),
)
