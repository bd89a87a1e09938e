"""Puts random questions to the engine and reads every document for each, to see that both agree.

The questions nest words of four languages, phrases, beginnings, near misses and facts at random;
the registers behind them were published, changed, withdrawn, purged and rebuilt at random.
"""

import time

from tests.search.agreement import differences

_A_REGISTER = 100  # questions put to each


def main(size: int = 1_000) -> None:
    """Ask ``size`` questions, print how many answers were equal, and those that were not."""
    started = time.perf_counter()
    asked = equal = seed = 0
    while asked < size:
        # Other seeds than those of the tests, which ask fewer questions of a register.
        seed += 1
        for question, wrong in differences(10_000 + seed, min(_A_REGISTER, size - asked)):
            asked += 1
            equal += not wrong
            for each in wrong:
                print(f"{question}\n  {each}")
    took = time.perf_counter() - started
    print(f"{equal} of {asked} answers equal, in {seed} registers, {took:.0f} s")
