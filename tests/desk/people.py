"""People, places and words for the desk's tests, out of the bundled reference data."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.desk.rows import Draft
from console.domain.case import Actor, Channel, Reporter, Role
from console.domain.category import Urgency
from console.domain.command import LogReport
from console.domain.place import Place, Point, Unit
from console.reference import bundled

REFERENCE = bundled()
MONDAY = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)  # 14:00 at the desk
KEY = bytes(range(32))

DISPATCHER = Actor(user="op01", name="Trần Thị Minh Hà", role=Role.DISPATCHER, station="07")
OPERATOR = Actor(user="op02", name="Lê Văn Bảy", role=Role.OPERATOR, station="08")
SUPERVISOR = Actor(user="sup01", name="Phạm Thị Lan", role=Role.SUPERVISOR, station="01")

IN_FORCE = [a.code for a in REFERENCE.agencies if a.valid_to is None or a.valid_to > MONDAY.date()]
LEAD, OTHER_LEAD = IN_FORCE[3], IN_FORCE[4]
TYPE = next(t for t in REFERENCE.types if not t.sensitive)
WARDS: list[Unit] = [u for u in REFERENCE.communes(MONDAY.date()) if u.kind == "ward"]
PHONE = "+84912345678"
WORDS = "Nắp cống vỡ giữa làn xe máy, có hai người đã ngã"


class Wall:
    """A wall clock that moves when it is told to; monotonic time follows it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def pass_(self, **length: float) -> None:
        self.at += timedelta(**length)


async def open_at(
    folder: Path, wall: Wall, actor: Actor = DISPATCHER, key: bytes = KEY, undo_seconds: int = 10, **more: Any
) -> Desk:
    """A desk on that wall's time, unless `clock` is given (None: as the program opens it)."""
    clock = more.pop("clock", Clock(wall=wall, monotonic=wall.monotonic))
    return await open_desk(folder, key, REFERENCE, actor, clock=clock, undo_seconds=undo_seconds, **more)


def report(draft: Draft, **changed: Any) -> LogReport:
    """A complete report on a draft's number."""
    ward = WARDS[0]
    values: dict[str, Any] = {
        "number": draft.number,
        "channel": Channel.PHONE,
        "type": TYPE.code,
        "urgency": Urgency.NORMAL,
        "title": "Nắp cống vỡ giữa làn xe máy",
        "description": WORDS,
        "place": Place(commune=ward.code, text="Đường Lý Thường Kiệt", point=Point(ward.lon, ward.lat)),
        "reporter": Reporter(name="Nguyễn Văn Long", phone=PHONE, callback=True),
        "happened_at": draft.opened_at,
    }
    return LogReport(**{**values, **changed})
