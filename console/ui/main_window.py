"""The window: top bar, banner, rail, rooms, status bar; and the keys that hold everywhere."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.desk.connection import Connection
from console.desk.rows import CaseView, DistrictRow, Points, QueueRow
from console.domain.case import Actor
from console.domain.reference import Reference
from console.ui.map_feeder import MapFeeder
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.queue.queue_room import Clock
from console.ui.rooms import Rooms, activate, keys_of
from console.ui.searching import Searching
from console.ui.shell.banner import BannerBar
from console.ui.shell.key_sheet import KeySheet, groups
from console.ui.shell.nav_rail import NavRail
from console.ui.shell.settings_sheet import SettingsSheet
from console.ui.shell.status_bar import StatusBar
from console.ui.shell.top_bar import TopBar
from console.ui.shortcuts import bind
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t
from console.ui.workspace import DETAIL, MAP, Workspace

READ_MS = 2000  # a case looked at this long counts as opened


class WindowDesk(Protocol):
    """What the window itself asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def connection(self) -> Connection: ...
    @property
    def reference(self) -> Reference: ...
    async def points(self) -> Points: ...
    async def districts(self) -> tuple[DistrictRow, ...]: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def case_by_number(self, number: str) -> CaseView | None: ...
    async def mark_read(self, case_id: str) -> None: ...


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
        self._undo_seconds = undo_seconds
        self.setWindowTitle(t("app.title"))
        self.setMinimumSize(1000, 600)
        self.top = TopBar(theme, desk.actor, desk.connection, can_unplug)
        self.banner = BannerBar(theme)
        self.rail = NavRail(theme)
        self.status = StatusBar(theme, version)
        self.workspace = Workspace(rooms.queue, rooms.map, rooms.case, theme, memory)
        self.stack = QStackedWidget()
        for room in (self.workspace, rooms.intake, rooms.outbox):
            self.stack.addWidget(room)
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
        self._rooms.queue.start()
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
        column.addWidget(self.top)
        column.addWidget(self.banner)
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
        queue, case, map_pane = self._rooms.queue, self._rooms.case, self._rooms.map
        signals.connection.connect(self._show_connection)
        queue.selected.connect(self._on_selected)
        queue.opened.connect(self.open_case)
        queue.previewed.connect(self._preview)
        queue.letter.connect(self._on_letter)
        queue.menu.connect(lambda _case: self._case_menu())
        queue.find_wanted.connect(self.search)
        case.left.connect(self._back_to_queue)
        case.step.connect(self._step)
        case.go_to.connect(self.open_case)
        case.outbox_wanted.connect(lambda: self.show_room("outbox"))
        intake = self._rooms.intake
        intake.saved.connect(lambda _case: self._back_to_queue())
        intake.dropped.connect(self._back_to_queue)
        intake.view_case.connect(self.open_case)
        intake.reopened.connect(lambda: self.show_room("intake"))
        self.feeder = MapFeeder(map_pane, signals, self._desk, self._tasks, self._memory)
        map_pane.picked.connect(self._on_picked)
        map_pane.opened.connect(self.open_case)
        self._searching = Searching(self.top.search, queue, self._desk, self._tasks, self._notices)
        self._searching.found.connect(self.open_case)
        self.top.chip.retry.connect(self.retry)
        self.top.chip.plug.connect(self.plug)
        self.top.me_pressed.connect(self._open_me)
        self.banner.retry.connect(self.retry)
        self.banner.sign_in.connect(self.sign_in)
        self.rail.chosen.connect(self.show_room)
        self.workspace.compact_changed.connect(self._on_compact)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_keys)
            self._theme.changed.connect(lambda: self._theme.apply(app))
        self._theme.changed.connect(lambda: self.workspace.follow_width(self))

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {
            "keys": self.open_keys,
            "new": self.new_report,
            "refresh": self._rooms.queue.refresh,
            "next_pane": lambda: self._walk_panes(1),
            "last_pane": lambda: self._walk_panes(-1),
            "queue": lambda: self.show_room("queue"),
            "intake": lambda: self.show_room("intake"),
            "map": lambda: self.show_room("map"),
            "outbox": lambda: self.show_room("outbox"),
            "settings": self.open_settings,
            "undo": self._notices.undo_last,
            "find": self.search,
            "clear_filter": self._rooms.queue.bar.clear,
            "retry": self._retry_all,
            "full_screen": self._full_screen,
        }

    # rooms

    def show_room(self, name: str) -> None:
        """Bring a room to the front: queue, intake, map, outbox; settings opens a sheet."""
        QGuiApplication.inputMethod().commit()
        if name == "settings":
            self.open_settings()
            return
        rooms = {"intake": self._rooms.intake, "outbox": self._rooms.outbox}
        room = rooms.get(name, self.workspace)
        self.stack.setCurrentWidget(room)
        if room is self.workspace:
            self._enter_workspace(name)
        else:
            activate(room)
        self.rail.choose(name if name != "map" or self.workspace.compact else "queue")
        self._show_keys()

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
        self._rooms.case.set_compact(compact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.workspace.follow_width(self)

    # the chosen case

    def _on_selected(self, case: str) -> None:
        self._rooms.case.show_case(case)
        self._rooms.map.select(case)
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

    def _panes(self) -> list[QWidget]:
        room = self._room()
        return self.workspace.panes() if room is self.workspace else [room]

    def _walk_panes(self, by: int) -> None:
        QGuiApplication.inputMethod().commit()
        panes, focus = self._panes(), QApplication.focusWidget()
        at = next((i for i, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -by)
        pane = panes[(at + by) % len(panes)]
        if self._room() is self.workspace:
            self.workspace.reveal(pane)
        if pane is self._rooms.map:
            self._rooms.map.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            activate(pane)

    def _show_keys(self) -> None:
        self.status.set_keys(self._keys_here())

    def _keys_here(self) -> list[tuple[str, str]]:
        room = self._room()
        if room is not self.workspace:
            return keys_of(room)
        focus = QApplication.focusWidget()
        for pane in self.workspace.panes():
            if focus is not None and pane.isAncestorOf(focus) and keys_of(pane):
                return keys_of(pane)
        return keys_of(self._rooms.queue)

    def open_keys(self) -> KeySheet:
        """F1."""
        room = self._room()
        listing = groups(
            self._rooms.queue.all_keys() if room is self.workspace else keys_of(room),
            t("keys.list") if room is self.workspace else t("keys.room"),
            self._rooms.case.all_keys(),
        )
        sheet = KeySheet(self._theme, listing, self)
        sheet.open()
        return sheet

    def open_settings(self) -> SettingsSheet:
        """Ctrl+,"""
        sheet = SettingsSheet(self._theme, self._memory, self._undo_seconds, self)
        sheet.undo_changed.connect(self._on_undo_changed)
        sheet.open()
        return sheet

    def _on_undo_changed(self, seconds: int) -> None:
        self._undo_seconds = seconds
        self.undo_changed.emit(seconds)

    def _open_me(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("nav.settings")).triggered.connect(self.open_settings)
        menu.addAction(t("shell.signOut")).triggered.connect(lambda: self.sign_out.emit())
        menu.popup(at)

    def _full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # the connection and time

    def _retry_all(self) -> None:
        self.retry.emit()
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
        self.banner.tell(self._desk.connection, now)
        self._theme.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        QGuiApplication.inputMethod().commit()
        self.closing.emit()
        super().closeEvent(event)
