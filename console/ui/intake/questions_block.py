"""The scripted questions of a type: one row each, digits answer and go on to the next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.category import Question
from console.ui.intake.field_frame import field_label
from console.ui.intake.segments import Segments
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import language, t


class QuestionsBlock(QWidget):
    """`answered(question code, answer code)`; `finished`: the last one was answered."""

    answered = Signal(str, str)
    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._questions: tuple[Question, ...] = ()
        self.rows: list[Segments] = []
        self.setObjectName("questions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(field_label(t("intake.questions"), "C"))
        head.addWidget(label(t("intake.questions.hint"), "small", "subtle"))
        head.addStretch(1)
        column.addLayout(head)
        self._grid_box = QWidget()
        column.addWidget(self._grid_box)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        hex = self._theme.hex
        self.setStyleSheet(
            f"#questions {{ background: {hex('canvas')}; border: 1px solid {hex('line')};"
            " border-radius: 6px; }"
        )

    def ask(self, questions: tuple[Question, ...]) -> None:
        """Show the questions of a type; the same ones again change nothing."""
        if questions == self._questions:
            return
        self._questions = questions
        self.rows = []
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 9)
        grid.setColumnStretch(2, 1)
        for row, question in enumerate(questions):
            self._add(grid, row, question)
        self.layout().replaceWidget(self._grid_box, box)  # type: ignore[union-attr]
        self._grid_box.deleteLater()
        self._grid_box = box
        self.setVisible(bool(questions))

    def _add(self, grid: QGridLayout, row: int, question: Question) -> None:
        vietnamese = language() == "vi"
        text = question.text if vietnamese else question.text_en
        choice = Segments(self._theme, [a.text if vietnamese else a.text_en for a in question.answers], True)
        choice.set_name(text)
        choice.chosen.connect(lambda index: self._answer(row, index))
        choice.went_on.connect(lambda: self._go_on(row))
        words = label(text, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setMinimumWidth(self._theme.px(130))
        words.setMaximumWidth(self._theme.px(230))
        grid.addWidget(words, row, 0)
        grid.addWidget(choice, row, 1)
        self.rows.append(choice)

    def show_answers(self, answers: dict[str, str]) -> None:
        """Mark what was answered."""
        for question, choice in zip(self._questions, self.rows, strict=True):
            codes = [a.code for a in question.answers]
            given = answers.get(question.code)
            choice.show_choice(codes.index(given) if given in codes else -1)

    def _answer(self, row: int, index: int) -> None:
        question = self._questions[row]
        self.answered.emit(question.code, question.answers[index].code)

    def _go_on(self, row: int) -> None:
        if row + 1 < len(self.rows):
            self.rows[row + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def focus_first(self) -> bool:
        """The cursor to the first open question (the first one when all are answered); False without any."""
        if not self.rows:
            return False
        open_rows = [row for row in self.rows if row.current < 0]
        (open_rows or self.rows)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
