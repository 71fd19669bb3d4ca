"""The long run: `make worlds N=100000`, spread over the cores. Ends with 1 where a history went wrong."""

import argparse
import logging
import os
import sys

import msgspec

from tests.worlds.long_run import run, say
from tests.worlds.shrink import shortest, told_in_words
from tests.worlds.steps import History, history
from tests.worlds.world import play

SHRUNK = 5  # of those that went wrong, how many are made short


def _wrong(told: History) -> list[str]:
    return play(told).misses


def main() -> int:
    """0: every history ended as it must."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("n", type=int, nargs="?", default=1_000, help="how many histories")
    read.add_argument("--first", type=int, default=0, help="the first seed")
    read.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    read.add_argument("--seed", type=int, help="play this one alone, and tell it in its shortest form")
    read.add_argument("--history", help="play this one, as a failing run printed it")
    asked = read.parse_args()
    if asked.history or asked.seed is not None:
        told = msgspec.json.decode(asked.history, type=History) if asked.history else history(asked.seed)
        return _tell(told)
    bad = run(asked.first, asked.n, asked.processes)
    for seed in sorted(bad)[:SHRUNK]:
        _tell(history(seed))
    return 1 if bad else 0


def _tell(told: History) -> int:
    logging.disable(logging.CRITICAL)
    misses = _wrong(told)
    if not misses:
        say(f"seed {told.seed}: all as it must be")
        return 0
    short = shortest(told, _wrong)
    say(told_in_words(short, _wrong(short)))
    return 1


if __name__ == "__main__":
    sys.exit(main())
