"""The telephone of a desk, put together: which line, who acts on it, when it begins and ends.

A line that cannot begin or that breaks says so by its state; nothing else waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from console.ahead import Errand
from console.domain.zone import local_day
from console.options import Options
from console.place import NoServer, Place, duty_place
from console.settings import SettingsUnreadable

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.telephony.hands import Hands
    from console.telephony.line import TelephoneLine

log = logging.getLogger(__name__)


class Telephone:
    """`start` when the window stands; once is enough. `close` before the desk is closed."""

    def __init__(self, desk: Desk, place: Place, options: Options, errand: Errand) -> None:
        self._desk, self._place, self._options, self._errand = desk, place, options, errand
        self._beginning: asyncio.Task[None] | None = None
        self._line: TelephoneLine | None = None
        self._hands: Hands | None = None

    def start(self) -> None:
        """Begin, beside whatever the window does. On the loop's thread."""
        if self._beginning is None:
            self._beginning = asyncio.get_running_loop().create_task(self._start())

    async def close(self) -> None:
        """The line stops, then whoever acts on it."""
        if self._beginning is not None:
            await asyncio.wait([self._beginning])
        self._desk.set_line(None)
        await self._errand(self._end)

    async def _start(self) -> None:
        await self._errand(self._begin)

    def _begin(self) -> None:
        from console.telephony.hands import Hands

        self._line = self._made()
        self._hands = Hands(self._line)
        self._desk.set_line(self._hands)
        self._line.start(self._desk.ear)
        self._take_over()

    def _made(self) -> TelephoneLine:
        if self._place.practice:
            from console.telephony.simulated import SimulatedLine

            alive = self._options.speed > 0  # in a province that stands still nobody calls
            day = local_day(self._desk.clock.now())
            return SimulatedLine(f"{self._place.station} {day}", self._options.callers if alive else 0)
        from console.telephony.choose import line_of

        return line_of(self._place.settings.telephone, telephone_secret, self._place.folder)

    def _take_over(self) -> None:
        """The call that this program was started for."""
        from console.telephony.handed_over import HandedOverLine

        if isinstance(self._line, HandedOverLine) and self._options.handed is not None:
            self._line.hand(self._options.handed)

    def _end(self) -> None:
        if self._line is not None:
            self._line.stop()
        if self._hands is not None:
            self._hands.close()


def telephone_secret(name: str) -> str | None:
    """A telephone's secret out of the keyring; None where there is none. Takes a while."""
    import keyring.errors

    from console.sync.credentials import KeyringBox

    try:
        return KeyringBox("telephone").get(name)
    except (keyring.errors.KeyringError, OSError) as error:
        log.warning("telephone: no keyring: %s", type(error).__name__)
        return None


def handed_elsewhere(options: Options) -> str | None:
    """Give the call that this program was started for to the console that runs: what to say of it and end,
    "" for nothing; None: no console runs, this one is to start."""
    handed = options.handed
    if handed is None:
        return None
    try:
        place = None if options.practice else duty_place(options)
    except (NoServer, SettingsUnreadable):
        return None  # its first window says what is missing
    if place is None or place.settings.telephone.kind != "handed_over":
        return 'Calls are handed over where the settings say so: kind = "handed_over" under [telephone].'
    from console.telephony.handed_over import hand_over

    if hand_over(place.folder, handed) or handed.said == "ended":
        return ""
    return None
