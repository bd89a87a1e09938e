"""The way to the mail server. Its password is shown to nobody, whatever goes wrong."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import unquote, urlsplit

Carry = Callable[[EmailMessage], None]
TIMEOUT = 30  # seconds for each step of a conversation with the server
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
WRONG_URL = (
    "REGISTER_MAIL_URL cannot be read. Write smtp+starttls://user:password@host:587,"
    " smtps://… or smtp://…"
)


class UnreachableError(Exception):
    """The server does not answer, or does not let us in: no letter is at fault."""


class RefusedError(Exception):
    """The server does not take this letter, now or ever; the sentence is its own."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A mail server; ``scheme`` is smtp, smtps or smtp+starttls."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def read_url(url: str) -> Server:
    """Read the setting; raise :exc:`ValueError` without repeating what may hold a password."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise ValueError(WRONG_URL) from None
    if not parts.hostname:
        raise ValueError(WRONG_URL)
    return Server(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class Carrier:
    """Carries letters to a server, over one connection that is opened when it is needed.

    It is closed at the end of ``with``, and after anything that went wrong.
    """

    def __init__(self, server: Server, *, timeout: float = TIMEOUT) -> None:
        """Carry letters to ``server``; connect to nobody yet."""
        self._server = server
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Carrier":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def carry(self, message: EmailMessage) -> None:
        """Hand one letter over.

        Raise :exc:`UnreachableError` if there is no way to the server, and :exc:`RefusedError` if
        it does not take this letter.
        """
        connection = self._connection or self._connected()
        address = message["From"].addresses[0].addr_spec
        recipient = message["To"].addresses[0].addr_spec
        try:
            connection.send_message(message, address, [recipient])
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as error:
            self._close()
            raise UnreachableError(self._said(error)) from None
        except (smtplib.SMTPException, ValueError) as error:
            self._close()
            raise RefusedError(self._said(error)) from None
        except OSError as error:
            self._close()
            raise UnreachableError(self._said(error)) from None

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        try:
            if server.scheme == "smtps":
                self._connection = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=self._timeout, context=context
                )
            else:
                self._connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
            if server.scheme == "smtp+starttls":
                self._connection.starttls(context=context)
            if server.user:
                self._connection.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._close()
            raise UnreachableError(self._said(error)) from None
        return self._connection

    def _said(self, error: Exception) -> str:
        """Give what went wrong on one line, without the password."""
        text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        password = self._server.password
        return text.replace(password, "…") if password else text

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()
