"""How much may be asked of the API in a minute, by address or by token, and saying what is left.

A minute is one of the clock's. What is asked too much is refused until the next begins.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request

from register import clock
from register.config import Settings
from register.errors import TooMany
from register.standard.marking import _
from register.storage import counting
from register.web import bearers
from register.web.wiring import keyed

WINDOW = 60  # seconds
IPV6_HOUSEHOLD = 64  # the part of an address that one customer has


@dataclass(frozen=True)
class Counted:
    """What was counted for a request by which policy, what was used by then, and what it cost."""

    policy: str
    most: int
    used: int
    seconds: int
    subject: str
    period: int
    cost: int


def check(settings: Settings, greet: Callable[[], None]) -> None:
    """Let ``greet`` find out who asks, and count it; raise :exc:`TooMany` if it is too much.

    Whoever is turned away by ``greet`` is counted as well, by address. What a browser asks before
    it asks (OPTIONS) shows no token and costs nothing.
    """
    if request.method == "OPTIONS":
        return
    try:
        greet()
    finally:
        _count(settings)


def _count(settings: Settings) -> None:
    bearer = bearers.found()
    is_filing = bearer is not None and request.method not in {"GET", "HEAD"}
    policy, most = (
        ("filings", settings.filings_per_minute)
        if is_filing
        else ("reads", settings.reads_per_minute)
    )
    if not most:
        return
    who = f"token:{bearer.token}" if bearer else f"address:{_household(request.remote_addr or '')}"
    now = clock.now().timestamp()
    subject, period, cost = _subject(f"{policy}:{who}"), int(now // WINDOW), _cost()
    used = counting.count(subject, period, cost)
    if used is None:
        return
    seconds = WINDOW - int(now % WINDOW)
    g.counted = Counted(policy, most, used, seconds, subject, period, cost)
    if used > most:
        text = _("Too much was asked for within a minute. Go on after Retry-After seconds.")
        raise TooMany(text, retry_after=seconds)


def tell(response: Response) -> None:
    """Say what is left, in the headers that are being agreed on for that.

    What would have been much and was not even made, as for whoever has it, counts as little.
    """
    counted: Counted | None = g.get("counted")
    if counted is None:
        return
    used: int | None = counted.used
    if counted.cost > 1 and not _is_made(response):
        used = counting.count(counted.subject, counted.period, 1 - counted.cost)
    left = max(0, counted.most - (counted.used if used is None else used))
    response.headers["RateLimit-Policy"] = f'"{counted.policy}";q={counted.most};w={WINDOW}'
    response.headers["RateLimit"] = f'"{counted.policy}";r={left};t={counted.seconds}'


def _is_made(response: Response) -> bool:
    """Tell whether the file was made for this answer, though perhaps it was not sent.

    A range beyond the end is seen on the file alone (416), and a machine may be too busy to end it.
    """
    is_refused = 400 <= response.status_code < 500 and response.status_code != 416
    return request.method == "GET" and response.status_code != 304 and not is_refused


def _cost() -> int:
    view: Any = current_app.view_functions.get(request.endpoint or "")
    call = getattr(view, "call", None)
    return call.cost if call is not None else 1


def _household(address: str) -> str:
    """Give what one visitor has of addresses: of the sixth version of IP a whole network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, IPV6_HOUSEHOLD), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _subject(text: str) -> str:
    """Name a subject so that the store tells nobody who it is."""
    return keyed(text, 24)
