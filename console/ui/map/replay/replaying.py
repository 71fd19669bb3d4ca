"""Replays a night on the map: reads the cases of the period, then goes through it in steps of a frame."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QDateTime, QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from console.desk.spots import Spots
from console.geo.replay import Replay
from console.ui.case.due_edit import from_edit, to_edit
from console.ui.map.map_pane import MapPane
from console.ui.map.replay.banner import ReplayBanner
from console.ui.map.replay.bar import ReplayBar
from console.ui.map.replay.track import MINUTE_MS
from console.ui.map.tool_button import tool_button
from console.ui.parts.time_text import clock_text, local, weekday_date_text
from console.ui.queue.queue_room import Clock
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

FRAME_MS = 33
NIGHT_FROM, NIGHT_UNTIL = 18, 6  # o'clock
LONGEST = timedelta(days=31)


class ReplayDesk(Protocol):
    """What it asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    async def spots(self, from_ms: int, until_ms: int, new_only: bool = False) -> Spots: ...


class Replaying(QObject):
    """`turned`: it began (True) or the map shows now again. What comes in meanwhile waits beneath."""

    turned = Signal(bool)

    def __init__(self, pane: MapPane, desk: ReplayDesk, theme: Theme, tasks: Tasks) -> None:
        super().__init__(pane)
        self._pane, self._view, self._desk, self._tasks = pane, pane.view, desk, tasks
        self.active = False
        self.board: Replay | None = None
        self._since = self._until = datetime.fromtimestamp(0, UTC)
        self._at_ms = 0
        self.banner = ReplayBanner(theme)
        self._view.layers.append(self.banner)
        self.bar = ReplayBar(theme, lambda at: clock_text(moment(at)), pane)
        pane.add_bar(self.bar)
        self.bar.played.connect(self.play)
        self.bar.left.connect(self.stop)
        self.bar.chosen.connect(self._choose)
        self.bar.track.moved.connect(self._step_to)
        self.button = tool_button(theme, "ph.clock-counter-clockwise", t("replay.title"), "T", pane)
        self.button.setCheckable(True)
        self.button.clicked.connect(self.toggle)
        pane.add_tool(self.button)
        pane.add_key(Qt.Key.Key_T, self.toggle, "T", t("key.replay"))
        self._frames = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._advance)
        self._passed = QElapsedTimer()
        pane.closing.connect(self.stop)

    @property
    def playing(self) -> bool:
        """Whether the time of the map runs."""
        return self._frames.isActive()

    def words(self) -> str:
        """Which time the map shows, "" for now."""
        return f"{self.banner.title}. {self.banner.clock}" if self.banner.clock else ""

    def toggle(self) -> None:
        """Begin, or back to now."""
        if self.active:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """With the last night."""
        self.active = True
        self.button.setChecked(True)
        self._since, self._until = last_night(self._desk.clock.now())
        self._pane.as_of.hide()
        self.bar.show()
        self.bar.track.setFocus()
        self.turned.emit(True)
        self._open()

    def stop(self) -> None:
        """Back to now, with all that came meanwhile."""
        if not self.active:
            return
        self.active, self.board = False, None
        self._pause()
        self.banner.clock = ""
        self.button.setChecked(False)
        self.bar.hide()
        self._pane.as_of.show()
        self._view.replay(None)
        self._view.setFocus()
        self.turned.emit(False)

    # -- the period ---------------------------------------------------------------------------------

    def _choose(self, since: QDateTime, until: QDateTime) -> None:
        begin, end = from_edit(since), from_edit(until)
        if (begin, end) == (self._since, self._until):
            return
        if not begin < end <= begin + LONGEST or begin >= self._desk.clock.now():
            self.bar.said.setText(t("replay.period.wrong", n=LONGEST.days))
            return
        self._since, self._until = begin, end
        self._open()

    def _open(self) -> None:
        """Read the period; until it is there the map shows what it showed."""
        self._pause()
        self.board = None
        self.bar.show_period(to_edit(self._since), to_edit(self._until))
        self.bar.track.set_period(ms(self._since), ms(self._until))
        self.bar.play.setEnabled(False)
        self.bar.said.setText(t("replay.reading"))
        self._show(ms(self._since))
        self._tasks.start(self._read(self._since, self._until))

    async def _read(self, since: datetime, until: datetime) -> None:
        spots = await self._desk.spots(ms(since), ms(until))
        make = partial(Replay, spots, ms(since), ms(until))
        board = await asyncio.get_running_loop().run_in_executor(None, make)
        if not self.active or (since, until) != (self._since, self._until):
            return
        self.board = board
        self._view.replay(board)
        self.bar.play.setEnabled(True)
        self.bar.said.setText(t("replay.note"))
        self._go(ms(since))
        self._announce()

    # -- time ---------------------------------------------------------------------------------------

    def play(self) -> None:
        """Let the time run, or hold it; at the end it begins anew."""
        if self.board is None:
            return
        if self.playing:
            self._pause()
            self._announce()
            return
        if self._at_ms >= ms(self._until):
            self._go(ms(self._since))
        self._passed.start()
        self._frames.start()
        self.bar.show_playing(True)

    def _pause(self) -> None:
        self._frames.stop()
        self.bar.show_playing(False)

    def _advance(self) -> None:
        passed = self._passed.restart()
        self._go(self._at_ms + round(passed * self.bar.minutes_a_second() * MINUTE_MS / 1000))
        if self._at_ms >= ms(self._until):
            self._pause()

    def _step_to(self, at_ms: int) -> None:
        self._go(at_ms)
        if not self.playing:
            self._announce()

    def _go(self, at_ms: int) -> None:
        if self.board is not None:
            at_ms = min(max(at_ms, ms(self._since)), ms(self._until))
            self.board.go(at_ms)
            self._show(at_ms)

    def _show(self, at_ms: int) -> None:
        self._at_ms = at_ms
        at = moment(at_ms)
        self.banner.clock = f"{clock_text(at)}  {weekday_date_text(at)}"
        count = "" if self.board is None else f" · {t('replay.count', n=len(self.board))}"
        self.banner.title = f"{t('replay.banner')}{count}"
        self.bar.track.set_moment(at_ms)
        self.bar.track.setAccessibleDescription(self.words())
        self._view.update()

    def _announce(self) -> None:
        words = self.words()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.bar.track, words))


def last_night(now: datetime) -> tuple[datetime, datetime]:
    """From 18:00 to 6:00, or to now while the night goes on. UTC."""
    here = local(now)
    begin = here.replace(hour=NIGHT_FROM, minute=0, second=0, microsecond=0)
    if begin >= here:
        begin -= timedelta(days=1)
    end = begin + timedelta(hours=24 - NIGHT_FROM + NIGHT_UNTIL)
    return begin.astimezone(UTC), min(end, here.replace(second=0, microsecond=0)).astimezone(UTC)


def ms(at: datetime) -> int:
    """Milliseconds UTC."""
    return int(at.timestamp() * 1000)


def moment(at_ms: int) -> datetime:
    """The other way."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)
