"""What each row of an officer's file would do: a new draft, a change, nothing, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from register.errors import Message
from register.exchange.sheet.sheet_reading import Place, Problem, SheetFile, SheetRow
from register.schemas import find_errors, find_errors_of_idle
from register.services.imports.import_content import hash_of
from register.standard import CURRENT, get_standard
from register.standard.content import Content
from register.standard.lifecycle import WAITING, DraftState, Status
from register.standard.marking import _
from register.storage import imports, uploads
from register.storage.models import Agency, Disclosure

WAITS = _("%(reference)s waits for a decision. Change it when it is published or returned.")
WITHDRAWN = _("%(reference)s was withdrawn. Begin a new version of it in the form.")
DISCARDED = _("%(reference)s was discarded. Take it up again before you change it by a file.")
CHANGED_BY_HAND = _(
    "%(reference)s was changed in the form since your last file, so it stays as it is. Change it in"
    " the form."
)


class Fate(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    AMENDED = "amended"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


WRITING = frozenset({Fate.CREATED, Fate.CHANGED, Fate.AMENDED})


@dataclass(frozen=True, kw_only=True)
class Known:
    """A filing that came from a row before, as it is now.

    ``given`` is the hash of what that row said; ``is_by_hand`` tells whether people changed the
    draft since.
    """

    reference: str
    status: Status
    draft_state: DraftState
    lock_version: int
    standard: str
    content: Content
    given: str
    is_by_hand: bool


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """A row and what it would do; ``gaps`` counts the answers that are still missing.

    ``own`` is the agency's reference and ``reference`` the register's, empty if it has none yet;
    ``content`` is what the draft would hold, and ``given`` the hash of what the row says.
    """

    sheet: str
    number: int
    own: str
    fate: Fate
    reference: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    gaps: int = 0
    problems: tuple[Problem, ...] = ()
    content: Content = field(default_factory=Content)
    given: str = ""


def known_filings(agency: Agency) -> dict[str, Known]:
    """Give what came from rows before, by the agency's own references."""
    found = uploads.map_uploaded(agency)
    listed = list(found.values())
    before = imports.map_last_imports(listed, uploads.WRITTEN)
    contents = imports.map_contents(listed)
    return {
        own: _known(each, before.get(each.id, {}), contents.get(each.id, {}))
        for own, each in found.items()
    }


def _known(each: Disclosure, before: Mapping[str, Any], content: Mapping[str, Any]) -> Known:
    is_changed = before.get("content_sha256") != hash_of(content)
    return Known(
        reference=each.reference,
        status=Status(each.status),
        draft_state=DraftState(each.draft_state),
        lock_version=each.lock_version,
        standard=each.draft_standard or CURRENT.id,
        content=Content.from_json(content),
        given=before.get("given_sha256", ""),
        is_by_hand=is_changed or each.draft_purpose != "filing",
    )


def plan(
    file: SheetFile, known: Mapping[str, Known], agency: str, languages: tuple[str, ...]
) -> list[PlannedRow]:
    """Say of every row what it would do, in the order of the file."""
    rows = [_planned(each, known.get(each.reference), agency, languages) for each in file.systems]
    rows += [
        PlannedRow(
            sheet=each.place.sheet,
            number=each.place.row,
            own="",
            fate=Fate.REFUSED,
            problems=(each,),
        )
        for each in file.problems
    ]
    order = {sheet.name: position for position, sheet in enumerate(file.sheets)}
    return sorted(rows, key=lambda row: (order[row.sheet], row.number))


def _planned(
    system: SheetRow, known: Known | None, agency: str, languages: tuple[str, ...]
) -> PlannedRow:
    given = hash_of(system.answers)
    content = _content(system, known, agency, languages)
    name = content.answers.get("name")
    row = PlannedRow(
        sheet=system.place.sheet,
        number=system.place.row,
        own=system.reference,
        fate=Fate.CREATED,
        reference=known.reference if known else "",
        name=name if isinstance(name, Mapping) else {},
        content=content,
        given=given,
    )
    if known is not None:
        row = _after(row, known, system)
    if row.fate is Fate.UNCHANGED and not system.problems:
        return row
    return _judged(row, system, known.standard if known else CURRENT.id)


def _content(
    system: SheetRow, known: Known | None, agency: str, languages: tuple[str, ...]
) -> Content:
    """Lay what the row says over what is there; a new filing is in the languages of its name."""
    if known is not None:
        kept = known.content
        stated = tuple(name for name in kept.not_stated if name not in system.answers)
        return replace(kept, answers=overlaid(kept.answers, system.answers), not_stated=stated)
    name = system.answers.get("name")
    spoken = [code for code in languages if isinstance(name, Mapping) and code in name]
    assumed = {"languages": spoken} if spoken else {}
    return Content(answers={**assumed, **system.answers, "agency": agency})


def overlaid(kept: Any, given: Any) -> Any:
    """Give ``kept`` with what is ``given``: parts and languages one by one, lists as a whole."""
    if not (isinstance(kept, Mapping) and isinstance(given, Mapping)):
        return given
    return {**kept, **{name: overlaid(kept.get(name), each) for name, each in given.items()}}


def _after(row: PlannedRow, known: Known, system: SheetRow) -> PlannedRow:
    """Decide by where the filing stands."""
    if row.given == known.given or row.content == known.content:
        return replace(row, fate=Fate.UNCHANGED)
    if known.draft_state in WAITING:
        return _refused(row, system, WAITS)
    if known.draft_state is DraftState.DISCARDED:
        return _refused(row, system, DISCARDED)
    if known.draft_state is DraftState.NONE:
        is_gone = known.status is Status.WITHDRAWN
        return _refused(row, system, WITHDRAWN) if is_gone else replace(row, fate=Fate.AMENDED)
    if known.is_by_hand:
        return _refused(row, system, CHANGED_BY_HAND)
    return replace(row, fate=Fate.CHANGED)


def _refused(row: PlannedRow, system: SheetRow, sentence: str) -> PlannedRow:
    problem = Problem(system.place, Message(sentence, reference=row.reference))
    return replace(row, fate=Fate.REFUSED, problems=(problem,))


def _judged(row: PlannedRow, system: SheetRow, standard: str) -> PlannedRow:
    """Refuse a row for a cell that is wrong; count what is only missing.

    A cell is wrong whether or not its question arises; an answer is missing only if it does.
    """
    asked = get_standard(standard)
    errors = find_errors(asked, row.content)
    gaps = sum(_place(path, system) is None for path in errors)
    problems = [*row.problems, *system.problems]
    remarked = {problem.place for problem in problems}
    for path, sentences in (find_errors_of_idle(asked, row.content) | errors).items():
        place = _place(path, system)
        if place is not None and place not in remarked:
            problems += [Problem(place, sentence) for sentence in sentences]
    fate = Fate.REFUSED if problems else row.fate
    return replace(row, fate=fate, problems=tuple(problems), gaps=gaps)


def _place(path: str, system: SheetRow) -> Place | None:
    """Find the filled cell that an error is about: at its path, above it, or the first below."""
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        if place := system.places.get(".".join(steps[:length])):
            return place
    below = (place for each, place in system.places.items() if each.startswith(path + "."))
    return next(below, None)
