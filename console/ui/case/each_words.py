"""A line for each supporting agency: what it is asked for, apart from the lead."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.domain.limits import LINE_MAX
from console.ui.words import t


class EachWords(QWidget):
    """`value()`: code, words, code, words. What was typed for an agency that is taken out is kept for it."""

    edited = Signal()

    def __init__(self, names: Mapping[str, str], keys: QObject) -> None:
        super().__init__()
        self._names, self._keys = names, keys
        self._lines: dict[str, QLineEdit] = {}
        self._shown: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def show_for(self, codes: Sequence[str]) -> None:
        """A line for each of these, in their order."""
        for code in codes:
            if code not in self._lines:
                self._lines[code] = self._line(code)
        self._shown = list(codes)
        for code, line in self._lines.items():
            line.setVisible(code in self._shown)

    def _line(self, code: str) -> QLineEdit:
        line = QLineEdit(self)
        name = self._names.get(code, code)
        line.setMaxLength(LINE_MAX)
        line.setPlaceholderText(t("act.each.hint", agency=name))
        line.setAccessibleName(t("act.each.hint", agency=name))
        line.installEventFilter(self._keys)
        line.textEdited.connect(lambda _text: self.edited.emit())
        self._column.addWidget(line)
        return line

    def value(self) -> tuple[str, ...]:
        """What is typed for those that are shown."""
        typed = ((code, self._lines[code].text().strip()) for code in self._shown)
        return tuple(part for code, words in typed if words for part in (code, words))

    def set_value(self, flat: Sequence[str]) -> None:
        """As it was kept."""
        for code, words in zip(flat[::2], flat[1::2], strict=False):
            if code not in self._lines:
                self._lines[code] = self._line(code)
                self._lines[code].setVisible(code in self._shown)
            self._lines[code].setText(words)
