"""A mapping told to people, as rows of facts: what a column is, what a value is, what is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from register.exchange.mapping import Format, Link
from register.standard.field import Field, Kind, Standard
from register.standard.marking import _

HOW = {
    "text": _("the text as it stands"),
    "title": _("the text on one line"),
    "line": _("the words as they stand"),
    "choice": _("one value"),
    "choices": _("several values"),
    "labels": _("the values as words to search for"),
    "unknown_text": _("the words of values that the standard does not have"),
    "date": _("a date, as exact as it is"),
    "url": _("a web address"),
    "contact": _("an address for the public"),
    "suppliers": _("names of suppliers"),
    "html": _("the text of the web page’s part, without its marks"),
    "plain": _("the text as it stands, “n/a” included"),
    "words": _("the words of a list"),
    "items": _("each item of a list"),
    "special": _("by the format’s own rules"),
}
# What holds for every format, since it lies in how files are read.
EVERYWHERE = (
    _("A blank cell is no answer, and neither is one that only says so (“N/A”, “TBD”)."),
    _("A value that the standard does not have is reported with its count, never guessed."),
    _("The e-mail address of a person is not taken over; that of an office is."),
    _("Every other column is kept beside the record in the source row, for auditors."),
)


@dataclass(frozen=True)
class MappedColumn:
    """One column and the answer it gives: ``label`` is our question's, ``how`` in words."""

    column: str
    path: str
    label: str
    how: str
    language: str
    conditions: tuple[tuple[str, str], ...]  # ("needs", path), ("fallback", ""), ("otherwise", …)


@dataclass(frozen=True)
class MappedValue:
    """One value of a column, our option for it (``""``: none), and what it comes back as."""

    column: str
    value: str
    option: str
    label: str
    written: str


@dataclass(frozen=True)
class Carried:
    """How much of our questions a format holds, by the names of the fields."""

    linked: tuple[str, ...]
    absent: tuple[str, ...]


def mapped_columns(dialect: Format, standard: Standard) -> Iterator[MappedColumn]:
    """Tell of every link what it joins, in the order of the mapping."""
    for link in dialect.links:
        yield MappedColumn(
            column=link.column if link.occurrence == 1 else f"{link.column} ({link.occurrence})",
            path=link.path,
            label=label_of(link.path, standard),
            how=HOW.get(link.transform, link.transform),
            language=link.language if _is_localized(link.path, standard) else "",
            conditions=tuple(_conditions(link)),
        )


def mapped_values(dialect: Format, standard: Standard) -> Iterator[MappedValue]:
    """Tell of every value of the standard what it means to us, column by column."""
    seen = set()
    for link in dialect.links:
        if link.values is None or link.transform in {"labels", "unknown_text"}:
            continue
        for value, option in link.values.meanings.items():
            if (link.column, value) not in seen:
                seen.add((link.column, value))
                label = _option_label(link.path, option, standard)
                written = link.values.write(option) if dialect.writing else ""
                yield MappedValue(link.column, value, option, label, written)


def nearest_values(dialect: Format, standard: Standard) -> Iterator[MappedValue]:
    """Tell how options of ours are written that the standard does not have."""
    links = [link for link in dialect.links if link.values and link.transform != "labels"]
    for link in links if dialect.writing else ():
        for option, value in (link.values.nearest if link.values else {}).items():
            label = _option_label(link.path, option, standard)
            yield MappedValue(link.column, value, option, label, value)


def carried(dialect: Format, standard: Standard) -> Carried:
    """Tell which of our questions have a column in the format, and which have none."""
    fields = [f.name for f in standard.asked_fields]
    linked = {link.field for link in dialect.links}
    return Carried(
        tuple(name for name in fields if name in linked),
        tuple(name for name in fields if name not in linked),
    )


def unplaced_columns(dialect: Format) -> tuple[str, ...]:
    """Give the columns of the standard that answer none of our questions."""
    linked = {link.column for link in dialect.links}
    written = dialect.writing.columns if dialect.writing else ()
    return tuple(column for column in written if column not in linked)


def merged_values(dialect: Format) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Tell which values of a column come back as another (``""``: as none), and as which."""
    if dialect.writing is None:
        return
    for link in dialect.links:
        if link.values is not None and link.transform in {"choice", "choices", "special"}:
            is_kept = any(
                o.column == link.column and o.transform == "labels" for o in dialect.links
            )
            if link.values.merged and not is_kept:
                yield link.column, link.values.merged


def label_of(path: str, standard: Standard) -> str:
    """Give the label of the question, or of its part, that a path leads to."""
    found = _field_at(path, standard)
    whole = standard.field(path.partition(".")[0])
    return whole.label if found is whole else f"{whole.label}: {found.label}"


def _field_at(path: str, standard: Standard) -> Field:
    name, *steps = path.split(".")
    found = standard.field(name)
    for step in steps:
        if any(part.name == step for part in found.parts):
            found = found.part(step)
    return found


def _is_localized(path: str, standard: Standard) -> bool:
    found = _field_at(path, standard)
    return found.localized and found.kind in {Kind.LINE, Kind.PROSE}


def _conditions(link: Link) -> Iterator[tuple[str, str]]:
    if link.needs:
        yield "needs", link.needs
    if link.is_fallback:
        yield "fallback", ""
    if link.otherwise:
        yield "otherwise", link.otherwise


def _option_label(path: str, options: str, standard: Standard) -> str:
    found = _field_at(path, standard)
    named = {option.value: option.label for option in found.options}
    return ", ".join(named.get(each, each) for each in options.split("+") if each)
