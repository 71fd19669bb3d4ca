"""The script of one case's life: its commands in time order, and what the writer needs to know of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

import msgspec

from console.central.practice.arrivals import OFFSET
from console.central.practice.identifiers import made_id
from console.central.practice.people import agency_actor, staff
from console.domain.case import Actor, Role
from console.domain.category import Clock, ReportType, Urgency
from console.domain.command import AnyBody, Command, LogReport
from console.domain.deadline import RESOLVE, term_of
from console.domain.reference import Reference
from console.domain.suggest import Proposal, propose_agency
from console.domain.working_time import WorkingTime
from console.domain.zone import local_day

T = TypeVar("T")

MORNING, EVENING = 7, 21  # hours between which agencies and dispatchers do what is not pressing
MINUTE = timedelta(minutes=1)


class Kit:
    """What all scripts share: the reference and what was looked up in it."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.time = reference.built(WorkingTime)
        self._proposals: dict[tuple[str, str, int], Proposal | None] = {}

    def proposal(self, log: LogReport) -> Proposal | None:
        """Who handles such a report, by the rules of its day."""
        day = local_day(log.happened_at)
        key = log.type, log.place.commune, day.year * 100 + day.month
        if key not in self._proposals:
            self._proposals[key] = propose_agency(self.reference, log.type, log.place.commune, day)
        return self._proposals[key]

    def due(self, type_: ReportType, urgency: Urgency, start: datetime) -> datetime:
        """The resolve deadline by rule."""
        term = term_of(type_, urgency, RESOLVE)
        return self.time.add(term.clock, start, term.minutes) if term else start + timedelta(days=3)

    def rested(
        self, type_: ReportType, urgency: Urgency, due: datetime, since: datetime, until: datetime
    ) -> datetime:
        """The deadline after its clock rested between two moments."""
        term = term_of(type_, urgency, RESOLVE)
        clock = term.clock if term else Clock.ROUND
        return self.time.shift(clock, until, self.time.length(clock, since, due))


class Script:
    """Acts appended one after the other; `now` is the time of the last one."""

    def __init__(self, kit: Kit, rng: Random, case: str, operator: Actor, type_: ReportType) -> None:
        self.kit, self.rng, self.case, self.operator, self.type = kit, rng, case, operator, type_
        self.commands: list[Command] = []
        self.log: LogReport | None = None
        self.lead: str | None = None
        self.urgency = Urgency.NORMAL
        self.unrest = 1.0  # how much more often than usual it is returned or asked about
        self.last = False  # among the last to come: nobody may have looked at it yet
        self.ended: datetime | None = None  # when it left the open ones for good

    @property
    def now(self) -> datetime:
        return self.commands[-1].at

    @property
    def pressing(self) -> bool:
        """Nobody sleeps over it."""
        return self.urgency.rank >= Urgency.HIGH.rank

    @property
    def agency(self) -> Actor:
        """Who acts for the agency that leads. Only between a forwarding and the next."""
        return agency_actor(str(self.lead))

    def dispatcher(self) -> Actor:
        """The operator, where they are one too; or one of the dispatchers."""
        if self.operator.role is Role.DISPATCHER and self.rng.random() < 0.6:
            return self.operator
        return staff()[f"dp{self.rng.randint(1, 3):02d}"]

    def supervisor(self) -> Actor:
        return staff()[f"sup{self.rng.randint(1, 2):02d}"]

    def closer(self) -> Actor:
        """Who may close: a supervisor where the type is sensitive."""
        return self.supervisor() if self.type.sensitive else self.dispatcher()

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, lines: Sequence[T]) -> T:
        return lines[int(self.rng.random() * len(lines))]

    def between(self, low: float, high: float) -> timedelta:
        """A stretch of `low` to `high` minutes, mostly short, in whole seconds."""
        drawn = low + (high - low) * self.rng.random() ** 2
        return timedelta(seconds=round(drawn * 60))

    def act(self, by: Actor, body: AnyBody, at: datetime) -> None:
        """Append a command; never before the one before it."""
        if self.commands and at <= self.now:
            at = self.now + timedelta(seconds=self.rng.randint(5, 90))
        self.commands.append(Command(id=made_id(at, self.rng), case=self.case, at=at, by=by, body=body))

    def after(self, low: float, high: float, *, always: bool = False) -> datetime:
        """`low` to `high` minutes from now; by day, unless it presses or `always`."""
        return self.waking(self.now + self.between(low, high), always=always)

    def waking(self, at: datetime, *, always: bool = False) -> datetime:
        """The moment, or the next morning where it falls into the night and does not press."""
        if always or self.pressing:
            return at
        local = at + OFFSET
        if MORNING <= local.hour < EVENING:
            return at
        if local.hour >= EVENING:
            local += timedelta(days=1)
        morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0) - OFFSET
        return morning + timedelta(seconds=self.rng.randint(300, 7200))


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A life told up to the end of the period. `duplicate_of`: the case it repeats, a planted truth."""

    case: str
    commands: tuple[Command, ...]
    duplicate_of: str | None = None
