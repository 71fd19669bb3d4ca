"""Reports, commands and answers for the centre's tests, out of the bundled reference data."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec

from console.central.practice_start import BEGINS
from console.domain.case import Channel, Reporter
from console.domain.category import Urgency
from console.domain.command import Assign, Command, LogReport
from console.domain.number import make_number
from console.domain.place import Place, Point
from console.domain.reference import in_force
from console.domain.zone import local_day, month_code
from console.protocol.wire import (
    ChangesAnswer,
    CommandsAnswer,
    CommandsRequest,
    SnapshotLine,
    Verdict,
)
from console.reference import bundled
from tests.support.central import Client

REFERENCE = bundled()
DAY = local_day(BEGINS)
LEAD, OTHER_LEAD, THIRD = (agency.code for agency in list(in_force(REFERENCE.agencies, DAY))[3:6])
TYPE = next(t for t in in_force(REFERENCE.types, DAY) if not t.sensitive)
WARD = next(unit for unit in REFERENCE.communes(DAY) if unit.kind == "ward")
NAME, PHONE = "Nguyễn Văn Long", "+84912345678"
NEXT: Iterator[int] = count(1)


def report(client: Client, **changed: Any) -> LogReport:
    """A complete report with the next number of the client's station."""
    now = client.clock.now()
    values: dict[str, Any] = {
        "number": make_number(month_code(now), client.station, next(NEXT)),
        "channel": Channel.PHONE,
        "type": TYPE.code,
        "urgency": Urgency.NORMAL,
        "title": "Nắp cống vỡ giữa làn xe máy",
        "description": "Nắp cống vỡ giữa làn xe máy, có hai người đã ngã",
        "place": Place(commune=WARD.code, text="Đường Lý Thường Kiệt", point=Point(WARD.lon, WARD.lat)),
        "reporter": Reporter(name=NAME, phone=PHONE, callback=True),
        "happened_at": now,
    }
    return LogReport(**{**values, **changed})


def give(client: Client, *commands: Command) -> tuple[Verdict, ...]:
    """Deliver; the verdicts."""
    answer: CommandsAnswer = client.post("/commands", CommandsRequest(commands=commands), CommandsAnswer)
    return answer.verdicts


def accepted(client: Client, *commands: Command) -> tuple[Verdict, ...]:
    """Deliver what must be accepted."""
    verdicts = give(client, *commands)
    assert [v.refusal for v in verdicts] == [None] * len(commands)
    return verdicts


def logged(client: Client, **changed: Any) -> str:
    """A new case at the centre; its id."""
    command = client.command(report(client, **changed))
    accepted(client, command)
    return command.case


def assigned(client: Client, lead: str = LEAD) -> str:
    """A new case that an agency leads; its id."""
    case = logged(client)
    accepted(client, client.command(Assign(lead=lead, expects=None), case))
    return case


def code(verdict: Verdict) -> str:
    """The reason of a refusal, "" for none."""
    return verdict.refusal.code.value if verdict.refusal else ""


def changes(client: Client, after: int = 0, limit: int = 500) -> ChangesAnswer:
    """One pull."""
    answer: ChangesAnswer = client.get(f"/changes?after={after}&limit={limit}", ChangesAnswer)
    return answer


def snapshot(client: Client, before: str | None = None) -> list[SnapshotLine]:
    """The lines of a first fill, or of its continuation."""
    path = f"/snapshot?before={before}" if before else "/snapshot"
    response = client.raw("GET", path)
    assert response.status_code == 200
    return [msgspec.json.decode(line, type=SnapshotLine) for line in response.content.splitlines()]


def cases(lines: list[SnapshotLine]) -> list[str]:
    """Their ids, in the order of the lines."""
    return [line.record.case.id for line in lines if line.record is not None]
