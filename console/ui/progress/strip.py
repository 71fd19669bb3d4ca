"""The one place where long work is shown: over the status bar's keys, so that nothing else moves for it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.desk.progress import Progress, Told
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import OneLine
from console.ui.progress.words import line_text, percent_of, what_text
from console.ui.theme import Theme
from console.ui.words import t

KEY, CAP = "Ctrl+Shift+X", "Ctrl Shift X"  # stops what is shown; from anywhere in the window
SPOKEN_AT = (25, 50, 75, 100)  # per cent
SOON_MS = 300  # what ends before is not worth a blink
NARROWEST, GAP = 480, 12  # pixels: of the strip, and to what stands beside it
LINE = 3  # pixels of the line that grows


class Works(Protocol):
    """`desk.works`."""

    @property
    def running(self) -> tuple[Progress, ...]: ...
    def subscribe(self, listener: Told) -> Callable[[], None]: ...
    def stop(self, number: int) -> None: ...


class ProgressStrip(QWidget):
    """The oldest piece of work that runs, and how many others do, up to what stands `beside` it in the host.
    It hides while nothing runs."""

    def __init__(self, host: QWidget, theme: Theme, works: Works, beside: QWidget | None = None) -> None:
        super().__init__(host)
        self._theme, self._works, self._beside = theme, works, beside
        self.shown: Progress | None = None
        self.spoken: list[str] = []
        self._stopping: set[int] = set()
        self._said: dict[int, int] = {}  # per cent, by work
        self.words = OneLine("small")
        self.stop = KeyButton(theme, t("progress.stop"), CAP, kind="quiet", height="statusBar")
        self.stop.clicked.connect(self._stop)
        QShortcut(QKeySequence(KEY), self, self._stop)  # holds while this is seen
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addWidget(self.stop)
        row.addStretch(1)
        self.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(lambda: self._show(works.running))
        host.installEventFilter(self)
        theme.changed.connect(self._place)
        self.end = works.subscribe(self.tell)
        self.tell(works.running)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        host = self.parentWidget()
        if host is not None:
            end = self._beside.x() - self._theme.px(GAP) if self._beside is not None else host.width()
            self.setGeometry(0, 1, max(self._theme.px(NARROWEST), end), host.height() - 1)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(NARROWEST), self._theme.size("statusBar") - 1)

    def tell(self, running: tuple[Progress, ...]) -> None:
        """All that runs, oldest first."""
        self._speak(running)
        if not running:
            self._soon.stop()
            self.shown = None
            self.hide()
        elif self.shown is not None:
            self._show(running)
        elif not self._soon.isActive():
            self._soon.start()

    def _show(self, running: tuple[Progress, ...]) -> None:
        if not running:
            return
        first = self.shown = running[0]
        text = line_text(first)
        if len(running) > 1:
            text = f"{text} · {t('progress.others', n=len(running) - 1)}"
        self.words.setText(text)
        stopping = first.id in self._stopping
        self.stop.setEnabled(not stopping)
        self.stop.relabel(t("progress.stopping") if stopping else t("progress.stop"))
        self.stop.setAccessibleName(t("progress.stop.name", what=what_text(first)))
        self.stop.setVisible(first.can_cancel)
        self._place()
        self.show()
        self.raise_()
        self.update()

    def _stop(self) -> None:
        if self.shown is not None and self.shown.can_cancel:
            self._stopping.add(self.shown.id)
            self._works.stop(self.shown.id)
            self.tell(self._works.running)

    def _speak(self, running: tuple[Progress, ...]) -> None:
        """Politely, four times in all."""
        for progress in running:
            percent, before = percent_of(progress) or 0, self._said.get(progress.id, 0)
            passed = [mark for mark in SPOKEN_AT if before < mark <= percent]
            self._said[progress.id] = max(percent, before)
            if passed:
                self._announce(t("progress.spoken", what=what_text(progress), percent=passed[-1]))

    def _announce(self, text: str) -> None:
        self.spoken = [*self.spoken[-3:], text]
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("app"))
        percent = percent_of(self.shown) if self.shown is not None else None
        line = self._theme.px(LINE)
        painter.fillRect(QRect(0, 0, self.width(), line), self._theme.color("line"))
        if percent is not None:
            painter.fillRect(QRect(0, 0, self.width() * percent // 100, line), self._theme.color("accent"))
        painter.end()
