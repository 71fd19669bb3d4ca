"""The scripted questions of a type: one row each, digits answer and go on to the next one that is asked."""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.domain.category import Question, ReportType
from console.domain.questions import laid_out
from console.ui.intake.field_frame import field_label
from console.ui.intake.segments import Segments
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label, set_tone
from console.ui.theme import Theme
from console.ui.words import language, t

Laid = tuple[tuple[Question, int], ...]


class Row(NamedTuple):
    """A question at its place, which it keeps also while it is not asked."""

    question: Question
    words: QLabel
    field: Segments | TypedLine

    @property
    def open(self) -> bool:
        """Whether nothing is answered yet."""
        return self.field.current < 0 if isinstance(self.field, Segments) else not self.field.text().strip()

    def show_answer(self, given: str) -> None:
        """Mark what was answered."""
        if isinstance(self.field, TypedLine):
            self.field.show_text(given)
        else:
            codes = [answer.code for answer in self.question.answers]
            self.field.show_choice(codes.index(given) if given in codes else -1)

    def show(self, on: bool) -> None:
        """Ask it, or not."""
        self.words.setVisible(on)
        self.field.setVisible(on)


class QuestionsBlock(QWidget):
    """`answered(question code, answer)`; `finished`: on from the last one."""

    answered = Signal(str, str)
    finished = Signal()

    def __init__(self, theme: Theme, watch: QObject, parent: QWidget | None = None) -> None:
        """`watch` filters the events of the fields: who wants to know where the cursor is."""
        super().__init__(parent)
        self._theme, self._watch = theme, watch
        self._laid: Laid = ()
        self._all: list[Row] = []
        self._asked: Collection[str] = ()
        self.setObjectName("questions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(field_label(t("intake.questions"), "C"))
        self._required = label(t("intake.required"), "small", "alarmText")
        head.addWidget(self._required)
        self._required.hide()
        head.addWidget(label(t("intake.questions.hint"), "small", "subtle"))
        head.addStretch(1)
        column.addLayout(head)
        self._grid_box = QWidget()
        column.addWidget(self._grid_box)
        self._below: QLabel = label(type="small", tone="warnText", wrap=True)
        column.addWidget(self._below)
        self._below.hide()
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        hex = self._theme.hex
        self.setStyleSheet(
            f"#questions {{ background: {hex('canvas')}; border: 1px solid {hex('line')};"
            " border-radius: 6px; }"
        )

    @property
    def rows(self) -> list[Segments | TypedLine]:
        """The fields of the questions that are asked, in order."""
        return [row.field for row in self._shown()]

    @property
    def stops(self) -> list[Segments | TypedLine]:
        """The fields of all questions, asked or not, for the order of Tab."""
        return [row.field for row in self._all]

    def _shown(self) -> list[Row]:
        return [row for row in self._all if row.question.code in self._asked]

    def ask(self, kind: ReportType | None, asked: tuple[Question, ...], answers: dict[str, str]) -> bool:
        """Show the questions asked of a type with their answers. Only another type makes the rows anew
        (True): a branch comes and goes below its question, the cursor stays where it is."""
        laid = laid_out(kind) if kind else ()
        new = laid != self._laid
        here = next((row.question.code for row in self._all if row.field.hasFocus()), None)
        old = self._grid_box
        if new:
            self._laid = laid
            self._lay()
        codes = {question.code for question in asked}
        for row in self._all:
            row.show_answer(answers.get(row.question.code, ""))
            if (row.question.code in codes) != (row.question.code in self._asked):
                row.show(row.question.code in codes)
        self._asked = codes
        self.setVisible(bool(codes))
        if new:
            self._keep_cursor(here)
            old.hide()  # at once: a key may come before the loop turns
            old.deleteLater()
        return new

    def _keep_cursor(self, here: str | None) -> None:
        """New rows for a type whose questions an administrator has changed meanwhile: the cursor stays at the
        question that it was at, or goes to the first open one."""
        same = next((row for row in self._shown() if row.question.code == here), None)
        if same is not None:
            same.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif here is not None:
            self.focus_first()

    def set_required(self, on: bool) -> None:
        """Whether saving waits for all answers."""
        self._required.setVisible(on)

    def say(self, text: str) -> None:
        """A sentence below about an answer that is missing or wrong; "" for none."""
        self._below.setText(text)
        self._below.setVisible(bool(text))
        set_tone(self._below, "warnText")

    def _lay(self) -> None:
        self._all, self._asked = [], ()
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 9)
        grid.setColumnStretch(2, 1)
        for question, depth in self._laid:
            self._add(grid, question, depth)
        self.layout().replaceWidget(self._grid_box, box)  # type: ignore[union-attr]
        box.show()
        self._grid_box = box

    def _add(self, grid: QGridLayout, question: Question, depth: int) -> None:
        text = question.text if language() == "vi" else question.text_en
        words = label(text, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setMinimumWidth(self._theme.px(130))
        words.setMaximumWidth(self._theme.px(230))
        words.setIndent(self._theme.px(14) * depth)
        row = Row(question, words, self._field(question, text))
        at = len(self._all)
        grid.addWidget(words, at, 0)
        if isinstance(row.field, Segments):
            grid.addWidget(row.field, at, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            grid.addWidget(row.field, at, 1)
        row.show(False)
        row.field.installEventFilter(self._watch)
        self._all.append(row)

    def _field(self, question: Question, text: str) -> Segments | TypedLine:
        vietnamese = language() == "vi"
        if not question.answers:
            line = TypedLine()
            line.setAccessibleName(text)
            line.typed.connect(lambda words: self.answered.emit(question.code, words))
            line.returnPressed.connect(lambda: self._go_on(question.code))
            return line
        choice = Segments(self._theme, [a.text if vietnamese else a.text_en for a in question.answers], True)
        choice.set_name(text)
        choice.chosen.connect(lambda index: self.answered.emit(question.code, question.answers[index].code))
        choice.went_on.connect(lambda: self._go_on(question.code))
        return choice

    def _go_on(self, code: str) -> None:
        codes = [row.question.code for row in self._shown()]
        after = codes.index(code) + 1 if code in codes else len(codes)
        if after < len(codes):
            self._shown()[after].field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def focus_first(self) -> bool:
        """The cursor to the first open question (the first one when all are answered); False without any."""
        shown = self._shown()
        if not shown:
            return False
        next((row for row in shown if row.open), shown[0]).field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
