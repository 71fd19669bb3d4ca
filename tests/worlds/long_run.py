"""Many histories, spread over the cores."""

import logging
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context

from tests.worlds.steps import history
from tests.worlds.world import play

SHOWN_EVERY_S = 30.0


def _one(seed: int) -> tuple[int, list[str]]:
    logging.disable(logging.CRITICAL)
    return seed, play(history(seed)).misses


def _results(first: int, n: int, processes: int) -> Iterator[tuple[int, list[str]]]:
    with get_context("spawn").Pool(processes, maxtasksperchild=2_000) as pool:
        yield from pool.imap_unordered(_one, range(first, first + n), chunksize=10)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(first: int, n: int, processes: int) -> list[int]:
    """The seeds that went wrong."""
    began = shown = time.monotonic()
    bad = list[int]()
    for done, (seed, misses) in enumerate(_results(first, n, processes), 1):
        if misses:
            bad.append(seed)
            say(f"seed {seed}: {misses[0]}")
        if time.monotonic() - shown > SHOWN_EVERY_S:
            shown = time.monotonic()
            say(f"{done} of {n} histories, {done / (shown - began):.1f} a second, {len(bad)} went wrong")
    took = time.monotonic() - began
    say(f"{n} histories from seed {first} in {took:.0f} s: {n / took:.1f} a second; {len(bad)} went wrong")
    return bad
