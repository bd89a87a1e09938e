"""Programs that use the API with a token, or without one."""

from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from register.services.accounts import tokens
from register.services.actor import SYSTEM
from tests.desk import sample_content

API = "/api/v1"
UNSAID = "agency"  # whose filing it is, nobody says


class Program:
    """Somebody's program; without an address it is anybody's."""

    def __init__(self, app: Flask, email: str = "", scope: str = "file") -> None:
        self.app = app
        self.headers: dict[str, str] = {}
        if email:
            with app.app_context():
                self.number, secret = tokens.make(SYSTEM, email, scope)
            self.headers["Authorization"] = f"Bearer {secret}"

    def ask(self, method: str, path: str, **sent: Any) -> TestResponse:
        """Ask for something of the API; keywords that are headers are spelt with underscores."""
        named = {n: sent.pop(n) for n in list(sent) if n[0].isupper()}
        headers = {name.replace("_", "-"): value for name, value in named.items()}
        return self.app.test_client().open(
            API + path, method=method, headers={**self.headers, **headers}, buffered=True, **sent
        )

    def get(self, path: str, **sent: Any) -> TestResponse:
        return self.ask("GET", path, **sent)

    def begin(self, key: str | None = None, **more: Any) -> TestResponse:
        """Begin a filing with everything in it; without a key it is another one each time."""
        key = uuid4().hex if key is None else key
        sent = {**whole_draft(), **more}
        return self.ask("POST", "/disclosures", json=sent, Idempotency_Key=key)

    def put(self, reference: str, etag: str, sent: Any, **more: Any) -> TestResponse:
        path = f"/disclosures/{reference}/draft"
        return self.ask("PUT", path, json=sent, If_Match=etag, **more)

    def submit(self, reference: str, etag: str, **more: Any) -> TestResponse:
        return self.ask("POST", f"/disclosures/{reference}/submit", If_Match=etag, **more)


def whole_draft() -> dict[str, Any]:
    """A draft that answers everything, as a program sends it."""
    kept = sample_content().to_json()
    answers = {name: answer for name, answer in kept["answers"].items() if name != UNSAID}
    return {"answers": answers, **{name: kept[name] for name in ("withheld", "translations")}}
