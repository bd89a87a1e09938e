"""Section L: what the register itself notes about a record."""

from register.standard.field import Field, Kind, Option, Section
from register.standard.marking import _

WORKFLOW_STATES = (
    Option(value="draft", label=_("Draft")),
    Option(value="submitted", label=_("Submitted")),
    Option(value="returned", label=_("Returned")),
    Option(value="approved", label=_("Approved")),
    Option(value="published", label=_("Published")),
    Option(value="overdue_review", label=_("Review overdue")),
    Option(value="withdrawn", label=_("Withdrawn")),
)

VERSION_PARTS = (
    Field(name="number", kind=Kind.NUMBER, label=_("Version number"), public=True),
    Field(name="valid_from", kind=Kind.LINE, label=_("Valid from"), public=True),
    Field(
        name="change_note",
        kind=Kind.PROSE,
        label=_("What changed, and why"),
        public=True,
        localized=True,
    ),
    Field(
        name="changed_fields",
        kind=Kind.LINES,
        label=_("Answers that changed"),
        public=True,
    ),
)
PROVENANCE_PARTS = (
    Field(name="source", kind=Kind.LINE, label=_("Imported from"), public=True),
    Field(name="source_id", kind=Kind.LINE, label=_("Number at the source"), public=True),
    Field(name="retrieved", kind=Kind.LINE, label=_("Fetched on"), public=True),
    Field(name="licence", kind=Kind.LINE, label=_("Licence"), public=True),
    Field(name="file", kind=Kind.LINE, label=_("Name of the file"), public=True),
    Field(name="file_sha256", kind=Kind.LINE, label=_("Checksum of the file"), public=True),
    Field(name="row", kind=Kind.NUMBER, label=_("Row of the file"), public=True),
    Field(name="raw", kind=Kind.PROSE, label=_("The record as it was received"), public=False),
)

PUBLICATION = Section(
    name="publication",
    title=_("Publication"),
    intro=_("What the register itself notes about this record."),
    fields=(
        Field(
            name="workflow_state",
            kind=Kind.CHOICE,
            label=_("State of the record"),
            help=_("How far the record has come on its way to publication."),
            public=False,
            options=WORKFLOW_STATES,
            is_withholdable=False,
            is_kept_by_system=True,
        ),
        Field(
            name="first_published",
            kind=Kind.LINE,
            label=_("First published"),
            help=_("When the public could read the record for the first time."),
            public=True,
            is_withholdable=False,
            is_kept_by_system=True,
        ),
        Field(
            name="version",
            kind=Kind.GROUP,
            label=_("Version of the record"),
            help=_("Each publication adds a version; earlier ones stay readable."),
            public=True,
            is_withholdable=False,
            is_kept_by_system=True,
            parts=VERSION_PARTS,
        ),
        Field(
            name="standard",
            kind=Kind.GROUP,
            label=_("Standard it was filed under"),
            help=_("The questions as they were when the record was filed."),
            public=True,
            is_withholdable=False,
            is_kept_by_system=True,
            parts=(
                Field(name="id", kind=Kind.LINE, label=_("Name of the standard"), public=True),
                Field(
                    name="version",
                    kind=Kind.LINE,
                    label=_("Version of the standard"),
                    public=True,
                ),
            ),
        ),
        Field(
            name="import_provenance",
            kind=Kind.GROUP,
            label=_("Where the record was imported from"),
            help=_("Only for records taken over from another government's register."),
            public=True,
            is_withholdable=False,
            is_kept_by_system=True,
            parts=PROVENANCE_PARTS,
        ),
    ),
)
