"""What opens over the window from anywhere: keys, settings, the store's upkeep, palette, one's own menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.rows import View
from console.domain.case import Role
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.callback.calling_back import CallingBack
    from console.ui.memory import Memory
    from console.ui.notices import Notices
    from console.ui.palette.keeper import PaletteKeeper
    from console.ui.rooms import Rooms
    from console.ui.shell.key_sheet import KeySheet
    from console.ui.shell.settings_sheet import SettingsSheet
    from console.ui.sound.sounding import Sounding
    from console.ui.tasks import Tasks
    from console.ui.theme import Theme
    from console.ui.window_desk import WindowDesk


class WindowSheets(QObject):
    """`undo_changed(seconds)`, `sign_out`: somebody chose that here. `front` answers the room at the front,
    None for the queue with its panes. Each sheet is imported when it is first opened."""

    undo_changed = Signal(int)
    sign_out = Signal()

    def __init__(
        self,
        window: QWidget,
        desk: WindowDesk,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        memory: Memory,
        rooms: Rooms,
        front: Callable[[], QWidget | None],
        undo_seconds: int,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._theme, self._tasks = window, desk, theme, tasks
        self._notices, self._memory, self._rooms, self._front = notices, memory, rooms, front
        self._undo_seconds = undo_seconds
        self._palette: PaletteKeeper | None = None
        self.calling_back: CallingBack | None = None  # once somebody was
        self.sounds: Sounding | None = None  # once it has been made

    def acts(self) -> dict[str, Callable[[], object]]:
        """By the names of `console.ui.shortcuts`; a delegation is a supervisor's to give."""
        found: dict[str, Callable[[], object]] = {
            "keys": self.open_keys,
            "settings": self.open_settings,
            "store": self.open_store,
        }
        if self._desk.actor.role is Role.SUPERVISOR:
            found["delegation"] = self.open_delegation
        return found

    def open_keys(self) -> KeySheet:
        """F1."""
        from console.ui.shell.key_sheet import open_sheet

        return open_sheet(self._theme, self._rooms, self._front(), self._window)

    def open_settings(self) -> SettingsSheet:
        """Ctrl+,"""
        from console.ui.shell.settings_sheet import SettingsSheet

        sheet = SettingsSheet(self._theme, self._memory, self._undo_seconds, self._window, self.sounds)
        sheet.undo_changed.connect(self._on_undo_changed)
        sheet.store_wanted.connect(self.open_store)
        sheet.open()
        return sheet

    def open_store(self) -> None:
        """Ctrl+Shift+D"""
        from console.ui.store.store_sheet import StoreSheet

        StoreSheet(self._desk, self._theme, self._tasks, self._notices, self._window).open()

    def open_delegation(self) -> None:
        """For supervisors: who decides while they are away."""
        from console.ui.approval.delegation_sheet import DelegationSheet

        DelegationSheet(self._desk, self._theme, self._tasks, self._notices, self._window).open()

    def open_palette(self, acts: dict[str, Callable[[], object]], show: Callable[[str], object]) -> None:
        """Ctrl+K. `acts`: what can be done from anywhere; `show` opens a case."""
        if self._palette is None:
            from console.ui.palette.keeper import PaletteKeeper

            self._palette = PaletteKeeper(
                self._window, self._desk, self._theme, self._tasks, self._memory, self._rooms, acts, show
            )
        self._palette.open()

    def call_back(self, strip: QWidget, case: str) -> None:
        """G on a case: the panel hangs from the call strip."""
        if self.calling_back is None:
            from console.ui.callback.calling_back import CallingBack

            made = CallingBack(self._desk, self._theme, self._tasks, self._notices, strip)
            made.recorded.connect(self._on_called_back)
            self.calling_back = made
        self.calling_back.begin(case)

    def _on_called_back(self, case: str) -> None:
        """In the list of those to be called the cursor goes on."""
        queue = self._rooms.queue
        if queue.state.view is View.CALLBACK and queue.chosen == case and self._front() is None:
            queue.table.go(queue.table.currentIndex().row() + 1)

    def open_me(self, at: QPoint) -> None:
        """The menu of one's own name."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._desk.actor.role is Role.SUPERVISOR:
            menu.addAction(t("delegation.title")).triggered.connect(self.open_delegation)
        menu.addAction(t("nav.settings")).triggered.connect(self.open_settings)
        menu.addAction(t("shell.signOut")).triggered.connect(lambda: self.sign_out.emit())
        menu.popup(at)

    def _on_undo_changed(self, seconds: int) -> None:
        self._undo_seconds = seconds
        self.undo_changed.emit(seconds)
