"""The people of the journeys: each has a browser without JavaScript, and signs in by the form."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from register import clock
from register.services.accounts import people
from register.services.filings import filing
from register.standard.content import Content
from register.web.filing import saving
from tests.journeys.answering import SECTIONS, inputs_of
from tests.journeys.page import Form, Page

PASSWORD = "a long enough password"
STAFF = {
    "officer@city.example": ("officer", "city"),
    "colleague@city.example": ("officer", "city"),
    "approver@city.example": ("approver", "city"),
    "deputy@city.example": ("approver", "city"),
    "officer@harbour.example": ("officer", "harbour"),
    "approver@harbour.example": ("approver", "harbour"),
    "officer@ministry.example": ("officer", "ministry"),
    "approver@ministry.example": ("approver", "ministry"),
    "officer@court.example": ("officer", "court"),
    "approver@court.example": ("approver", "court"),
    "secretariat@register.example": ("secretariat", None),
    "auditor@register.example": ("auditor", None),
    "administrator@register.example": ("administrator", None),
}
MUST = {
    "infers": "yes",
    "used": "yes",
    "touches": "serves",
    "excluded": "no",
    "since-year": "2026",
}
AGENCIES = (
    {
        "slug": "city",
        "names": {"en": "City of Lantern Bay", "ur": "شہرِ چراغ"},
        "level": "local",
    },
    {
        "slug": "harbour",
        "names": {"en": "Harbour Office", "ur": "دفترِ بندرگاہ"},
        "level": "federal",
    },
    {
        "slug": "ministry",
        "names": {"en": "Ministry of Weather", "ur": "وزارتِ موسم"},
        "level": "federal",
        "approval": "secretariat",
    },
    {
        "slug": "court",
        "names": {"en": "Court of Tides", "ur": "عدالتِ مدوجزر"},
        "level": "federal",
        "approval": "both",
    },
)


class Person:
    """Somebody before a browser."""

    def __init__(self, app: Flask, email: str = "") -> None:
        self.client = app.test_client()
        self.email = email
        # Tries to sign in are counted by network address: everybody sits at their own.
        number = [*STAFF, ""].index(email) + 1
        self.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"

    def get(self, path: str) -> Page:
        """Go to a page, wherever it leads."""
        return self._follow(self.client.get(path))

    def send(self, form: Form, button: str = "", value: str = "", **more: str) -> Page:
        """Press a button of a form."""
        sent = {**form.pressed(button, value), **more}
        return self._follow(self.client.post(form.action, data=MultiDict(sent)))

    def post(self, path: str, data: Mapping[str, Any], *, with_token: bool = True) -> Any:
        """Send anything at all, with a valid token; give the bare answer."""
        token = {"csrf_token": self.token()} if with_token else {}
        return self.client.post(path, data=MultiDict({**token, **data}))

    def token(self) -> str:
        """The form token of this person's session."""
        page = self.get("/account/" if self.email else "/account/sign-in")
        return page.root.all("input", name="csrf_token")[0]["value"]

    def sign_in(self, language: str = "") -> Page:
        """Sign in by the form."""
        form = self.get(f"{language}/account/sign-in").form(control="password")
        return self.send(form.fill({"email": self.email, "password": PASSWORD}))

    def determine(self, name: str, language: str = "", **answers: str) -> Page:
        """Ask whether a system must be disclosed; without other answers it must."""
        form = self.get(f"{language}/filing/must-disclose").form(control="infers")
        return self.send(form.fill({**MUST, "name": name, **answers}))

    def begin(self, content: Content, language: str = "") -> str:
        """Have it determined that it must be disclosed, and start a filing; give its reference."""
        names = content.answers["name"]
        page = self.determine(next(iter(names.values())), language)
        (link,) = [href for href in page.links() if "/filing/new?" in href]
        form = self.get(link).form(control="record_kind")
        page = self.send(
            form.fill(
                {
                    "record_kind": content.answers["record_kind"],
                    **{f"name-{code}": names.get(code, "") for code in ("en", "ur")},
                }
            )
        )
        assert page.status == 200, page.alerts
        return page.path.rsplit("/", 1)[1]

    def fill_in(self, reference: str, content: Content, *sections: str, language: str = "") -> None:
        """Fill in the sections that arise, and mark each as complete."""
        for section in SECTIONS:
            if sections and section.name not in sections:
                continue
            if not any(field.is_asked(content.answers) for field in section.asked_fields):
                continue
            address = f"{language}/filing/{reference}/{section.name}"
            form = self.get(address).form(control="lock_version")
            kept = {name: form[name] for name in ("csrf_token", "lock_version")}
            sent = {**inputs_of(section, content), **kept, "complete": "yes"}
            page = self._follow(self.client.post(address, data=MultiDict(sent)))
            assert page.status == 200, (section.name, page.alerts or page.text)

    def hand_in(self, reference: str, note: str = "", language: str = "") -> Page:
        """Submit for approval, with a note if it is an amendment."""
        page = self.get(f"{language}/filing/{reference}/check")
        form = page.form(control="lock_version")
        if note:
            form.fill({"change_note-en": note})
        return self.send(form)

    def write(self, reference: str, content: Content) -> None:
        """Keep the same as :meth:`fill_in`, as the forms read it, without a page in between."""
        with self.client.application.test_request_context():
            by = people.get_actor(self.email)
            found = filing.get_filing(by, reference)
            for section in SECTIONS:
                if any(field.is_asked(content.answers) for field in section.asked_fields):
                    typed = MultiDict(inputs_of(section, content))
                    form = saving.form_of(found, section, typed)
                    form.check_names()
                    written = form.read(self.email, clock.today())
                    assert saving.errors_in(found, section, written) == {}, section.name
                    found = filing.save_section(
                        by,
                        reference,
                        section,
                        written,
                        lock_version=found.lock_version,
                        is_complete=True,
                    )

    def file(self, content: Content, *, by_pages: bool = False) -> str:
        """Start, fill in and hand in; section by section on its pages if these are what matters."""
        reference = self.begin(content)
        (self.fill_in if by_pages else self.write)(reference, content)
        page = self.hand_in(reference)
        assert "The filing now waits for approval." in page.text, page.alerts
        return reference

    def withdraw(self, reference: str, reason: Mapping[str, str]) -> Page:
        """Propose to withdraw a record; the reason by the names of its controls."""
        form = self.get(f"/filing/{reference}/withdraw").form("Propose to withdraw it")
        return self.send(form.fill(reason), "Propose to withdraw it")

    def publish(self, reference: str, button: str = "Publish") -> Page:
        """Publish what waits, or withdraw it."""
        return self.send(self.get(f"/review/{reference}").form(button), button)

    def _follow(self, response: Any) -> Page:
        for _step in range(5):
            if response.status_code not in {302, 303, 308}:
                return Page(response)
            response = self.client.get(response.location)
        raise AssertionError(f"led in a circle: {response.location}")
