"""The board's figures and lines in words, out of what the desk counted. Nothing here counts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from console.desk.board.board_rows import AgencyTime, Board, DeskDays, Wish
from console.desk.rows import QueueRow
from console.protocol.board import DeskDay
from console.ui.board.figure_tile import Figure
from console.ui.board.lines import Cell, Line
from console.ui.parts.chart_data import Chart, Series
from console.ui.parts.time_text import clock_text, due_of, duration_text, local, moment_text, stopwatch_text
from console.ui.words import language, t

TILES = ("open", "overdue", "near", "onTime", "answered", "missed", "asking")
"""The seven figures, from left to right."""
CHANNELS = (("phone", "accent", False), ("portal", "teal", True), ("app", "lineStrong", False))
WISHES = {"extension": "action.extend", "reject": "action.reject", "close": "action.close"}
STATES = {"ready": "call.ready", "active": "call.active", "wrapup": "call.wrapUp", "break": "call.break"}
HOURS = 24


def percent_text(share: float, places: int = 1) -> str:
    """91,4%: rounded down, so that what is short of a target never looks like it."""
    scale = 10**places
    text = f"{int(share * scale + 1e-9) / scale:.{places}f}"
    return (text.replace(".", ",") if language() == "vi" else text) + "%"


def figures(board: Board, desks: DeskDays) -> dict[str, Figure]:
    """By the names of TILES."""
    return {
        "open": Figure(str(board.open.n), t("board.open.sub", n=board.today.n), leads=True),
        "overdue": _overdue(board),
        "near": _near(board),
        "onTime": _on_time(board),
        "answered": _answered(board, desks),
        "missed": _missed(desks),
        "asking": _asking(board),
    }


def _overdue(board: Board) -> Figure:
    if not board.overdue.n:
        return Figure("0", t("board.overdue.idle"), "text")
    worst = t("board.overdue.sub", n=board.worst.n, place=board.worst_name) if board.worst else ""
    return Figure(str(board.overdue.n), worst, "alarmText", "deadline.over", board.worst is not None)


def _near(board: Board) -> Figure:
    sub = t("board.near.sub", n=board.near_critical.n)
    if not board.near.n:
        return Figure("0", sub)
    return Figure(str(board.near.n), sub, "warnText", "deadline.soon", True)


def _on_time(board: Board) -> Figure:
    target = board.on_time_target
    aim = t("board.target", n=target) if target is not None else ""
    if not board.judged.n:
        return Figure("–", aim)
    share = 100 * board.in_time.n / board.judged.n
    short = target is not None and share < target
    return Figure(percent_text(share), aim, "warnText" if short else "text")


def _answered(board: Board, desks: DeskDays) -> Figure:
    taken, in_time = sum(day.taken for day in desks.days), sum(day.in_time for day in desks.days)
    sub = t("board.answered.sub", n=taken)
    if not taken:
        return Figure("–", sub)
    share = 100 * in_time / taken
    short = board.answered_target is not None and share < board.answered_target
    return Figure(percent_text(share, 0), sub, "warnText" if short else "text")


def of_desks(desks: DeskDays) -> tuple[DeskDay, ...]:
    """The last telling of each desk: what counts there whoever sits at it."""
    last: dict[str, DeskDay] = {}
    for day in sorted(desks.days, key=lambda day: (day.told_at is not None, day.told_at)):
        last[day.station] = day
    return tuple(last.values())


def _missed(desks: DeskDays) -> Figure:
    last = of_desks(desks)
    open_, done = sum(day.missed_open for day in last), sum(day.called_back for day in last)
    sub = t("board.missed.sub", n=sum(day.missed for day in last), done=done)
    return Figure(str(open_), sub, "warnText" if open_ else "text")


def _asking(board: Board) -> Figure:
    if not board.wishes:
        return Figure(str(board.asking.n), t("board.asking.idle"))
    wait = duration_text(board.as_of - board.wishes[0].at)
    return Figure(str(board.asking.n), t("board.asking.sub", wait=wait))


def hours(board: Board) -> Chart:
    """Today's intake by hour and channel over the average day of four weeks."""
    now = local(board.as_of)
    bars = tuple(
        Series(t(f"channel.{name}"), board.by_hour.get(name, (0,) * HOURS), color, hatch)
        for name, color, hatch in CHANNELS
    )
    usual = Series(t("board.usual"), tuple(board.usual), "warnText", True)
    return Chart(
        t("board.hours"),
        tuple(f"{hour:02d}:00" for hour in range(HOURS)),
        bars,
        (usual,) if board.usual else (),
        now=now.hour + now.minute / 60,
        now_name=t("board.now", time=clock_text(board.as_of)),
        every=2,
        places=1,
    )


def hour_lines(chart: Chart) -> list[Line]:
    """The same as a table."""
    _, *rows = chart.table()
    names = [series.name for series in chart.bars]
    lines = []
    for at, (hour, *values) in enumerate(rows):
        counts = [str(int(series.values[at] or 0)) for series in chart.bars]
        rest = values[len(names) :] or ["–"]
        lines.append(Line(hour, tuple(Cell(text) for text in (hour, *counts, *rest))))
    return lines


def wish_line(wish: Wish, now: datetime) -> Line:
    """What is asked, of which case, by whom, since when."""
    until = moment_text(wish.until, now) if wish.until is not None else ""
    what = t(f"board.wish.{wish.kind}", until=until)
    by = wish.by.name if wish.by is not None else ""
    sub = " · ".join(part for part in (wish.row.number, wish.row.lead_name or by, wish.words) if part)
    wait = t("board.waits", wait=duration_text(now - wish.at))
    head = Cell(what, sub, strong=True, icon=WISHES.get(wish.kind, "action.approve"))
    return Line(wish.row.id, (head, Cell(wait, tone="muted")))


def late_line(row: QueueRow, now: datetime) -> Line:
    """An overdue case."""
    what = Cell(row.title, f"{row.number} · {row.lead_name or t('filter.noAgency')}")
    return Line(row.id, (what, Cell(due=due_of(row, now))))


def agency_line(one: AgencyTime, target: int | None) -> Line:
    """A bar with the target's mark; short of it, amber and a sign."""
    short = target is not None and one.percent < target
    share = Cell(
        share=one.percent / 100, tick=target / 100 if target else None, color="warnText" if short else "teal"
    )
    figure = Cell(
        percent_text(one.percent, 0), tone="warnText" if short else "text", strong=True,
        icon="ph.warning" if short else "",
    )  # fmt: skip
    name = one.name or t("filter.noAgency")
    return Line(one.code, (Cell(name), share, figure, Cell(str(one.judged.n), tone="muted")))


def desk_lines(desks: DeskDays, held: Mapping[str, int], now: datetime) -> list[Line]:
    """Who is on the telephone, by desk: load is shown to spread it, not to rank."""
    most = max([*(held.get(day.user, 0) for day in desks.days), 1])
    return [_desk(day, held.get(day.user, 0), most, now) for day in desks.days]


SILENT = timedelta(minutes=2)
"""Of a desk that has told nothing for so long it is not known how it stands."""


def _desk(day: DeskDay, held: int, most: int, now: datetime) -> Line:
    mean = stopwatch_text(timedelta(seconds=day.talk_s / day.ended)) if day.ended else "–"
    load = held / most
    cells = (
        Cell(day.station, tone="muted"),
        Cell(day.name or day.user),
        _standing(day, now),
        Cell(str(day.taken)),
        Cell(str(day.in_time)),
        Cell(str(held)),
        Cell(mean),
        Cell(share=load, color="warnText" if load >= 1 and held > 1 else "teal"),
    )
    return Line(f"{day.station}/{day.user}", cells)


def _standing(day: DeskDay, now: datetime) -> Cell:
    if day.told_at is None or now - day.told_at > SILENT:
        at = clock_text(day.told_at) if day.told_at is not None else "–"
        return Cell(t("board.silent", time=at), tone="muted")
    if not day.state:
        return Cell(t("board.byHand"), tone="muted")
    since = f" {stopwatch_text(now - day.since)}" if day.since is not None else ""
    return Cell(t(f"call.{day.state}") + since, icon=STATES[day.state])
