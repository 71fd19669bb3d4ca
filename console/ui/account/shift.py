"""Which shift somebody signs in to, and whom the roster has at this desk: by the clock and the roster."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Protocol

from console.desk.errors import DeskError
from console.domain.reference import Reference
from console.domain.roster import duty_for, expected
from console.domain.shifts import DAY
from console.domain.zone import local_day
from console.ui.shifts.duty_words import duty_text
from console.ui.words import t

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.desk.shift_rows import RosterLine
    from console.domain.case import Actor
    from console.ui.queue.queue_room import Clock


class Rostered(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def actor(self) -> Actor: ...
    async def roster(self, first: date, last: date) -> tuple[RosterLine, ...]: ...


class Told(Protocol):
    """The sign-in window, as far as it is told."""

    def know(self, shift_of: Callable[[str], str], user: str) -> None: ...


async def tell_when_open(window: Told, opening: asyncio.Task[Desk]) -> None:
    """Tell it to the window once the desk is open; where it does not open, whoever opens it says so."""
    await asyncio.wait([opening])
    if not opening.cancelled() and opening.exception() is None:
        await tell_shift(window, opening.result())


async def tell_shift(window: Told, desk: Rostered) -> None:
    """Tell it to the window; where the disk does not answer, people sign in without."""
    with suppress(DeskError):
        window.know(*await awaited(desk, desk.actor.station))


async def awaited(desk: Rostered, station: str) -> tuple[Callable[[str], str], str]:
    """How the shift reads for a user name, at any time from now on; and who is to sit here now, "" where the
    roster names nobody or several."""
    today = local_day(desk.clock.now())
    lines = await desk.roster(today - DAY, today + DAY)
    entries = [line.entry for line in lines]

    def text(user: str) -> str:
        duty = duty_for(desk.reference, entries, user, desk.clock.now())
        return duty_text(duty) if duty is not None else t("login.shift.none")

    return text, expected(desk.reference, entries, station, desk.clock.now())
