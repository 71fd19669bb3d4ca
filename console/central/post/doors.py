"""Doors by which messages leave, and what may come of it. A door blocks, and ends within `LONGEST_S`."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from console.central.post.shelf import Taken

STEP_S = 15.0
"""One answer of the other side."""
LONGEST_S = 60.0
"""All of a sending: who says a letter every ten seconds holds nobody up for longer."""


class Later(Exception):
    """Not now; `after_s`: what the other side asked for. `reason`: a stable code, perhaps with its number."""

    def __init__(self, reason: str, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.after_s = reason, after_s


class Never(Exception):
    """It would be the same each time."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Door(Protocol):
    """One way out. `state`: what a message is that went through it."""

    state: str

    def send(self, letter: Taken) -> None:
        """Raises Later, Never."""
        ...


class Catcher:
    """Practice mode's doors: whatever would leave is kept, and seen at the desk. Nothing goes outside."""

    state = "caught"

    def send(self, letter: Taken) -> None:
        """It is where it is."""


class NoDoor:
    """What is not set up says so, in sight of the supervisor."""

    state = "sent"

    def send(self, letter: Taken) -> None:
        """Raises Never."""
        raise Never("no_door")


@dataclass(frozen=True)
class Doors:
    """One for each channel."""

    email: Door
    hook: Door


@contextmanager
def watched(cut: Callable[[], None]) -> Iterator[threading.Event]:
    """`cut` after LONGEST_S, whatever the other side does meanwhile. The event: it came to that."""
    over = threading.Event()

    def end() -> None:
        over.set()
        cut()

    timer = threading.Timer(LONGEST_S, end)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def cut_socket(found: socket.socket | None) -> None:
    """Wake whoever waits for it."""
    if found is None:
        return
    try:
        found.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was closed meanwhile
