"""How far something long has come: what, how much, how long still, and a way to stop it."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from console.ui.parts.buttons import quiet
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

WIDTH = 440
GUESS_AFTER = 1.0  # seconds before it is said how long it will still take


class ProgressSheet(QDialog):
    """`stopped` once, on Esc; it is closed by who shows it."""

    stopped = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._began, self._ended = time.monotonic(), False
        self.words = label(t("progress.begins"), tone="muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = quiet(theme, t("many.stop"), "Esc")
        self.stop.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stop)
        px, column = theme.px, QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(10))
        column.addWidget(label(title, "title"))
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addLayout(foot)
        self.setFixedWidth(px(WIDTH))

    def show_progress(self, done: int, count: int) -> None:
        """`done` of `count`."""
        self.bar.setRange(0, max(1, count))
        self.bar.setValue(done)
        text = t("progress.done", n=done, all=count)
        spent = time.monotonic() - self._began
        if done and spent >= GUESS_AFTER:
            left = round(spent * (count - done) / done)
            text = (
                f"{text} · {t('progress.left', s=left) if left < 90 else t('progress.leftMin', m=left // 60)}"
            )
        self.words.setText(text)

    def end(self) -> None:
        """It is over."""
        self._ended = True
        self.accept()

    def reject(self) -> None:
        """Esc: whoever works stops soon, and ends this."""
        self.stop.setEnabled(False)
        if not self._ended:
            self._ended = True
            self.stopped.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._ended:
            self.reject()
            event.ignore()
        else:
            super().closeEvent(event)
