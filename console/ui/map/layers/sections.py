"""The parts of the sheet of layers: each shows its share of the choices and tells another one as a whole."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QRect, QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.ui.map.layers.choices import Choices, Ground, Measure, Period
from console.ui.map.layers.file_row import FileRow
from console.ui.parts.buttons import secondary
from console.ui.parts.choice import TickBox
from console.ui.parts.drop_button import DropButton
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

SHOWN_AS = "dd/MM/yyyy"


class Section(QWidget):
    """`chosen(Choices)`: a hand changed something here."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.choices = Choices()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def show_choices(self, choices: Choices) -> None:
        """Show these; no signal."""
        self.choices = choices
        self.fill(choices)

    def fill(self, choices: Choices) -> None:
        """The fields; `chosen` is not heard meanwhile."""

    def tell(self, **fields: object) -> None:
        """A hand chose."""
        wanted = self.choices.changed(**fields)
        if wanted != self.choices:
            self.choices = wanted
            self.fill(wanted)
            self.chosen.emit(wanted)

    def tick(self, key: str, field: str) -> TickBox:
        """A box for a field that is on or off."""
        box = TickBox(self.theme, t(key), self)
        box.clicked.connect(lambda on: self.tell(**{field: on}))
        return box

    def drop(self, key: str, choices: Sequence[tuple[str, str]]) -> DropButton:
        """A drop-down with its name."""
        return DropButton(self.theme, t(key), choices, parent=self)


class DayEdit(QDateEdit):
    """A day typed by digits, stepped by arrows, or taken from a calendar."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setDisplayFormat(SHOWN_AS)
        self.setCalendarPopup(True)
        self.setAccessibleName(name)
        self.setKeyboardTracking(False)  # half a year typed is no year

    def set_day(self, day: date) -> None:
        """Show a day; no signal."""
        with QSignalBlocker(self):
            self.setDate(QDate(day.year, day.month, day.day))

    def day(self) -> date:
        """The day in the field."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, side = QPainter(self), self._theme.px(12)
        box = QRect(self.width() - side - self._theme.px(10), (self.height() - side) // 2, side, side)
        self._theme.icon("ph.caret-down", "muted").paint(painter, box)
        painter.end()


class HeatSection(Section):
    """Pins and heat, and the heat's period."""

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._today = today
        self.pins = self.tick("layers.pins", "pins")
        self.heat = self.tick("layers.heat", "heat")
        self.period = self.drop("layers.period", [(p.value, t(f"layers.period.{p.value}")) for p in Period])
        self.period.chosen.connect(self._take_period)
        self.since = DayEdit(theme, t("layers.period.since"), self)
        self.until = DayEdit(theme, t("layers.period.until"), self)
        self.since.dateChanged.connect(lambda _: self.tell(since=self.since.day()))
        self.until.dateChanged.connect(lambda _: self.tell(until=self.until.day()))
        self._days = QWidget(self)
        row = QHBoxLayout(self._days)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.since, 1)
        row.addWidget(label("–", tone="muted"))
        row.addWidget(self.until, 1)
        for part in (self.pins, self.heat, self.period, self._days):
            self.column.addWidget(part)

    def _take_period(self, value: str) -> None:
        period = Period(value)
        if period is Period.RANGE:
            until = self.choices.until or self._today
            self.tell(heat=True, period=period, since=self.choices.since or until, until=until)
        else:
            self.tell(heat=True, period=period)

    def fill(self, choices: Choices) -> None:
        self.pins.setChecked(choices.pins)
        self.heat.setChecked(choices.heat)
        self.period.set_value(choices.period.value)
        self.period.setEnabled(choices.heat)
        self._days.setVisible(choices.heat and choices.period is Period.RANGE)
        self.since.set_day(choices.since or self._today)
        self.until.set_day(choices.until or self._today)


class ShadeSection(Section):
    """By what communes are shaded."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._offered: tuple[Measure, ...] = tuple(m for m in Measure if m is not Measure.PER_1000)
        self.measure = self.drop("layers.measure", [])
        self.measure.chosen.connect(lambda value: self.tell(measure=Measure(value)))
        self.column.addWidget(self.measure)

    def offer(self, measures: tuple[Measure, ...]) -> None:
        """Only these can be chosen: for others there are no figures."""
        if measures != self._offered:
            self._offered = measures
            self.fill(self.choices)

    def fill(self, choices: Choices) -> None:
        shown = (*self._offered, *({choices.measure} - set(self._offered)))
        self.measure.set_choices([(m.value, t(f"layers.measure.{m.value}")) for m in shown])
        self.measure.set_value(choices.measure.value)


class PlacesSection(Section):
    """Boundaries of which day, and duty posts."""

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._today = today
        self.day = DayEdit(theme, t("layers.day"), self)
        self.day.dateChanged.connect(lambda _: self._take_day())
        self.now = secondary(theme, t("layers.day.today"), parent=self)
        self.now.clicked.connect(lambda: self.tell(day=None))
        row = QHBoxLayout()
        row.addWidget(self.day, 1)
        row.addWidget(self.now)
        self.posts = self.tick("layers.posts", "posts")
        self.column.addWidget(label(t("layers.day"), tone="muted"))
        self.column.addLayout(row)
        self.column.addWidget(self.posts)

    def _take_day(self) -> None:
        day = self.day.day()
        self.tell(day=None if day == self._today else day)

    def fill(self, choices: Choices) -> None:
        self.day.set_day(choices.day or self._today)
        self.now.setEnabled(choices.day is not None)
        self.posts.setChecked(choices.posts)


class MarksSection(Section):
    """Flood marks from a file. `wanted(path)`: try this file."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.marks = self.tick("layers.marks", "marks")
        self.file = FileRow(theme, t("layers.marks.file"), "*.geojson *.json", self)
        self.file.picked.connect(self.wanted)
        self.file.dropped.connect(lambda: self.tell(marks=False, marks_file=""))
        self.column.addWidget(self.marks)
        self.column.addWidget(self.file)

    def fill(self, choices: Choices) -> None:
        self.marks.setChecked(choices.marks)
        self.marks.setEnabled(bool(choices.marks_file))
        self.file.show_file(choices.marks_file)


class GroundSection(Section):
    """What lies under the boundaries. `wanted(kind, place)`: try this file or this address."""

    wanted = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.kind = self.drop(
            "layers.ground.kind", [(g.value, t(f"layers.ground.{g.value}")) for g in Ground]
        )
        self.kind.chosen.connect(self._take_kind)
        self.file = FileRow(theme, t("layers.ground.title"), "*.mbtiles", self)
        self.file.picked.connect(lambda path: self.wanted.emit(Ground.FILE, path))
        self.file.dropped.connect(lambda: self.tell(ground=Ground.DRAWN, ground_file=""))
        self.address = QLineEdit(self)
        self.address.setPlaceholderText("https://…/{z}/{x}/{y}.png")
        self.address.setAccessibleName(t("layers.ground.where"))
        self.address.returnPressed.connect(self._take_address)
        self.use = secondary(theme, t("layers.ground.use"), parent=self)
        self.use.clicked.connect(self._take_address)
        self._where = QWidget(self)
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.address, 1)
        row.addWidget(self.use)
        for part in (self.kind, self.file, self._where):
            self.column.addWidget(part)

    def _take_kind(self, value: str) -> None:
        """A kind whose file or address is known is shown; another asks for that first."""
        kind = Ground(value)
        self._reveal(kind)
        known = {Ground.FILE: self.choices.ground_file, Ground.ADDRESS: self.choices.address}
        if kind is Ground.DRAWN:
            self.tell(ground=kind)
        elif known[kind]:
            self.wanted.emit(kind, known[kind])
        elif kind is Ground.FILE:
            self.file.choose.setFocus()
        else:
            self.address.setFocus()

    def _take_address(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.wanted.emit(Ground.ADDRESS, self.address.text().strip())

    def _reveal(self, kind: Ground) -> None:
        self.kind.set_value(kind.value)
        self.file.setVisible(kind is Ground.FILE)
        self._where.setVisible(kind is Ground.ADDRESS)

    def fill(self, choices: Choices) -> None:
        self._reveal(choices.ground)
        self.file.show_file(choices.ground_file)
        if not self.address.hasFocus():
            self.address.setText(choices.address)
