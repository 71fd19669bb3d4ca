"""A deadline in a composer: by rule (or the one that runs), or one set by hand."""

from datetime import UTC, datetime

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QVBoxLayout, QWidget

from console.ui.parts.choice import TickBox
from console.ui.parts.time_text import local
from console.ui.theme import ZONE, Theme

SHOWN_AS = "HH:mm  dd/MM/yyyy"


def to_edit(at: datetime) -> QDateTime:
    """The moment on the wall clock here, as the field wants it."""
    here = local(at)
    return QDateTime(QDate(here.year, here.month, here.day), QTime(here.hour, here.minute))


def from_edit(value: QDateTime) -> datetime:
    """What stands in the field, UTC."""
    day, time = value.date(), value.time()
    here = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=ZONE)
    return here.astimezone(UTC)


class DueEdit(QWidget):
    """`value()` is None while the rule decides. `rule`: words of the box, None where there is no rule."""

    changed = Signal()

    def __init__(self, theme: Theme, rule: str | None, start: datetime) -> None:
        super().__init__()
        self.box: QCheckBox | None = TickBox(theme, rule) if rule is not None else None
        self.edit = QDateTimeEdit(to_edit(start))
        self.edit.setDisplayFormat(SHOWN_AS)
        self.edit.setCalendarPopup(True)  # without any button the style leaves its text no room at all
        self.edit.dateTimeChanged.connect(lambda _: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if self.box is not None:
            self.box.setChecked(True)
            self.box.toggled.connect(self._toggled)
            column.addWidget(self.box)
            self.edit.hide()
        column.addWidget(self.edit)
        self.setFocusProxy(self.box or self.edit)

    def _toggled(self, by_rule: bool) -> None:
        self.edit.setVisible(not by_rule)
        if not by_rule:
            self.edit.setFocus()
        self.changed.emit()

    def value(self) -> datetime | None:
        """The time set by hand, UTC; None: by rule."""
        if self.box is not None and self.box.isChecked():
            return None
        return from_edit(self.edit.dateTime())

    def set_value(self, value: datetime | None) -> None:
        """Show a time set by hand, or the rule."""
        if self.box is not None:
            self.box.setChecked(value is None)
        if value is not None:
            self.edit.setDateTime(to_edit(value))
