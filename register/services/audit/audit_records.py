"""Every record that was ever public, found and taken along by auditors with what is not public.

Words are looked for as they are written, in all that a record says: no index holds what the public
may not read. So a search may give something away, and is recorded like a look at a record.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.errors import Invalid, Message
from register.schemas import Audience, present
from register.services.actor import Actor, check_role
from register.services.audit import audit_notes
from register.standard.lifecycle import Role
from register.standard.marking import _
from register.storage import agencies, events, publications, whole_records

LONGEST_WORDS = 200
TOO_LONG = _("Search for at most %(most)s characters.")
NO_AGENCY = _("There is no agency of this name in the directory.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for: words that all have to be there, and an agency's slug.

    ``is_every_version`` looks also at what records said before. What is empty narrows nothing.
    """

    words: str = ""
    agency: str = ""
    is_every_version: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """What the trail says of it."""
        told = {"words": self.words, "agency": self.agency}
        return {name: value for name, value in told.items() if value}


def find_records(by: Actor, asked: Asked) -> list[str]:
    """Give the references of the records that are looked for, in order.

    Where words are looked for it is recorded, with how many records have them. Raise
    :exc:`Invalid` by name where what is asked for does not exist or is too long.
    """
    check_role(by, Role.AUDITOR)
    found = _find(asked)
    if asked.words:
        details = {**asked.told, "found": len(found)}
        events.add_event("records_searched", by=by.account_id, details=details)
    return found


def export_records(by: Actor, asked: Asked, base_url: str = "") -> Iterator[dict[str, Any]]:
    """Give these records with everything in them, one version after the other; it is recorded.

    ``asked.is_every_version`` gives every version of each, the oldest first. Raise as
    :func:`find_records` does, before anything is given.
    """
    check_role(by, Role.AUDITOR)
    found = _find(asked)
    details = {**asked.told, "found": len(found), "every_version": asked.is_every_version}
    events.add_event("records_exported", by=by.account_id, details=details)
    return audit_notes.with_notes(_presented(found, asked, base_url))


def _presented(found: Sequence[str], asked: Asked, base_url: str) -> Iterator[dict[str, Any]]:
    for _reference, versions in publications.iterate_versions(found):
        for each in versions if asked.is_every_version else versions[-1:]:
            yield present(each, Audience.AUDITOR, base_url)


def _find(asked: Asked) -> list[str]:
    errors: dict[str, list[str]] = {}
    if len(asked.words) > LONGEST_WORDS:
        errors["q"] = [Message(TOO_LONG, most=LONGEST_WORDS)]
    if asked.agency and agencies.find_agency(asked.agency) is None:
        errors["agency"] = [NO_AGENCY]
    if errors:
        raise Invalid(_("The records cannot be searched like this."), errors)
    words = [_folded(word) for word in asked.words.split()]
    if not words:
        return whole_records.list_references(asked.agency)
    escaped = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
    sayings = whole_records.iterate_sayings(asked.agency, is_every_version=asked.is_every_version)
    found = dict.fromkeys(each.reference for each in sayings if _says(each, words, escaped))
    return list(found)


def _says(saying: whole_records.Saying, words: Sequence[str], escaped: Sequence[str]) -> bool:
    """Tell whether a version says all the words; its text as it is kept rules most of them out."""
    reference = saying.reference.casefold()
    kept = _folded(saying.text)
    if not all(word in kept or word in reference for word in escaped):
        return False
    texts = [reference, *_texts(json.loads(saying.text))]
    told = "\n".join(map(_folded, texts))
    return all(word in told for word in words)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def _folded(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
