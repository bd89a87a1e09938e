"""A web site on this machine, for tests of what tries links."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address


@dataclass
class WebSite:
    """What a site answers by path (a status and headers), and what it was asked."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)  # the words beside the status
    asked: list[tuple[str, str]] = field(default_factory=list)  # method and path
    hosts: list[str] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def allow_all(_address: IPv4Address | IPv6Address, _port: int) -> bool:
    """Let the tests reach this machine; nothing else may use this."""
    return True


@contextmanager
def serving() -> Iterator[WebSite]:
    """Serve a site on a port of this machine."""
    site = WebSite()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(site))
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler_of(site: WebSite) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"site": site})


class _Handler(BaseHTTPRequestHandler):
    site: WebSite

    def do_GET(self) -> None:
        self.site.asked.append((self.command, self.path))
        self.site.hosts.append(self.headers["Host"])
        with suppress(OSError):  # the visitor may hang up
            if self.path == "/drip":
                self._drip()
            else:
                self._answer()

    def _answer(self) -> None:
        status, headers = self.site.answers.get(self.path, (404, {}))
        self.send_response(status, self.site.reasons.get(self.path))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for _block in range(10_000 if self.path == "/huge" else 0):
            self.wfile.write(b"x" * 65_536)

    def _drip(self) -> None:
        """Send a header that never ends, a letter at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _letter in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""
