"""A durable save - a call logged and forwarded through the desk - against a bare insert and commit.

The bare one writes the same number of bytes into an encrypted file with the same pragmas. A save is durable
when the desk says so: as one row of its journal. What is written up right behind it (letters, case, timeline,
search words) is measured too, as the time from the key press until the new row could be read back.
"""

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from benchmarks.corpus import FOLDER, KEY, desk_in
from benchmarks.entry import Entry, compared
from console.desk.desk import Desk
from console.desk.rows import Draft
from console.domain.case import Channel, Reporter
from console.domain.category import Urgency
from console.domain.command import Assign, LogReport
from console.domain.place import Place, Point
from console.domain.proposals import propose_agency
from console.domain.zone import local_day
from console.models.store import prepare

ROUNDS = 400
TEXT = "Nắp cống bê tông vỡ đôi ngay làn xe máy, lọt bánh xe, tối qua đã có người ngã nhẹ. " * 2


class Saving:
    """One call after another at a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk, on = desk, local_day(desk.clock.now())
        unit = desk.reference.communes(on)[0]
        kind = desk.reference.types[0]
        proposal = propose_agency(desk.reference, kind, unit.code, on)
        assert proposal is not None
        self._place = Place(commune=unit.code, text="118 Lý Thường Kiệt", point=Point(unit.lon, unit.lat))
        self._kind, self._lead = kind.code, proposal.lead

    def report(self, number: str) -> LogReport:
        """A usual call."""
        return LogReport(
            number=number, channel=Channel.PHONE, type=self._kind, urgency=Urgency.NORMAL,
            title="Nắp cống vỡ", description=TEXT, place=self._place, reporter=Reporter(anonymous=True),
            happened_at=self._desk.clock.now(),
        )  # fmt: skip

    async def save(self, draft: Draft) -> tuple[float, float]:
        """Milliseconds until it is durable, and until its row is read back."""
        body = self.report(draft.number)
        began = time.perf_counter()
        await self._desk.log_report(draft, body, Assign(lead=self._lead, expects=None))
        durable = time.perf_counter()
        assert await self._desk.row(draft.case) is not None
        return (durable - began) * 1000, (time.perf_counter() - began) * 1000


def bare(folder: Path) -> Any:
    """The same kind of file with one table."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlcipher.connect(str(folder / "bare.db"), isolation_level=None)
    prepare(connection, KEY)
    connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    return connection


def _insert(connection: Any, body: bytes) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO line (body) VALUES (?)", (body,))
    connection.execute("COMMIT")


def _timed(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


async def _in_turns(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Both on the same disk in the same weather, each right behind a commit of a draft: all that was ours is
    on the disk then, so that theirs does not carry it there."""
    desk, connection = await desk_in(folder / "desk"), bare(folder)
    durable, read_back, theirs = list[float](), list[float](), list[float]()
    try:
        saving = Saving(desk)
        body = b"x" * len(msgspec.json.encode(saving.report("2411-03001-0")))
        beside = await desk.open_draft()
        for _ in range(ROUNDS):
            one, whole = await saving.save(await desk.open_draft())
            durable.append(one)
            read_back.append(whole)
            await desk.save_draft(beside)
            theirs.append(_timed(lambda: _insert(connection, body)))
    finally:
        desk.close()
        connection.close()
    return durable, read_back, theirs


def run() -> list[Entry]:
    """Fresh files, in turns."""
    folder = FOLDER / "save"
    shutil.rmtree(folder, ignore_errors=True)
    durable, read_back, theirs = asyncio.run(_in_turns(folder))
    against = "bare insert and commit"
    return [
        *compared("durable save of a forwarded call", durable, against, theirs, "ms"),
        *compared("the same until its row is read back", read_back, against, theirs, "ms"),
    ]
