"""What versions 0.1 to 0.4 of the Dutch standard asked and 1.0 does not: read, never written."""

from collections.abc import Iterator

from register.exchange.cells.addresses import as_url
from register.exchange.cells.agreement import tell_challenge
from register.exchange.cells.transforms import TRANSFORMS
from register.exchange.cells.values import is_blank, is_no_answer, one_line, tidy
from register.exchange.draft import Cells, Draft
from register.exchange.mapping import Link
from register.exchange.nl import nl_values as values

_DPIA, _RIGHTS = "dpia_pia", "human_rights"
_ASKED = (("iama", "iama_description", _RIGHTS), ("dpia", "dpia_description", _DPIA))


def _former(column: str, path: str, transform: str = "html") -> Link:
    return Link(column=column, path=path, transform=transform, language="", is_fallback=True)


LINKS = (
    Link(
        column="type",
        path="techniques",
        transform="choices",
        values=values.TYPE,
        is_fallback=True,
    ),
    _former("department", "unit", "title"),
    _former("impact", "affected_groups.description"),
    _former("decision_making_process", "process"),
    _former("documentation", "info_url", "url"),
    _former("description", "how_it_works", "special"),
    _former("monitoring", "monitoring.text"),
    _former("performance_standard", "performance.0.text"),
    _former("competent_authority", "responsible_official", "title"),
    _former("iama", "impact_assessments", "special"),
    _former("iama_description", "impact_assessments", "special"),
    _former("dpia", "impact_assessments", "special"),
    _former("dpia_description", "impact_assessments", "special"),
    _former("objection_procedure", "how_to_challenge.text"),
    _former("objection_procedure", "appeal_status", "special"),
    _former("area", "territory", "words"),
    _former("revision_date", "next_review_due", "special"),
    _former("lawful_basis_link", "legal_basis", "special"),
    _former("source_data_link", "data_sources", "special"),
)


def complete(cells: Cells, draft: Draft) -> None:
    """Put the answers to former questions where the draft has a place for them."""
    language = draft.languages[0]
    if draft.find("monitoring.text"):
        draft.place("monitoring.status", "not_stated")
    tell_challenge(draft, "objection_procedure")
    _describe(cells, draft, language)
    _review(cells, draft)
    for column, beside, kind in _ASKED:
        _assess(cells, draft, (column, beside, kind))
    _add_links(cells, draft, "lawful_basis_link", "legal_basis.title")
    _add_links(cells, draft, "source_data_link", "data_sources.name")


def _describe(cells: Cells, draft: Draft, language: str) -> None:
    """Put the long description before the methods, which were a question of their own."""
    said = TRANSFORMS["html"](cells.get("description"), LINKS[0]).answer
    path = f"how_it_works.{language}"
    if said:
        methods = draft.find(path)
        draft.place(path, f"{said}\n\n{methods}" if methods and methods != said else said)


def _review(cells: Cells, draft: Draft) -> None:
    """Keep the day before which a row is looked at again, if it is a day."""
    text = cells.get("revision_date")
    if is_blank(text):
        return
    outcome = TRANSFORMS["date"](text, LINKS[0])
    if outcome.answer and len(outcome.answer) == len("2026-01-31"):
        draft.place("next_review_due", outcome.answer)
    elif not is_no_answer(text):
        message = "Kept in the source row only: it is not a day."
        draft.warn("revision_date", "next_review_due", "unreadable_date", message)


def _assess(cells: Cells, draft: Draft, asked: tuple[str, str, str]) -> None:
    """Read whether an assessment was made, and what is said of it or where it is."""
    column, beside, kind = asked
    text = cells.get(column)
    status = values.YES_NO_STATUS.find(text)
    if status is None and not is_blank(text):
        message = f'"{one_line(text)}" is not a value that this format knows; it is left out.'
        draft.warn(column, "impact_assessments", "unknown_value", message)
        draft.unmapped.append((column, text))
    said = TRANSFORMS["html"](cells.get(beside), LINKS[0]).answer
    if not status and not said:
        return
    item = {"type": kind, "status": status or "not_stated"}
    if said:
        url = as_url(said)
        item |= {"url": url} if url else {f"summary.{draft.languages[0]}": said}
    draft.place_items(f"impact_assessments.{_count(draft, 'impact_assessments')}", [item])


def _add_links(cells: Cells, draft: Draft, column: str, path: str) -> None:
    """Add what a text of links names, unless the list beside it names it too."""
    field, _stop, naming = path.partition(".")
    known = {item.get("url") for item in (draft.find(field) or {}).values()}
    for name, url in _named_links(cells.get(column)):
        if url in known:
            continue
        known.add(url)
        item = {f"{naming}.{draft.languages[0]}": name or url, "url": url}
        draft.place_items(f"{field}.{_count(draft, field)}", [item])


def _named_links(text: str) -> Iterator[tuple[str, str]]:
    """Give the links in a text of lines such as "Name: https://…", each with its name."""
    for line in tidy(text).splitlines():
        before: list[str] = []
        for word in line.split():
            url = as_url(word)
            if url:
                yield " ".join(before).rstrip(" :-,;"), url
                before = []
            else:
                before.append(word)


def _count(draft: Draft, field: str) -> int:
    """Give the number after that of the last item of a list."""
    return max((int(number) + 1 for number in draft.find(field) or {}), default=0)
