"""Many histories, spread over the cores."""

import logging
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from typing import NamedTuple

from tests.worlds.steps import history
from tests.worlds.world import play

SHOWN_EVERY_S = 30.0


class Result(NamedTuple):
    """`decided`, `refused`: commands at the centre."""

    seed: int
    misses: list[str]
    decided: int
    refused: int


def _one(seed: int) -> Result:
    logging.disable(logging.CRITICAL)
    world = play(history(seed))
    given = world.centre.books.given.values()
    return Result(seed, world.misses, len(given), sum(not one.accepted for one in given))


def _results(first: int, n: int, processes: int) -> Iterator[Result]:
    with get_context("spawn").Pool(processes, maxtasksperchild=2_000) as pool:
        yield from pool.imap_unordered(_one, range(first, first + n), chunksize=10)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(first: int, n: int, processes: int) -> list[int]:
    """The seeds that went wrong."""
    began = shown = time.monotonic()
    bad, decided, refused = list[int](), 0, 0
    for done, found in enumerate(_results(first, n, processes), 1):
        decided, refused = decided + found.decided, refused + found.refused
        if found.misses:
            bad.append(found.seed)
            say(f"seed {found.seed}: {found.misses[0]}")
        if time.monotonic() - shown > SHOWN_EVERY_S:
            shown = time.monotonic()
            say(f"{done} of {n} histories, {done / (shown - began):.1f} a second, {len(bad)} went wrong")
    took = time.monotonic() - began
    say(f"{n} histories from seed {first} in {took:.0f} s: {n / took:.1f} a second; {len(bad)} went wrong")
    say(f"{decided} commands were decided, {refused} of them refused")
    return bad
