"""One try of one link: a small request to a public address, within a short time."""

import contextlib
import http
import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from register import clock
from register.links.addresses import IsAllowed, Refused, Target, addresses_of, is_public, target_of

MOST_REDIRECTS = 5
MOST_WAIT = 3600.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# The site is there and keeps programs out, or is busy: that says nothing against the link.
RELUCTANT = frozenset({401, 403, 405, 406, 408, 425, 429, 451, 999})


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a try went: whether the link works, in words, and how long a host asks to be left.

    ``host`` is the one that asks: the last on the way.
    """

    works: bool
    said: str
    wait: float = 0.0
    host: str = ""


class Visitor:
    """Tries links; ``is_allowed`` says which addresses may be connected to."""

    def __init__(
        self, *, name: str, is_allowed: IsAllowed = is_public, patience: float = 10.0
    ) -> None:
        """Introduce itself by ``name``; give up on a connection after ``patience`` seconds."""
        self._headers = {"User-Agent": name, "Accept": "*/*", "Connection": "close"}
        self._is_allowed = is_allowed
        self._patience = patience

    def try_link(self, url: str, before: Callable[[str], None] = lambda host: None) -> Outcome:
        """Follow a link; ``before`` is told of each host before it is asked.

        What ``before`` raises ends the way, and is the caller's affair.
        """
        try:
            return self._follow(url, before)
        except Refused as error:
            return Outcome(works=False, said=str(error))
        except ssl.SSLCertVerificationError:
            return Outcome(works=False, said="the certificate is not valid")
        except socket.gaierror:
            return Outcome(works=False, said="the host is not known")
        except TimeoutError:
            return Outcome(works=False, said="no answer in time")
        except (OSError, http.client.HTTPException, UnicodeError):
            return Outcome(works=False, said="no answer")

    def _follow(self, url: str, before: Callable[[str], None]) -> Outcome:
        for _step in range(MOST_REDIRECTS + 1):
            target = target_of(url)
            addresses = addresses_of(target, self._is_allowed)
            before(target.host)
            answer = self._ask(target, addresses)
            location = answer.getheader("Location")
            if answer.status not in REDIRECTS or not location:
                return _outcome(answer, target.host)
            url = urljoin(url, location)
        return Outcome(works=False, said="it leads in a circle")

    def _ask(self, target: Target, addresses: list[str]) -> http.client.HTTPResponse:
        """Ask for a page, and read no more of the answer than its head."""
        line = self._line(target, addresses)
        # A host that drips one byte at a time is never silent for long: its line is cut.
        was_cut = threading.Event()
        cut = threading.Timer(self._patience, _cut, (line, was_cut))
        cut.daemon = True
        cut.start()
        try:
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = line
            headers = {**self._headers, "Host": target.header}
            connection.request("GET", target.path, headers=headers)
            with connection.getresponse() as answer:
                if was_cut.is_set():
                    raise TimeoutError
                return answer
        finally:
            cut.cancel()
            line.close()

    def _line(self, target: Target, addresses: list[str]) -> socket.socket:
        """Connect to one of the addresses that were looked at, and to none other."""
        bare = _first_to_answer(addresses, target.port, self._patience)
        if target.scheme == "http":
            return bare
        return ssl.create_default_context().wrap_socket(
            bare, server_hostname=target.host, do_handshake_on_connect=False
        )


def _first_to_answer(addresses: list[str], port: int, patience: float) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=patience)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), timeout=patience)


def _cut(line: socket.socket, was_cut: threading.Event) -> None:
    was_cut.set()
    with contextlib.suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _outcome(answer: http.client.HTTPResponse, host: str) -> Outcome:
    wait = _wait(answer.getheader("Retry-After"))
    is_busy = answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE and wait > 0
    works = answer.status < 400 or answer.status in RELUCTANT or is_busy
    said = f"{answer.status} {_plain(answer.reason or '')}".strip()
    return Outcome(works=works, said=said, wait=wait, host=host)


def _plain(reason: str) -> str:
    """Leave out what cannot be seen: a site may say anything, and no column takes a NUL."""
    return " ".join("".join(each if each.isprintable() else " " for each in reason).split())


def _wait(asked: str | None) -> float:
    """Read how long the host asks to be left alone, in seconds or until a moment."""
    text = (asked or "").strip()
    if text.isdecimal():
        return min(float(text[:9]), MOST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
        return min(max((moment - clock.now()).total_seconds(), 0.0), MOST_WAIT)
    except (TypeError, ValueError):
        return 0.0
