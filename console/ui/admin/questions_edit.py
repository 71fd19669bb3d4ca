"""The scripted questions of a type: each with its answers, how pressing they make it, and what they open.
Below, what an operator will see, by the intake's own builder, to be tried out."""

import re
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.category import Question, ReportType, Urgency
from console.domain.questions import asked, unreachable
from console.domain.text import words
from console.reference.shapes import Field, Shape
from console.ui.admin.fields import ChoiceEdit, FieldEdit
from console.ui.admin.tab_order import chain, stops_of
from console.ui.intake.questions_block import QuestionsBlock
from console.ui.parts.buttons import KeyButton, quiet
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

URGENCY = Field(name="urgency", shape=Shape.CHOICE, choices=tuple(u.value for u in Urgency), of="Urgency")
Body = dict[str, Any]
REST_MS = 350  # the trial is made anew when nobody types


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
        self._cards: dict[int, tuple[QWidget, QWidget]] = {}  # by identity of the body: card, first field
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(8))
        self._next = QTimer(self)  # one card a turn
        self._next.setInterval(0)
        self._next.timeout.connect(self._build_next)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show_preview)
        self.add = quiet(theme, t("admin.question.add"), "Alt Q", "ph.plus")
        self.add.clicked.connect(self.add_question)
        self._watch = QObject(self)
        self.preview = QuestionsBlock(theme, self._watch)
        self.preview.answered.connect(self._try)
        self._said = label(t("admin.question.try"), "small", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(self._column)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(self.preview)
        self._lay()

    @property
    def building(self) -> bool:
        """Whether questions are still to come."""
        return self._next.isActive() or self._rest.isActive()

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
        for card, _ in self._cards.values():
            card.setEnabled(not locked)

    def add_question(self) -> None:
        """Another one, with two answers to be filled in; the cursor is in its words."""
        yes, no = ({"text": t(f"admin.answer.{one}"), "text_en": one.capitalize()} for one in ("yes", "no"))
        self._bodies.append({"text": "", "text_en": "", "answers": [yes, no]})
        while self._build_next():
            pass
        self._cards[id(self._bodies[-1])][1].setFocus()
        self.edited.emit()

    # building

    def _lay(self) -> None:
        for card, _ in self._cards.values():
            self._drop(card)
        self._cards = {}
        self.setFocusProxy(self.add)
        self._next.start()
        self._rest.start()

    def _drop(self, card: QWidget) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _build_next(self) -> bool:
        """The next card that is missing; False: none is."""
        for at, body in enumerate(self._bodies):
            if id(body) not in self._cards:
                self._build(at, body)
                return True
        self._next.stop()
        self._order()
        return False

    def _order(self) -> None:
        """Tab goes from question to question, then to the button below them."""
        cards = [self._cards[id(body)][0] for body in self._bodies if id(body) in self._cards]
        chain(self, [*(stop for card in cards for stop in stops_of(card)), self.add])

    def _build(self, at: int, body: Body) -> None:
        had = self._cards.get(id(body))
        if had is not None:
            self._drop(had[0])
        card, first = self._question(at, body)
        self._column.insertWidget(at, card)
        card.show()  # at once: a key may come before the loop turns
        card.setEnabled(not self._locked)
        self._cards[id(body)] = card, first
        if at == 0:
            self.setFocusProxy(first)

    def _question(self, at: int, body: Body) -> tuple[QWidget, QWidget]:
        card = QWidget()
        card.setProperty("edge", "left")
        grid = QGridLayout(card)
        grid.setContentsMargins(self._theme.px(8), 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(6))
        grid.setVerticalSpacing(self._theme.px(4))
        for column, stretch in enumerate((5, 4, 3, 3, 0)):
            grid.setColumnStretch(column, stretch)
        text = self._line(body, "text", t("admin.question.text", n=at + 1))
        grid.addWidget(text, 0, 0, 1, 2)
        grid.addWidget(self._line(body, "text_en", t("admin.question.english", n=at + 1)), 0, 2, 1, 2)
        grid.addWidget(self._out(t("admin.question.remove", n=at + 1), body), 0, 4)
        answers = body.setdefault("answers", [])
        for row, answer in enumerate(answers, 1):
            self._answer(grid, row, body, answer)
        more = quiet(self._theme, t("admin.answer.add"), "", "ph.plus")
        more.clicked.connect(lambda: self._more(body))
        grid.addWidget(more, len(answers) + 1, 0)
        codes = label(t("admin.question.code", code=body.get("code") or "…"), "small", "subtle")
        grid.addWidget(codes, len(answers) + 1, 1, 1, 3)
        return card, text

    def _answer(self, grid: QGridLayout, row: int, body: Body, answer: Body) -> None:
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
        grid.addWidget(self._out(t("admin.answer.remove", n=row), body, answer), row, 4)

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

    def _out(self, said: str, body: Body, answer: Body | None = None) -> KeyButton:
        out = quiet(self._theme, "", "", "ph.x")
        out.setAccessibleName(said)
        out.setToolTip(said)
        out.clicked.connect(lambda: self._remove(body, answer))
        return out

    # editing

    def _set(self, body: Body, name: str, value: Any) -> None:
        body[name] = value
        self._rest.start()
        self.edited.emit()

    def _more(self, body: Body) -> None:
        body["answers"].append({"text": "", "text_en": ""})
        self._build(self._bodies.index(body), body)
        self._order()
        self._cards[id(body)][1].setFocus()
        self._rest.start()
        self.edited.emit()

    def _remove(self, body: Body, answer: Body | None) -> None:
        """An answer, or the whole question; the numbers behind it move up."""
        if answer is not None:
            body["answers"] = [one for one in body["answers"] if one is not answer]
            self._build(self._bodies.index(body), body)
            self._order()
            self._cards[id(body)][1].setFocus()
        else:
            self._bodies = [one for one in self._bodies if one is not body]
            self._lay()
            self.add.setFocus()
        self._rest.start()
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
