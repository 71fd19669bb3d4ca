"""One finished call scored by the form: a digit gives an item its points and goes on to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.desk.rows import CaseView
from console.domain.quality import ScoreForm, fits_form, points_of
from console.ui.board.lines import Cell, Column, Line, LineTable
from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.text import flow, label, set_tone
from console.ui.theme import Theme
from console.ui.words import language, t


@dataclass
class Scoring:
    """What was given so far: kept by the room while the sheet is closed."""

    points: dict[str, int] = field(default_factory=dict)
    note: str = ""


class _Items(LineTable):
    """`given(points)`: for the item under the cursor."""

    given = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if len(digit) == 1 and digit in "0123456789" and not event.modifiers():
            self.given.emit(int(digit))
        else:
            super().keyPressEvent(event)


class ScoreSheet(QDialog):
    """`scored(points, note)` when it is complete; `looked`: the case is to be shown."""

    scored = Signal(object, str)
    looked = Signal()

    def __init__(
        self, theme: Theme, form: ScoreForm, view: CaseView, kept: Scoring, place: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._form, self.kept = theme, form, kept
        self.setWindowTitle(t("board.score.title", number=view.case.number))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        head = label(f"{view.case.number} · {view.case.title}", "title", wrap=True)
        told = label("", "body", "muted", wrap=True)
        flow(told, f"{place}\n{view.case.description}")
        columns = [
            Column(form.name),
            Column(t("board.score.most"), 90, True),
            Column(t("board.score.points"), 90, True),
        ]
        self.items = _Items(theme, columns, form.name, 44)
        self.items.setMinimumHeight(theme.px(44 * min(7, len(form.items)) + 30))
        self.note = QPlainTextEdit(kept.note)
        self.note.setPlaceholderText(t("board.score.note"))
        self.note.setAccessibleName(t("board.score.note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(72))
        self.total = label("", "section", strong=True)
        self.said = label(t("board.score.hint"), "small", "muted", wrap=True)
        self.save = primary(theme, t("board.score.save"), "Ctrl Enter")
        self.look = secondary(theme, t("board.score.look"), "", "ph.arrow-square-out")
        close = quiet(theme, t("board.back"), "Esc")
        foot = QHBoxLayout()
        foot.addWidget(self.total)
        foot.addStretch(1)
        for button in (self.look, close, self.save):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(18),) * 4)
        column.setSpacing(theme.px(10))
        for part in (head, told, self.items, self.note, self.said):
            column.addWidget(part, 1 if part is self.items else 0)
        column.addLayout(foot)
        self.items.given.connect(self.give)
        self.items.opened.connect(self._more)
        self.save.clicked.connect(self.finish)
        self.look.clicked.connect(self._look)
        close.clicked.connect(self.reject)
        self.note.textChanged.connect(self._keep)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        self.resize(theme.px(680), theme.px(620))
        self._show()
        self.items.choose(form.items[0].code)
        self.items.setFocus()

    def give(self, points: int) -> None:
        """The item under the cursor gets so many, where it may have them; on to the next."""
        item = next((one for one in self._form.items if one.code == self.items.key), None)
        if item is None:
            return
        if points > item.most:
            self._say(t("board.score.over", most=item.most))
            return
        self.kept.points[item.code] = points
        self._say(t("board.score.hint"), "muted")
        self._show()
        self.items.step(1)

    def _more(self, code: str) -> None:
        """Enter or a double click: one point more, from the most back to none."""
        item = next(one for one in self._form.items if one.code == code)
        self.kept.points[code] = (self.kept.points.get(code, -1) + 1) % (item.most + 1)
        self._show()

    def _keep(self) -> None:
        self.kept.note = self.note.toPlainText()

    def _say(self, text: str, tone: str = "warnText") -> None:
        self.said.setText(text)
        set_tone(self.said, tone)

    def _show(self) -> None:
        points: Mapping[str, int] = self.kept.points
        lines = []
        for item in self._form.items:
            given = points.get(item.code)
            text = item.text if language() == "vi" else item.text_en
            must = t("board.score.must") if item.must else ""
            shown = Cell("–" if given is None else str(given), strong=True)
            lines.append(Line(item.code, (Cell(text, must), Cell(str(item.most), tone="muted"), shown)))
        self.items.put(lines)
        done = fits_form(self._form, points)
        total = points_of(self._form, points) if done else sum(points.values())
        self.total.setText(t("board.score.total", n=total, most=self._form.most))

    def _look(self) -> None:
        self.looked.emit()
        self.reject()

    def finish(self) -> None:
        """Ctrl+Enter"""
        QGuiApplication.inputMethod().commit()
        if not fits_form(self._form, self.kept.points):
            missing = next(item.code for item in self._form.items if item.code not in self.kept.points)
            self.items.choose(missing)
            self.items.setFocus()
            self._say(t("board.score.missing"))
            return
        self.scored.emit(dict(self.kept.points), self.kept.note)
        self.accept()
