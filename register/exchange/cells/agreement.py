"""Answers that several dialects have to bring into agreement after a row was read."""

import re

from register.exchange.cells.transforms import TRANSFORMS
from register.exchange.cells.values import begins_as_no_answer, is_blank, tidy
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Link

_NOT_YET = frozenset({"planned", "in_development"})
_ENDED = frozenset({"suspended", "retired", "cancelled"})
_NO_WAY = re.compile(
    r"(?:there (?:is|are) )?(?:no|none|not|nee|geen|niet|er (?:is|zijn) geen)\b", re.IGNORECASE
)
_SHORT = 30  # characters up to which an answer says no more than the option it became


def keep_dates_of_phase(draft: Draft, *, used: str, ended: str = "") -> None:
    """Leave out a first day of use before any use, and a last day while it lasts.

    ``used`` and ``ended`` are the columns that these days come from.
    """
    phase = draft.find("phase")
    if phase in _NOT_YET and draft.drop("in_use_since"):
        message = f"Kept in the source row only: the system is {phase}, so it is not in use yet."
        draft.warn(used, "in_use_since", "unplaced", message)
    if ended and phase not in _ENDED and draft.drop("ended_on"):
        message = "Kept in the source row only: the source does not say that its use has ended."
        draft.warn(ended, "ended_on.date", "unplaced", message)


def add_words(draft: Draft, path: str, *texts: str) -> None:
    """Add texts to the localised English text at ``path``, one a line, if they say something."""
    words = [tidy(text) for text in texts if not is_blank(text) and not begins_as_no_answer(text)]
    if present := draft.find(f"{path}.en"):
        words = [present, *(text for text in words if text not in present)]
    if words:
        draft.place(f"{path}.en", "\n".join(dict.fromkeys(words)))


def beyond_option(text: str) -> str:
    """Give the words of an answer that say more than the option it became, else nothing."""
    return text if len(tidy(text)) > _SHORT else ""


def read_date(cells: Cells, draft: Draft, column: str, path: str) -> str | None:
    """Read the date in a column whose meaning depends on another, with the usual remarks."""
    text = cells.get(column)
    if is_blank(text):
        return None
    outcome = TRANSFORMS["date"](text, Link(column=column, path=path))
    for kind, message in outcome.doubts:
        draft.warn(column, path, kind, message)
    return None if outcome.answer is None else str(outcome.answer)


def tell_challenge(draft: Draft, column: str) -> None:
    """Take a way to object that is described for one that is in place; "none" describes no way."""
    path = f"how_to_challenge.text.{draft.languages[0]}"
    text = draft.find(path)
    if not text:
        return
    if _NO_WAY.match(tidy(text)):
        draft.drop(path)
        message = "Kept in the source row only: it seems to say that there is no way to object."
        draft.warn(column, "how_to_challenge.text", "unplaced", message)
        return
    draft.place("appeal_status", "established")
