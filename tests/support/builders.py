"""Small true-looking values for tests of the rules: a tiny reference, people, cases, commands.

The reference is made here, so that these tests judge the rules and not the bundled data.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from console.domain.agency import Agency, AgencyKind, Route
from console.domain.calendar import CalendarDay, DayKind, WorkingHours
from console.domain.canned import RejectReason
from console.domain.case import Actor, Case, Channel, Reporter, Role, Status
from console.domain.category import Answer, Category, Clock, Question, ReportType, Term, Urgency
from console.domain.command import (
    Accept,
    AnyBody,
    AskInfo,
    Assign,
    Close,
    Command,
    LogReport,
    Merge,
    Reject,
    Resolve,
    Return,
)
from console.domain.fold import Accepted, Outcome, fold
from console.domain.number import make_number
from console.domain.place import Boundary, GazetteerEntry, GazetteerKind, Place, Point, Unit, UnitKind
from console.domain.reference import Reference

START = date(2023, 7, 1)
MERGER = date(2025, 7, 1)
NOW = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)
"""Monday 4 November 2024, 14:00 here: in working time."""

TOWN, VILLAGE, DISTRICT, PROVINCE = "101", "102", "10", "1"
ROADS, POWER, TOWN_HALL, VILLAGE_HALL, DISTRICT_HALL = "A.01", "A.02", "B.101", "B.102", "B.10"
POTHOLE, OUTAGE, ABUSE, OLD_TYPE = "road.pothole", "power.outage", "social.abuse", "road.old"

_ids = count(1)


def an_id(prefix: str = "x") -> str:
    """A new id."""
    return f"{prefix}{next(_ids):06d}"


def _terms(minutes: dict[Urgency, int], clock: Clock) -> dict[Urgency, Term]:
    return {
        urgency: Term(m, Clock.ROUND if urgency is Urgency.CRITICAL else clock)
        for urgency, m in minutes.items()
    }


def _terms_of(low: int, normal: int, high: int, critical: int, clock: Clock) -> dict[Urgency, Term]:
    return _terms(dict(zip(Urgency, (low, normal, high, critical), strict=True)), clock)


def a_type(code: str, category: str, name: str, clock: Clock = Clock.WORKING, **more: Any) -> ReportType:
    """A type with terms on `clock` (critical: round the clock): to resolve 3000, 2100, 900, 120 minutes."""
    values = {
        "name_en": name,
        "urgency": Urgency.NORMAL,
        "assign": _terms_of(240, 120, 60, 10, clock),
        "resolve": _terms_of(3000, 2100, 900, 120, clock),
        "valid_from": START,
    }
    return ReportType(code=code, category=category, name=name, **(values | more))


def _square(code: str, west: float, **validity: Any) -> Boundary:
    ring = ((west, 17.4), (west + 0.1, 17.4), (west + 0.1, 17.5), (west, 17.5), (west, 17.4))
    return Boundary(code=code, polygons=((ring,),), **({"valid_from": START} | validity))


def _unit(code: str, kind: UnitKind, name: str, parent: str | None, lon: float = 106.65) -> Unit:
    short = name.removeprefix("Thành phố ").removeprefix("Phường ").removeprefix("Xã ")
    return Unit(
        code=code, kind=kind, name=name, short=short, parent=parent, lon=lon, lat=17.45, valid_from=START
    )


_WRONG_ANSWER = Question(
    code="hurt",
    text="Có ai bị thương không?",
    text_en="Is anyone hurt?",
    answers=(
        Answer(code="no", text="Không", text_en="No"),
        Answer(code="yes", text="Có", text_en="Yes", urgency=Urgency.CRITICAL),
    ),
)


def _types() -> tuple[ReportType, ...]:
    return (
        a_type(
            POTHOLE,
            "road",
            "Ổ gà, mặt đường hư hỏng",
            questions=(_WRONG_ANSWER,),
            keywords=("ổ gà", "sụt lún"),
            group="road",
        ),
        a_type(OUTAGE, "power", "Mất điện", Clock.ROUND, keywords=("cúp điện",)),
        a_type(ABUSE, "social", "Bạo hành trẻ em", sensitive=True),
        a_type(OLD_TYPE, "road", "Loại cũ", valid_to=date(2024, 6, 30), group="road"),
        a_type("road.cover", "road", "Nắp cống hư hỏng", keywords=("nắp cống", "hố ga"), group="drain"),
    )


def _agencies() -> tuple[Agency, ...]:
    def agency(code: str, name: str, kind: AgencyKind, area: str, **more: Any) -> Agency:
        return Agency(
            code=code, name=name, short=name, kind=kind, area=area, **({"valid_from": START} | more)
        )

    return (
        agency(ROADS, "Sở Giao thông", AgencyKind.DEPARTMENT, PROVINCE),
        agency(POWER, "Điện lực", AgencyKind.UTILITY, PROVINCE),
        agency("A.09", "Sở cũ", AgencyKind.DEPARTMENT, PROVINCE, valid_to=date(2024, 6, 30)),
        agency(TOWN_HALL, "UBND phường Bến Sông", AgencyKind.COMMUNE, TOWN),
        agency(VILLAGE_HALL, "UBND xã Đồi Cát", AgencyKind.COMMUNE, VILLAGE),
        agency(DISTRICT_HALL, "UBND thành phố Bến Đò", AgencyKind.DISTRICT, DISTRICT),
    )


def _routes() -> tuple[Route, ...]:
    def route(area: str, lead: str, supporting: tuple[str, ...] = (), **about: str) -> Route:
        code = f"{area}/{about}"
        return Route(
            code=code,
            area=area,
            lead=lead,
            supporting=supporting,
            reason=code,
            reason_en=code,
            valid_from=START,
            **about,
        )

    return (
        route(PROVINCE, "@commune", category="road"),
        route(PROVINCE, ROADS, ("@district", "@commune"), type=POTHOLE),
        route(VILLAGE, "@district", category="road"),
        route(PROVINCE, POWER, category="power"),
    )


def _gazetteer() -> tuple[GazetteerEntry, ...]:
    def entry(
        code: str, kind: GazetteerKind, name: str, commune: str, lon: float, *also: str
    ) -> GazetteerEntry:
        return GazetteerEntry(
            code=code, kind=kind, name=name, commune=commune, lon=lon, lat=17.45, also=also, valid_from=START
        )

    return (
        entry("g1", GazetteerKind.STREET, "Đường Lý Thường Kiệt", TOWN, 106.62, "LTK"),
        entry("g2", GazetteerKind.MARKET, "Chợ Đồi Cát", VILLAGE, 106.75),
        entry("g3", GazetteerKind.BRIDGE, "Cầu Bến Sông 2", TOWN, 106.66),
    )


def reference(**lists: Any) -> Reference:
    """Two communes (squares 106.6-106.8 E, 17.4-17.5 N) of one district, five types, six agencies."""
    values: dict[str, Any] = {
        "version": 1,
        "units": (
            Unit(
                code=PROVINCE,
                kind=UnitKind.PROVINCE,
                name="Tỉnh Thử",
                short="Thử",
                parent=None,
                lon=106.7,
                lat=17.45,
                valid_from=START,
            ),
            _unit(DISTRICT, UnitKind.CITY, "Thành phố Bến Đò", PROVINCE),
            _unit(TOWN, UnitKind.WARD, "Phường Bến Sông", DISTRICT),
            _unit(VILLAGE, UnitKind.COMMUNE, "Xã Đồi Cát", DISTRICT, 106.75),
        ),
        "boundaries": (_square(TOWN, 106.6), _square(VILLAGE, 106.7)),
        "agencies": _agencies(),
        "categories": tuple(
            Category(code=code, name=code, name_en=code, icon=code, valid_from=START)
            for code in ("road", "power", "social")
        ),
        "types": _types(),
        "routes": _routes(),
        "hours": (
            WorkingHours(
                code="office",
                weekdays=(0, 1, 2, 3, 4),
                spans=((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))),
                valid_from=START,
            ),
        ),
        "days": (
            CalendarDay(day=date(2024, 11, 20), kind=DayKind.OFF, name="Nghỉ"),
            CalendarDay(day=date(2024, 11, 23), kind=DayKind.MAKE_UP, name="Làm bù"),
        ),
        "reject_reasons": (
            RejectReason(code="joke", text="Trêu đùa", text_en="A prank", valid_from=START),
            RejectReason(code="old", text="Cũ", text_en="Old", valid_from=START, valid_to=date(2024, 6, 30)),
        ),
        "gazetteer": _gazetteer(),
    }
    return Reference(**(values | lists))


REFERENCE = reference()


def actor(
    role: Role = Role.DISPATCHER, agency: str | None = None, user: str = "", station: str = "07"
) -> Actor:
    """Somebody of that role; an agency user is of `agency`, else of ROADS."""
    of = (agency or ROADS) if role is Role.AGENCY else None
    return Actor(user=user or f"{role.value}-1", name=role.value, role=role, station=station, agency=of)


OPERATOR, DISPATCHER, SUPERVISOR = actor(Role.OPERATOR), actor(Role.DISPATCHER), actor(Role.SUPERVISOR)
AGENCY = actor(Role.AGENCY)


def command(
    body: AnyBody, by: Actor = DISPATCHER, case: str = "case-1", at: datetime = NOW, id: str = ""
) -> Command:
    """A command with a new id."""
    return Command(id=id or an_id("c"), case=case, at=at, by=by, body=body)


def a_report(**values: Any) -> LogReport:
    """A report that fits: a pothole in TOWN, told by phone just now."""
    fitting: dict[str, Any] = {
        "number": make_number("2411", "07", 1),
        "channel": Channel.PHONE,
        "type": POTHOLE,
        "urgency": Urgency.NORMAL,
        "title": "Ổ gà lớn trước chợ",
        "description": "Ổ gà sâu giữa đường, xe máy ngã nhiều lần.",
        "place": Place(commune=TOWN, text="Đường Lý Thường Kiệt", point=Point(106.62, 17.45)),
        "reporter": Reporter(name="Nguyễn Thị Thử", phone="+84912345678", address="Tổ 1", callback=True),
        "happened_at": NOW,
    }
    return LogReport(**(fitting | values))


def nowhere(_: str) -> Case | None:
    """A lookup that finds nothing."""
    return None


def give(
    case: Case | None,
    body: AnyBody,
    by: Actor = DISPATCHER,
    at: datetime = NOW,
    lookup: Callable[[str], Case | None] = nowhere,
    reference: Reference = REFERENCE,
) -> Outcome:
    """Fold one command into a case."""
    return fold(case, command(body, by, case.id if case else "case-1", at), reference, lookup)


def done(
    case: Case | None,
    body: AnyBody,
    by: Actor = DISPATCHER,
    at: datetime = NOW,
    lookup: Callable[[str], Case | None] = nowhere,
    reference: Reference = REFERENCE,
) -> Case:
    """The case after a command that must be accepted."""
    outcome = give(case, body, by, at, lookup, reference)
    assert isinstance(outcome, Accepted), outcome
    return outcome.case


def new_case(id: str = "case-1", at: datetime = NOW, reference: Reference = REFERENCE, **values: Any) -> Case:
    """A logged report; `values` go into the LogReport."""
    body = a_report(**({"happened_at": at} | values))
    outcome = fold(None, command(body, OPERATOR, id, at), reference, nowhere)
    assert isinstance(outcome, Accepted), outcome
    return outcome.case


_WAY: dict[Status, tuple[tuple[AnyBody, Actor], ...]] = {
    Status.NEW: (),
    Status.NEED_INFO: ((AskInfo(question="Ở đoạn nào?"), OPERATOR),),
    Status.ASSIGNED: ((Assign(lead=ROADS, expects=None, supporting=(TOWN_HALL,)), DISPATCHER),),
    Status.REJECTED: ((Reject(reason="joke", text="Không đúng sự thật."), DISPATCHER),),
}
_WAY[Status.IN_PROGRESS] = (*_WAY[Status.ASSIGNED], (Accept(), AGENCY))
_WAY[Status.RETURNED] = (*_WAY[Status.ASSIGNED], (Return(reason="Không thuộc đơn vị"), AGENCY))
_WAY[Status.RESOLVED] = (*_WAY[Status.IN_PROGRESS], (Resolve(result="Đã vá mặt đường."), AGENCY))
_WAY[Status.CLOSED] = (*_WAY[Status.RESOLVED], (Close(public_answer="Đã vá.", publish=True), SUPERVISOR))
_WAY[Status.MERGED] = ((Merge(into="parent"), DISPATCHER),)


def case_in(
    status: Status,
    id: str = "case-1",
    at: datetime = NOW,
    step: timedelta = timedelta(0),
    reference: Reference = REFERENCE,
    **values: Any,
) -> Case:
    """A case brought to `status` by true commands, `step` apart from `at` on. ROADS leads, TOWN_HALL
    supports; a merged one is part of "parent"."""
    case = new_case(id, at, reference, **values)
    parent = new_case("parent", at, reference, number=make_number("2411", "07", 2))
    for body, by in _WAY[status]:
        at += step
        case = done(case, body, by, at, {"parent": parent}.get, reference)
    return case
