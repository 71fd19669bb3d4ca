"""What lies in the inbox of portal and app when practice begins: enough to be sorted for a while.

Clear reports, a storm (one flooded road, told by many), reports under a wrong type, places without a pin, and
some that repeat what somebody else has told today.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from console.central.practice.identifiers import made_id
from console.central.practice.people import SYSTEM, reporter
from console.central.practice.places import Where, spoken
from console.central.practice.records import NotAccepted
from console.central.practice.words import words
from console.central.practice.writing import describe
from console.domain.case import Case, Channel
from console.domain.category import ReportType
from console.domain.command import Command, LogReport
from console.domain.fold import Refused, fold
from console.domain.number import make_number
from console.domain.place import Place
from console.domain.reference import Reference, in_force
from console.domain.zone import local_day, month_code
from console.protocol.wire import CaseRecord

SHARE = 70
"""One of so many reports of the province waits; 28 of 2,000."""
PARTS = ("clear", "storm", "clear", "wrong", "storm", "unpinned", "clear", "storm", "again", "clear")
"""What each is, over and over."""
SPAN, LULL = timedelta(minutes=50), timedelta(minutes=2)
STORM = "flood.road"
NEIGHBOURS_M = 120
TODAY = timedelta(hours=20)
FIRST_READER = 1_000_000
"""Reporters from this number on are nobody else's."""


def with_inbox(
    reference: Reference, found: Iterator[CaseRecord], seed: int, count: int, end: datetime
) -> Iterator[CaseRecord]:
    """The records as they are, then those that wait to be sorted at `end`, accepted last."""
    inbox = _Inbox(reference, seed, end)
    for record in found:
        inbox.see(record.case)
        yield record
    for index in range(count // SHARE):
        yield inbox.record(index, count // SHARE)


class _Inbox:
    def __init__(self, reference: Reference, seed: int, end: datetime) -> None:
        self._reference, self._seed, self._end = reference, seed, end
        self._where = Where(reference, local_day(end))
        types = in_force(reference.types, local_day(end))
        self._types = [t for t in types if t.code in words().sayings and not t.sensitive]
        self._storm: Place | None = None
        self._recent: list[Case] = []
        self._number = self._revision = 0

    def see(self, case: Case) -> None:
        """What is told already: its number is taken, it may be told again."""
        self._revision = max(self._revision, case.revision)
        if case.number.startswith(f"{month_code(self._end)}-{SYSTEM.station}"):
            self._number = max(self._number, int(case.number.split("-")[1][2:]))
        if case.status.is_open and case.place.point and self._end - case.entered_at < TODAY:
            self._recent.append(case)

    def record(self, index: int, count: int) -> CaseRecord:
        """One that came in, the later ones nearer to the end."""
        rng = Random(f"inbox {self._seed} {index}")
        ago = LULL + (SPAN - SPAN * index / count) * rng.uniform(0.9, 1.0)
        at = (self._end - ago).astimezone(UTC).replace(microsecond=0)
        body = self._body(PARTS[index % len(PARTS)], index, at, rng)
        self._number += 1
        self._revision += 1
        number = make_number(month_code(at), SYSTEM.station, self._number)
        body = msgspec.structs.replace(body, number=number)
        command = Command(id=made_id(at, rng), case=made_id(at, rng), at=at, by=SYSTEM, body=body)
        outcome = fold(None, command, self._reference, lambda _case: None)
        if isinstance(outcome, Refused):
            raise NotAccepted(command.kind, outcome.refusal)
        events = tuple(msgspec.structs.replace(event, seq=self._revision) for event in outcome.events)
        case = msgspec.structs.replace(outcome.case, revision=self._revision)
        return CaseRecord(case=case, events=events)

    def _body(self, part: str, index: int, at: datetime, rng: Random) -> LogReport:
        channel = Channel.APP if rng.random() < 0.6 else Channel.PORTAL
        type_ = self._type(part, rng)
        place, name = self._place(part, type_, rng)
        title, text = describe(type_.code, channel, name, rng)
        if part == "again" and self._recent:
            case = self._recent[index % len(self._recent)]
            type_, title, text = self._kind(case.type), case.title, f"{case.description} Vẫn chưa xử lý."
            place = self._beside(case.place, rng)
        chosen = self._other(type_, rng) if part == "wrong" else type_
        return LogReport(
            number="",
            channel=channel,
            type=chosen.code,
            urgency=chosen.urgency,
            title=title,
            description=text,
            place=place,
            reporter=reporter(self._seed, FIRST_READER + index, True),
            happened_at=at,
        )

    def _type(self, part: str, rng: Random) -> ReportType:
        return self._kind(STORM) if part == "storm" else rng.choice(self._types)

    def _kind(self, code: str) -> ReportType:
        return next((one for one in self._types if one.code == code), self._types[0])

    def _other(self, type_: ReportType, rng: Random) -> ReportType:
        """What somebody chooses who does not find the right one."""
        return rng.choice([one for one in self._types if one.category != type_.category])

    def _place(self, part: str, type_: ReportType, rng: Random) -> tuple[Place, str]:
        entry = self._where.entry(type_.code, "", Random(self._seed) if part == "storm" else rng)
        place = self._where.place(entry, rng, 1.0 if part == "unpinned" else 0.0)
        if part == "storm":
            self._storm = self._storm or place
            place = self._beside(self._storm, rng)
        return place, spoken(entry, type_.code)

    def _beside(self, place: Place, rng: Random) -> Place:
        if place.point is None:
            return place
        point, text = place.point, place.text
        return self._where.beside(place.commune, point.lon, point.lat, text, NEIGHBOURS_M, rng)
