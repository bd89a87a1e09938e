"""A person before the browser, and everything that the browser complains of meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.browser.service import PASSWORD, Service

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}
# Axe works out anew for every element what each of its colours is; a page has a dozen.
REMEMBERED = """
    (({prototype}) => {
        const known = new Map(), parse = prototype.parseString;
        prototype.parseString = function (text) {
            if (!known.has(text)) {
                parse.call(this, text);
                known.set(text, [this.r, this.g, this.b, this.alpha]);
            }
            [this.r, this.g, this.b, this.alpha] = known.get(text);
            return this;
        };
    })(axe.commons.color.Color);
"""
VIOLATED = "(options) => axe.run(options).then((results) => results.violations)"
NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}
# WCAG 1.4.12, through the object model: the policy allows no style that is written into a page.
SPACING = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
"""
# What is wider than the page, but for what scrolls by itself.
WIDER = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const found = [...document.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width && (box.right > width + 1 || box.left < -1);
    });
    const named = found.slice(-3).map((e) => `${e.tagName}.${e.className}#${e.id}`);
    return [`${document.documentElement.scrollWidth} px`, ...named];
}"""
VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


class Visitor:
    """Opens pages for each role, signed in once; lends browsers, and takes them back."""

    def __init__(self, browser: Browser, service: Service) -> None:
        self.browser = browser
        self.service = service
        self._seats = 0
        self._contexts: dict[str, BrowserContext] = {}
        self._pages: dict[str, Watched] = {}
        self._idle: dict[bool, list[Watched]] = {True: [], False: []}
        self._cookies: dict[str, list[Any]] = {}

    def context(self, *, has_script: bool = True) -> BrowserContext:
        """A new browser of its own, at a network address of its own."""
        self._seats += 1
        made = self.browser.new_context(
            base_url=self.service.base,
            java_script_enabled=has_script,
            viewport=WIDE,
            accept_downloads=True,
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": f"192.0.2.{self._seats}"},
        )
        made.set_default_timeout(20_000)
        return made

    def as_role(self, email: str) -> BrowserContext:
        """A browser in which this person is signed in; nobody, if there is no address."""
        if email not in self._contexts:
            self._contexts[email] = self.context()
            if email:
                page = self._contexts[email].new_page()
                sign_in(page, email)
                page.close()
        return self._contexts[email]

    @contextmanager
    def page(self, email: str = "") -> Iterator["Watched"]:
        """This person's one page; at the end nothing may have been complained of."""
        if email not in self._pages:
            self._pages[email] = Watched(self.as_role(email).new_page())
        visit = self._pages[email]
        visit.complaints.clear()
        visit.page.set_viewport_size(WIDE)
        yield visit
        assert visit.complaints == []

    @contextmanager
    def lent(
        self, email: str = "", language: str = "", *, has_script: bool = True
    ) -> Iterator["Watched"]:
        """A browser for a while, in which this person is signed in and nobody else.

        A session that they have already goes on. What others left in the browser is gone; one
        in which something went wrong is not lent again.
        """
        idle = self._idle[has_script]
        visit = idle.pop() if idle else Watched(self.context(has_script=has_script).new_page())
        visit.complaints.clear()
        self._continue(visit.page, email, language)
        yield visit
        assert visit.complaints == []
        self._leave(visit.page, email)
        idle.append(visit)

    def _continue(self, page: Page, email: str, language: str) -> None:
        page.set_viewport_size(WIDE)
        page.context.add_cookies(self._cookies.get(email, []))
        if email and not is_signed_in(page):
            sign_in(page, email, language)

    def _leave(self, page: Page, email: str) -> None:
        if email:
            self._cookies[email] = list(page.context.cookies())
        page.goto("about:blank")
        page.context.clear_cookies()

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()


class Watched:
    """A page, with what the browser complained of while it was open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.add_init_script(VIOLATIONS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that is not there is told of as a resource, too; _see judges that.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _see(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.complaints.append(f"{response.status} {response.url}")

    def all_complaints(self) -> list[str]:
        """What was complained of, violations of the policy included."""
        return self.complaints + list(self.page.evaluate("window.violations"))


@contextmanager
def visited(context: BrowserContext, *, is_watched: bool = True) -> Iterator[Watched]:
    """Open a page of its own, and insist at the end that nobody complained."""
    page = context.new_page()
    made = Watched(page)
    try:
        yield made
        assert not is_watched or made.complaints == []
    finally:
        page.close()


def press(page: Page, button: str) -> None:
    """Press a button or follow a link, and wait until the next page is there.

    A click by itself does not wait: what is looked at then is sometimes still the page before.
    """
    with page.expect_navigation():
        page.locator(button).first.click()


def sign_in(page: Page, email: str, language: str = "") -> None:
    """Sign in by the form."""
    page.goto(f"{language}/account/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    press(page, "main form button")
    assert page.locator(".app-account").count() == 1, page.inner_text("main")


def is_signed_in(page: Page) -> bool:
    """Whether the browser has a session that goes on."""
    return page.request.get("/account/", max_redirects=0).status == 200


def faults(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands.

    Colours are the same in every language, and to judge them takes half of axe's time: it is done
    in English.
    """
    page.evaluate(AXE_SCRIPT + REMEMBERED)
    is_english = page.get_attribute("html", "lang") == "en"
    options = OPTIONS | ({} if is_english else {"rules": {"color-contrast": {"enabled": False}}})
    violations: Any = page.evaluate(VIOLATED, options)
    return [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for violation in violations
        for node in violation["nodes"][:3]
    ]


def overflows(page: Page) -> list[str]:
    """What does not fit a small screen, plain and with the spacing that readers may ask for."""
    page.set_viewport_size(NARROW)
    plain = page.evaluate(WIDER)
    page.evaluate(SPACING)
    spaced = page.evaluate(WIDER)
    return [f"plain: {each}" for each in plain] + [f"spaced: {each}" for each in spaced]
