"""The window: top bar, banner, rail, rooms, status bar; and the keys that hold everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.desk.connection import Connection
from console.desk.rows import View
from console.ui.calls.hands import CallHands
from console.ui.calls.strip import CallStrip
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.pane_walk import PaneWalk
from console.ui.parts.composing import commit_preedit
from console.ui.queue.errands import ListErrands
from console.ui.rooms import Late, Rooms, activate, clear_filter, refresh
from console.ui.searching import Searching
from console.ui.shell.banner import BannerBar
from console.ui.shell.nav_rail import NavRail
from console.ui.shell.status_bar import StatusBar
from console.ui.shell.top_bar import TopBar
from console.ui.shortcuts import bind
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.window_desk import WindowDesk
from console.ui.window_sheets import WindowSheets
from console.ui.words import t
from console.ui.workspace import DETAIL, MAP, Workspace

if TYPE_CHECKING:
    from console.desk.rows import Filter
    from console.ui.case.case_pane import CasePane
    from console.ui.intake.intake_room import IntakeRoom
    from console.ui.map.map_pane import MapPane
    from console.ui.map_feeder import MapFeeder

READ_MS = 2000  # a case looked at this long counts as opened


class MainWindow(QMainWindow):
    """`retry`, `plug(bool)`, `sign_in`, `sign_out` and `undo_changed` are the program's to answer."""

    retry = Signal()
    plug = Signal(bool)
    sign_in = Signal()
    sign_out = Signal()
    undo_changed = Signal(int)
    closing = Signal()

    def __init__(
        self,
        desk: WindowDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        memory: Memory,
        rooms: Rooms,
        *,
        version: str,
        undo_seconds: int = 10,
        can_unplug: bool = False,
    ) -> None:
        super().__init__()
        self._desk, self._theme, self._tasks = desk, theme, tasks
        self._notices, self._memory, self._rooms = notices, memory, rooms
        self._signals = signals
        self.feeder: MapFeeder | None = None
        self._started = False
        self._coming = (
            "queue"  # the room asked for last: one that is made meanwhile comes forward only if it still is
        )
        self.setWindowTitle(t("app.title"))
        self.setMinimumSize(1000, 600)
        self.top = TopBar(theme, desk.actor, desk.connection, can_unplug)
        self.strip, self.banner = CallStrip(theme), BannerBar(theme)
        self.rail = NavRail(theme, rooms.more)
        self.status = StatusBar(theme, version)
        self.workspace = Workspace(rooms.queue, theme, memory)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.workspace)
        self.panes = PaneWalk(self.workspace, rooms, self._room)
        self.sheets = WindowSheets(
            self, desk, theme, tasks, notices, memory, rooms, self._front_room, undo_seconds
        )
        self._lay()
        self._timers()
        self._wire(signals)
        self._shortcuts = bind(self, self._acts())
        notices.live_in(self.stack)
        self._show_connection(desk.connection)
        self.rail.choose("queue")
        self.workspace.follow_width(self)

    def start(self) -> None:
        """Read what the rooms show."""
        self._started = True
        self._rooms.queue.start()
        self.calls.start()
        if self.feeder is not None:
            self.feeder.start()
        self._rooms.queue.activated()

    def _lay(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.top, self.strip, self.banner):
            column.addWidget(part)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)

    def _timers(self) -> None:
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_MS)
        self._reading.timeout.connect(lambda: self._read(self._rooms.queue.chosen))

    def _wire(self, signals: DeskSignals) -> None:
        queue = self._rooms.queue
        signals.connection.connect(self._show_connection)
        queue.selected.connect(self._on_selected)
        queue.opened.connect(self.open_case)
        queue.previewed.connect(self._preview)
        queue.letter.connect(self._on_letter)
        queue.menu.connect(lambda _case: self._case_menu())
        queue.viewing.counted.connect(lambda counts: self.set_count("triage", counts[View.TRIAGE]))
        self.errands = ListErrands(queue, self._desk, self._theme, self._tasks, self._notices)
        self._searching = Searching(self.top.search, queue, self._desk, self._tasks, self._notices)
        self._searching.found.connect(self.open_case)
        self.calls = CallHands(
            self.strip, self._desk, signals, self._theme, self._tasks, self._notices,
            self._rooms.late_intake, self.stack.currentWidget,
        )  # fmt: skip
        self.calls.stands.connect(self.top.phone.show_state)
        self.top.phone.clicked.connect(self.calls.rest)
        self.calls.intake_wanted.connect(lambda: self.show_room("intake"))
        self.calls.case_wanted.connect(self.open_case)
        self.calls.queue_wanted.connect(self._back_to_queue)
        self.stack.currentChanged.connect(lambda _index: self.calls.refresh())
        self.top.chip.retry.connect(self.retry)
        self.top.chip.plug.connect(self.plug)
        self.top.me_pressed.connect(self.sheets.open_me)
        self.sheets.undo_changed.connect(self.undo_changed)
        self.sheets.sign_out.connect(self.sign_out)
        self.banner.retry.connect(self.retry)
        self.banner.sign_in.connect(self.sign_in)
        self.rail.chosen.connect(self.show_room)
        self.workspace.compact_changed.connect(self._on_compact)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_keys)
            self._theme.changed.connect(lambda: self._theme.apply(app))
        self._theme.changed.connect(lambda: self.workspace.follow_width(self))
        self._rooms.late_case.when_made(self._move_case_in)
        self._rooms.late_map.when_made(self._move_map_in)
        self._rooms.late_intake.when_made(self._move_intake_in)
        self._rooms.late_outbox.when_made(self.stack.addWidget)

    def _move_case_in(self, case: CasePane) -> None:
        case.left.connect(self._back_to_queue)
        case.step.connect(self._step)
        case.go_to.connect(self.open_case)
        case.outbox_wanted.connect(lambda: self.show_room("outbox"))
        case.call_back = partial(self.sheets.call_back, self.strip)
        case.set_compact(bool(self.workspace.compact))
        self.workspace.furnish(case=case)
        if self._rooms.queue.chosen:
            case.show_case(self._rooms.queue.chosen)

    def _move_map_in(self, pane: MapPane) -> None:
        from console.ui.map_feeder import MapFeeder

        pane.picked.connect(self._on_picked)
        pane.opened.connect(self.open_case)
        self.feeder = MapFeeder(pane, self._signals, self._desk, self._tasks, self._memory)
        self.workspace.furnish(map=pane)
        if self._started:
            self.feeder.start()
        if self._rooms.queue.chosen:
            pane.select(self._rooms.queue.chosen)

    def _move_intake_in(self, intake: IntakeRoom) -> None:
        intake.view_case.connect(self.open_case)
        intake.reopened.connect(lambda: self.show_room("intake"))
        self.stack.addWidget(intake)

    def _acts(self) -> dict[str, Callable[[], object]]:
        more = {room.name: partial(self.show_room, room.name) for room in self._rooms.more}
        return (
            self.calls.acts()
            | more
            | self.sheets.acts()
            | {
                "new": self.new_report,
                "refresh": lambda: refresh(self._front_room() or self._rooms.queue),
                "next_pane": lambda: self.panes.step(1),
                "last_pane": lambda: self.panes.step(-1),
                "queue": lambda: self.show_room("queue"),
                "intake": lambda: self.show_room("intake"),
                "map": lambda: self.show_room("map"),
                "outbox": lambda: self.show_room("outbox"),
                "undo": self._notices.undo_last,
                "palette": lambda: self.sheets.open_palette(self._acts(), self.open_case),
                "find": self.search,
                "clear_filter": lambda: clear_filter(self._front_room() or self._rooms.queue),
                "retry": self._retry_all,
                "full_screen": self._full_screen,
            }
        )

    # rooms

    def show_room(self, name: str) -> None:
        """Bring a room to the front: queue, intake, map, outbox, a further one; settings opens a sheet."""
        commit_preedit()
        if name == "settings":
            self.sheets.open_settings()
            return
        self._coming = name
        more = self._rooms.more
        if name in more and more.made(name) is None:
            self._tasks.start(self._bring(name))
            return
        others: dict[str, Late[Any]] = {"intake": self._rooms.late_intake, "outbox": self._rooms.late_outbox}
        room: QWidget = more.made(name) or (others[name].room() if name in others else self.workspace)
        self.stack.setCurrentWidget(room)
        if room is self.workspace:
            self._enter_workspace(name)
        else:
            activate(room)
        self.rail.choose(name if name != "map" or self.workspace.compact else "queue")
        self._show_keys()

    async def _bring(self, name: str) -> None:
        room = await self._rooms.more.room(name)
        if self.stack.indexOf(room) < 0:
            self.stack.addWidget(room)
        if self._coming == name:
            self.show_room(name)

    def show_list(self, filter: Filter) -> None:
        """The queue, with all that the filter lets through."""
        self.show_room("queue")
        self._rooms.queue.viewing.show_all(filter)

    def set_count(self, name: str, count: int, calls: bool = False) -> None:
        """The small figure at a room's entry in the rail."""
        if name in self.rail.entries:
            self.rail.entries[name].set_count(count, calls)

    def _enter_workspace(self, name: str) -> None:
        if name == "map":
            self.workspace.show_right(MAP)
            self._rooms.map.view.setFocus()
        else:
            self.workspace.show_right(DETAIL)
            self.workspace.show_queue()
            self._rooms.queue.activated()

    def new_report(self) -> None:
        """Ctrl+N: an empty report, wherever one is."""
        self.show_room("intake")
        self._rooms.intake.new()

    def _back_to_queue(self) -> None:
        self.show_room("queue")

    def _on_compact(self, compact: bool) -> None:
        self.rail.set_compact(compact)
        self._rooms.queue.set_compact(compact)
        self._rooms.late_case.tell(lambda pane: pane.set_compact(compact))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.workspace.follow_width(self)

    # the chosen case

    def _on_selected(self, case: str) -> None:
        """Panes that are not made yet show it when they are."""
        self._rooms.late_case.tell(lambda pane: pane.show_case(case))
        self._rooms.late_map.tell(lambda pane: pane.select(case))
        self._reading.start()

    def _on_picked(self, case: str) -> None:
        self._rooms.queue.select(case)
        self._rooms.case.show_case(case)
        self._reading.start()

    def _preview(self, case: str) -> None:
        self.workspace.show_right(DETAIL)
        self._rooms.case.show_case(case)
        self._read(case)

    def open_case(self, case: str) -> None:
        """Show a case and put the focus on it."""
        if self.stack.currentWidget() is not self.workspace:
            self.show_room("queue")
        self.workspace.show_right(DETAIL)
        self._rooms.queue.select(case)
        self._rooms.map.select(case)
        self._rooms.case.show_case(case)
        self._rooms.case.activated()
        self._read(case)

    def _read(self, case: str) -> None:
        if case:
            self._tasks.start(self._desk.mark_read(case))

    def _on_letter(self, case: str, letter: str) -> None:
        self.workspace.show_right(DETAIL)
        self._rooms.case.begin(case, letter)

    def _case_menu(self) -> None:
        self.workspace.show_right(DETAIL)
        self._rooms.case.open_menu()

    def _step(self, by: int) -> None:
        table = self._rooms.queue.table
        table.go(table.currentIndex().row() + by)

    def search(self) -> None:
        """Ctrl+F: into the search box."""
        if self.stack.currentWidget() is not self.workspace:
            self.show_room("queue")
        self._searching.begin()

    # panes and keys

    def _room(self) -> QWidget:
        room = self.stack.currentWidget()
        return self.workspace if room is None else room

    def _front_room(self) -> QWidget | None:
        room = self._room()
        return None if room is self.workspace else room

    def _show_keys(self) -> None:
        self.status.set_keys(self.panes.keys_here())

    def _full_screen(self) -> None:
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    # the connection and time

    def _retry_all(self) -> None:
        self.banner.press()
        if self._rooms.queue.failed:
            self._rooms.queue.refresh()

    def _show_connection(self, connection: Connection) -> None:
        self.top.chip.set_connection(connection)
        self.status.set_connection(connection)
        unsent = connection.waiting + connection.attention
        offline = connection.net.value in ("offline", "signed_out", "too_old")
        self.rail.entries["outbox"].set_count(unsent, calls=connection.attention > 0 or offline)
        self._tick()

    def _tick(self) -> None:
        now = self._desk.clock.now()
        self.top.tick(now)
        self.calls.tick(now)
        self.banner.tell(self._desk.connection, now)
        self._theme.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        QGuiApplication.inputMethod().commit()
        self.closing.emit()
        super().closeEvent(event)
