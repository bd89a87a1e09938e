"""Section A: what the record is about, and who files it."""

from register.standard.field import ALWAYS, Field, Kind, Option, Section
from register.standard.marking import _
from register.standard.v1.options import LANGUAGES
from register.standard.v1.rules import EVERY_RECORD

RECORD_KINDS = (
    Option(
        value="system",
        label=_("One system"),
        help=_("A system with a purpose of its own, for example one that sorts benefit claims."),
    ),
    Option(
        value="grouped_cots",
        label=_("A group of everyday products"),
        help=_(
            "Common bought products used for office work, filed together, for example writing"
            " assistants and meeting transcripts."
        ),
    ),
    Option(
        value="nil_return",
        label=_("Nothing to report"),
        help=_("The agency declares that it uses no AI system at all."),
    ),
    Option(
        value="withheld_stub",
        label=_("Existence only"),
        help=_(
            "The public learns that a system exists, but its description is withheld on a legal"
            " ground."
        ),
    ),
)

IDENTITY = Section(
    name="identity",
    title=_("Identity"),
    intro=_("What this record is about, who files it, and in which languages."),
    fields=(
        Field(
            name="record_id",
            kind=Kind.LINE,
            label=_("Register number"),
            help=_("The register gives this number once and never uses it again."),
            public=True,
            is_withholdable=False,
            is_kept_by_system=True,
        ),
        Field(
            name="external_ids",
            kind=Kind.GROUPS,
            label=_("Numbers in other registers"),
            help=_(
                "If the system is also listed elsewhere, say where and under which number, for"
                " example in the EU database or in a city's own register."
            ),
            public=True,
            parts=(
                Field(
                    name="scheme",
                    kind=Kind.LINE,
                    label=_("Name of the other register"),
                    public=True,
                    required=(ALWAYS,),
                ),
                Field(
                    name="id",
                    kind=Kind.LINE,
                    label=_("Number there"),
                    public=True,
                    required=(ALWAYS,),
                ),
                Field(name="url", kind=Kind.URL, label=_("Link to the entry"), public=True),
            ),
        ),
        Field(
            name="record_kind",
            kind=Kind.CHOICE,
            label=_("Kind of record"),
            help=_("What you choose here decides which questions follow."),
            public=True,
            required=(EVERY_RECORD,),
            options=RECORD_KINDS,
            is_withholdable=False,
        ),
        Field(
            name="name",
            kind=Kind.LINE,
            label=_("Name"),
            help=_(
                "A name that tells a stranger what it does, such as “Sorting of housing benefit"
                " claims”. Avoid abbreviations and project names."
            ),
            public=True,
            required=(EVERY_RECORD,),
            localized=True,
            max_length=100,
            is_withholdable=False,
        ),
        Field(
            name="summary",
            kind=Kind.PROSE,
            label=_("Summary"),
            help=_(
                "Two or three short sentences: what goes in, what comes out, and what it means for"
                " people. This is what readers see first in search results."
            ),
            public=True,
            required=(EVERY_RECORD,),
            localized=True,
            max_length=400,
            is_withholdable=False,
        ),
        Field(
            name="agency",
            kind=Kind.AGENCY,
            label=_("Agency"),
            help=_("The public body that uses the system and answers for it."),
            public=True,
            required=(EVERY_RECORD,),
            is_withholdable=False,
        ),
        Field(
            name="unit",
            kind=Kind.LINE,
            label=_("Department or team"),
            help=_("The part of the agency that works with the system, for example “Claims desk”."),
            public=True,
            localized=True,
            max_length=200,
        ),
        Field(
            name="languages",
            kind=Kind.CHOICES,
            label=_("Languages of this record"),
            help=_(
                "The languages in which you fill in the texts. If two versions differ, the one in"
                " the first language chosen counts."
            ),
            public=True,
            required=(EVERY_RECORD,),
            options=LANGUAGES,
            is_withholdable=False,
        ),
        Field(
            name="tags",
            kind=Kind.LINES,
            label=_("Search words"),
            help=_("Words people may search for that the texts do not contain, one on each line."),
            public=True,
            max_length=60,
        ),
    ),
)
