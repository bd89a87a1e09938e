"""Many ask at once while the index goes on: each answer is of one commit."""

import threading
from collections.abc import Callable

from register.search import Query, Results, SearchIndex
from tests.search.register_in_memory import RegisterInMemory

ROUNDS = 12
A_ROUND = 5
TEXTS = ("tax", "", "tax AND model", '"tax model"', "tax -weather", "mod*", "taxx~", "phase:pilot")


def test_every_answer_is_of_one_commit_while_others_write(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    index.drain()
    stop, answers, errors = threading.Event(), list[Results](), list[BaseException]()

    def ask(turn: int) -> None:
        try:
            while not stop.is_set():
                turn += 1
                answers.append(index.search(Query(TEXTS[turn % len(TEXTS)])))
                index.suggest("mo")
                index.similar("AIR-2026-00000")
                index.position()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for number in range(ROUNDS):
        write_round(register, index, number)
    stop.set()
    for thread in threads:
        thread.join()

    assert errors == []
    assert len(answers) > ROUNDS
    for answer in answers:
        agree(answer)


def write_round(register: RegisterInMemory, index: SearchIndex, number: int) -> None:
    """Publish so many new records in one commit, and change the same number of old ones."""
    for place in range(A_ROUND):
        said = f"Tax model round{number}"
        register.publish(f"AIR-2026-{number * A_ROUND + place:05}", name=said, phase="pilot")
        old = max(0, number * A_ROUND - place - 1)
        if number:
            register.publish(f"AIR-2026-{old:05}", name=said, phase="pilot")
    index.drain()
    if number % 4 == 3:
        index.purge()


def agree(answer: Results) -> None:
    """Expect a total of whole commits, and facets and references that belong to it."""
    total = answer.total
    assert total % A_ROUND == 0
    assert len(answer.ids) == len(set(answer.ids)) == min(total, 20)
    assert answer.complete == total
    assert answer.facets["phase"] == ([("pilot", total)] if total else [])
    assert all(int(reference[-5:]) < total for reference in answer.ids)


def test_the_position_changes_with_each_commit_and_only_then(
    register: RegisterInMemory, index: SearchIndex
) -> None:
    index.drain()
    seen = [index.position()]

    for number in range(3):
        register.publish(f"AIR-2026-0000{number}", name="Tax")
        assert index.position() == seen[-1]
        index.drain()
        assert index.search(Query("tax")).total == number + 1
        seen.append(index.position())
        index.drain()
        index.search(Query("tax"))
        assert index.position() == seen[-1]
    register.withdraw("AIR-2026-00000")
    index.drain()
    seen.append(index.position())
    index.rebuild()
    seen.append(index.position())

    assert len(set(seen)) == len(seen) == 6


def test_two_processes_name_a_commit_alike(
    register: RegisterInMemory, index: SearchIndex, open_index: Callable[[], SearchIndex]
) -> None:
    register.publish("AIR-2026-00001", name="Tax")
    index.drain()
    other = open_index()

    before = other.position()
    other.search(Query("tax"))

    assert before == other.position() == index.position()
