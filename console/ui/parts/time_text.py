"""Times as people here read them, in Asia/Ho_Chi_Minh: "14:37", "03/11/2023", "Còn 3 giờ 10"."""

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from console.ui.theme import ZONE
from console.ui.words import t


def local(at: datetime) -> datetime:
    """The same moment on the wall clock here."""
    return at.astimezone(ZONE)


def clock_text(at: datetime) -> str:
    """14:37"""
    return f"{local(at):%H:%M}"


def clock_seconds_text(at: datetime) -> str:
    """14:37:22"""
    return f"{local(at):%H:%M:%S}"


def date_text(at: datetime) -> str:
    """03/11/2023"""
    return f"{local(at):%d/%m/%Y}"


def weekday_date_text(at: datetime) -> str:
    """Thứ Sáu 03/11/2023"""
    return f"{t(f'weekday.{local(at).weekday()}')} {date_text(at)}"


def day_text(at: datetime, now: datetime) -> str:
    """hôm nay, hôm qua, ngày mai or 03/11/2023"""
    days = (local(at).date() - local(now).date()).days
    near = {0: "day.today", -1: "day.yesterday", 1: "day.tomorrow"}
    return t(near[days]) if days in near else date_text(at)


def moment_text(at: datetime, now: datetime) -> str:
    """14:37 hôm nay, 14:37 03/11/2023"""
    return f"{clock_text(at)} {day_text(at, now)}"


def short_moment_text(at: datetime, now: datetime) -> str:
    """14:37 today, otherwise 03/11 14:37"""
    here, today = local(at), local(now)
    return clock_text(at) if here.date() == today.date() else f"{here:%d/%m} {here:%H:%M}"


def exact_text(at: datetime) -> str:
    """14:37 03/11/2023: for tooltips."""
    return f"{clock_text(at)} {date_text(at)}"


def stopwatch_text(span: timedelta) -> str:
    """07:31, never below zero; whole minutes from 100 on."""
    minutes, seconds = divmod(max(0, int(span.total_seconds())), 60)
    return f"{minutes:02d}:{seconds:02d}" if minutes < 100 else t("time.minutes", n=minutes)


def duration_text(span: timedelta) -> str:
    """18 phút, 1 giờ 05, 3 giờ, 2 ngày 5 giờ; under a minute counts as one."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return t("time.minutes", n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return t("time.hours", n=hours) + (f" {rest:02d}" if rest else "")
    days, hours = divmod(hours, 24)
    return t("time.days", n=days) + (f" {t('time.hours', n=hours)}" if hours else "")


def overdue_text(span: timedelta) -> str:
    """5 phút, 1 giờ 05; whole hours from 10 to 48, then whole days."""
    hours = int(span.total_seconds() // 3600)
    if hours < 10:
        return duration_text(span)
    return t("time.hours", n=hours) if hours < 48 else t("time.days", n=hours // 24)


class Due(NamedTuple):
    """How a deadline shows. `kind`: a key of tokens.json deadline items, or "none"; `exact`: the tooltip."""

    kind: str
    text: str
    exact: str


class HasDeadline(Protocol):
    """What `due_of` reads: a QueueRow, or anything with the same fields."""

    @property
    def due(self) -> datetime | None: ...
    @property
    def near(self) -> datetime | None: ...
    @property
    def resting(self) -> bool: ...
    @property
    def closed(self) -> datetime | None: ...
    @property
    def outcome(self) -> str: ...


def due_of(row: HasDeadline, now: datetime) -> Due:
    """The deadline of a row as it stands at `now`."""
    if row.outcome:
        return _ended(row.outcome, row.due, row.closed)
    if row.resting:
        return Due("paused", t("deadline.paused"), t("deadline.paused"))
    if row.due is None or row.closed is not None:
        return Due("none", "", "")
    return _running(row.due, row.near, now)


def _ended(outcome: str, due: datetime | None, closed: datetime | None) -> Due:
    exact = t("deadline.exact", time=exact_text(due)) if due else t(f"deadline.short.{outcome}")
    if outcome != "late":
        return Due(outcome, t(f"deadline.short.{outcome}"), exact)
    if due is None or closed is None or closed <= due:
        return Due("late", t("deadline.short.late"), exact)
    return Due("late", t("deadline.late", t=overdue_text(closed - due)), exact)


def _running(due: datetime, near: datetime | None, now: datetime) -> Due:
    exact = t("deadline.exact", time=exact_text(due))
    if now >= due:
        return Due("over", t("deadline.overdue", t=overdue_text(now - due)), exact)
    kind = "soon" if near is not None and now >= near else "ok"
    return Due(kind, t("deadline.left", t=duration_text(due - now)), exact)
