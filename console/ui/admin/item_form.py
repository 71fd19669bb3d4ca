"""One form for every list: a row for each field, made of its shape; what is wrong is said below it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.domain.reference import Reference
from console.reference.shapes import Fault, Field, Shape
from console.ui.admin.code_edit import CodeEdit
from console.ui.admin.fields import ChoiceEdit, FieldEdit, FlagEdit, LineEdit, LongEdit, TicksEdit
from console.ui.admin.frames_edit import FramesEdit
from console.ui.admin.questions_edit import QuestionsEdit
from console.ui.admin.rows_edit import RowsEdit
from console.ui.admin.terms_edit import TermsEdit
from console.ui.admin.words import choice_text, fault_text, field_text
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

WIDE = frozenset({Shape.QUESTIONS, Shape.FRAMES, Shape.ROWS, Shape.TERMS})
SPAN_NAMES = ("valid_from", "valid_to")


class ItemForm(QScrollArea):
    """`edited(field)` after each change. The days from and to which an item holds come first."""

    edited = Signal(str)

    def __init__(self, theme: Theme, reference: Callable[[], Reference], today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._reference, self._today = theme, reference, today
        self.edits: dict[str, FieldEdit] = {}
        self._below: dict[str, QLabel] = {}
        self._fields: Sequence[Field] = ()
        self._kind = ""
        self._other: dict[str, Any] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    async def build(self, kind: str, fields: Sequence[Field]) -> None:
        """The fields of a list, each in a turn of its own; nothing where they are there already."""
        if (kind, fields) == (self._kind, self._fields):
            return
        self._kind, self._fields = kind, ()
        self.edits, self._below = {}, {}
        body, px = QWidget(), self._theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(body)
        at = 0
        for field in sorted(fields, key=lambda one: one.name not in SPAN_NAMES):
            if field.shape is not Shape.OTHER:
                at = self._row(grid, at, field)
                await asyncio.sleep(0)
                if self.widget() is not body:
                    return  # another list was wanted meanwhile
        self._fields = fields

    def _row(self, grid: QGridLayout, at: int, field: Field) -> int:
        name, wide = field_text(self._kind, field.name), field.shape in WIDE
        edit = self._edit(field, name)
        target = edit.focusProxy() or edit
        target.setAccessibleName(target.accessibleName() or name)
        edit.edited.connect(lambda: self.edited.emit(field.name))
        said = "" if field.shape is Shape.FLAG else f"{name} *" if field.required else name
        words = label(said, "body", "muted", wrap=True)
        words.setFixedWidth(self._theme.px(132))
        if wide:
            words.setMinimumWidth(0)
            words.setMaximumWidth(self._theme.px(600))
            grid.addWidget(words, at, 0, 1, 2)
            grid.addWidget(edit, at + 1, 0, 1, 2)
        else:
            grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(edit, at, 1)
        words.setMinimumHeight(self._theme.size("input") if not wide else 0)
        below: QLabel = label("", "small", "warnText", wrap=True)
        below.hide()
        grid.addWidget(below, at + 2, 0 if wide else 1, 1, 2 if wide else 1)
        self.edits[field.name], self._below[field.name] = edit, below
        return at + 3

    def _edit(self, field: Field, name: str) -> FieldEdit:
        theme, today = self._theme, self._today
        match field.shape:
            case Shape.LONG:
                return LongEdit(theme)
            case Shape.CHOICE:
                return ChoiceEdit(theme, field)
            case Shape.CHOICES:
                return TicksEdit(theme, [(v, choice_text(field.of, v)) for v in field.choices])
            case Shape.WEEKDAYS:
                return TicksEdit(theme, [(day, t(f"admin.weekday.{day}")) for day in range(7)])
            case Shape.FLAG:
                return FlagEdit(theme, name)
            case Shape.CODE | Shape.CODES:
                return CodeEdit(theme, field, self._reference, today)
            case Shape.TERMS:
                return TermsEdit(theme, field)
            case Shape.QUESTIONS:
                return QuestionsEdit(theme)
            case Shape.FRAMES:
                return FramesEdit(theme)
            case Shape.ROWS:
                return RowsEdit(theme, field, today, lambda inner: field_text(self._kind, inner))
        return LineEdit(field, today)

    def values(self) -> dict[str, Any]:
        """What stands in the fields; what has no field here stays as it was."""
        return {**self._other, **{name: edit.value() for name, edit in self.edits.items()}}

    def show_values(self, values: dict[str, Any]) -> None:
        """Fill it; nothing is told."""
        self._other = {name: value for name, value in values.items() if name not in self.edits}
        for name, edit in self.edits.items():
            edit.show_value(values.get(name))
        self.say(())
        self.verticalScrollBar().setValue(0)

    def lock(self, locked: bool, *, keep: Iterable[str] = ()) -> None:
        """Only to be read; `keep`: fields that are locked in any case (a code that names the item)."""
        fixed = set(keep)
        for name, edit in self.edits.items():
            edit.setEnabled(name not in fixed)
            edit.lock(locked)

    def say(self, faults: Iterable[Fault]) -> str:
        """Show what is wrong below each field; the first of them, "" for none."""
        told = {fault.field: fault_text(fault) for fault in faults}
        for name, below in self._below.items():
            below.setText(told.get(name, ""))
            below.setVisible(name in told)
        return next((name for name in self._below if name in told), "")

    def go_to(self, name: str = "") -> None:
        """The cursor to a field, or to the first."""
        edit = self.edits.get(name) or next(iter(self.edits.values()), None)
        if edit is not None:
            edit.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(edit)
