"""What takes long is worked out once until something is done, and by one thread at a time."""

import threading
from collections.abc import Iterator
from itertools import count

import pytest

from register.services.duties import lasting
from register.services.duties.lasting import Lasting


class Works:
    """Gives 0, 1, 2 and so on, each after as long as it is told."""

    def __init__(self, clock: "Clock", seconds: float) -> None:
        self._clock, self._seconds, self._numbers = clock, seconds, count()

    def __call__(self) -> int:
        self._clock.now += self._seconds
        return next(self._numbers)


class Clock:
    """Goes on only when it is told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    made = Clock()
    monkeypatch.setattr(lasting, "time", made)
    return made


def test_it_is_made_anew_after_a_deed_and_for_another_question(clock: Clock) -> None:
    kept, make = Lasting[int](), Works(clock, 0.5)

    asked = [("a", 1), ("a", 1), ("a", 2), ("b", 2), ("b", 2), ("a", 2)]

    assert [kept.get(*each, make) for each in asked] == [0, 0, 1, 2, 2, 3]


def test_what_is_made_quickly_is_never_old(clock: Clock) -> None:
    kept, make = Lasting[int](), Works(clock, lasting.LONG)

    assert [kept.get("a", mark, make, may_be_old=True) for mark in range(3)] == [0, 1, 2]


def test_what_takes_long_may_be_old_for_some_times_as_long(clock: Clock) -> None:
    kept, make = Lasting[int](), Works(clock, 3.0)
    kept.get("a", 1, make)

    clock.now += 11.9
    still = kept.get("a", 2, make, may_be_old=True)
    of_another = kept.get("b", 2, make, may_be_old=True)
    anew = kept.get("a", 2, make, may_be_old=True)
    clock.now += 12.1
    later = kept.get("a", 3, make, may_be_old=True)

    assert (still, of_another, anew, later) == (0, 1, 2, 3)


def test_who_must_know_what_is_so_now_is_told_that(clock: Clock) -> None:
    kept, make = Lasting[int](), Works(clock, 3.0)
    kept.get("a", 1, make)

    assert kept.get("a", 2, make) == 1
    assert kept.get("a", 2, make) == 1


def test_what_could_not_be_made_is_tried_again(clock: Clock) -> None:
    kept = Lasting[int]()

    def fail() -> int:
        raise ZeroDivisionError

    for _try in range(2):
        with pytest.raises(ZeroDivisionError):
            kept.get("a", 1, fail)

    assert kept.get("a", 1, Works(clock, 0.1)) == 0


def test_of_many_threads_one_works_and_who_may_take_the_old_does_not_wait(clock: Clock) -> None:
    kept = Lasting[int]()
    kept.get("a", 1, Works(clock, 3.0))
    begun, let_go = threading.Event(), threading.Event()
    made: list[int] = []

    def work() -> int:
        begun.set()
        assert let_go.wait(20)
        return 7 + len(made)

    threads = [
        threading.Thread(target=lambda: made.append(kept.get("a", 2, work))) for _each in range(4)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    meanwhile = kept.get("a", 2, work, may_be_old=True)
    let_go.set()
    for thread in threads:
        thread.join(20)

    assert meanwhile == 0
    assert made == [7] * 4


def test_of_those_who_waited_and_may_take_the_old_only_the_first_works(clock: Clock) -> None:
    kept, make = Lasting[int](), Works(clock, 3.0)
    begun, let_go = threading.Event(), threading.Event()

    def work() -> int:
        begun.set()
        assert let_go.wait(20)
        return make()

    given: list[int] = []
    threads = [
        threading.Thread(
            target=lambda m=mark: given.append(kept.get("a", m, work, may_be_old=True))
        )
        for mark in range(4)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    let_go.set()
    for thread in threads:
        thread.join(20)

    assert given == [0] * 4
