"""When a pane has had neither pointer nor focus for a while, held changes may come in by themselves."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

SECONDS = 10


class Idle(QObject):
    """`left` after the pane was left alone for `seconds`; again after each further stretch."""

    left = Signal()

    def __init__(self, pane: QWidget, seconds: float = SECONDS) -> None:
        super().__init__(pane)
        self._pane = pane
        self._timer = QTimer(self)
        self._timer.setInterval(int(seconds * 1000))
        self._timer.timeout.connect(self.left)
        pane.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._look)
        self._look()

    @property
    def alone(self) -> bool:
        """No pointer over the pane, no focus inside."""
        focus = QApplication.focusWidget()
        focused = focus is not None and (focus is self._pane or self._pane.isAncestorOf(focus))
        return not focused and not self._pane.underMouse()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.Show, QEvent.Type.Hide):
            QTimer.singleShot(0, self, self._look)
        return False

    def _look(self) -> None:
        if not self.alone:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
