"""A mail server on this machine that keeps what it gets, and refuses what it is told to."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "register", "s3cret/with:signs@"


@dataclass
class MailServer:
    """What came in. ``replies`` are the next answers to a letter's text; then it takes all.

    ``pause`` is how many seconds it thinks about the text; ``has_begun`` tells that it does.
    """

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    pause: float = 0
    has_begun: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def text(self, number: int = -1) -> str:
        """What somebody reads who has no HTML."""
        body = self.letters[number].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.has_begun.set()
        await asyncio.sleep(self.pause)
        if self.replies:
            return self.replies.pop(0)
        assert isinstance(envelope.content, bytes)
        made: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(made)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 Kept"


def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """Let in whoever has the password."""
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """Serve until the end; ``options`` are the library's."""
    made = MailServer(free_port())
    controller = Controller(made, hostname="127.0.0.1", port=made.port, **options)
    controller.start()
    try:
        yield made
    finally:
        controller.stop()
