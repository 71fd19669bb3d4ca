"""Desks on real encrypted files, each on a loop that ends with its test."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from console.desk.desk import Desk
from console.desk.rows import Done
from console.domain.command import Assign
from tests.desk.centre import TinyCentre
from tests.desk.people import DISPATCHER, LEAD, MONDAY, REFERENCE, Wall, open_at, report

T = TypeVar("T")


class Office:
    """One folder, one desk at a time; `run` awaits on its loop."""

    def __init__(self, folder: Path, run: Callable[[Any], Any]) -> None:
        self.folder, self._run = folder, run
        self.wall = Wall(MONDAY)
        self._open: list[Desk] = []

    def run(self, what: Awaitable[T]) -> T:
        answer: T = self._run(what)
        return answer

    def open(self, name: str = "desk", **more: Any) -> Desk:
        desk: Desk = self.run(open_at(self.folder / name, self.wall, **more))
        self._open.append(desk)
        return desk

    def close(self) -> None:
        for desk in self._open:
            desk.close()


def logged(office: Office, desk: Desk, forward: bool = True, **changed: object) -> Done:
    """A call taken and saved, forwarded to LEAD unless told otherwise."""
    draft = office.run(desk.open_draft())
    assign = Assign(lead=LEAD, expects=None) if forward else None
    return office.run(desk.log_report(draft, report(draft, **changed), assign))


def exchange(desk: Desk, centre: TinyCentre, limit: int = 500) -> None:
    """One round of the synchronization: send until nothing may go, then pull to the end."""
    port = desk.sync_port
    while batch := port.next_batch(limit):
        port.apply_verdicts(centre.judge(batch), centre.now)
    answer = centre.changes(port.cursor() or 0)
    port.apply_changes(answer)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with asyncio.Runner() as runner:
        made = Office(tmp_path, runner.run)
        yield made
        made.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.open(actor=DISPATCHER)


@pytest.fixture
def centre() -> TinyCentre:
    return TinyCentre(REFERENCE, MONDAY)
