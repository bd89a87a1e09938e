"""Answers that several questions of version 1 share."""

from register.standard.field import Option
from register.standard.marking import _

WAIVED = Option(
    value="waived",
    label=_("Waived"),
    help=_("Somebody with the authority to do so released the agency from this practice."),
)
NOT_STATED = Option(
    value="not_stated",
    label=_("Not stated"),
    help=_("The agency gives no answer."),
)
NOT_APPLICABLE = Option(
    value="not_applicable",
    label=_("Does not apply"),
    help=_("The question makes no sense for this system; say why in the text."),
)

ESTABLISHED_OR_NOT = (
    Option(value="established", label=_("In place")),
    Option(value="in_progress", label=_("Being set up")),
    Option(value="none", label=_("None")),
    WAIVED,
    NOT_STATED,
)
DONE_OR_NOT = (
    Option(value="done", label=_("Done")),
    Option(value="in_progress", label=_("Under way")),
    Option(value="not_done", label=_("Not done")),
    WAIVED,
    NOT_STATED,
)
LANGUAGES = (
    Option(value="en", label=_("English")),
    Option(value="ur", label=_("Urdu")),
    Option(value="fr", label=_("French")),
    Option(value="nl", label=_("Dutch")),
    Option(value="ar", label=_("Arabic")),
    Option(value="ps", label=_("Pashto")),
    Option(value="sd", label=_("Sindhi")),
    Option(value="pa", label=_("Punjabi")),
    Option(value="de", label=_("German")),
    Option(value="es", label=_("Spanish")),
)
