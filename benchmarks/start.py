"""From the start of the process to the first painted queue at 100,000 cases, against a bare Qt window."""

import asyncio
import os
import subprocess
import sys
import time

from benchmarks.corpus import store_of
from benchmarks.entry import Entry, compared

CASES = 100_000
ROUNDS = 9


def _run(kind: str) -> float:
    """Milliseconds until the child says that it has painted."""
    began = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.start_child", kind, str(CASES)],
        check=True, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    painted = float(child.stdout.strip().splitlines()[-1])
    return (painted - began) * 1000


def run() -> list[Entry]:
    """In turns, the first of each left out: it reads the programs from the disk."""
    asyncio.run(store_of(CASES))
    pairs = [(_run("queue"), _run("bare")) for _ in range(ROUNDS + 1)][1:]
    ours, bare = [a for a, _ in pairs], [b for _, b in pairs]
    return compared(f"start to first painted queue, {CASES:,} cases", ours, "bare Qt window", bare, "ms")
