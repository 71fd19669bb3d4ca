"""A small world: one real centre, desks on real encrypted files, a cable for each that can misbehave.

Every story ends with `converged()`: desks and centre hold the same cases, byte for byte.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.central.clock import to_millisecond
from console.desk.clock import Clock
from console.desk.connection import Net
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.desk.rows import Outbox
from console.domain.case import Actor, Role
from console.domain.command import Assign
from console.protocol.wire import PROTOCOL, CaseRecord
from console.reference import bundled
from console.sync.api import Api
from console.sync.credentials import PracticeBox
from console.sync.line import Line
from console.sync.pace import Pace
from tests.desk.people import MONDAY, report
from tests.support.cable import Cable
from tests.support.central import Central, Cluster

KEY = bytes(range(32))
PASSWORD = "thuchanh"
QUICK = Pace(
    first=0.05, most=0.2, poll=0.2, poll_with_stream=30.0, reference=300.0, patience=3, long_patience=6
)
PATIENCE_S = 60.0
NOBODY = Actor(user="", name="", role=Role.OPERATOR, station="")


class MondayClock:
    """The practice world's first afternoon, running."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return to_millisecond(MONDAY + timedelta(seconds=time.monotonic() - self._began))


@pytest.fixture
def centre(cluster: Cluster) -> Iterator[Central]:
    """A real centre in which it is Monday, 4 November 2024."""
    made = Central(cluster.database(), MondayClock())
    yield made
    made.close()


@pytest.fixture
def tell(centre: Central, tmp_path: Path) -> Callable[[Callable[["World"], Awaitable[None]]], None]:
    """Run a story in a world of its own."""

    def run(story: Callable[["World"], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with World(centre.url, tmp_path) as world:
                await story(world)

        asyncio.run(whole())

    return run


class Seat:
    """One desk with somebody signed in. `bugs`: what its threads did not foresee."""

    def __init__(self, desk: Desk, line: Line, cable: Cable, folder: Path) -> None:
        self.desk, self.line, self.cable, self.folder = desk, line, cable, folder
        self.bugs: list[BaseException] = []
        self._news = asyncio.Event()
        self._ends = [
            desk.feed.subscribe(lambda _: self._news.set()),
            desk.on_connection(lambda _: self._news.set()),
        ]

    async def until(self, true: Callable[[], Awaitable[Any]], what: str = "") -> Any:
        """Wait, from one change to the next, until `true()` answers something."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (found := await true()):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"never: {what} ({self.desk.connection})") from None
        return found

    async def net(self, *wanted: Net) -> None:
        """Until the connection stands so."""

        async def stands() -> bool:
            return self.desk.connection.net in wanted

        await self.until(stands, f"connection {wanted}")

    async def sent(self) -> Outbox:
        """Until nothing waits to be sent."""

        async def nothing_waits() -> Outbox | None:
            outbox = await self.desk.outbox()
            return None if outbox.waiting else outbox

        found: Outbox = await self.until(nothing_waits, "an empty outbox")
        return found

    async def knows(self, case_id: str, true: Callable[[Any], bool] = lambda view: True) -> Any:
        """Until this desk has the case, and it stands so."""

        async def has() -> Any:
            view = await self.desk.case(case_id)
            return view if view is not None and true(view) else None

        return await self.until(has, f"case {case_id}")

    async def log(self, assign: Assign | None = None, **changed: Any) -> str:
        """Log a report; its case id."""
        draft = await self.desk.open_draft()
        done = await self.desk.log_report(draft, report(draft, **changed), assign)
        return done.case

    async def unplug(self) -> None:
        """Pull the cable out."""
        await asyncio.to_thread(self.line.set_plugged, False)
        await self.net(Net.OFFLINE)

    async def plug(self) -> None:
        """Put it in again."""
        await asyncio.to_thread(self.line.set_plugged, True)

    async def leave(self) -> None:
        """Stop the line, close the file."""
        for end in self._ends:
            end()
        await asyncio.to_thread(self.line.stop)
        await asyncio.to_thread(self.desk.close)
        await asyncio.to_thread(self.cable.close)


class World:
    """`url`: of the centre. An async context: everything opened is closed at its end."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.seats: list[Seat] = []

    async def __aenter__(self) -> "World":
        return self

    async def __aexit__(self, *_: object) -> None:
        for seat in self.seats:
            await seat.leave()
        assert [seat.bugs for seat in self.seats] == [[] for _ in self.seats]

    async def sit_down(
        self,
        station: str,
        user: str,
        *,
        start: bool = True,
        pace: Pace = QUICK,
        protocol: int = PROTOCOL,
        undo_seconds: int = 0,
        clock_wrong_by: timedelta = timedelta(0),
    ) -> Seat:
        """Open a desk, enrol it, sign in, and keep up with the centre."""
        folder = self.folder / f"desk-{station}"
        cable = await asyncio.to_thread(Cable, self.url)
        reference = await asyncio.to_thread(bundled)
        who = msgspec.structs.replace(NOBODY, station=station)
        wall = lambda: datetime.now(UTC) + clock_wrong_by  # noqa: E731
        desk = await open_desk(
            folder, KEY, reference, who, undo_seconds=undo_seconds, practice=True, clock=Clock(wall=wall)
        )
        bugs: list[BaseException] = []
        box = PracticeBox(folder)
        line = Line(
            cable.url, station, desk.sync_port, tokens=box, vault=box, broken=bugs.append, pace=pace,
            protocol=protocol, wall=lambda: wall().timestamp(), files=desk.files_port,
        )  # fmt: skip
        seat = Seat(desk, line, cable, folder)
        seat.bugs = bugs
        self.seats.append(seat)
        await asyncio.to_thread(self._sign_in, line, user)
        assert line.sign_in.identity is not None
        desk.sign_in(line.sign_in.identity.actor())
        if start:
            line.start()
            await seat.net(Net.ONLINE)
        return seat

    async def stand_up(self, seat: Seat) -> None:
        """Close one desk; its folder stays."""
        self.seats.remove(seat)
        await seat.leave()
        assert seat.bugs == []

    def _sign_in(self, line: Line, user: str) -> None:
        if not line.sign_in.enrolled:
            line.enrol("sup01", PASSWORD)
        line.sign_in.sign_in(user, PASSWORD)

    async def rest(self) -> None:
        """Until every outbox is empty (but for what came back) and every desk has what the centre has."""
        for seat in self.seats:
            seat.line.try_now()
            await seat.sent()
        cursor = await asyncio.to_thread(self._cursor)
        for seat in self.seats:
            seat.line.try_now()

            async def is_up(seat: Seat = seat) -> bool:
                reached = await asyncio.to_thread(seat.desk.sync_port.cursor)
                return reached is not None and reached >= cursor

            await seat.until(is_up, f"cursor {cursor}")
            await seat.net(Net.ONLINE, Net.TOO_OLD)

    async def converged(self, refused: int = 0) -> None:
        """Desks and centre are equal; `refused`: how many commands wait for their authors in all."""
        await self.rest()
        truth = await asyncio.to_thread(self._records)
        attention = 0
        for seat in self.seats:
            outbox = await seat.desk.outbox()
            attention += len(outbox.attention)
            mine = await self._held_by(seat, truth)
            assert mine == {id_: _bytes(record.case, record.events) for id_, record in truth.items()}
        assert attention == refused

    async def _held_by(self, seat: Seat, truth: dict[str, CaseRecord]) -> dict[str, bytes]:
        held = seat.desk._held
        ids = await held.call(lambda: [row[0] for row in held.store.read("SELECT id FROM case_row")])
        found = {}
        for id_ in {*ids, *truth}:
            view = await seat.desk.case(id_)
            if view is not None:
                before = await seat.desk.events(id_, view.earlier, view.earlier)
                found[id_] = _bytes(view.case, (*before, *view.events))
        return found

    def _api(self) -> Api:
        api = Api(self.url)
        api.holder = self.seats[0].line.sign_in
        return api

    def _cursor(self) -> int:
        api = self._api()
        try:
            with api.snapshot(None) as lines:
                return next(line.cursor for line in lines if line.cursor is not None)
        finally:
            api.close()

    def _records(self) -> dict[str, CaseRecord]:
        api = self._api()
        try:
            with api.snapshot(None) as lines:
                return {line.record.case.id: line.record for line in lines if line.record is not None}
        finally:
            api.close()


def _bytes(case: Any, events: Any) -> bytes:
    return msgspec.json.encode([case, list(events)], order="deterministic")
