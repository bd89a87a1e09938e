"""Whoever follows the pages gets each thing once, whatever is published and withdrawn meanwhile."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest

from register import storage
from register.services.filings import filing, publishing
from register.web.wiring import search_index
from tests.desk import NOTE
from tests.journeys.api.conftest import OFFICER, House
from tests.journeys.programs import API, Program

QUERIES = (
    "/disclosures?limit={}",
    "/disclosures?limit={}&q=risk",
    "/disclosures?limit={}&agency=taxes",
)


def pages(house: House, path: str) -> Iterator[list[dict[str, Any]]]:
    """The items of each page, as a client comes by them."""
    for _page in range(200):
        if not path:
            return
        told = Program(house.app).get(path).get_json()
        yield told["items"]
        parts = urlsplit(told["next"] or "")
        path = parts.path.removeprefix(API) + f"?{parts.query}" if told["next"] else ""
    raise AssertionError("the pages have no end")


def publish(house: House) -> str:
    return house.desk.publish()


def amend(house: House, reference: str) -> None:
    officer = house.desk[OFFICER]
    begun = filing.amend(officer, reference)
    handed_in = filing.submit(officer, reference, lock_version=begun.lock_version, change_note=NOTE)
    publishing.publish(house.desk["approver@taxes"], reference, lock_version=handed_in.lock_version)


class Meanwhile:
    """Changes the register between two pages, and knows what was there all the while."""

    def __init__(self, house: House, dice: random.Random) -> None:
        self.house, self.dice = house, dice
        with house.app.app_context():
            self.published = [publish(house) for _each in range(5)]
            search_index().drain()
        self.stayed = set(self.published)

    def happen(self) -> None:
        """One thing happens, and perhaps the index hears of it."""
        with self.house.app.app_context():
            deed = self.dice.choice(("publish", "amend", "withdraw", "nothing"))
            if deed == "publish":
                self.published.append(publish(self.house))
            elif deed != "nothing" and self.stayed:
                reference = self.dice.choice(sorted(self.stayed))
                if deed == "amend":
                    amend(self.house, reference)
                else:
                    self.house.desk.withdraw(reference)
                    self.stayed.remove(reference)
            if self.dice.random() < 0.6:
                search_index().drain()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_there_all_the_while_comes_exactly_once(house: House, seed: int) -> None:
    dice = random.Random(seed)
    meanwhile = Meanwhile(house, dice)
    query = QUERIES[seed]
    seen: list[str] = []

    for items in pages(house, query.format(2)):
        seen += [item["reference"] for item in items]
        meanwhile.happen()

    assert len(seen) == len(set(seen))
    assert meanwhile.stayed <= set(seen) <= set(meanwhile.published)
    with house.app.app_context():
        search_index().close()


def test_with_somebody_publishing_at_the_same_time_nothing_is_skipped_or_doubled(
    house: House,
) -> None:
    with house.app.app_context():
        before = {publish(house) for _each in range(8)}
    stop, made = Event(), []

    def work() -> None:
        with house.app.app_context():
            while not stop.is_set() and len(made) < 30:
                made.append(publish(house))
            storage.forget()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        walks = [walked(house, "/disclosures?limit=2") for _each in range(3)]
        history = [followed(house) for _each in range(3)]
        stop.set()
        working.result()

    assert made
    for seen in walks:
        assert len(seen) == len(set(seen))
        assert before <= set(seen) <= before | set(made)
    for earlier, later in pairwise(history):
        assert later[: len(earlier)] == earlier


def walked(house: House, path: str) -> list[str]:
    return [item["reference"] for items in pages(house, path) for item in items]


def followed(house: House) -> list[dict[str, Any]]:
    """All changes, the last seq of a page being where the next begins."""
    return [item for items in pages(house, "/changes?limit=3") for item in items]


def test_a_client_that_keeps_the_last_number_hears_of_every_change_once(house: House) -> None:
    heard: list[tuple[str, str, int]] = []
    client = Follower(house)

    def listen() -> None:
        told = [(e["action"], e["reference"], e["version"]) for e in client.listen()]
        heard.extend(each for each in told if each[0] != "determine")

    steps: list[Callable[[], object]] = [
        lambda: publish(house),
        lambda: [publish(house), publish(house)],
        lambda: None,
        lambda: amend(house, heard[0][1]),
        lambda: house.desk.withdraw(heard[1][1]),
    ]
    for step in steps:
        with house.app.app_context():
            step()
        listen()

    first, second, third = (reference for _action, reference, _version in heard[:3])
    assert heard == [
        ("publish", first, 1),
        ("publish", second, 1),
        ("publish", third, 1),
        ("amend", first, 2),
        ("withdraw", second, 2),
    ]
    assert [e["seq"] for e in followed(house)] == client.seqs


def test_who_follows_the_changes_while_two_publish_misses_nothing_and_sees_nothing_twice(
    house: House,
) -> None:
    client = Follower(house)
    heard: list[dict[str, Any]] = []

    def work(by: str) -> list[str]:
        with house.app.app_context():
            made = [house.desk.publish(by) for _each in range(8)]
            storage.forget()
        return made

    with ThreadPoolExecutor(2) as pool:
        working = [pool.submit(work, f"officer@{slug}") for slug in ("taxes", "health")]
        while not all(each.done() for each in working):
            heard += client.listen()
    heard += client.listen()

    made = [reference for each in working for reference in each.result()]
    published = [each["reference"] for each in heard if each["action"] == "publish"]
    assert sorted(published) == sorted(made)
    assert client.seqs == sorted(set(client.seqs))
    assert heard == followed(house)


class Follower:
    """A client that keeps the number of the last change that it heard of."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seqs: list[int] = []

    def listen(self) -> list[dict[str, Any]]:
        """What is new, a few at a time."""
        since = f"&since={self.seqs[-1]}" if self.seqs else ""
        found = [i for items in pages(self.house, f"/changes?limit=3{since}") for i in items]
        self.seqs += [item["seq"] for item in found]
        return found
