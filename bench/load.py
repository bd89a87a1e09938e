"""A process that asks a server on this machine over and over, and says how fast it answered.

Threads with a connection each, which stays open. It reads what it has to do as JSON from standard
input, and is bounded: by its seconds, and by never leaving this machine.
"""

import json
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_HOST = "127.0.0.1"
_PIECE = 1 << 16
_PATIENCE = 30.0
_MOST_SECONDS = 60.0


class Connection:
    """One connection that stays open between requests."""

    def __init__(self, port: int) -> None:
        """Connect to this machine."""
        self._socket = socket.create_connection((_HOST, port), timeout=_PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = b""

    def get(self, path: str, etag: str = "") -> tuple[int, dict[str, str], bytes]:
        """Ask, and give status, headers with names in small letters, and body."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {_HOST}", "Accept: text/html"]
        lines += [f"If-None-Match: {etag}"] if etag else []
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        first, *rest = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (r.partition(":") for r in rest)
        }
        status = int(first.split()[1])
        if status in {204, 304}:
            return status, headers, b""
        if headers.get("transfer-encoding") == "chunked":
            return status, headers, b"".join(self._chunks())
        return status, headers, self._exactly(int(headers["content-length"]))

    def close(self) -> None:
        """Let go."""
        self._socket.close()

    def _chunks(self) -> list[bytes]:
        chunks = []
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            chunks.append(self._exactly(size))
            self._exactly(2)
        self._until(b"\r\n")
        return chunks

    def _until(self, end: bytes) -> bytes:
        while end not in self._read:
            self._more()
        found, self._read = self._read.split(end, 1)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._read) < size:
            self._more()
        found, self._read = self._read[:size], self._read[size:]
        return found

    def _more(self) -> None:
        piece = self._socket.recv(_PIECE)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._read += piece


@dataclass
class Work:
    """What to ask, and what came of it; shared between threads, each taking the next request."""

    port: int
    requests: Sequence[tuple[str, str]]
    until: float
    next_: int = 0
    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Ask until the time is over."""
        connection = Connection(self.port)
        while time.perf_counter() < self.until:
            with self.lock:
                path, etag = self.requests[self.next_ % len(self.requests)]
                self.next_ += 1
            started = time.perf_counter()
            status, headers, body = connection.get(path, etag)
            took = (time.perf_counter() - started) * 1000
            if headers.get("connection", "").lower() == "close":
                connection.close()
                connection = Connection(self.port)
            with self.lock:
                self.took.append(took)
                self.statuses[status] += 1
                self.size += len(body)
        connection.close()


def main(wanted: dict[str, Any]) -> dict[str, Any]:
    """Ask as is wanted: ``port``, ``requests``, ``connections`` and ``seconds``."""
    seconds = min(float(wanted["seconds"]), _MOST_SECONDS)
    requests = [tuple(each) for each in wanted["requests"]]
    started = time.perf_counter()
    work = Work(wanted["port"], requests, started + seconds)
    threads = [threading.Thread(target=work.run) for _ in range(int(wanted["connections"]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "a second": len(work.took) / (time.perf_counter() - started),
        "p50, ms": statistics.median(work.took),
        "p99, ms": statistics.quantiles(work.took, n=100)[98],
        "answers": len(work.took),
        "kB": work.size / len(work.took) / 1024,
        "statuses": {str(status): count for status, count in work.statuses.items()},
    }


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
