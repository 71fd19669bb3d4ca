"""Workers of the map stand back while a frame is painted, and begin nothing while a hand zooms on.

For a zoom that is seen a frame or two those beside it stand in: squares and bubbles made for it would
come when the hand is elsewhere, and cost the frames that it looks at. And painting gives up Python's lock at
each picture that it draws: a worker that takes it there keeps it as long as threads may (`SWITCH_S`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AFTERWARDS_MS = 30  # two frames after a zoom: a hand that zooms on is not held up
MOST_S = 0.05  # nobody waits longer, whatever becomes of the frame

_free = threading.Event()
_free.set()


@contextmanager
def painting() -> Iterator[None]:
    """A frame of any map, on the interface's thread."""
    _free.clear()
    try:
        yield
    finally:
        _free.set()


def stand_back() -> None:
    """Between two pieces of work, in any other thread: until no frame is being painted."""
    _free.wait(MOST_S)
