"""Working hours, public holidays and make-up Saturdays 2023-2027, from the package `holidays`."""

from datetime import date, time

import holidays

from console.domain.calendar import CalendarDay, DayKind, WorkingHours
from resources.build.places import START

YEARS = range(2023, 2028)


def hours() -> list[WorkingHours]:
    """The weekly habit of offices."""
    spans = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
    return [WorkingHours(code="office", weekdays=(0, 1, 2, 3, 4), spans=spans, valid_from=START)]


def days() -> list[CalendarDay]:
    """Public holidays (also those that fall on a weekend) and the Saturdays worked for a bridge day."""
    made: dict[date, CalendarDay] = {}
    for year in YEARS:
        calendar = holidays.country_holidays("VN", years=year, language="vi")
        for day, name in sorted(calendar.items()):
            made[day] = CalendarDay(day=day, kind=DayKind.OFF, name=name)
        for day in sorted(calendar.weekend_workdays):
            if day.year == year:
                made[day] = CalendarDay(day=day, kind=DayKind.MAKE_UP, name="Ngày làm bù")
    return list(made.values())
