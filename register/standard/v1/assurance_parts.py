"""The parts of the groups in the section on risks and checks."""

from register.standard.field import ALWAYS, Field, Kind
from register.standard.marking import _
from register.standard.v1.options import DONE_OR_NOT, ESTABLISHED_OR_NOT
from register.standard.v1.options_assurance import (
    ASSESSMENT_STATUSES,
    ASSESSMENT_TYPES,
    REVIEWERS,
    RISK_CATEGORIES,
)

ASSESSMENT_PARTS = (
    Field(
        name="type",
        kind=Kind.CHOICE,
        label=_("What was assessed"),
        public=True,
        required=(ALWAYS,),
        options=ASSESSMENT_TYPES,
    ),
    Field(
        name="status",
        kind=Kind.CHOICE,
        label=_("Status"),
        public=True,
        required=(ALWAYS,),
        options=ASSESSMENT_STATUSES,
    ),
    Field(name="date", kind=Kind.PARTIAL_DATE, label=_("Date"), public=True),
    Field(name="url", kind=Kind.URL, label=_("Link to the assessment"), public=True),
    Field(
        name="summary",
        kind=Kind.PROSE,
        label=_("Main findings"),
        public=True,
        localized=True,
        max_length=4000,
    ),
    Field(
        name="level",
        kind=Kind.LINE,
        label=_("Level found"),
        help=_("If the assessment ends in a grade, give it, for example “Level 2 of 4”."),
        public=True,
        max_length=200,
    ),
    Field(
        name="reason_if_not",
        kind=Kind.PROSE,
        label=_("Reason, if it was not done"),
        public=True,
        localized=True,
        max_length=2000,
    ),
)
RISK_PARTS = (
    Field(
        name="category",
        kind=Kind.CHOICE,
        label=_("Kind of risk"),
        public=True,
        options=RISK_CATEGORIES,
    ),
    Field(
        name="description",
        kind=Kind.PROSE,
        label=_("What could go wrong"),
        public=True,
        required=(ALWAYS,),
        localized=True,
        max_length=4000,
    ),
    Field(
        name="mitigation",
        kind=Kind.PROSE,
        label=_("What is done about it"),
        public=True,
        localized=True,
        max_length=4000,
    ),
    Field(
        name="residual",
        kind=Kind.PROSE,
        label=_("What risk is left"),
        public=True,
        localized=True,
        max_length=2000,
    ),
)
TEST_PARTS = (
    Field(
        name="status",
        kind=Kind.CHOICE,
        label=_("Status"),
        public=True,
        required=(ALWAYS,),
        options=DONE_OR_NOT,
    ),
    Field(
        name="text",
        kind=Kind.PROSE,
        label=_("What was tested, and what was found"),
        public=True,
        localized=True,
        max_length=4000,
    ),
    Field(name="date", kind=Kind.PARTIAL_DATE, label=_("Date"), public=True),
)
MONITORING_PARTS = (
    Field(
        name="status",
        kind=Kind.CHOICE,
        label=_("Status"),
        public=True,
        required=(ALWAYS,),
        options=ESTABLISHED_OR_NOT,
    ),
    Field(
        name="text",
        kind=Kind.PROSE,
        label=_("What is watched, how often, and who acts"),
        public=True,
        localized=True,
        max_length=4000,
    ),
)
REVIEW_PARTS = (
    Field(
        name="by",
        kind=Kind.CHOICE,
        label=_("Reviewed by"),
        public=True,
        required=(ALWAYS,),
        options=REVIEWERS,
    ),
    Field(name="date", kind=Kind.PARTIAL_DATE, label=_("Date"), public=True),
    Field(name="url", kind=Kind.URL, label=_("Link to the report"), public=True),
    Field(
        name="outcome",
        kind=Kind.PROSE,
        label=_("Outcome"),
        public=True,
        localized=True,
        max_length=4000,
    ),
)
WAIVER_PARTS = (
    Field(
        name="practice",
        kind=Kind.LINE,
        label=_("What was waived"),
        help=_("For example “testing before use”."),
        public=True,
        required=(ALWAYS,),
        localized=True,
        max_length=300,
    ),
    Field(
        name="reason",
        kind=Kind.PROSE,
        label=_("Reason for the waiver"),
        public=True,
        required=(ALWAYS,),
        localized=True,
        max_length=2000,
    ),
    Field(
        name="granted_by",
        kind=Kind.LINE,
        label=_("Granted by"),
        help=_("The office held, not the person's name."),
        public=True,
        localized=True,
        max_length=300,
    ),
    Field(name="date", kind=Kind.DATE, label=_("Granted on"), public=True),
    Field(name="expires", kind=Kind.DATE, label=_("Valid until"), public=True),
)
INCIDENT_PARTS = (
    Field(
        name="date",
        kind=Kind.PARTIAL_DATE,
        label=_("Happened on"),
        public=True,
        required=(ALWAYS,),
    ),
    Field(
        name="summary",
        kind=Kind.PROSE,
        label=_("What happened"),
        public=True,
        required=(ALWAYS,),
        localized=True,
        max_length=4000,
    ),
    Field(
        name="people_affected",
        kind=Kind.NUMBER,
        label=_("Number of people affected"),
        public=True,
    ),
    Field(
        name="remedy",
        kind=Kind.PROSE,
        label=_("What was done for them"),
        public=True,
        localized=True,
        max_length=4000,
    ),
    Field(name="url", kind=Kind.URL, label=_("Link to a report or ruling"), public=True),
)
