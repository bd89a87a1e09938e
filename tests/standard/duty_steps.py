"""What an agency may do, and a life of such deeds."""

from dataclasses import dataclass
from random import Random

DEEDS = (
    *("determine", "determine", "restate", "restate", "deny", "deny", "publish", "publish"),
    *("publish", "publish", "withdraw", "withdraw", "withdraw"),
    *("exempt_agency", "exempt_duty", "leave", "come_back", "come_back", "come_back"),
    *("exempt_agency", "leave", "leave", "nil", "withdraw_nil", "wait", "wait", "wait"),
    *("withhold", "withhold", "exempt_duty", "exempt_duty", "owe_again"),
)


@dataclass(frozen=True)
class Step:
    """Something that is done, after some days; the numbers choose among what there is."""

    deed: str
    days: int
    turn: int
    shift: int


def life(seed: int) -> list[Step]:
    """Some thirty steps of an agency's life.

    They are drawn evenly from a seed: lists that hypothesis draws itself repeat one another so much
    that what is rare (a record withdrawn after it was late) was met in one life of sixty.
    """
    chance = Random(seed)
    return [
        Step(
            deed=chance.choice(DEEDS),
            days=chance.choice((0, 0, 1, 7, 20, 45)),
            turn=chance.randrange(1000),
            shift=chance.randint(-200, 200),
        )
        for _step in range(chance.randint(20, 30))
    ]
