"""Section D: when the system began, when it ended, when the record is looked at again."""

from register.standard.field import ALWAYS, Field, Kind, Section
from register.standard.marking import _
from register.standard.v1.rules import ENDED, EVERY_RECORD, EVERY_USE, RUNNING

DATES = Section(
    name="dates",
    title=_("Dates"),
    intro=_("A year or a month is enough where you do not know the day."),
    fields=(
        Field(
            name="development_started",
            kind=Kind.PARTIAL_DATE,
            label=_("When did development start?"),
            help=_("When building or buying began, for example “2024-03” or just “2024”."),
            public=True,
            asked=(EVERY_USE,),
        ),
        Field(
            name="in_use_since",
            kind=Kind.PARTIAL_DATE,
            label=_("In use since"),
            help=_("The first time it was used on real cases. A trial counts."),
            public=True,
            required=(RUNNING,),
            asked=(EVERY_USE,),
        ),
        Field(
            name="ended_on",
            kind=Kind.GROUP,
            label=_("When and why did it stop?"),
            help=_("For a suspended system, the day on which it was switched off."),
            public=True,
            required=(ENDED,),
            asked=(EVERY_USE, ENDED),
            parts=(
                Field(
                    name="date",
                    kind=Kind.PARTIAL_DATE,
                    label=_("Stopped on"),
                    public=True,
                    required=(ALWAYS,),
                ),
                Field(
                    name="reason",
                    kind=Kind.PROSE,
                    label=_("Reason for stopping"),
                    help=_("For example: the contract ended, or too many results were wrong."),
                    public=True,
                    required=(ALWAYS,),
                    localized=True,
                    max_length=2000,
                ),
            ),
        ),
        Field(
            name="next_review_due",
            kind=Kind.DATE,
            label=_("Next review due"),
            help=_(
                "By this day the agency confirms that the record is still true. If it does not,"
                " the public sees that the review is overdue."
            ),
            public=True,
            required=(EVERY_RECORD,),
            is_withholdable=False,
        ),
    ),
)
