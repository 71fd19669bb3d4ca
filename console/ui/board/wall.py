"""Ctrl+Shift+F: the board for a whole room to see, in a window of its own over a whole screen.

A map, four numerals, the overdue ones. No words that somebody typed, nobody's name, no controls; it never has
the focus, so that whoever works goes on working. The same key ends it; where it covers the screen of the
window itself, Esc does, too.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QApplication, QWidget

from console.desk.board.board_rows import Board, DeskDays
from console.desk.rows import QueueRow
from console.domain.reference import Reference
from console.geo.outlines import outlines_on, places_on
from console.ui.board import board_words as words
from console.ui.map.map_view import MapView
from console.ui.more_rooms import Kit
from console.ui.parts.time_text import clock_text, local, overdue_text
from console.ui.theme import Theme
from console.ui.words import t

EVERY_MS = 30_000
NUMERALS = ("open", "overdue", "near", "onTime")
MAP_SHARE = 0.40  # of the width
PAD, ROW = 32, 104


def wall_line(row: QueueRow, reference: Reference, now: datetime) -> tuple[str, str, str]:
    """An overdue case without a word that anybody typed: its type, its agency, how late it is."""
    kind = reference.type(row.type)
    late = overdue_text(now - row.due) if row.due is not None else ""
    return kind.name if kind else row.type, row.lead_name or t("filter.noAgency"), late


class WallWindow(QWidget):
    """Painted; the map is its only child."""

    def __init__(self, theme: Theme) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(t("sup.wall"))
        self._theme = theme
        self.figures: list[tuple[str, str, str]] = []  # name, number, tone
        self.late: list[tuple[str, str, str]] = []
        self.as_of = ""
        self.map = MapView(theme, self)
        self.map.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.map.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._place)

    def show_board(self, board: Board, days: DeskDays, reference: Reference) -> None:
        """Other numbers."""
        figures = words.figures(board, days)
        self.figures = [(t(f"board.{name}"), figures[name].value, figures[name].tone) for name in NUMERALS]
        self.late = [wall_line(row, reference, board.as_of) for row in board.late]
        self.as_of = t("board.wall.asOf", time=clock_text(board.as_of))
        told = [f"{name} {value}" for name, value, _ in self.figures]
        told += [", ".join(line) for line in self.late]
        self.setAccessibleDescription(". ".join(told))
        self.update()

    def _top(self) -> int:
        return self._theme.px(190)

    def _place(self) -> None:
        top = self._top()
        self.map.setGeometry(0, top, round(self.width() * MAP_SHARE), self.height() - top)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.fillRect(self.rect(), theme.color("surface"))
        top, pad = self._top(), px(PAD)
        each = self.width() // max(1, len(self.figures))
        for at, (name, value, tone) in enumerate(self.figures):
            left = at * each + pad
            self._write(painter, QRect(left, px(24), each - pad, px(34)), name, "titleLarge", "muted")
            self._write(painter, QRect(left, px(64), each - pad, px(90)), value, "wall", tone)
        painter.fillRect(QRect(0, top - 1, self.width(), 1), theme.color("line"))
        self._list(painter, QRect(round(self.width() * MAP_SHARE), top, self.width(), self.height() - top))
        painter.end()

    def _list(self, painter: QPainter, room: QRect) -> None:
        px, pad, high = self._theme.px, self._theme.px(PAD), self._theme.px(ROW)
        room.setRight(self.width() - 1)
        foot = px(44)
        if not self.late:
            self._write(
                painter, room.adjusted(pad, pad, -pad, 0), t("board.overdue.none"), "titleLarge", "muted"
            )
        fits = max(0, (room.height() - foot) // high)
        for at, (kind, agency, late) in enumerate(self.late[:fits]):
            box = QRect(room.left() + pad, room.top() + at * high, room.width() - 2 * pad, high)
            wide = QFontMetrics(self._theme.font("wall")).horizontalAdvance(late)
            right = QRect(box.right() - wide, box.top() + px(4), wide + 1, px(70))
            self._write(painter, right, late, "wall", "alarmText")
            left = QRect(box.left(), box.top() + px(4), box.width() - wide - pad, px(70))
            self._write(painter, left, kind, "wall", "text")
            under = QRect(box.left(), box.top() + px(70), box.width(), px(28))
            self._write(painter, under, agency, "titleLarge", "muted")
            painter.fillRect(QRect(room.left(), box.bottom(), room.width(), 1), self._theme.color("line"))
        left_out = len(self.late) - fits
        said = self.as_of if left_out <= 0 else f"{t('board.wall.more', n=left_out)} · {self.as_of}"
        at_foot = QRect(room.left() + pad, room.bottom() - foot, room.width() - 2 * pad, foot)
        self._write(painter, at_foot, said, "title", "muted")

    def _write(self, painter: QPainter, box: QRect, text: str, role: str, tone: str) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Wall(QObject):
    """Opens and ends the window, and feeds it while it is there. `window`: None while it is not."""

    def __init__(self, kit: Kit, main: QWidget) -> None:
        super().__init__(main)
        self._kit, self._main = kit, main
        self.window: WallWindow | None = None
        self._every = QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.refresh)

    def toggle(self) -> None:
        """Ctrl+Shift+F"""
        if self.window is None:
            self.open()
        else:
            self.end()

    def _screen(self) -> QScreen:
        """Another one than the window's, where there is one."""
        here = self._main.window().screen()
        return next((one for one in QGuiApplication.screens() if one is not here), here)

    def open(self) -> None:
        """Show it over a whole screen."""
        screen = self._screen()
        self.window = window = WallWindow(self._kit.theme)
        window.setGeometry(screen.geometry())
        app = QApplication.instance()
        if app is not None and screen is self._main.window().screen():
            app.installEventFilter(self)
        window.setWindowState(Qt.WindowState.WindowFullScreen)
        window.show()  # not showFullScreen, which asks for the focus
        self._kit.tasks.start(self._begin(window))
        self._every.start()

    def end(self) -> None:
        """Away with it."""
        window, self.window = self.window, None
        self._every.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if window is not None:
            window.map.close_map()
            window.hide()
            window.deleteLater()

    def refresh(self) -> None:
        """Count anew."""
        if self.window is not None:
            self._kit.tasks.start(self._read(self.window))

    async def _begin(self, window: WallWindow) -> None:
        """Boundaries take longer than a frame to cut: not in the interface thread."""
        desk = self._kit.desk
        day = local(desk.clock.now()).date()
        outlines, places = await self._kit.errand(
            lambda: (outlines_on(desk.reference, day), places_on(desk.reference, day))
        )
        if window is self.window:
            window.map.set_outlines(outlines)
            window.map.set_places(places)
            await self._read(window)

    async def _read(self, window: WallWindow) -> None:
        desk = self._kit.desk
        board, days, points = await desk.board(), await desk.desk_days(), await desk.points()
        if window is self.window:
            window.show_board(board, days, desk.reference)
            window.map.set_points(points, int(board.as_of.timestamp() * 1000))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc, while it covers the window that it belongs to."""
        ours = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if (
            ours
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and not event.modifiers()
        ):
            self.end()
            return True
        return False
