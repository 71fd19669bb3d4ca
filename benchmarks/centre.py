"""A practice centre that stands still, and desks signed in to it; for benchmarks that cross the wire."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.corpus import FOLDER, KEY
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.case import Actor, Role
from console.options import PRACTICE_PASSWORD, PRACTICE_SUPERVISOR
from console.practice_server import PracticeServer, forget_practice
from console.reference import bundled
from console.sync.credentials import PracticeBox
from console.sync.line import Line


@contextmanager
def centre(count: int) -> Iterator[str]:
    """The address of a centre with so many cases, which no one else changes."""
    folder = (FOLDER / f"centre-{count}").resolve()
    url = PracticeServer(folder, speed=0.0, count=count).ensure(lambda line: None)
    try:
        yield url
    finally:
        forget_practice(folder)


class Seat:
    """One desk with its line; `close` in the end. Blocking parts run off the loop."""

    def __init__(self, desk: Desk, line: Line) -> None:
        self.desk, self.line = desk, line

    async def close(self) -> None:
        """Stop the threads, close the file."""
        await asyncio.to_thread(self.line.stop)
        self.desk.close()


def _raise(error: BaseException) -> None:
    raise error


async def seat(url: str, folder: Path, station: str, user: str) -> Seat:
    """Enrol, sign in, and begin to keep up."""
    nobody = Actor(user="", name="", role=Role.OPERATOR, station=station)
    desk = await open_desk(folder, KEY, bundled(), nobody, undo_seconds=0, practice=True)
    box = PracticeBox(folder)
    line = Line(url, station, desk.sync_port, tokens=box, vault=box, broken=_raise)
    await asyncio.to_thread(line.enrol, PRACTICE_SUPERVISOR, PRACTICE_PASSWORD)
    signed = await asyncio.to_thread(line.sign_in.sign_in, user, PRACTICE_PASSWORD)
    desk.sign_in(signed.identity.actor())
    line.start()
    return Seat(desk, line)


async def filled(desk: Desk) -> None:
    """Wait until the first fill is complete."""
    while not (await asyncio.to_thread(desk.sync_port.snapshot_state)).finished:
        await asyncio.sleep(0.05)
