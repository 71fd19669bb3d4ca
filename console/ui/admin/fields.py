"""The fields of a form: each tells when it was edited, and gives a JSON value; what it cannot read it gives
as it was typed, so that a draft loses nothing."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.zone import ZONE
from console.reference.columns import BadValue, read_date
from console.reference.shapes import Field, Shape
from console.ui.admin.words import choice_text, hint_text
from console.ui.parts.choice import DropDown, TickBox
from console.ui.parts.suggest_box import TypedLine
from console.ui.theme import Theme
from console.ui.words import t

Today = Callable[[], date]


class FieldEdit(QWidget):
    """What every field has."""

    edited = Signal()

    def value(self) -> Any:
        """As JSON."""
        raise LookupError("a field gives its own value")

    def show_value(self, value: Any) -> None:
        """Show it; nothing is told."""

    def lock(self, locked: bool) -> None:
        """Only to be read."""
        self.setEnabled(not locked)


def _day(text: str, today: date) -> str:
    """01/07/2025, also `nay`, `mai`, `+7`; what is none of them stays."""
    word = text.strip().lower()
    ahead = {"nay": 0, "hôm nay": 0, "today": 0, "mai": 1, "ngày mai": 1, "tomorrow": 1}.get(word)
    if ahead is None and re.fullmatch(r"\+\d{1,4}", word):
        ahead = int(word)
    if ahead is not None:
        return (today + timedelta(days=ahead)).isoformat()
    try:
        return read_date(word).isoformat()
    except BadValue:
        return text.strip()


def _moment(text: str) -> str:
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y %H:%M").replace(tzinfo=ZONE).isoformat()
    except ValueError:
        return text.strip()


def _count(text: str) -> Any:
    digits = re.sub(r"[ .]", "", text)
    return int(digits) if re.fullmatch(r"-?\d{1,9}", digits) else text.strip()


def _number(text: str) -> Any:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text.strip()


def _hours(text: str) -> Any:
    """07:30-11:30; 13:30-17:00"""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    found = [re.fullmatch(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)", part) for part in parts]
    if not all(found):
        return text.strip()
    spans = [m.groups() for m in found if m]
    return [[f"{int(a):02d}:{b}:00", f"{int(c):02d}:{d}:00"] for a, b, c, d in spans]


def read_text(shape: Shape, text: str, today: date) -> Any:
    """The JSON value of typed words."""
    if not text.strip():
        return (
            []
            if shape in (Shape.WORDS, Shape.CODES, Shape.HOURS)
            else None
            if shape is not Shape.TEXT
            else ""
        )
    if shape in (Shape.WORDS, Shape.CODES):
        return [part.strip() for part in text.split(";") if part.strip()]
    if shape is Shape.DATE:
        return _day(text, today)
    plain: dict[Shape, Callable[[str], Any]] = {
        Shape.COUNT: _count,
        Shape.NUMBER: _number,
        Shape.HOURS: _hours,
        Shape.MOMENT: _moment,
    }
    return plain.get(shape, str.strip)(text)


def shown_text(shape: Shape, value: Any) -> str:
    """A JSON value as it is typed."""
    if value is None:
        return ""
    if shape in (Shape.WORDS, Shape.CODES) and isinstance(value, list):
        return "; ".join(map(str, value))
    if shape is Shape.DATE:
        found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(value))
        return f"{found[3]}/{found[2]}/{found[1]}" if found else str(value)
    if shape is Shape.TIME:
        return str(value)[:5]
    if shape is Shape.HOURS and isinstance(value, list):
        return "; ".join(f"{begin[:5]}-{end[:5]}" for begin, end in value)
    if shape is Shape.MOMENT:
        try:
            return datetime.fromisoformat(str(value)).astimezone(ZONE).strftime("%d/%m/%Y %H:%M")
        except ValueError:
            return str(value)
    return (
        f"{value:g}" if isinstance(value, float) and abs(value) < 1e15 and value == int(value) else str(value)
    )


def _beside(parent: QWidget, *parts: QWidget) -> None:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)


class LineEdit(FieldEdit):
    """One typed line of any shape that fits in one."""

    def __init__(self, field: Field, today: Today) -> None:
        super().__init__()
        self._field, self._today = field, today
        self.line = TypedLine()
        self.line.setPlaceholderText(hint_text(field.shape.value))
        self.line.typed.connect(lambda _text: self.edited.emit())
        self.line.left.connect(self._tidy)
        self.setFocusProxy(self.line)
        _beside(self, self.line)

    def value(self) -> Any:
        return read_text(self._field.shape, self.line.full_text(), self._today())

    def show_value(self, value: Any) -> None:
        if self.value() != value or not self.line.full_text():
            self.line.show_text(shown_text(self._field.shape, value))
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)  # a long one is read from its beginning

    def _tidy(self) -> None:
        """A day typed as a word is shown as the day that it means."""
        if self._field.shape is Shape.DATE and self.line.text().strip():
            self.line.show_text(shown_text(Shape.DATE, self.value()))

    def lock(self, locked: bool) -> None:
        self.line.setReadOnly(locked)


class _Paragraph(QPlainTextEdit):
    """Tells also the words that are still being composed."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.preedit = ""
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.typed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)
        self.typed.emit()


class LongEdit(FieldEdit):
    """A paragraph."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.text = _Paragraph()
        self.text.setFixedHeight(theme.px(84))
        self.text.typed.connect(self.edited)
        self.setFocusProxy(self.text)
        _beside(self, self.text)

    def value(self) -> Any:
        cursor, text = self.text.textCursor(), self.text.toPlainText()
        at = cursor.position()
        return (text[:at] + self.text.preedit + text[at:]).strip()

    def show_value(self, value: Any) -> None:
        if str(value or "") != self.value():
            self.text.blockSignals(True)
            self.text.setPlainText(str(value or ""))
            self.text.blockSignals(False)

    def lock(self, locked: bool) -> None:
        self.text.setReadOnly(locked)


class ChoiceEdit(FieldEdit):
    """One of an enumeration."""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self._values = ([] if field.required else [""]) + list(field.choices)
        self.box = DropDown(theme)
        for value in self._values:
            self.box.addItem(choice_text(field.of, value) if value else t("admin.none"))
        self.box.activated.connect(lambda _index: self.edited.emit())
        self.box.setCurrentIndex(-1)
        self.setFocusProxy(self.box)
        _beside(self, self.box)
        self._strange: Any = None

    def value(self) -> Any:
        at = self.box.currentIndex()
        return self._strange if at < 0 else self._values[at] or None

    def show_value(self, value: Any) -> None:
        known = (value or "") in self._values
        self.box.setCurrentIndex(self._values.index(value or "") if known else -1)
        self._strange = None if known else value


class FlagEdit(FieldEdit):
    """Yes or no."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self.box = TickBox(theme, text)
        self.box.clicked.connect(lambda _on: self.edited.emit())
        self.setFocusProxy(self.box)
        _beside(self, self.box)

    def value(self) -> Any:
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))


class TicksEdit(FieldEdit):
    """Some of a few: days of the week, urgencies."""

    def __init__(self, theme: Theme, choices: list[tuple[Any, str]]) -> None:
        super().__init__()
        self._values = [value for value, _ in choices]
        self.boxes = [TickBox(theme, text) for _, text in choices]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for start in range(0, len(self.boxes), 4):
            row = QHBoxLayout()
            row.setSpacing(theme.px(12))
            for box in self.boxes[start : start + 4]:
                box.clicked.connect(lambda _on: self.edited.emit())
                row.addWidget(box)
            row.addStretch(1)
            column.addLayout(row)
        self.setFocusProxy(self.boxes[0])

    def value(self) -> Any:
        return [value for value, box in zip(self._values, self.boxes, strict=True) if box.isChecked()]

    def show_value(self, value: Any) -> None:
        for one, box in zip(self._values, self.boxes, strict=True):
            box.setChecked(isinstance(value, list) and one in value)
