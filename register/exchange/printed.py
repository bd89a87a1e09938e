"""A mapping printed as a Markdown page, so that it can be read without running anything."""

from collections.abc import Iterable, Iterator

from register.exchange import describing
from register.exchange.mapping import Format
from register.standard.field import Standard

_CONDITIONS = {
    "needs": "only if `{}` is answered",
    "fallback": "if no other column says it",
    "otherwise": "an unknown value becomes `{}`",
}


def markdown(dialect: Format, standard: Standard) -> str:
    """Print one format: its columns, its values, and what is lost on the way."""
    lines = [
        f"# {dialect.title}",
        "",
        "<!-- Written by make docs from register/exchange. -->",
        "",
        *_facts(dialect),
        "",
        "## Columns and questions",
        "",
        "| Column | Our question | Answer | How |",
        "|---|---|---|---|",
        *_columns(dialect, standard),
        *_rules(dialect),
        *_values(dialect, standard),
        *_nearest(dialect, standard),
        "",
        "## What is lost",
        "",
        *_losses(dialect),
        *_absences(dialect, standard),
    ]
    return "\n".join(lines) + "\n"


def overview(formats: Iterable[Format]) -> str:
    """Print which formats there are, and which of them are read and written."""
    lines = [
        "# Formats of other registers",
        "",
        "<!-- Written by make docs from register/exchange. -->",
        "",
        "Each page says which foreign column is which of our questions, which value is which",
        "option, and what is lost. Import and export follow the same table.",
        "",
        "| Format | | Read | Written as |",
        "|---|---|---|---|",
    ]
    for each in sorted(formats, key=lambda dialect: dialect.name):
        files = ", ".join(each.writing.files) if each.writing else "no"
        name = f"[`{each.name}`]({each.name}.md)"
        lines.append(_row(name, each.title, "yes" if each.is_read else "no", files))
    return "\n".join(lines) + "\n"


def _facts(dialect: Format) -> Iterator[str]:
    yield f"- Name: `{dialect.name}`"
    yield f"- Read: {'yes' if dialect.is_read else 'no'}"
    files = ", ".join(dialect.writing.files) if dialect.writing else "no"
    yield f"- Written: {files}"
    yield f"- Languages: {', '.join(dialect.languages)}"
    if dialect.identifier:
        yield f"- A row is known again by: the body and `{dialect.identifier}`, else its name"
    if dialect.source:
        yield f"- Source: <{dialect.source}>"


def _columns(dialect: Format, standard: Standard) -> Iterator[str]:
    for each in describing.mapped_columns(dialect, standard):
        how = each.how + (f" ({each.language})" if each.language else "")
        conditions = [_CONDITIONS[kind].format(value) for kind, value in each.conditions]
        yield _row(each.column, each.label, f"`{each.path}`", "; ".join([how, *conditions]))


def _rules(dialect: Format) -> Iterator[str]:
    if not dialect.constants and not dialect.notes:
        return
    yield from ("", "## Rules", "")
    for constant in dialect.constants:
        yield f"- `{constant.path}` is “{constant.value}” if `{constant.given}` is answered."
    for note in dialect.notes:
        yield f"- {note}"


def _values(dialect: Format, standard: Standard) -> Iterator[str]:
    rows = list(describing.mapped_values(dialect, standard))
    if not rows:
        return
    back = " Written as |" if dialect.writing else ""
    yield from ("", "## Values", "", f"| Column | Value | Ours | Option |{back}")
    yield "|---|---|---|---|" + ("---|" if dialect.writing else "")
    for each in rows:
        option = f"`{each.option}`" if each.option else "no answer"
        cells = [each.column, each.value, each.label, option]
        yield _row(*cells, *([each.written] if dialect.writing else []))


def _nearest(dialect: Format, standard: Standard) -> Iterator[str]:
    rows = list(describing.nearest_values(dialect, standard))
    if not rows:
        return
    yield from ("", "## Options of ours that the standard does not have", "")
    yield from ("| Column | Ours | Option | Written as |", "|---|---|---|---|")
    for each in rows:
        yield _row(each.column, each.label, f"`{each.option}`", each.written)


def _losses(dialect: Format) -> Iterator[str]:
    for sentence in describing.EVERYWHERE:
        yield f"- {sentence}"
    for loss in dialect.losses:
        yield f"- `{loss.column}` → `{loss.field}`: {loss.reason}"
    for column, values in describing.merged_values(dialect):
        said = "; ".join(f"“{a}” as {f'“{b}”' if b else 'nothing'}" for a, b in values.items())
        yield f"- `{column}`: values that share an option come back as one of them: {said}."


def _absences(dialect: Format, standard: Standard) -> Iterator[str]:
    unplaced = describing.unplaced_columns(dialect)
    if unplaced:
        named = ", ".join(f"`{column}`" for column in unplaced)
        yield from ("", "Columns of the standard that answer none of our questions:", "", named)
    absent = [f"`{name}`" for name in describing.carried(dialect, standard).absent]
    if absent and dialect.writing:
        yield from ("", "Questions of ours that the standard has no column for:", "")
        yield ", ".join(absent)


def _row(*cells: str) -> str:
    shown = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(shown)} |"
