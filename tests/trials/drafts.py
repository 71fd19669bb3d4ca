"""How much of what was being typed a kill took, in seconds, and what the machine itself was late by.

A draft is written 0.3 s after a change, by a thread of the console that waits for the disk. Beside it a
`Beat` does the same, as little as can be: where the machine lets that wait, it lets the draft wait too.
"""

import os
import struct
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

LOST_S = 0.5
EACH_S = 0.05
LOOKED_AT_S = 1.0
RECORD = struct.Struct("d")


class Beat(threading.Thread):
    """Writes the machine's monotonic time through to a file, every so often, for ever."""

    def __init__(self, file: Path) -> None:
        super().__init__(name="beat", daemon=True)
        self._file = file

    def run(self) -> None:
        rest = threading.Event()
        with self._file.open("wb", buffering=0) as file:
            while not rest.wait(EACH_S):
                os.write(file.fileno(), RECORD.pack(time.monotonic()))
                os.fsync(file.fileno())


def late_s(file: Path, killed: float) -> float:
    """How long the machine let the beat wait, at most, in the last second before the kill."""
    times = [at for (at,) in RECORD.iter_unpack(file.read_bytes())] + [killed]
    gaps = [after - before for before, after in pairwise(times) if after >= killed - LOOKED_AT_S]
    return max(0.0, max(gaps, default=0.0) - EACH_S)


def lost_s(said: list[dict[str, Any]], kept: list[str]) -> float | None:
    """The age of the oldest letter of the unfinished call that is not on disk; None: there was none."""
    begun = max((at for at, line in enumerate(said) if "call" in line), default=len(said))
    letters = [line for line in said[begun:] if "typed" in line]
    if not letters or any("saved" in line for line in said[begun:]):
        return None
    whole, killed = letters[-1]["typed"], said[-1]["t"]
    there = max((len(text) for text in kept if whole.startswith(text) or text.startswith(whole)), default=0)
    return 0.0 if there >= len(letters) else float(killed - letters[there]["t"])
