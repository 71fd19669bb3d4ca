"""The one door to the operator: sentences at the bottom centre for 10 s, one at a time, with undo.

A problem that a later sentence covered comes back when that one goes: nothing is lost unread.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

SECONDS = 10
BOTTOM = 14  # pixels above the lower edge of the work area
OVER_BUTTONS = 66  # and in a narrow window, where the case's buttons reach under the middle
NARROW = 1500
EDGE = 14
SPARE_RIGHT, SPARE_ABOVE, SPARE_LEFT = "noticeRight", "noticeAbove", "noticeLeft"
"""Properties of a room that has buttons under the middle: see `Toast._spare`."""


@dataclass
class Notice:
    """One sentence. `undo` is called at most once; `left_ms` counts only while it is seen."""

    text: str
    kind: str = "info"  # info | problem
    undo: Callable[[], None] | None = None
    left_ms: int = SECONDS * 1000
    look: Callable[[], object] | None = None  # shows more of it


class Toast(QWidget):
    """The sentence as it floats over the work area; over no button, never taking focus."""

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        on_look: Callable[[], None],
        on_undo: Callable[[], object],
        on_close: Callable[[], None],
    ) -> None:
        super().__init__(host)
        self._theme, self._kind = theme, "info"
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words: QLabel = label(wrap=True)
        self.look = KeyButton(theme, t("notice.look"), kind="secondary")
        self.look.clicked.connect(on_look)
        self.undo = KeyButton(theme, t("notice.undo"), "Ctrl Z", kind="secondary")
        self.undo.clicked.connect(on_undo)
        self.shut = KeyButton(theme, "", icon="ph.x", kind="quiet")
        self.shut.setAccessibleName(t("notice.close"))
        self.shut.clicked.connect(on_close)
        for button in (self.look, self.undo, self.shut):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        for part in (self.words, self.look, self.undo, self.shut):
            row.addWidget(part, 1 if part is self.words else 0)
        theme.changed.connect(self.update)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Fill, size and raise."""
        self._kind = notice.kind
        self.words.setText(notice.text)
        self.look.setVisible(notice.look is not None)
        self.undo.setVisible(notice.undo is not None)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Bottom centre of the host."""
        host = self.parentWidget()
        if host is None:
            return
        wish = self.words.fontMetrics().horizontalAdvance(self.words.text()) + self._theme.px(104)
        buttons = (self.look, self.undo)
        wish += sum(button.sizeHint().width() + 10 for button in buttons if not button.isHidden())
        right, above, left = self._spare(host)
        most = (right or left) - 2 * EDGE if right or left else host.width() - 24
        width = min(wish, self._theme.px(720), most)
        self.setFixedWidth(width)
        height = max(self._row.heightForWidth(width), self._theme.px(46))
        self.setFixedHeight(height)
        bottom = self._theme.px(OVER_BUTTONS if host.width() < NARROW else BOTTOM)
        middle = EDGE if left else (host.width() - width) // 2
        self.move(
            host.width() - EDGE - width if right else middle,
            host.height() - height - (above + EDGE if above else bottom),
        )

    @staticmethod
    def _spare(host: QWidget) -> tuple[int, int, int]:
        """Where the room at the front has its buttons under the middle: the pixels at its right end that have
        none, else the height of its foot, else the pixels at its left end."""
        room = host.currentWidget() if isinstance(host, QStackedWidget) else None
        names = (SPARE_RIGHT, SPARE_ABOVE, SPARE_LEFT)
        right, above, left = (int((room.property(name) if room else 0) or 0) for name in names)
        return right, above, left

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        problem = self._kind == "problem"
        painter.setPen(QPen(self._theme.color("warnText" if problem else "lineStrong"), 1))
        painter.setBrush(self._theme.color("warnSoft" if problem else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 6, 6)
        painter.end()


class Notices(QObject):
    """Says things; `undo_last` is what Ctrl+Z calls."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._open: list[Notice] = []
        self._toast: Toast | None = None
        self._host: QWidget | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        self._tick.timeout.connect(self._count_down)

    def live_in(self, host: QWidget) -> None:
        """Float over this work area from now on."""
        self._host = host
        self._toast = Toast(self._theme, host, self.look, self.undo_last, self.dismiss)
        host.installEventFilter(self)
        if isinstance(host, QStackedWidget):
            host.currentChanged.connect(lambda _index: self._place())
        host.destroyed.connect(self._homeless)
        self._show_newest()

    def _homeless(self) -> None:
        """The window is gone: sentences wait for the next one."""
        self._tick.stop()
        self._host = self._toast = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self._toast is not None:
            self._toast.place()

    def say(
        self,
        text: str,
        undo: Callable[[], None] | None = None,
        seconds: int = SECONDS,
        look: Callable[[], object] | None = None,
    ) -> None:
        """An ordinary sentence, with an undo where there is one; `look` shows more of it."""
        self._add(Notice(text, "info", undo, seconds * 1000, look))

    def problem(self, text: str, look: Callable[[], object] | None = None) -> None:
        """A failure: what happened, what was kept, what to do."""
        if any(notice.text == text for notice in self._open):
            return
        self._add(Notice(text, "problem", look=look))

    def stands(self, text: str) -> bool:
        """Whether this sentence has not gone yet."""
        return any(notice.text == text for notice in self._open)

    def withdraw(self, text: str) -> bool:
        """A sentence that another one is about to replace; False: it has gone already."""
        if not self.stands(text):
            return False
        self._open = [notice for notice in self._open if notice.text != text]
        self._show_newest()
        return True

    def _add(self, notice: Notice) -> None:
        self._open.append(notice)
        self._show_newest()
        self._announce(notice)

    def _announce(self, notice: Notice) -> None:
        if self._toast is None or not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(self._toast, notice.text)
        if notice.kind == "problem":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    @property
    def shown(self) -> Notice | None:
        """What can be read now."""
        return self._open[-1] if self._open else None

    @property
    def undoable(self) -> bool:
        """Whether Ctrl+Z has something to call back."""
        return any(notice.undo is not None for notice in self._open)

    def undo_last(self) -> bool:
        """Call back the newest act that still can be. False: nothing to undo."""
        for notice in reversed(self._open):
            if notice.undo is not None:
                self._open.remove(notice)
                self._show_newest()
                notice.undo()
                return True
        return False

    def look(self) -> None:
        """Show more of the shown sentence, where there is more; it stays as long as it would."""
        if self.shown is not None and self.shown.look is not None:
            self.shown.look()

    def dismiss(self) -> None:
        """Put the shown sentence away."""
        if self._open:
            self._open.pop()
            self._show_newest()

    def _count_down(self) -> None:
        for notice in list(self._open):
            if notice is self._open[-1] or notice.undo is not None:
                notice.left_ms -= self._tick.interval()
            if notice.left_ms <= 0:
                self._open.remove(notice)
        self._show_newest()

    def _show_newest(self) -> None:
        if self._toast is None:
            return
        if self.shown is None:
            self._tick.stop()
            self._toast.hide()
            return
        self._toast.show_notice(self.shown)
        if not self._tick.isActive():
            self._tick.start()
