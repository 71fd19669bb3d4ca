"""The bar under the map while a night is replayed: the line of time, play, speed, period."""

from collections.abc import Callable

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.map.replay.track import Track
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

SPEEDS = (5, 15, 60)  # minutes of the night in a second
_FORMAT = "HH:mm dd/MM/yyyy"


class ReplayBar(QWidget):
    """`played`: play or pause; `left`: back to now; `chosen`: another period, as two QDateTime."""

    played = Signal()
    left = Signal()
    chosen = Signal(object, object)

    def __init__(self, theme: Theme, hour: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.track = Track(theme, hour, self)
        self.track.setAccessibleName(t("replay.track"))
        self.play = KeyButton(theme, t("replay.play"), t("replay.space"), icon="ph.play", parent=self)
        self.play.clicked.connect(self.played)
        self.speed = QComboBox(self)
        self.speed.setAccessibleName(t("replay.speed"))
        for minutes in SPEEDS:
            self.speed.addItem(t("replay.speed.each", n=minutes), minutes)
        self.speed.setCurrentIndex(1)
        self.leave = KeyButton(theme, t("replay.leave"), "Esc", icon="ph.x", kind="quiet", parent=self)
        self.leave.clicked.connect(self.left)
        self.since, self.until = (self._edit(t(f"replay.{end}")) for end in ("from", "until"))
        self.said = label("", "small", "muted", wrap=True, parent=self)
        self._lay()
        self.hide()

    def _edit(self, name: str) -> QDateTimeEdit:
        edit = QDateTimeEdit(self)
        edit.setDisplayFormat(_FORMAT)
        edit.setCalendarPopup(True)
        edit.setAccessibleName(name)
        edit.setKeyboardTracking(False)
        edit.editingFinished.connect(self._choose)
        return edit

    def _lay(self) -> None:
        acts, period = QHBoxLayout(), QHBoxLayout()
        for part in (self.play, self.speed):
            acts.addWidget(part)
        acts.addStretch(1)
        acts.addWidget(self.leave)
        for end, edit in (("from", self.since), ("until", self.until)):
            period.addWidget(label(t(f"replay.{end}"), "label", "muted"))
            period.addWidget(edit)
        period.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.track)
        column.addLayout(acts)
        column.addLayout(period)
        column.addWidget(self.said)

    def minutes_a_second(self) -> int:
        """The chosen speed."""
        return int(self.speed.currentData())

    def show_playing(self, playing: bool) -> None:
        """The button says what it does next."""
        name = "pause" if playing else "play"
        self.play.relabel(t(f"replay.{name}"), f"ph.{name}")

    def show_period(self, since: QDateTime, until: QDateTime) -> None:
        """The ends, as chosen."""
        for edit, at in ((self.since, since), (self.until, until)):
            edit.setDateTime(at)

    def _choose(self) -> None:
        self.chosen.emit(self.since.dateTime(), self.until.dateTime())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.played.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
