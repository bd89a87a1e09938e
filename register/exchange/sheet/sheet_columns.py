"""The columns of the officer's workbook, derived from the standard: a question asked has a place.

One sheet has a row for each system; each list of a system (its suppliers, its risks) has a sheet of
its own. A column is known by the technical path of what stands in it, whatever its heading says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.standard.field import ALWAYS, Field, Kind, Standard
from register.standard.marking import _

REFERENCE = "own_reference"  # the agency's own number for the system, by which a row is known again
REMARKS = "what_to_mend"  # what the register wrote into a file that it gave back
REFERENCE_LABEL = _("Your own reference")
REMARKS_LABEL = _("What to mend")
SET_BY_THE_ACCOUNT = frozenset({"agency"})
#: What cannot be filed by a row, because the form for it asks more than the record's questions.
NOT_BY_SHEET: Mapping[str, frozenset[str]] = {"record_kind": frozenset({"nil_return"})}

_MONEY = (("amount", _("Amount")), ("currency", _("Currency, such as PKR")))
_TEXTS = frozenset({Kind.LINE, Kind.PROSE})


@dataclass(frozen=True)
class Column:
    """A place for one answer, or for one part or language of it.

    ``labels`` lead from the question to the part, each marked for translation; ``step`` tells the
    amount of money from its currency.
    """

    path: str
    question: Field
    labels: tuple[str, ...]
    language: str = ""
    step: str = ""
    is_needed: bool = False


@dataclass(frozen=True)
class Layout:
    """The columns of the sheet of systems, and those of each list by the name of its question.

    ``titles`` are the labels of the lists, marked for translation.
    """

    systems: tuple[Column, ...]
    lists: Mapping[str, tuple[Column, ...]]
    titles: Mapping[str, str]

    @property
    def columns(self) -> Iterator[Column]:
        """Every column."""
        yield from self.systems
        for columns in self.lists.values():
            yield from columns


def layout_of(standard: Standard, languages: Sequence[str]) -> Layout:
    """Give every question that is put to an officer a column, or a column for each of its parts."""
    asked = [each for each in standard.asked_fields if each.name not in SET_BY_THE_ACCOUNT]
    single = [each for each in asked if each.kind is not Kind.GROUPS]
    lists = [each for each in asked if each.kind is Kind.GROUPS]
    return Layout(
        systems=tuple(_columns(single, languages)),
        lists={
            each.name: tuple(_columns(each.parts, languages, path=f"{each.name}."))
            for each in lists
        },
        titles={each.name: each.label for each in lists},
    )


def _columns(
    questions: Iterable[Field],
    languages: Sequence[str],
    *,
    path: str = "",
    labels: tuple[str, ...] = (),
    is_needed: bool = True,
) -> Iterator[Column]:
    for question in questions:
        column = Column(
            path + question.name,
            question,
            (*labels, question.label),
            is_needed=is_needed and ALWAYS in question.required and not question.asked,
        )
        yield from _DIVIDED.get(question.kind, _whole)(column, languages)


def _whole(column: Column, languages: Sequence[str]) -> Iterator[Column]:
    if not (column.question.localized and column.question.kind in _TEXTS):
        yield column
        return
    for language in languages:
        yield Column(
            f"{column.path}.{language}",
            column.question,
            column.labels,
            language=language,
            is_needed=column.is_needed,
        )


def _parts(column: Column, languages: Sequence[str]) -> Iterator[Column]:
    return _columns(
        column.question.parts,
        languages,
        path=f"{column.path}.",
        labels=column.labels,
        is_needed=column.is_needed,
    )


def _money(column: Column, _languages: Sequence[str]) -> Iterator[Column]:
    for step, label in _MONEY:
        yield Column(
            f"{column.path}.{step}",
            column.question,
            (*column.labels, label),
            step=step,
            is_needed=column.is_needed,
        )


_DIVIDED: Mapping[Kind, Callable[[Column, Sequence[str]], Iterator[Column]]] = {
    Kind.GROUP: _parts,
    Kind.MONEY: _money,
}
