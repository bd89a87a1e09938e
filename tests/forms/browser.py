"""What a browser would post for the questions of a page, untouched."""

from collections.abc import Iterator
from typing import Any

from werkzeug.datastructures import MultiDict

from register.forms.asking import Asking
from register.forms.sections import SectionForm
from register.standard import CURRENT
from register.standard.content import Content

LANGUAGES = ("en", "ur")
Pairs = Iterator[tuple[str, str]]


def page_of(section_name: str, content: Content, typed: Any = None) -> SectionForm:
    """The page of a section, shown from what is kept or read from what was posted."""
    section = CURRENT.section(section_name)
    return SectionForm(CURRENT, section, content, languages=LANGUAGES, typed=typed)


def asking_about(content: Content, **more: Any) -> Asking:
    bodies = [("taxes", "Taxes"), ("health", "Health")]
    stated = content.answers.get("filed_by", {}).get("on_behalf_of")
    if stated:
        bodies.append((stated, stated))
    return Asking(translate=str, content=content, agencies=bodies, **more)


def posted(page: SectionForm, content: Content) -> MultiDict[str, str]:
    """Give the names and values of all the inputs of the page."""
    pairs = [
        pair
        for view in page.questions(asking_about(content))
        for pair in (*inputs_of(view), *withholding_of(view))
    ]
    # A browser sends every line break of a text as CR LF.
    return MultiDict([(name, value.replace("\n", "\r\n")) for name, value in pairs])


def inputs_of(view: dict[str, Any]) -> Pairs:
    inner = [question for entry in view.get("entries", ()) for question in entry["questions"]]
    for question in (*inner, *view.get("questions", ())):
        yield from inputs_of(question)
    for part in view.get("parts", ()):
        yield part["name"], part["value"]
    for each in view.get("inputs", ()):
        yield each["name"], each["value"]
        if "status_name" in each:
            yield each["status_name"], each["status_value"]
    yield from chosen_of(view)


def chosen_of(view: dict[str, Any]) -> Pairs:
    """The authoritative language comes first, as that page has it; the rest in order."""
    if view["template"] == "languages" and view["first"]:
        yield view["name"], view["first"]
    for option in view.get("options", ()):
        if option["checked"]:
            yield view["name"], option["value"]


def withholding_of(view: dict[str, Any]) -> Pairs:
    if view["withhold"]:
        if view["withhold"]["is_withheld"]:
            yield view["withhold"]["name"], "yes"
        for question in view["withhold"]["questions"]:
            yield from inputs_of(question)
