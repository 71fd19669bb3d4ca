"""The left of the intake: who calls, what they reported before, and what to say now."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from console.domain.number import spoken_number
from console.domain.phone import show_phone
from console.ui.intake.danger_section import DangerSection
from console.ui.intake.fields import Field
from console.ui.intake.history_section import HistorySection
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.note_section import NoteSection
from console.ui.intake.said_section import SaidSection
from console.ui.parts.text import label, set_look, set_tone
from console.ui.parts.time_text import moment_text
from console.ui.theme import Theme
from console.ui.words import t

_LINES = (Field.TYPE, Field.QUESTIONS, Field.CONTENT, Field.PLACE, Field.PHONE)
_LINE_OF = {
    Field.COMMUNE: Field.PLACE,
    Field.URGENCY: Field.QUESTIONS,
    Field.NAME: Field.PHONE,
    Field.ADDRESS: Field.PHONE,
    Field.NOTE: Field.AGENCY,
}


class CallerPane(QScrollArea):
    """The sections from top to bottom; `history` is the one that is asked for acts."""

    def __init__(self, theme: Theme, state: IntakeState, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self.state, self._now = theme, state, now
        self._field = Field.TYPE
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.said, self.danger = SaidSection(theme), DangerSection(theme)
        self.history, self.note = HistorySection(theme, now), NoteSection(theme)
        self._column.addWidget(self._person())
        self._column.addWidget(self.note)
        self._column.addWidget(self.said)
        self._column.addWidget(self.history)
        self._column.addWidget(self._script())
        self._column.addWidget(self.danger)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.show_person()
        self.show_field(Field.TYPE)

    def _person(self) -> QWidget:
        self.who = label(type="title")
        self.phone = label(type="body", tone="muted", wrap=True)
        return _section([self.who, self.phone])

    def _script(self) -> QWidget:
        self._lines = [label(wrap=True) for _ in range(3)]
        frames = [_quote(line) for line in self._lines]
        return _section([label(t("intake.script"), "section", strong=True), *frames])

    # -- showing --------------------------------------------------------------------------------------

    def show_person(self) -> None:
        """Name and phone as typed so far."""
        draft, phone = self.state.draft, self.state.reading.phone
        hidden = draft.reporter.anonymous
        self.who.setText(
            draft.reporter.name.strip() or t("intake.caller.anonymous" if hidden else "intake.caller.unnamed")
        )
        set_tone(self.who, "text" if draft.reporter.name.strip() else "muted")
        self.phone.setText(show_phone(phone) if phone else t("intake.caller.noPhone"))

    def show_field(self, field: Field) -> None:
        """The line to say at this field, between the one before and the one after."""
        self._field = _LINE_OF.get(field, field)
        lines = (*(f for f in self.state.reading.order if f in _LINES), Field.AGENCY)
        at = lines.index(self._field)
        first = max(0, min(at - 1, len(lines) - 3))
        for place, line in enumerate(self._lines):
            current = first + place == at
            line.setText(self._line(lines[first + place]))
            set_tone(line, "text" if current else "subtle")
            frame = line.parentWidget()
            if frame is not None:
                set_look(frame, "fill", "canvas" if current else "")
                set_look(line, "strong", "true" if current else "false")

    def _line(self, field: Field) -> str:
        draft, deadline = self.state.draft, self.state.reading.deadline
        if field is Field.TYPE:
            return t(
                "intake.say.type", name=self.state.actor.name.split()[-1] if self.state.actor.name else ""
            )
        if field is not Field.AGENCY:
            return t(f"intake.say.{field.value}")
        if not draft.number or deadline is None:
            return t("intake.say.end")
        until = moment_text(deadline.due, draft.opened_at)
        return f"“{t('intake.readAloud.text', spoken=spoken_number(draft.number), time=until)}”"

    def refresh(self) -> None:
        """After anything was typed."""
        self.show_person()
        self.show_field(self._field)


def _section(parts: list[QWidget]) -> QWidget:
    made = QWidget()
    made.setProperty("edge", "bottom")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(made)
    column.setContentsMargins(16, 12, 14, 14)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return made


def _quote(line: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("edge", "left")
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QVBoxLayout(frame)
    row.setContentsMargins(10, 6, 8, 6)
    row.addWidget(line)
    return frame
