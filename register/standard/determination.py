"""Must a system be disclosed? Four questions, and what their answers decide.

Whoever does not know has the duty of care: what is not sure counts as if it had to be disclosed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from register.standard.field import ALWAYS, Answers, Field, Kind, Option, Section, Standard, When
from register.standard.marking import _

NOT_SURE = "unsure"
UNSURE = Option(value=NOT_SURE, label=_("Not sure"))
NO = Option(value="no", label=_("No"))

QUESTIONS = (
    Field(
        name="infers",
        kind=Kind.CHOICE,
        label=_("Does the software infer its results?"),
        help=_(
            "It predicts, scores, recognises, writes or decides by something learnt from data,"
            " rather than only by fixed rules that a person wrote."
        ),
        public=False,
        required=(ALWAYS,),
        is_withholdable=False,
        options=(Option(value="yes", label=_("Yes")), NO, UNSURE),
    ),
    Field(
        name="used",
        kind=Kind.CHOICE,
        label=_("Is it used in the agency's work?"),
        help=_(
            "A trial on real cases is use. What was only bought, or is on somebody's own device"
            " for private purposes, is not used."
        ),
        public=False,
        required=(ALWAYS,),
        is_withholdable=False,
        options=(
            Option(value="yes", label=_("Yes, it is in use or on trial")),
            Option(value="soon", label=_("Not yet, but its use is decided or being prepared")),
            NO,
            UNSURE,
        ),
    ),
    Field(
        name="touches",
        kind=Kind.CHOICE,
        label=_("What does it mean for people?"),
        help=_("Think of everybody it can reach, not only of those who work with it."),
        public=False,
        required=(ALWAYS,),
        is_withholdable=False,
        options=(
            Option(
                value="decides",
                label=_("It decides or helps to decide about people"),
                help=_("About their rights, benefits, safety or freedom."),
            ),
            Option(
                value="serves",
                label=_("It serves people, uses data on them, or concerns public money or safety"),
            ),
            Option(value="neither", label=_("None of these")),
            UNSURE,
        ),
    ),
    Field(
        name="excluded",
        kind=Kind.CHOICE,
        label=_("Does a provision of law exclude it from the register?"),
        help=_("A provision that you can name. That something is confidential is not enough."),
        public=False,
        required=(ALWAYS,),
        is_withholdable=False,
        options=(Option(value="yes", label=_("Yes")), NO, UNSURE),
    ),
)
DETERMINATION = Standard(
    id="determination",
    title=_("Must this be disclosed?"),
    sections=(
        Section(
            name="determination",
            title=_("Must this be disclosed?"),
            intro="",
            fields=(
                Field(
                    name="name",
                    kind=Kind.LINE,
                    label=_("Name of the system"),
                    help=_("As a stranger would call it, or as it is called in the agency."),
                    public=False,
                    required=(ALWAYS,),
                    max_length=100,
                    is_withholdable=False,
                ),
                *QUESTIONS,
                Field(
                    name="provision",
                    kind=Kind.LINE,
                    label=_("Which provision excludes it?"),
                    help=_("If one does: law and section, such as “Planning Act, section 7”."),
                    public=False,
                    required=(When(field="excluded", is_in=("yes",)),),
                    max_length=300,
                    is_withholdable=False,
                ),
                Field(
                    name="since",
                    kind=Kind.PARTIAL_DATE,
                    label=_("In use since, or planned to start"),
                    help=_(
                        "Needed if it is in use (a trial counts), and before that if it is to"
                        " decide about people. Else the planned day, if any."
                    ),
                    public=False,
                    required=(When(field="used", is_in=("yes",)),),
                    is_withholdable=False,
                ),
                Field(
                    name="reason",
                    kind=Kind.PROSE,
                    label=_("Why, in your own words"),
                    help=_("Needed, in one language, where nothing has to be disclosed."),
                    public=False,
                    localized=True,
                    max_length=2000,
                    is_withholdable=False,
                ),
            ),
        ),
    ),
)
# An answer that settles the matter, and the reason that follows from it.
DECISIVE = (
    ("infers", "no", "no_ai"),
    ("used", "no", "no_use"),
    ("touches", "neither", "no_effect"),
    ("excluded", "yes", "excluded"),
)
REASONS: Mapping[str, str] = {
    "no_ai": _("It follows only fixed rules that a person wrote, so it is not AI."),
    "no_use": _("It is neither used nor about to be used in the agency's work."),
    "no_effect": _("It touches no people, no data on people, no public money and nobody's safety."),
    "excluded": _("A provision of law excludes it from the register."),
    "in_doubt": _(
        "At least one answer is not sure. In doubt a system is disclosed: what turns out otherwise"
        " can be put right."
    ),
    "covered": _(
        "It is AI, it is used or about to be, it means something for people, and no law excludes"
        " it."
    ),
}
PHASES = {"yes": "in_use", "soon": "planned"}


@dataclass(frozen=True, kw_only=True)
class Determined:
    """What the answers decide: whether it must be disclosed, why, and what is to be expected.

    ``tier`` and ``phase`` are values of the standard's questions, or empty.
    """

    must: bool
    reason_key: str
    tier: str
    phase: str


def determine(answers: Answers) -> Determined:
    """Decide by the answers to :data:`QUESTIONS`; what is not answered counts as not sure."""
    settled = next((key for name, value, key in DECISIVE if answers.get(name) == value), "")
    is_sure = all(answers.get(each.name, NOT_SURE) != NOT_SURE for each in QUESTIONS)
    must = not settled
    expected = "high" if answers.get("touches") == "decides" else "undetermined"
    return Determined(
        must=must,
        reason_key=settled or ("covered" if is_sure else "in_doubt"),
        tier=expected if must else "",
        phase=PHASES.get(str(answers.get("used")), ""),
    )
