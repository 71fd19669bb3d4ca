"""The left of the intake: who calls, what they reported before, and what to say now."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.desk.rows import Earlier
from console.domain.number import BadNumber, CaseNumber, parse_number, spoken_number
from console.domain.phone import show_phone
from console.ui.intake.card import Card
from console.ui.intake.danger_section import DangerSection
from console.ui.intake.fields import Field
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.said_section import SaidSection
from console.ui.parts.chip import DueChip, status_text
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.status_ring import StatusRing
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import OneLine, label, set_look, set_tone
from console.ui.parts.time_text import Due, due_of, moment_text, short_moment_text
from console.ui.theme import Theme
from console.ui.words import t

SHOWN = 6
_LINES = (Field.TYPE, Field.QUESTIONS, Field.CONTENT, Field.PLACE, Field.PHONE)
_LINE_OF = {
    Field.COMMUNE: Field.PLACE,
    Field.URGENCY: Field.QUESTIONS,
    Field.NAME: Field.PHONE,
    Field.ADDRESS: Field.PHONE,
    Field.NOTE: Field.AGENCY,
}


class CallerPane(QScrollArea):
    """`view(str)`: a case is to be shown; `number_asked(str)`: a case number, checked, is to be found."""

    view = Signal(str)
    number_asked = Signal(str)

    def __init__(self, theme: Theme, state: IntakeState, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self.state, self._now = theme, state, now
        self.cards: list[Card] = []
        self._field = Field.TYPE
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.said, self.danger = SaidSection(theme), DangerSection(theme)
        self._column.addWidget(self._person())
        self._column.addWidget(self.said)
        self._column.addWidget(self._history())
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

    def _history(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(label(t("intake.history"), "section", strong=True))
        head.addStretch(1)
        head.addWidget(KeyCap(self._theme, "Alt H"))
        self.told = label(type="small", tone="muted", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        self.number = TypedLine()
        self.number.setPlaceholderText(t("intake.number.ask"))
        self.number.setAccessibleName(t("intake.number.ask"))
        self.number.returnPressed.connect(self._ask_number)
        self.number.typed.connect(lambda _text: self.tell_number(""))
        self.answer = label(type="small", tone="warnText", wrap=True)
        self.answer.setVisible(False)
        made = _section([])
        column = made.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addLayout(self._cards)
        column.addWidget(self.number)
        column.addWidget(self.answer)
        return made

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

    def show_earlier(self, earlier: tuple[Earlier, ...] | None) -> None:
        """Earlier cases of the phone; None while no phone is typed."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [self._card(one) for one in (earlier or ())[:SHOWN]]
        for card in self.cards:
            self._cards.addWidget(card)
        still_open = sum(one.open for one in earlier or ())
        if still_open:
            self.told.setText(t("call.hasOpen", n=still_open))
        else:
            self.told.setText(
                t(
                    "intake.history.none"
                    if earlier is None
                    else "intake.history.first"
                    if not earlier
                    else "intake.history.closed",
                    n=len(earlier or ()),
                )
            )
        set_look(self.told, "fill", "infoSoft" if still_open else "")
        self.told.setContentsMargins(*((8, 6, 8, 6) if still_open else (0, 0, 0, 0)))
        set_tone(self.told, "text" if still_open else "muted")

    def _card(self, one: Earlier) -> Card:
        card = Card(self._theme)
        card.choose(one.open)
        card.setAccessibleName(f"{one.number}. {one.title}. {status_text(one.display_status)}")
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(label(one.number, "bodyStrong"))
        top.addStretch(1)
        top.addWidget(StatusRing(self._theme, one.display_status))
        status = OneLine("small", "muted")
        status.setText(status_text(one.display_status))
        top.addWidget(status)
        now = self._now()
        facts = OneLine("small", "muted")
        facts.setText(" · ".join(p for p in (short_moment_text(one.entered, now), one.lead_name) if p))
        bottom.addWidget(facts, 1)
        if one.open and one.due is not None:
            chip = DueChip(self._theme)
            chip.set_due(_due(one, now))
            bottom.addWidget(chip)
        column = QVBoxLayout(card)
        column.setContentsMargins(10, 7, 10, 7)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(label(one.title, wrap=True))
        column.addLayout(bottom)
        card.opened.connect(lambda: self.view.emit(one.id))
        return card

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

    # -- a number that the caller reads ---------------------------------------------------------------

    def _ask_number(self) -> None:
        found = parse_number(self.number.full_text())
        if isinstance(found, CaseNumber):
            self.number_asked.emit(str(found))
        elif found is not BadNumber.EMPTY:
            self.tell_number(t(f"intake.number.bad.{found.value}"))

    def tell_number(self, sentence: str) -> None:
        """What came of it, below the box; "" for nothing."""
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))
        set_look(self.number, "bad", "true" if sentence else "false")

    def focus_history(self) -> None:
        """The cursor to the newest earlier report, else to the box for a number."""
        (self.cards[0] if self.cards else self.number).setFocus(Qt.FocusReason.ShortcutFocusReason)


class _Clocked:
    """What `due_of` reads, out of an Earlier: it is open, and its last quarter is not known."""

    def __init__(self, one: Earlier) -> None:
        self.due, self.near, self.resting = one.due, None, one.display_status == "need_info"
        self.closed, self.outcome = None, ""


def _due(one: Earlier, now: datetime) -> Due:
    return due_of(_Clocked(one), now)


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
