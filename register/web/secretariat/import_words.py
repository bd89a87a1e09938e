"""How the import of other registers' files is put into a reader's words."""

from register.errors import Message
from register.exchange.describing import HOW
from register.services.imports.import_runs import RunState
from register.standard import CURRENT
from register.standard.field import Field
from register.standard.marking import _
from register.web.languages import language, say

STATES = {
    RunState.READ: (_("Not tried out yet"), "grey"),
    RunState.CHECKING: (_("Dry run"), "blue"),
    RunState.CHECKED: (_("Tried out"), "yellow"),
    RunState.PROPOSED: (_("Waits for a second person"), "yellow"),
    RunState.APPLYING: (_("Being taken in"), "blue"),
    RunState.DONE: (_("Taken in"), "green"),
    RunState.FAILED: (_("Failed"), "red"),
    RunState.CANCELLED: (_("Called off"), "grey"),
}
KINDS = {
    "contradiction": _("The cell contradicts itself"),
    "disagreement": _("Two columns say different things"),
    "doubtful_date": _("A date that can be read in two ways"),
    "idle": _("The row tells of no disclosure; it changes nothing"),
    "layout": _("The file is laid out in another way"),
    "longer": _("The file goes on after its end"),
    "misdecoded": _("Letters that look wrongly decoded"),
    "missing_column": _("The file lacks this column"),
    "nameless": _("The row has no name"),
    "no_answer": _("A word that stands for no answer"),
    "no_link": _("Not a link"),
    "no_contact": _("Not an address to write to"),
    "not_a_name": _("Not the name of a supplier"),
    "not_a_url": _("Not a web address"),
    "personal_address": _("Personal e-mail address left out"),
    "personal_name": _("Name of a person left out"),
    "ragged": _("The row is longer or shorter than the headings"),
    "several": _("More than one where one is kept"),
    "undecodable": _("Letters that cannot be read"),
    "unread_sheet": _("A sheet that was not read"),
    "unknown_value": _("A value that the format does not know"),
    "unplaced": _("Kept beside the record only"),
    "unreadable_date": _("A date that cannot be read"),
    "withheld": _("The source withholds this case"),
}

REFUSED = _("The file was refused. In the words of the program: %(reason)s")


def transform_words(name: str) -> str:
    """Say how a cell becomes an answer."""
    return say(HOW[name])


def kind_words(name: str) -> str:
    """Name a sort of warning; one without words keeps its own name."""
    return say(KINDS[name]) if name in KINDS else name.replace("_", " ")


def reason_words(sentence: str) -> str:
    """Say why a file was refused; what only its reader in English can know is told in English."""
    said = say(sentence)
    if said != str(sentence) or language() == "en" or not said:
        return said
    return say(Message(REFUSED, reason=said))


def question_words(path: str) -> str:
    """Give the question, and of its parts the one, that stands at a path of the standard."""
    name, *steps = path.split(".")
    try:
        field: Field = CURRENT.field(name)
        labels = [say(field.label)]
        for step in steps:
            if not step.isdecimal() and field.parts:
                field = field.part(step)
                labels.append(say(field.label))
    except KeyError:
        return path
    return " – ".join(labels)
