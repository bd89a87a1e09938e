"""The directory that a file of the format register-1 brings, beside the one that is here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.errors import Invalid, Message, english
from register.exchange.own.register_1 import Head, Line
from register.exchange.own.register_1_shapes import Wrong
from register.exchange.result import RowWarning
from register.schemas import present_body
from register.schemas.kinds import LANGUAGE
from register.services.directory.describing import row_errors
from register.services.imports.register_reading import first_difference
from register.standard import STANDARDS
from register.standard.marking import _
from register.standard.publication import Body
from register.storage import agencies

DIFFERS = _(
    "The directory here says something else of %(agency)s (%(place)s), and keeps what it says."
)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The bodies that may file, by slug, and which of them are to be added, parents first.

    ``last_line`` is where the directory ends in the file.
    """

    bodies: Mapping[str, Body]
    new: Sequence[Body]
    warnings: Sequence[RowWarning]
    last_line: int


def directory_of(head: Head, *, file: str) -> Directory:
    """Lay the directory of a file beside the one that is here; what is here stays as it is.

    Raise :exc:`Invalid`, naming file and line, if the file needs a standard that is not known here,
    or if anything about an agency is wrong.
    """
    unknown = sorted(set(head.standards) - set(STANDARDS))
    if unknown:
        sentence = _("This register does not know this standard.")
        raise Invalid(f"{file}, line 1, standards: {sentence} ({', '.join(unknown)[:200]})")
    here = {each.slug: each for each in map(agencies.body_of, agencies.list_agencies())}
    bodies, new, warnings = dict(here), [], []
    lines: dict[str, int] = {}
    for line in head.agencies:
        slug = line.value["slug"]
        for path, said in _errors(line, bodies, lines):
            raise Invalid(f"{file}, line {line.number}, {path}: {english(said)}")
        lines[slug] = line.number
        if slug not in here:
            bodies[slug] = _body(line)
            new.append(bodies[slug])
        elif present_body(here[slug]) != line.value:
            place = first_difference(line.value, present_body(here[slug]))
            text = Message(DIFFERS, agency=slug, place=place).english
            warnings.append(RowWarning(line.number, "", "agency", text, "agency_differs"))
    last = max(lines.values(), default=1)
    return Directory(bodies=bodies, new=new, warnings=warnings, last_line=last)


def _errors(line: Line, bodies: Mapping[str, Body], lines: Mapping[str, int]) -> Iterator[Wrong]:
    row, parent = line.value, line.value["parent"]
    described = {**row, "names": row["name"]}
    yield from row_errors(described)
    if not all(LANGUAGE.fullmatch(code) for code in row["name"]):
        yield "name", _("This is not a language code.")
    if row["slug"] in lines:
        sentence = _("Line %(number)s has this agency already.")
        yield "slug", Message(sentence, number=lines[row["slug"]])
    if parent is not None and parent not in bodies:
        yield "parent", _("The agency above must stand in a line before, or in the directory.")


def _body(line: Line) -> Body:
    row = line.value
    return Body(
        slug=row["slug"],
        names=row["name"],
        abbreviation=row["abbreviation"],
        level=row["level"],
        sector=row["sector"],
        parent=row["parent"],
    )
