"""Shifts and what is wrong with a roster, in words."""

from datetime import date, datetime

from console.domain.reference import Reference
from console.domain.roster import Fault, RosterFault
from console.domain.shift_time import ShiftTime
from console.domain.shifts import Duty, duty_by
from console.ui.parts.time_text import clock_text
from console.ui.words import language, t


def shift_name(shift: ShiftTime) -> str:
    """In the language of the screen."""
    return shift.name_en if language() == "en" else shift.name


def duty_text(duty: Duty) -> str:
    """ "Ca sáng 06:00–14:00"."""
    hours = {"start": clock_text(duty.begins), "end": clock_text(duty.ends)}
    return t("login.shift.text", name=shift_name(duty.shift), **hours)


def day_of(day: date) -> str:
    """ "Thứ Hai 04/11"."""
    return f"{t(f'weekday.{day.weekday()}')} {day:%d/%m}"


def fault_text(fault: RosterFault, reference: Reference) -> str:
    """One sentence: what is missing or double, and when."""
    duty = duty_by(reference, fault.day, fault.shift) if fault.shift else None
    shift = shift_name(duty.shift) if duty is not None else fault.shift
    more = {"names": ", ".join(fault.names), "desk": fault.station}
    if fault.kind in (Fault.HOURS_OPEN, Fault.HOURS_TWICE):
        more |= {"begins": _at(fault.begins), "ends": _at(fault.ends)}
    return t(f"roster.fault.{fault.kind.value}", day=day_of(fault.day), shift=shift, **more)


def _at(moment: datetime | None) -> str:
    return clock_text(moment) if moment is not None else ""
