"""Terms by urgency: a number of minutes on a clock for each, with what that is in hours or days."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QGridLayout

from console.domain.category import Clock, Urgency
from console.reference.shapes import Field, Shape
from console.ui.admin.fields import FieldEdit, read_text, shown_text
from console.ui.admin.words import choice_text
from console.ui.parts.choice import DropDown
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

_NO_DAY = date.min
CLOCKS = [clock.value for clock in Clock]
DAY = {"round": 1440, "working": 450}
"""Minutes of a day, by clock: for telling only; the calendar counts."""


class TermsEdit(FieldEdit):
    """Critical first, as in the queue."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(3, 1)
        self._rows: dict[str, tuple[TypedLine, DropDown, Any]] = {}
        for at, urgency in enumerate(reversed(Urgency)):
            name = choice_text("Urgency", urgency.value)
            minutes, clock, told = TypedLine(), DropDown(theme), label("", "small", "muted")
            minutes.setFixedWidth(theme.px(84))
            minutes.setAccessibleName(f"{name}, {t('admin.minutes')}")
            clock.setAccessibleName(f"{name}, {t('admin.clock')}")
            for value in CLOCKS:
                clock.addItem(choice_text("Clock", value))
            minutes.typed.connect(lambda _text: self._changed())
            clock.activated.connect(lambda _index: self._changed())
            for column, part in enumerate((label(name, "small", "muted"), minutes, clock, told)):
                grid.addWidget(part, at, column)
            self._rows[urgency.value] = minutes, clock, told
        self.setFocusProxy(next(iter(self._rows.values()))[0])

    def value(self) -> Any:
        found = {}
        for urgency, (minutes, clock, _) in self._rows.items():
            number = read_text(Shape.COUNT, minutes.full_text(), _NO_DAY)
            if number is not None:
                good = isinstance(number, int) and number > 0
                found[urgency] = {
                    "minutes": number if good else str(number),
                    "clock": CLOCKS[clock.currentIndex()],
                }
        return found

    def show_value(self, value: Any) -> None:
        terms = value if isinstance(value, dict) else {}
        for urgency, (minutes, clock, _) in self._rows.items():
            term = terms.get(urgency) or {}
            minutes.show_text(shown_text(Shape.COUNT, term.get("minutes")))
            clock.setCurrentIndex(CLOCKS.index(term["clock"]) if term.get("clock") in CLOCKS else 0)
        self._tell()

    def lock(self, locked: bool) -> None:
        for minutes, clock, _ in self._rows.values():
            minutes.setReadOnly(locked)
            clock.setEnabled(not locked)

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        for minutes, clock, told in self._rows.values():
            number = read_text(Shape.COUNT, minutes.full_text(), _NO_DAY)
            told.setText(in_words(number, CLOCKS[clock.currentIndex()]) if isinstance(number, int) else "")


def in_words(minutes: int, clock: str) -> str:
    """90 → 1 giờ 30 phút; days are of the clock's own length."""
    days, rest = divmod(minutes, DAY[clock])
    hours, left = divmod(rest, 60)
    parts = [(days, "admin.days"), (hours, "admin.hours"), (left, "admin.minutesLeft")]
    return " ".join(t(key, n=n) for n, key in parts if n) if minutes >= 60 else ""
