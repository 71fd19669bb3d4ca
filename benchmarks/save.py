"""A durable save - a call logged and forwarded through the desk - against a bare insert and commit.

The bare one writes the same number of bytes into an encrypted file with the same pragmas.
"""

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from benchmarks.corpus import FOLDER, KEY, desk_in
from benchmarks.entry import Entry, compared
from console.desk.desk import Desk
from console.domain.case import Reporter
from console.domain.category import Urgency
from console.domain.command import Assign, LogReport
from console.domain.place import Place, Point
from console.domain.proposals import propose_agency
from console.domain.zone import local_day
from console.models.store import prepare

ROUNDS = 300
TEXT = "Nắp cống bê tông vỡ đôi ngay làn xe máy, lọt bánh xe, tối qua đã có người ngã nhẹ. " * 2


async def _one_save(desk: Desk, place: Place, kind: str, lead: str) -> tuple[float, int]:
    draft = await desk.open_draft()
    body = LogReport(
        number=draft.number, channel=draft.channel, type=kind, urgency=Urgency.NORMAL, title="Nắp cống vỡ",
        description=TEXT, place=place, reporter=Reporter(anonymous=True), happened_at=desk.clock.now(),
    )  # fmt: skip
    began = time.perf_counter()
    await desk.log_report(draft, body, Assign(lead=lead, expects=None))
    return (time.perf_counter() - began) * 1000, len(msgspec.json.encode(body))


async def _ours(folder: Path) -> tuple[list[float], int]:
    desk = await desk_in(folder)
    try:
        on = local_day(desk.clock.now())
        unit = desk.reference.communes(on)[0]
        kind = desk.reference.types[0]
        proposal = propose_agency(desk.reference, kind, unit.code, on)
        assert proposal is not None
        place = Place(commune=unit.code, text="118 Lý Thường Kiệt", point=Point(unit.lon, unit.lat))
        took = [await _one_save(desk, place, kind.code, proposal.lead) for _ in range(ROUNDS)]
    finally:
        desk.close()
    return [ms for ms, _ in took], took[0][1]


def _bare(folder: Path, size: int) -> list[float]:
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlcipher.connect(str(folder / "bare.db"), isolation_level=None)
    prepare(connection, KEY)
    connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    body = b"x" * size

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO line (body) VALUES (?)", (body,))
        connection.execute("COMMIT")

    took = [_timed(insert) for _ in range(ROUNDS)]
    connection.close()
    return took


def _timed(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def run() -> list[Entry]:
    """Fresh files, one after the other on the same disk."""
    folder = FOLDER / "save"
    shutil.rmtree(folder, ignore_errors=True)
    ours, size = asyncio.run(_ours(folder / "desk"))
    return compared(
        "durable save of a forwarded call", ours, "bare insert and commit", _bare(folder, size), "ms"
    )
