"""From the start of the process to the first painted queue at 100,000 cases, against a bare Qt window.

The console's side is the real program with its whole window; the person's time at the sign-in is left out:
process start to painted sign-in window, plus let in to painted queue.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.corpus import store_of
from benchmarks.entry import Entry, compared

CASES = 100_000
ROUNDS = 11


def _run(module: str, *arguments: str) -> list[float]:
    """What the child printed, in milliseconds from its start."""
    began = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        check=True, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return [(float(at) - began) * 1000 for at in child.stdout.strip().splitlines()[-1].split()]


def bare() -> float:
    """A window with nothing in it."""
    return _run("benchmarks.start_bare")[0]


def console(folder: Path) -> tuple[float, float]:
    """To the sign-in window, and from the sign-in to the queue."""
    asked, let_in, queue = _run("benchmarks.start_child", str(folder))
    return asked, queue - let_in


def run() -> list[Entry]:
    """In turns, the first of each left out: it reads the programs from the disk."""
    folder = asyncio.run(store_of(CASES))
    pairs = [(console(folder), bare()) for _ in range(ROUNDS + 1)][1:]
    plain = [b for _, b in pairs]
    name = f"queue, {CASES:,} cases"
    return [
        *compared(
            f"start to first painted {name}", [sum(a) for a, _ in pairs], "bare Qt window", plain, "ms"
        ),
        *compared("  of it to the sign-in window", [a for (a, _), _ in pairs], "bare Qt window", plain, "ms"),
        *compared("  of it from the sign-in", [b for (_, b), _ in pairs], "bare Qt window", plain, "ms"),
    ]
