"""A list of small rows, each of a few plain fields: the items of a scoring form, and what else comes so."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.reference.shapes import Field, Shape
from console.ui.admin.fields import FieldEdit, FlagEdit, LineEdit, Today
from console.ui.admin.tab_order import chain, stops_of
from console.ui.parts.buttons import KeyButton, quiet
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

NARROW = {Shape.COUNT: 70}


class RowsEdit(FieldEdit):
    """Rows are added below, and taken out each by its own button."""

    def __init__(self, theme: Theme, field: Field, today: Today, name: Callable[[str], str]) -> None:
        super().__init__()
        self._theme, self._field, self._today, self._name = theme, field, today, name
        self._rows: list[list[FieldEdit]] = []
        self._outs: list[KeyButton] = []
        self._box = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._box)
        self.add = quiet(theme, t("admin.row.add"), "", "ph.plus")
        self.add.clicked.connect(self._add)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column.addLayout(foot)
        self.show_value([])
        self.setFocusProxy(self.add)

    def value(self) -> Any:
        return [
            {one.name: edit.value() for one, edit in zip(self._field.inner, row, strict=True)}
            for row in self._rows
        ]

    def show_value(self, value: Any) -> None:
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._theme.px(4))
        self._rows, self._outs = [], []
        for column, one in enumerate(self._field.inner):
            grid.setColumnStretch(column, 3 if one.name.startswith("text") else 1)
            grid.addWidget(label(self._name(one.name), "small", "muted"), 0, column)
        for at, row in enumerate(rows, 1):
            self._lay(grid, at, row)
        self.layout().replaceWidget(self._box, box)  # type: ignore[union-attr]
        self._box.hide()
        self._box.deleteLater()
        self._box = box
        chain(self, [*stops_of(box), self.add])

    def _lay(self, grid: QGridLayout, at: int, row: dict[str, Any]) -> None:
        edits: list[FieldEdit] = []
        for column, one in enumerate(self._field.inner):
            edit: FieldEdit = (
                FlagEdit(self._theme, "") if one.shape is Shape.FLAG else LineEdit(one, self._today)
            )
            edit.setAccessibleName(f"{self._name(one.name)} {at}")
            edit.show_value(row.get(one.name))
            edit.edited.connect(self.edited)
            if one.shape in NARROW:
                edit.setFixedWidth(self._theme.px(NARROW[one.shape]))
            grid.addWidget(edit, at, column)
            edits.append(edit)
        out = quiet(self._theme, "", "", "ph.x")
        out.setAccessibleName(t("admin.row.remove", n=at))
        out.setToolTip(t("admin.row.remove", n=at))
        out.clicked.connect(lambda: self._remove(at - 1))
        grid.addWidget(out, at, len(edits))
        self._rows.append(edits)
        self._outs.append(out)

    def _add(self) -> None:
        self.show_value([*self.value(), {}])
        self._rows[-1][0].setFocus()
        self.edited.emit()

    def _remove(self, at: int) -> None:
        rows = self.value()
        self.show_value(rows[:at] + rows[at + 1 :])
        self.add.setFocus()
        self.edited.emit()

    def lock(self, locked: bool) -> None:
        self.add.setVisible(not locked)
        for edit in (edit for row in self._rows for edit in row):
            edit.lock(locked)
        for out in self._outs:
            out.setEnabled(not locked)
