"""A field that names items of another list: typed by code or by words, the names told beside it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from console.domain.reference import Reference, in_force
from console.domain.text import fold_text
from console.reference.links import PLACEHOLDERS
from console.reference.shapes import Field, Shape
from console.ui.admin.fields import FieldEdit, read_text, shown_text
from console.ui.admin.lines import name_of
from console.ui.admin.words import hint_text
from console.ui.parts.suggest_box import SuggestBox, Suggestion
from console.ui.parts.text import OneLine
from console.ui.theme import Theme
from console.ui.words import t

MOST = 12


class CodeEdit(FieldEdit):
    """One code, or several parted by `;`."""

    def __init__(
        self, theme: Theme, field: Field, reference: Callable[[], Reference], today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._field, self._reference, self._today = field, reference, today
        self._several = field.shape is Shape.CODES
        self.line = SuggestBox(theme, self._offer)
        self.line.setPlaceholderText(hint_text(field.shape.value))
        self.names = OneLine("small", "muted")
        self.line.typed.connect(lambda _text: self._changed())
        self.line.chosen.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.names)
        self.setFocusProxy(self.line)

    def value(self) -> Any:
        shape = Shape.CODES if self._several else Shape.TEXT
        return read_text(shape, self.line.full_text(), self._today()) or ([] if self._several else None)

    def show_value(self, value: Any) -> None:
        self.line.show_text(shown_text(Shape.CODES if self._several else Shape.TEXT, value))
        self._tell()

    def lock(self, locked: bool) -> None:
        self.line.setReadOnly(locked)

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        codes = self.value() or []
        found = [self._name(code) for code in (codes if isinstance(codes, list) else [codes])]
        self.names.setText(" · ".join(found))
        self.names.setVisible(bool(found))

    def _name(self, code: str) -> str:
        if code in PLACEHOLDERS:
            return t(f"admin.place.{code[1:]}")
        for name in self._field.lists:
            items = [item for item in getattr(self._reference(), name) if item.code == code]
            held = in_force(items, self._today())
            if held:
                return name_of(held[0])
            if items:
                return t("admin.notNow", name=name_of(items[-1]))
        return t("admin.unknownCode", code=code)

    def _items(self) -> Sequence[tuple[str, str]]:
        found = []
        if self._field.name in ("lead", "supporting"):
            found += [(code, t(f"admin.place.{code[1:]}")) for code in PLACEHOLDERS]
        for name in self._field.lists:
            held = in_force(getattr(self._reference(), name), self._today())
            found += [(item.code, name_of(item)) for item in held]
        return found

    def _offer(self, text: str) -> list[Suggestion]:
        wanted = fold_text(text.rpartition(";")[2] if self._several else text).split()
        if not wanted:
            return []
        fits = []
        for code, name in self._items():
            folded = f" {fold_text(code)} {fold_text(name)}"
            if all(f" {word}" in folded or word in code.lower() for word in wanted):
                fits.append(Suggestion(code, name, code))
        exact = " ".join(wanted)
        fits.sort(key=lambda one: (one.main.lower() != exact, len(one.main), one.main))
        return fits[:MOST]

    def _take(self, code: object) -> None:
        before = self.line.full_text().rpartition(";")[0] if self._several else ""
        self.line.show_text(f"{before}; {code}" if before.strip() else str(code))
        self._changed()
