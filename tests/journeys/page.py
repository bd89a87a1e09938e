"""A page as a person without JavaScript has it: its words, its links, and forms to fill in."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from werkzeug.test import TestResponse

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNSEEN = frozenset({"script", "style", "template", "head"})
HEADINGS = ("h1", "h2", "h3")
Values = str | Sequence[str]


@dataclass
class Element:
    """A tag with its attributes, what stands in it, and where it stands."""

    tag: str
    attributes: Mapping[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def walk(self) -> Iterator["Element"]:
        """This element and all in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """The elements in it with one of these tags and just these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.walk()
            if (not tags or each.tag in tags)
            and all(each.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    @property
    def raw(self) -> str:
        """The text in it, letter by letter."""
        return "".join(c if isinstance(c, str) else c.raw for c in self.children)

    @property
    def text(self) -> str:
        """The text in it as it is read, on one line."""
        return re.sub(r"\s+", " ", self._seen()).strip()

    def _seen(self) -> str:
        if self.tag in UNSEEN or "hidden" in self.attributes:
            return ""
        inner = "".join(c if isinstance(c, str) else c._seen() for c in self.children)
        return inner if self.tag in {"span", "bdi", "a", "b", "strong", "mark"} else f" {inner} "


class _Reader(HTMLParser):
    """Builds the tree; refuses tags that are closed in the wrong order, as browsers should."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


class Page:
    """What came back from the register, read as HTML."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        reader = _Reader()
        reader.feed(self.html)
        assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
        self.root = reader.root

    @property
    def path(self) -> str:
        """Where we are, with the language."""
        environ = self.response.request.environ
        return str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))

    @property
    def address(self) -> str:
        """Where we are, with what follows the path: a form without an address is sent there."""
        query = self.response.request.environ.get("QUERY_STRING", "")
        return f"{self.path}?{query}" if query else self.path

    @property
    def language(self) -> str:
        return self.root.one("html")["lang"]

    @property
    def title(self) -> str:
        return re.sub(r"\s+", " ", self.root.one("title").raw).strip()

    @property
    def heading(self) -> str:
        return self.root.one("h1").text

    @property
    def text(self) -> str:
        """Everything that is seen on the page but for its frame."""
        return self.root.one("main").text

    @property
    def alerts(self) -> list[str]:
        """The errors in the summary on top of the page."""
        boxes = self.root.all("div", class_="govuk-error-summary")
        return [link.text for box in boxes for link in box.all("a")]

    @property
    def alert_targets(self) -> list[str]:
        """The places that the error summary leads to."""
        boxes = self.root.all("div", class_="govuk-error-summary")
        return [link["href"] for box in boxes for link in box.all("a")]

    def links(self, text: str = "") -> list[str]:
        """Where the links of this name lead."""
        return [a["href"] for a in self.root.all("a") if text in a.text]

    def section(self, heading: str) -> str:
        """The text of the part of the page under a heading."""
        for each in self.root.all(*HEADINGS, "summary"):
            if each.text == heading and each.parent is not None:
                return each.parent.text
        raise AssertionError(f"there is no heading {heading!r}")

    def answer(self, question: str) -> str:
        """What stands beside a question in a list of answers."""
        found = [
            entry.parent.one("dd").text if len(entry.parent.all("dd")) == 1 else entry.parent.text
            for entry in self.root.all("dt")
            if entry.parent is not None and entry.text.split(" Not public")[0] == question
        ]
        assert found, f"there is no question {question!r}"
        return found[0]

    def beside(self, name: str) -> str:
        """The errors that stand beside the control of this id."""
        control = self.root.one(id=name)
        ids = control["aria-describedby"].split()
        outer = control.parent
        while outer is not None:
            if outer.tag == "fieldset":
                ids += outer["aria-describedby"].split()
            outer = outer.parent
        shown = [self.root.one(id=each) for each in ids]
        return " ".join(e.text for e in shown if "error" in e["class"])

    def form(self, button: str = "", *, control: str = "") -> "Form":
        """The form that has this button or, in any language, a control of this name."""
        for form in self.root.all("form"):
            has_button = any(b.text.split(" (")[0] == button for b in form.all("button"))
            names = {each["name"] for each in form.all("input", "select", "textarea")}
            if has_button or control in names:
                return Form(self, form)
        raise AssertionError(f"no form has {button or control!r}")


class Form:
    """A form that can be filled in and sent, exactly as a browser would send it."""

    def __init__(self, page: Page, element: Element) -> None:
        self.page = page
        self.element = element
        self.action = element["action"] or page.address
        self.values: dict[str, list[str]] = {}
        for control in element.all("input", "select", "textarea"):
            self.values.setdefault(control["name"], []).extend(_posted(control))

    def __getitem__(self, name: str) -> str:
        """What stands in a control."""
        return next(iter(self.values[name]), "")

    def fill(self, answers: Mapping[str, Values]) -> "Form":
        """Type or choose; a control that is not there cannot be filled."""
        for name, given in answers.items():
            assert name in self.values, f"there is no control called {name!r}"
            values = [given] if isinstance(given, str) else list(given)
            options = {o["value"] for o in self._options(name)}
            assert not options or set(values) <= options, f"{name!r} offers {options}"
            self.values[name] = values
        return self

    def buttons(self) -> list[str]:
        """What the buttons say that can be seen."""
        return [b.text for b in self.element.all("button") if "aria-hidden" not in b.attributes]

    def pressed(self, label: str = "", value: str = "") -> dict[str, Any]:
        """What is sent when the button is pressed; ``value`` tells buttons of one label apart.

        Without a label it is the first that can be seen.
        """
        for button in self.element.all("button"):
            is_it = label in {"", button.text.split(" (")[0]} and value in {"", button["value"]}
            if is_it and "aria-hidden" not in button.attributes:
                sent: dict[str, Any] = {k: v for k, v in self.values.items() if v}
                if button["name"]:
                    sent[button["name"]] = button["value"]
                return sent
        raise AssertionError(f"there is no button {label!r} {value!r}")

    def _options(self, name: str) -> list[Element]:
        found = self.element.all("input", name=name)
        boxes = [each for each in found if each["type"] in {"radio", "checkbox"}]
        for select in self.element.all("select", name=name):
            boxes += select.all("option")
        return boxes


def _posted(control: Element) -> list[str]:
    """What a browser sends for an untouched control."""
    if control.tag == "textarea":
        return [control.raw.removeprefix("\n").replace("\n", "\r\n")]
    if control.tag == "select":
        options = control.all("option")
        chosen = [o["value"] for o in options if "selected" in o.attributes]
        return chosen or [o["value"] for o in options[:1]]
    if control["type"] in {"radio", "checkbox"}:
        return [control["value"]] if "checked" in control.attributes else []
    return [control["value"]]


def csv_rows(answer: TestResponse) -> list[dict[str, str]]:
    """The rows of a table that is sent as a file, by column."""
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
