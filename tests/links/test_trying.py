"""How a link is tried: never towards this house, never for long, never too often."""

import ipaddress
import socket
import time
from collections.abc import Iterator

import pytest

from register.links import LeftAlone, Pace, Visitor, host_of, paced
from register.links.addresses import Refused, is_public, target_of
from tests.links.web_site import WebSite, allow_all, serving

INSIDE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.0.170",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
    "2001::1",
    "2001:db8::1",
)


@pytest.fixture
def site() -> Iterator[WebSite]:
    with serving() as served:
        yield served


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(name="tests", is_allowed=allow_all, patience=1.0)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_within_a_network_is_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address), 443)


def test_addresses_of_the_internet_are_public_on_the_ports_of_web_sites() -> None:
    for address in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"):
        assert is_public(ipaddress.ip_address(address), 443)
        assert not is_public(ipaddress.ip_address(address), 22)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0:{port}/",
    ],
)
def test_this_machine_is_never_asked_however_it_is_written(site: WebSite, url: str) -> None:
    outcome = Visitor(name="tests").try_link(url.format(port=site.port))

    assert not outcome.works
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user:secret@example.org/",
        "http:///nowhere",
        "http://[::1",
        "http://example.org:99999/",
        "https://" + "a" * 64 + ".example/",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_not_followed(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url)


def test_a_redirect_into_the_house_is_not_followed(site: WebSite) -> None:
    inside = f"http://127.0.0.2:{site.port}/inside"
    site.answers["/out"] = (302, {"Location": inside})
    first = ipaddress.ip_address("127.0.0.1")
    visitor = Visitor(name="tests", is_allowed=lambda address, _port: address == first)

    outcome = visitor.try_link(site.url("/out"))

    assert not outcome.works
    assert outcome.said == "the address is not that of a public web site"
    assert [path for _method, path in site.asked] == ["/out"]


def test_a_name_that_leads_inside_when_asked_again_gains_nothing(
    site: WebSite, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, *_more: object, **_named: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr("register.links.addresses.socket.getaddrinfo", resolve)
    site.answers["/"] = (200, {})

    outcome = visitor.try_link(f"http://rebinding.example:{site.port}/")
    monkeypatch.setattr("register.links.addresses.socket.getaddrinfo", real)

    assert outcome.works
    assert [host for host in asked if not host[0].isdigit()] == ["rebinding.example"]
    assert site.hosts == [f"rebinding.example:{site.port}"]


@pytest.mark.parametrize(
    ("status", "works"),
    [
        *((status, True) for status in (200, 204, 304, 401, 403, 429)),
        *((status, False) for status in (404, 410, 500, 503)),
    ],
)
def test_a_link_works_if_the_site_is_there(
    site: WebSite, visitor: Visitor, status: int, works: bool
) -> None:
    site.answers["/page"] = (status, {})

    outcome = visitor.try_link(site.url("/page"))

    assert outcome.works is works
    assert outcome.said.startswith(str(status))


def test_redirects_are_followed_and_circles_are_left(site: WebSite, visitor: Visitor) -> None:
    site.answers["/old"] = (301, {"Location": "/new?a=1"})
    site.answers["/new?a=1"] = (200, {})
    site.answers["/round"] = (302, {"Location": "/round"})
    site.answers["/away"] = (302, {"Location": "file:///etc/passwd"})

    assert visitor.try_link(site.url("/old")).works
    assert visitor.try_link(site.url("/round")).said == "it leads in a circle"
    assert not visitor.try_link(site.url("/away")).works
    assert len(site.asked) < 12


def test_no_more_is_read_than_the_head(site: WebSite, visitor: Visitor) -> None:
    site.answers["/huge"] = (200, {})

    started = time.monotonic()
    outcome = visitor.try_link(site.url("/huge"))

    assert outcome.works
    assert time.monotonic() - started < 1


def test_a_host_that_drips_is_cut_off(site: WebSite, visitor: Visitor) -> None:
    started = time.monotonic()
    outcome = visitor.try_link(site.url("/drip"))

    assert outcome.said == "no answer in time"
    assert time.monotonic() - started < 3


def test_a_host_that_is_not_there_is_told_in_words(site: WebSite, visitor: Visitor) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/"

        assert visitor.try_link(nobody).said == "no answer"
    assert visitor.try_link(f"https://127.0.0.1:{site.port}/").said == "no answer"
    assert visitor.try_link("http://nowhere.invalid/").said == "the host is not known"


def test_urdu_addresses_are_asked_for_as_the_net_spells_them(
    site: WebSite, visitor: Visitor
) -> None:
    visitor.try_link(site.url("/صفحہ?سوال=1"))

    assert site.asked[0][1].startswith("/%D8%B5")
    assert host_of("https://پاکستان.example/") == "xn--mgbai9azgqp6j.example"


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("120", 120.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", 0.0), ("9" * 50, 3600.0)],
)
def test_a_host_may_ask_to_be_left_alone(
    site: WebSite, visitor: Visitor, asked: str, wait: float
) -> None:
    site.answers["/busy"] = (503, {"Retry-After": asked})

    outcome = visitor.try_link(site.url("/busy"))

    assert outcome.wait == wait
    assert outcome.works is (wait > 0)


def test_a_host_is_asked_once_a_second_and_others_meanwhile() -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(now=lambda: now[0], sleep=sleep)

    for host in ("a", "b", "a", "a"):
        pace.wait_for(host)

    assert slept == [1.0, 1.0]
    pace.leave_alone("b", 30)
    pace.wait_for("b")
    assert slept == [1.0, 1.0, 30.0]


@pytest.mark.parametrize("asked", [61, 3600, 1e12])
def test_nobody_waits_for_longer_than_patience_has_it(asked: float) -> None:
    slept: list[float] = []
    pace = Pace(patience=60.0, now=lambda: 0.0, sleep=slept.append)
    pace.leave_alone("a", asked)

    with pytest.raises(LeftAlone):
        pace.wait_for("a")

    assert slept == []


def test_who_asks_to_be_left_alone_is_the_host_that_a_link_leads_to(
    site: WebSite, visitor: Visitor
) -> None:
    site.answers["/moved"] = (302, {"Location": site.url("/busy", "localhost")})
    site.answers["/busy"] = (503, {"Retry-After": "120"})

    outcome = visitor.try_link(site.url("/moved"))

    assert (outcome.wait, outcome.host) == (120.0, "localhost")


def test_what_a_site_says_is_told_without_what_cannot_be_seen(
    site: WebSite, visitor: Visitor
) -> None:
    site.reasons["/page"] = "Not\0 \x1b[2J\x07\x85here\t\x7f any\xa0more"

    assert visitor.try_link(site.url("/page")).said == "404 Not [2J here any more"


def test_links_come_in_turns_one_of_each_host() -> None:
    urls = ["http://a.example/1", "http://a.example/2", "http://b.example/1", "http://a.example/3"]

    assert list(paced(urls)) == [urls[0], urls[2], urls[1], urls[3]]
