"""Somebody who goes from page to page, in a language, with scripts or without, and looks around."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from register.web.languages import said_in
from tests.browser.visitor import WIDE, Visitor, Watched, faults, overflows, press

ERRORS = ".govuk-error-summary"
# What the reader's own spacing added to the page is taken off again.
PLAIN = "document.adoptedStyleSheets = []"
Wanted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Way:
    """How somebody goes through the register."""

    language: str
    has_script: bool

    def __str__(self) -> str:
        return f"{self.language} {'with' if self.has_script else 'without'} scripts"

    @property
    def slug(self) -> str:
        """What tells the way from others in an address."""
        return f"{self.language}-{'with' if self.has_script else 'without'}"

    @property
    def prefix(self) -> str:
        """What stands before each address in this language."""
        return "" if self.language == "en" else f"/{self.language}"

    @property
    def other(self) -> "Way":
        """How whoever comes next goes: the other language, and scripts if there were none."""
        return Way("ur" if self.language == "en" else "en", not self.has_script)


WAYS = tuple(Way(language, has_script) for language in ("en", "ur") for has_script in (True, False))
# With whoever goes the other way, these two go all four ways.
SCRIPTED = tuple(way for way in WAYS if way.has_script)


class Walker:
    """A person before a page: every page they come to serves everybody."""

    def __init__(self, visit: Watched, way: Way) -> None:
        self.visit = visit
        self.page: Page = visit.page
        self.way = way

    def go(self, path: str) -> None:
        """Go to an address that needs no language."""
        answer = self.page.goto(self.way.prefix + path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status} {path}"
        self.look()

    def press(self, button: str, *, is_looked_at: bool = True) -> None:
        """Press a button or follow a link, and be on the next page without an error."""
        self._leave(button)
        errors = self.page.locator(ERRORS)
        assert errors.count() == 0, errors.inner_text()
        if is_looked_at:
            self.look()

    def press_in_vain(self, button: str) -> list[str]:
        """Press a button, and be told what is wrong; give the places that it leads to."""
        self._leave(button)
        links = self.page.locator(f"{ERRORS} a")
        assert links.count() > 0, self.page.inner_text("main")
        self.look()
        return [str(link.get_attribute("href")) for link in links.all()]

    def look(self) -> None:
        """Insist that the page serves everybody, and says in its title whether there are errors."""
        has_errors = self.page.locator(ERRORS).count() > 0
        alarm = said_in("Error:", self.way.language)
        assert self.page.get_attribute("html", "lang") == self.way.language, self.page.url
        assert self.page.title().startswith(alarm) is has_errors, self.page.title()
        # Without scripts the checker of accessibility does not run either; the page is the same.
        found = faults(self.page) if self.way.has_script else []
        found += overflows(self.page)
        assert found == [], f"{self.page.url}: {found}"
        self.page.set_viewport_size(WIDE)
        self.page.evaluate(PLAIN)

    def enter(self, wanted: Wanted, prefix: str = "") -> None:
        """Type and choose, in the order in which it is asked."""
        for name, values in wanted.items():
            if name.startswith(prefix):
                self._answer(name, values)

    def open(self, name: str) -> None:
        """Unfold what holds a control, if it is folded."""
        folded = self.page.locator(f"details:not([open]):has([name='{name}'])")
        while folded.count():
            folded.first.locator("> summary").click()

    def control(self, name: str) -> Locator:
        """Give the control of this name that somebody can fill in."""
        return self.page.locator(f"[name='{name}']:not([type=hidden])")

    @property
    def path(self) -> str:
        """Where we are, without language, query and fragment."""
        path = self.page.url.split("#")[0].split("?")[0]
        return path.split("/", 3)[-1].removeprefix(self.way.prefix.strip("/")).strip("/")

    def forgive(self, status: int) -> None:
        """Forget that the browser complained of answers that were to be expected."""
        complaints = self.visit.complaints
        complaints[:] = [each for each in complaints if not each.startswith(f"{status} ")]

    def _leave(self, button: str) -> None:
        press(self.page, button)

    def _answer(self, name: str, values: Sequence[str]) -> None:
        self.open(name)
        control = self.control(name)
        kind = control.first.evaluate("e => e.type")
        if kind in {"radio", "checkbox"}:
            for value in values:
                self.page.check(f"[name='{name}'][value='{value}']")
        elif name == "languages":
            control.first.select_option(values[0])
            for value in values:
                self.page.check(f"input[name=languages][value={value}]")
        elif kind.startswith("select"):
            control.select_option(values[0])
        else:
            control.fill(values[0])


@contextmanager
def walking(visitor: Visitor, way: Way, email: str = "") -> Iterator[Walker]:
    """Somebody in a browser of their own, signed in if they have an address."""
    with visitor.lent(email, way.prefix, has_script=way.has_script) as visit:
        yield Walker(visit, way)
