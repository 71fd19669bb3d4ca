"""Numbers of a report as they are written here: 12.345, 91,4 %, 2 ngày 5 giờ."""

from datetime import date, timedelta

from console.domain.figures.figures import permille
from console.domain.figures.period import Period, PeriodKind
from console.ui.parts.time_text import duration_text
from console.ui.reports.document import MINUTES, SHARE, WHOLE, Cell
from console.ui.words import language, t


def whole(n: int) -> str:
    """With a mark between the thousands."""
    text = f"{n:,}"
    return text.replace(",", ".") if language() == "vi" else text


def count(n: int) -> Cell:
    """How many."""
    return Cell(whole(n), n, WHOLE)


def share(n: int, of: int) -> Cell:
    """So many of so many; "–" of nothing."""
    part = permille(n, of)
    return Cell(t("period.none")) if part is None else Cell(share_text(part), part / 1000, SHARE)


def share_text(part: int) -> str:
    """Thousandths as per cent with one decimal."""
    text = f"{part // 10}.{part % 10}%"
    return text.replace(".", ",") if language() == "vi" else text


def minutes(n: int | None) -> Cell:
    """A length of time."""
    return Cell(t("period.none")) if n is None else Cell(duration_text(timedelta(minutes=n)), n, MINUTES)


def day_text(day: date) -> str:
    """03/11/2023"""
    return f"{day:%d/%m/%Y}"


def period_name(period: Period) -> str:
    """Tháng 10/2024, Quý 4/2024; of a free one its days."""
    kind, first = period.kind, period.first
    if kind is PeriodKind.FREE:
        if period.days == 1:
            return t("period.name.day", day=day_text(first))
        return t("period.days", first=day_text(first), last=day_text(period.last))
    if kind is PeriodKind.WEEK:
        year, week, _ = first.isocalendar()
        return t("period.name.week", n=week, year=year)
    n = (first.month - 1) // 3 + 1 if kind is PeriodKind.QUARTER else first.month
    return t(f"period.name.{kind.value}", n=n, year=first.year)


def period_text(period: Period) -> str:
    """Its name with its days."""
    name = period_name(period)
    if period.kind is PeriodKind.FREE:
        return name
    first, last = day_text(period.first), day_text(period.last)
    return t("period.span", name=name, first=first, last=last)
