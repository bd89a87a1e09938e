"""The links of what is published: which are tried, and when one counts as broken."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from register import clock
from register.links import Pace, Visitor
from register.services import quality
from register.services.links import Report, check_links
from register.storage import publications
from tests.desk import Desk, sample_content
from tests.links.web_site import WebSite, allow_all, serving

DAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[WebSite]:
    with serving() as served:
        yield served


def run(limit: int | None = None, pace: Pace | None = None) -> Report:
    visitor = Visitor(name="tests", is_allowed=allow_all, patience=1.0)
    return check_links(visitor, pace or Pace(interval=0.0), limit=limit)


def broken(reference: str) -> list[str]:
    marks = quality.marks_of(publications.get_publication(reference))
    assert marks is not None
    return [str(f.values["url"]) for f in marks.findings if f.rule == "links"]


def linked(desk: Desk, url: str) -> str:
    """Publish a record with this link and no other."""
    answers = {k: bare(v) for k, v in sample_content().answers.items()}
    return desk.publish(**{**answers, "info_url": url})


def bare(answer: Any) -> Any:
    """An answer without its links."""
    if isinstance(answer, list):
        return [bare(each) for each in answer]
    if isinstance(answer, dict):
        return {k: bare(v) for k, v in answer.items() if not k.endswith("url")}
    return answer


def test_a_link_is_broken_once_it_failed_on_two_different_days(desk: Desk, site: WebSite) -> None:
    reference = linked(desk, site.url("/gone"))

    with clock.at(DAY):
        run()
        run()
        first = broken(reference)
    with clock.at(DAY + timedelta(days=1)):
        run()
        second = broken(reference)
    site.answers["/gone"] = (200, {})
    with clock.at(DAY + timedelta(days=2)):
        run()
        third = broken(reference)
    site.answers.clear()
    with clock.at(DAY + timedelta(days=3)):
        run()
        fourth = broken(reference)

    assert (first, second, third, fourth) == ([], [site.url("/gone")], [], [])


def test_only_links_that_anybody_may_read_are_tried(desk: Desk, site: WebSite) -> None:
    gone = linked(desk, site.url("/withdrawn"))
    desk.withdraw(gone)
    desk.start(info_url=site.url("/draft"))
    linked(desk, site.url("/public"))

    run()

    assert "/public" in {path for _method, path in site.asked}
    assert not {"/withdrawn", "/draft"} & {path for _method, path in site.asked}


def test_those_that_were_not_tried_for_longest_come_first(desk: Desk, site: WebSite) -> None:
    for number in range(3):
        linked(desk, site.url(f"/{number}"))

    with clock.at(DAY):
        run(limit=2)
    tried = [path for _method, path in site.asked]
    with clock.at(DAY + timedelta(days=1)):
        report = run(limit=1)

    assert report.tried == 1
    assert site.asked[-1][1] not in tried


def test_a_host_that_asks_to_be_left_alone_is_left_alone(desk: Desk, site: WebSite) -> None:
    for number in range(3):
        site.answers[f"/{number}"] = (429, {"Retry-After": "600"})
        linked(desk, site.url(f"/{number}"))

    report = run()

    assert len(site.asked) == 1
    assert (report.tried, report.failed, report.put_off) == (1, 0, 2)


def test_a_link_that_leads_to_a_host_that_is_left_alone_waits_for_another_day(
    desk: Desk, site: WebSite
) -> None:
    slept: list[float] = []
    site.answers["/busy"] = (503, {"Retry-After": "3600"})
    site.answers["/moved"] = (302, {"Location": site.url("/other")})
    linked(desk, site.url("/busy"))
    linked(desk, site.url("/moved", "localhost"))

    report = run(pace=Pace(interval=0.0, sleep=slept.append))

    assert [path for _method, path in site.asked] == ["/busy", "/moved"]
    assert (report.tried, report.failed, report.put_off) == (1, 0, 1)
    assert slept == []


def test_the_host_that_asked_is_left_alone_and_not_the_one_that_led_there(
    desk: Desk, site: WebSite
) -> None:
    site.answers["/a"] = (302, {"Location": site.url("/busy", "localhost")})
    site.answers["/busy"] = (429, {"Retry-After": "600"})
    for url in (site.url("/a"), site.url("/b"), site.url("/c", "localhost")):
        linked(desk, url)

    report = run()

    assert [path for _method, path in site.asked] == ["/a", "/busy", "/b"]
    assert (report.tried, report.put_off) == (2, 1)


def test_no_site_stops_the_round_by_what_it_says(desk: Desk, site: WebSite) -> None:
    reference = linked(desk, site.url("/gone"))
    site.reasons["/gone"] = "Gone\0\x1b[2J"

    for day in range(2):
        with clock.at(DAY + timedelta(days=day)):
            report = run()

    assert (report.tried, report.failed, report.broken) == (1, 1, 1)
    assert broken(reference) == [site.url("/gone")]


def test_points_do_not_depend_on_links(desk: Desk, site: WebSite) -> None:
    reference = linked(desk, site.url("/gone"))
    before = quality.marks_of(publications.get_publication(reference))

    for day in range(2):
        with clock.at(DAY + timedelta(days=day)):
            run()

    after = quality.marks_of(publications.get_publication(reference))
    assert before is not None
    assert after is not None
    assert before.score == after.score
    assert len(after.findings) == len(before.findings) + 1
