"""Which addresses may be connected to: public ones alone, whatever a name leads to."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

PORTS = frozenset({80, 443, 8080, 8443})
_PUBLIC_6 = ipaddress.ip_network("2000::/3")
# Within it, what leads elsewhere: translations of IPv4 addresses, documentation, tests.
_NOT_PUBLIC_6 = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)
_NOT_PUBLIC_4 = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24")))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
IsAllowed = Callable[[Address, int], bool]


class Refused(Exception):
    """The link is not one that may be followed; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a link leads: its host, and what to ask that host for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def header(self) -> str:
        """The name of the host as the request states it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Read a link; raise :exc:`Refused` unless it is plain ``http`` or ``https``."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise Refused("the address cannot be read") from error
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        raise Refused("the address cannot be followed")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    return Target(scheme=parts.scheme, host=host, port=port, path=path + query)


def host_of(url: str) -> str:
    """Give the host of a link, or nothing where the link cannot be followed."""
    try:
        return target_of(url).host
    except Refused:
        return ""


def is_public(address: Address, port: int) -> bool:
    """Tell whether this is a port of web sites, at an address of the public internet."""
    if port not in PORTS:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        is_special = address.is_multicast or any(address in net for net in _NOT_PUBLIC_4)
        return address.is_global and not is_special
    return address in _PUBLIC_6 and not any(address in net for net in _NOT_PUBLIC_6)


def addresses_of(target: Target, is_allowed: IsAllowed) -> list[str]:
    """Resolve the host; raise :exc:`Refused` unless every address is allowed.

    Whoever connects must connect to one of these: a name may lead elsewhere when asked again.
    """
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for number in numbers:
        if not is_allowed(ipaddress.ip_address(number.partition("%")[0]), target.port):
            raise Refused("the address is not that of a public web site")
    return numbers
