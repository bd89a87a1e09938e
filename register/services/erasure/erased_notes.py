"""Erasing what auditors' notes say of what is erased: a note loses its text, and says so.

A note that repeats one of the texts whole is found, as everywhere else. One that repeats a part of
it, or says it in other words, no rule can tell: whoever gives the order is told which notes are
left, and may name them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from register.errors import Invalid, Message
from register.services.erasure.erased_values import Taken, says
from register.standard.marking import _
from register.storage import audit_notes
from register.storage.models import AuditNote

NO_TEXT = _("There is no note of an auditor with the number %(number)s that still has a text.")


@dataclass(frozen=True)
class Notes:
    """The numbers of the notes that lose their text, and of others about the filing."""

    going: tuple[int, ...]
    staying: tuple[int, ...]


def named(numbers: Collection[int], *, is_again: bool) -> tuple[int, ...]:
    """Give those of the notes that have a text to lose.

    Raise :exc:`Invalid` for any other, unless what was erased before ``is_again`` to be erased: a
    backup from before may not have them.
    """
    found = []
    for number in sorted(set(numbers)):
        note = audit_notes.find_note(number)
        if note is not None and note.erased_by is None:
            found.append(number)
        elif not is_again:
            raise Invalid(Message(NO_TEXT, number=number))
    return tuple(found)


def look(taken: Taken, named: Collection[int], elsewhere: Collection[str]) -> Notes:
    """Say which notes lose their text: those that are ``named``, and those that repeat another.

    A note about a filing that says the same itself, and is named ``elsewhere``, keeps it: it goes
    with an erasure of that filing's own.
    """
    going, staying = set(named), set()
    for note in audit_notes.iterate_notes():
        about = note.disclosure.reference if note.disclosure else None
        if says(note.text, taken.texts) and about not in elsewhere:
            going.add(note.id)
        elif _is_about(note, taken) and note.erased_by is None:
            staying.add(note.id)
    return Notes(tuple(sorted(going)), tuple(sorted(staying - going)))


def _is_about(note: AuditNote, taken: Taken) -> bool:
    return note.disclosure_id == taken.disclosure.id
