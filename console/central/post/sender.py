"""The threads that send, one for each channel, so that a mail server that hangs holds up no text message."""

import logging
import random
import threading

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from console.central.bugs import log_bug
from console.central.clock import Clock
from console.central.post import shelf
from console.central.post.doors import Door, Doors, Later, Never
from console.central.post.writing import EMAIL, HOOK

log = logging.getLogger(__name__)

LOOK_S = 2.0
FIRST_S, LONGEST_S = 30.0, 3600.0
"""Pauses between tries: doubled each time, a random part of it left out."""
STOP_S = 10.0
LULL_S = 10.0
"""After the database was away."""


class Sender:
    """One channel's. Any number of processes may run one."""

    def __init__(self, engine: Engine, clock: Clock, channel: str, door: Door) -> None:
        self._engine, self._clock, self._channel, self._door = engine, clock, channel, door
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"post {channel}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being sent, and end. A door that hangs is left alone: the lease runs out."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                idle = not self.one()
            except SQLAlchemyError as error:
                log.warning("post %s: %s", self._channel, type(error).__name__)
                self._ending.wait(LULL_S)
            else:
                if idle:
                    self._ending.wait(LOOK_S)

    def one(self) -> bool:
        """Send one message, if there is one whose time has come. Whether there was."""
        with self._engine.begin() as connection:
            taken = shelf.take(connection, self._channel)
        if taken is None:
            return False
        state, reason, after_s = self._tried(taken)
        with self._engine.begin() as connection:
            if after_s is None:
                shelf.end(connection, taken, state, reason, self._clock.now())
            else:
                shelf.again(connection, taken, after_s, reason)
        return True

    def _tried(self, taken: shelf.Taken) -> tuple[str, str, float | None]:
        """State and reason; seconds until it is tried again, None where it ends here."""
        if taken.expired:
            return "failed", "expired", None
        try:
            self._door.send(taken)
        except Never as error:
            return "failed", error.reason, None
        except Later as error:
            if taken.attempts >= shelf.MOST_ATTEMPTS:
                return "failed", error.reason, None
            return "waiting", error.reason, max(pause_s(taken.attempts), error.after_s or 0.0)
        except Exception as bug:  # noqa: BLE001 - one message that breaks the door must not stop the rest
            log_bug(f"message {taken.id} ({self._channel})", bug)
            if taken.attempts >= shelf.MOST_ATTEMPTS:
                return "failed", "bug", None
            return "waiting", "bug", pause_s(taken.attempts)
        return self._door.state, "", None


def pause_s(attempts: int) -> float:
    """Between half and all of 30 s, a minute, two, … an hour."""
    whole: float = min(LONGEST_S, FIRST_S * 2.0 ** (attempts - 1))
    return whole * random.uniform(0.5, 1.0)


def senders(engine: Engine, clock: Clock, doors: Doors) -> list[Sender]:
    """One for each channel."""
    return [Sender(engine, clock, EMAIL, doors.email), Sender(engine, clock, HOOK, doors.hook)]
