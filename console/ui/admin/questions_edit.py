"""The scripted questions of a type: each with its answers, how pressing they make it, and what they open.
Below, what an operator will see, by the intake's own builder, to be tried out."""

import re
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.category import Question, ReportType, Urgency
from console.domain.questions import asked, unreachable
from console.domain.text import words
from console.reference.shapes import Field, Shape
from console.ui.admin.fields import ChoiceEdit, FieldEdit
from console.ui.intake.questions_block import QuestionsBlock
from console.ui.parts.buttons import KeyButton, quiet
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

URGENCY = Field(name="urgency", shape=Shape.CHOICE, choices=tuple(u.value for u in Urgency), of="Urgency")
Body = dict[str, Any]


def code_for(text: str, taken: set[str]) -> str:
    """A code out of the words: the first three, folded; a number behind it where there is one already."""
    base = "_".join(words(text)[:3]) or "q"
    found, n = base, 2
    while found in taken:
        found, n = f"{base}{n}", n + 1
    return found


class QuestionsEdit(FieldEdit):
    """Questions are added below; Tab goes from words to answers. Codes are made of the words, and stay."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._locked = theme, False
        self._bodies: list[Body] = []
        self._given: dict[str, str] = {}
        self._first: list[QWidget] = []
        self._box = QWidget()
        self.add = quiet(theme, t("admin.question.add"), "Alt Q", "ph.plus")
        self.add.clicked.connect(self.add_question)
        self._watch = QObject(self)
        self.preview = QuestionsBlock(theme, self._watch)
        self.preview.answered.connect(self._try)
        self._said = label(t("admin.question.try"), "small", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._box)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(self.preview)
        self._lay()

    def value(self) -> Any:
        taken = {str(body["code"]) for body in self._bodies if body.get("code")}
        found = []
        for body in self._bodies:
            code = str(body.get("code") or "")
            if not code:
                code = code_for(str(body.get("text", "")), taken)
                taken.add(code)
            found.append({**body, "code": code, "answers": _with_codes(body.get("answers", []))})
        return found

    def show_value(self, value: Any) -> None:
        bodies = [dict(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        for body in bodies:
            body["answers"] = [dict(one) for one in body.get("answers", [])]
        self._bodies, self._given = bodies, {}
        self._lay()

    def lock(self, locked: bool) -> None:
        self._locked = locked
        self.add.setVisible(not locked)
        self._box.setEnabled(not locked)

    def add_question(self) -> None:
        """Another one, with two answers to be filled in; the cursor is in its words."""
        yes, no = ({"text": t(f"admin.answer.{one}"), "text_en": one.capitalize()} for one in ("yes", "no"))
        self._bodies.append({"text": "", "text_en": "", "answers": [yes, no]})
        self._lay()
        self._first[-1].setFocus()
        self.edited.emit()

    # building

    def _lay(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(8))
        self._first = []
        for at, body in enumerate(self._bodies):
            column.addWidget(self._question(at, body))
        self.layout().replaceWidget(self._box, box)  # type: ignore[union-attr]
        self._box.hide()
        self._box.deleteLater()
        self._box = box
        box.show()
        box.setEnabled(not self._locked)
        self.setFocusProxy(self._first[0] if self._first else self.add)
        self._show_preview()

    def _question(self, at: int, body: Body) -> QWidget:
        card = QWidget()
        card.setProperty("edge", "left")
        grid = QGridLayout(card)
        grid.setContentsMargins(self._theme.px(8), 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(6))
        grid.setVerticalSpacing(self._theme.px(4))
        for column, stretch in enumerate((5, 4, 3, 3, 0)):
            grid.setColumnStretch(column, stretch)
        text = self._line(body, "text", t("admin.question.text", n=at + 1))
        self._first.append(text)
        grid.addWidget(text, 0, 0, 1, 2)
        grid.addWidget(self._line(body, "text_en", t("admin.question.english", n=at + 1)), 0, 2, 1, 2)
        grid.addWidget(self._out(t("admin.question.remove", n=at + 1), self._bodies, at), 0, 4)
        answers = body.setdefault("answers", [])
        for row, answer in enumerate(answers, 1):
            self._answer(grid, row, answers, answer)
        more = quiet(self._theme, t("admin.answer.add"), "", "ph.plus")
        more.clicked.connect(lambda: self._more(answers))
        grid.addWidget(more, len(answers) + 1, 0)
        codes = label(t("admin.question.code", code=body.get("code") or "…"), "small", "subtle")
        grid.addWidget(codes, len(answers) + 1, 1, 1, 3)
        return card

    def _answer(self, grid: QGridLayout, row: int, answers: list[Body], answer: Body) -> None:
        grid.addWidget(self._line(answer, "text", t("admin.answer.text", n=row)), row, 0)
        grid.addWidget(self._line(answer, "text_en", t("admin.answer.english", n=row)), row, 1)
        pressing = ChoiceEdit(self._theme, URGENCY)
        pressing.box.setAccessibleName(t("admin.answer.urgency", n=row))
        pressing.box.setToolTip(t("admin.answer.urgency", n=row))
        pressing.show_value(answer.get("urgency"))
        pressing.edited.connect(lambda: self._set(answer, "urgency", pressing.value()))
        grid.addWidget(pressing, row, 2)
        opens = self._line(answer, "opens", t("admin.answer.opens", n=row))
        grid.addWidget(opens, row, 3)
        grid.addWidget(self._out(t("admin.answer.remove", n=row), answers, row - 1), row, 4)

    def _line(self, body: Body, name: str, said: str) -> TypedLine:
        line = TypedLine()
        line.setPlaceholderText(said)
        line.setAccessibleName(said)
        several = name == "opens"
        line.setText("; ".join(body.get(name, [])) if several else str(body.get(name) or ""))

        def typed(text: str) -> None:
            self._set(body, name, [c for c in re.split(r"[;,\s]+", text) if c] if several else text)

        line.typed.connect(typed)
        return line

    def _out(self, said: str, bodies: list[Body], at: int) -> KeyButton:
        out = quiet(self._theme, "", "", "ph.x")
        out.setAccessibleName(said)
        out.setToolTip(said)
        out.clicked.connect(lambda: self._remove(bodies, at))
        return out

    # editing

    def _set(self, body: Body, name: str, value: Any) -> None:
        body[name] = value
        self._show_preview()
        self.edited.emit()

    def _more(self, answers: list[Body]) -> None:
        answers.append({"text": "", "text_en": ""})
        self._lay()
        self.edited.emit()

    def _remove(self, bodies: list[Body], at: int) -> None:
        del bodies[at]
        self._lay()
        self.setFocus()
        self.edited.emit()

    # trying out

    def _try(self, code: str, answer: str) -> None:
        self._given[code] = answer
        self._show_preview()

    def _show_preview(self) -> None:
        kind = _type_of(self.value())
        shown = kind is not None and bool(kind.questions) and not unreachable(kind)
        self._said.setVisible(shown)
        if kind is None or not shown:
            self.preview.ask(None, (), {})
            return
        self.preview.ask(kind, asked(kind, self._given), self._given)


def _with_codes(answers: list[Body]) -> list[Body]:
    taken = {str(one["code"]) for one in answers if one.get("code")}
    found = []
    for one in answers:
        code = str(one.get("code") or "")
        if not code:
            code = code_for(str(one.get("text", "")), taken)
            taken.add(code)
        found.append({**one, "code": code})
    return found


def _type_of(value: Any) -> ReportType | None:
    """A type with these questions alone; None where they are none yet."""
    try:
        questions = msgspec.convert(value, tuple[Question, ...])
    except msgspec.ValidationError:
        return None
    return ReportType(
        code="", category="", name="", name_en="", urgency=Urgency.NORMAL, assign={}, resolve={},
        questions=questions, valid_from=date.min,
    )  # fmt: skip
