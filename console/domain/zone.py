"""The zone in which days, months and working hours are counted."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTE = timedelta(minutes=1)


def local_day(moment: datetime) -> date:
    """The calendar day of an aware datetime, where the switchboard stands."""
    return moment.astimezone(ZONE).date()


def month_code(moment: datetime) -> str:
    """The month as case numbers begin with it, "YYMM"."""
    return moment.astimezone(ZONE).strftime("%y%m")


def local_time(moment: datetime) -> datetime:
    """The same moment on the wall clock there."""
    return moment.astimezone(ZONE)
