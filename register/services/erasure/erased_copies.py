"""Erasing what was copied from a filing's versions: drafts, templates, letters, files and forms."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from register import clock
from register.errors import Conflict
from register.services.erasure.erased_values import CHANGE_NOTE, Taken, says, texts_of, without
from register.services.imports.import_call import unpacked
from register.services.imports.import_runs import RunState
from register.standard.content import Content
from register.standard.marking import _
from register.storage import beside, transaction
from register.storage.models import Disclosure, ImportRun

#: Where the words of a filing stand in an event of the trail.
WORDS = ("raw", "reason", "comments")
_BUSY = frozenset({RunState.CHECKING, RunState.APPLYING})
_ENDED = frozenset({RunState.DONE, RunState.FAILED, RunState.CANCELLED})
AT_WORK = _(
    "A file that holds what is to be erased is being taken in just now. Wait until that is done, "
    "or stop it, and erase then."
)


def erase(taken: Taken) -> None:
    """Erase it from whatever may hold it beside the versions."""
    with transaction():
        _erase_draft(taken)
        _erase_templates(taken)
        for letter in beside.iterate_letters():
            if says(letter.details, taken.texts):
                letter.details = without(letter.details, taken.texts)
        for kept in beside.iterate_kept_forms():
            if taken.disclosure.reference in kept.path or says(kept.fields, taken.texts):
                beside.delete_row(kept)
        for upload in beside.iterate_uploads():
            if upload.applied_at is None and upload.agency_id == taken.disclosure.agency_id:
                beside.delete_row(upload)
            elif says(upload.outcome, taken.texts):
                upload.outcome = without(upload.outcome, taken.texts)
        beside.delete_links([text for text in texts_of(list(taken.values)) if "://" in text])


def empty_files(hashes: Collection[str], texts: Collection[str]) -> None:
    """Empty the files of other registers that hold it: those that versions came from, and others.

    What is not a plain text cannot be looked through, and is emptied only if a version came from
    it. Raise :exc:`Conflict` while one is being worked on.
    """
    plain = [text.encode() for text in texts]
    with transaction():
        for run in beside.iterate_import_runs():
            is_in_body = run.file_hash in hashes or any(text in run.body for text in plain)
            if is_in_body and run.body:
                _empty_body(run)
            if run.report is not None and says(json.loads(unpacked(run.report)), texts):
                run.report = None
            for name in ("preview", "trial", "outcome", "error"):
                told = getattr(run, name)
                if says(told, texts):
                    setattr(run, name, without(told, texts))


def without_words(taken: Taken, details: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is left of what an event of the filing tells."""
    comments = details.get("comments")
    gone = {word for word in WORDS if says(details.get(word), taken.texts)}
    if isinstance(comments, Mapping) and taken.part.question in comments:
        gone.add("comments")
    return {name: None if name in gone else value for name, value in details.items()}


def _empty_body(run: ImportRun) -> None:
    if run.state in _BUSY:
        raise Conflict(AT_WORK)
    if run.state not in _ENDED:
        run.state, run.ended_at = RunState.CANCELLED, clock.now()
    run.body, run.size = b"", 0


def _erase_templates(taken: Taken) -> None:
    for template in beside.iterate_templates():
        content = Content.from_json(template.content)
        if _is_same(taken, content):
            template.content = taken.part.taken_from(content).to_json()
        if says(template.names, taken.texts):
            template.names = without(template.names, taken.texts)


def _erase_draft(taken: Taken) -> None:
    disclosure, part = taken.disclosure, taken.part
    if disclosure.draft_content is not None:
        content = Content.from_json(disclosure.draft_content)
        if taken.is_whole or _is_same(taken, content):
            is_withdrawal = disclosure.draft_purpose == "withdrawal"
            left = taken.left_of(content) if is_withdrawal else part.taken_from(content)
            disclosure.draft_content = left.to_json()
    if says(disclosure.draft_change_note, taken.texts):
        disclosure.draft_change_note = without(disclosure.draft_change_note, taken.texts)
    if says(disclosure.draft_return_reason, taken.texts):
        disclosure.draft_return_reason = ""
    _erase_comments(disclosure, taken)


def _erase_comments(disclosure: Disclosure, taken: Taken) -> None:
    comments = disclosure.draft_comments or {}
    left = {
        name: text
        for name, text in comments.items()
        if name != taken.part.question and not says(text, taken.texts)
    }
    if left != comments:
        disclosure.draft_comments = left or None


def _is_same(taken: Taken, content: Content) -> bool:
    """Tell whether a content says, in the same place, what is erased."""
    if taken.part.field == CHANGE_NOTE:
        return False
    value = taken.part.value(content, None)
    return value is not None and (value in taken.values or says(value, taken.texts))
