"""What the stories of imports have in common: bringing a file, and the process that works."""

import io

from flask import Flask

from register.services.imports.import_work import Worker
from tests.journeys.page import Page
from tests.journeys.people import Person

HERE = "/review/imports"


def bring(
    person: Person,
    data: bytes,
    name: str = "inventory.csv",
    *,
    format_name: str = "omb-2025",
    agency: str = "",
    language: str = "",
) -> Page:
    """Choose a file and its format, and send it."""
    form = person.get(f"{language}{HERE}").form(control="format")
    sent = {
        "csrf_token": form["csrf_token"],
        "file": (io.BytesIO(data), name),
        "format": format_name,
        "agency": agency,
    }
    return person._follow(person.client.post(form.action, data=sent))


def work(app: Flask) -> int:
    """Let the process beside the web server do what waits; tell how many runs it took up."""
    count = 0
    with app.app_context():
        worker = Worker("AIR", lambda: False)
        while worker.work():
            count += 1
    return count


def try_out(app: Flask, person: Person, page: Page, *, published: bool = False) -> Page:
    """Ask for the dry run, let it be done, and look at the report."""
    form = page.form(control="as").fill({"as": "published" if published else "drafts"})
    waiting = person.send(form)
    work(app)
    return person.get(waiting.path)
