"""The first fill rests when somebody says so, pulls nothing meanwhile, and goes on where it stopped."""

import contextlib
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from console.desk.connection import Net
from console.desk.desk import Desk
from console.protocol.wire import ReferenceAnswer, SnapshotLine
from console.sync.fill import SLICE
from console.sync.pace import Pace
from console.sync.round import Round
from console.sync.suspects import Suspects
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged


class Lines:
    """The centre's side of a fill; everything else that a round asks is a failure of the test."""

    def __init__(self, centre: TinyCentre, copies: int) -> None:
        self._records = [centre.record(case) for case in centre.cases] * copies
        self.asked: list[str | None] = []

    def reference(self, after: int) -> Any:
        return ReferenceAnswer(version=after, practice=False, items=())

    def ask(self, method: str, path: str, *_more: Any) -> Any:
        raise AssertionError(f"{method} {path}")

    @contextlib.contextmanager
    def snapshot(self, before: str | None, closed_after: int | None = None) -> Iterator[Iterator[Any]]:
        assert closed_after is not None
        self.asked.append(before)
        yield self._lines(int(before or 0))

    def _lines(self, start: int) -> Iterator[SnapshotLine]:
        yield SnapshotLine(cursor=1, total=len(self._records))
        for at, record in enumerate(self._records[start:], start + 1):
            yield SnapshotLine(record=record, next=str(at))
        yield SnapshotLine(end=True)


def test_it_rests_and_goes_on(office: Office, centre: TinyCentre) -> None:
    other, desk = office.open("other"), office.open("new")
    logged(office, other)
    office.wall.pass_(seconds=30)
    exchange(other, centre)
    lines, shown = Lines(centre, copies=3 * SLICE), list[int]()

    def show(net: object, done: int, total: int) -> None:
        desk.sync_port.fill_news.follow(_filling(desk, done, total))
        if done >= SLICE and not shown:
            shown.append(done)
            desk.works.stop(desk.works.running[0].id)

    pace = Pace()
    round_ = Round(lines, desk.sync_port, pace, Suspects(pace, None, lambda: 0.0), show, _clock())  # type: ignore[arg-type]
    assert round_() is None
    assert not desk.sync_port.snapshot_state().finished
    assert round_() is None, "it still rests"
    assert lines.asked == [None]
    office.run(desk.go_on_filling())
    with pytest.raises(AttributeError, match="changes"):
        round_()  # filled to its end: now it would pull
    assert desk.sync_port.snapshot_state().finished
    assert int(lines.asked[1] or 0) >= SLICE


def _filling(desk: Desk, done: int, total: int) -> Any:
    return msgspec.structs.replace(desk.connection, net=Net.FILLING, done=done, total=total)


def _clock() -> Any:
    ticks = iter(range(10_000))
    return lambda: float(next(ticks))
