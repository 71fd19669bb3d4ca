"""One act being written, inside the pane: its fields, canned texts, the sentence when it is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.canned import filled, holes
from console.domain.chase_lists import BY_LEVEL
from console.domain.chase_words import fields_of
from console.domain.chasing import reminder_text
from console.domain.deadline import RESOLVE, deadline_for
from console.domain.number import BadNumber, parse_number
from console.domain.phone import mask_phone
from console.domain.reference import in_force
from console.domain.zone import local_day
from console.ui.case.act import AGENCY, CITIZEN, INTERNAL, Act, Field, Values
from console.ui.case.agency_picker import AgenciesPicker, AgencyPicker, Entry, entries
from console.ui.case.due_edit import DueEdit
from console.ui.case.each_words import EachWords
from console.ui.case.grid_acts import missing
from console.ui.case.reminder_edit import ReminderEdit
from console.ui.case.situation import Situation, choices_of, fill
from console.ui.parts.buttons import primary, quiet
from console.ui.parts.choice import ChoiceList, TickBox
from console.ui.parts.phrases import Phrase, Phrases
from console.ui.parts.text import flow, label, set_look, set_tone
from console.ui.parts.time_text import local, moment_text
from console.ui.theme import Theme
from console.ui.words import has, t

LINES = 3  # lines of a text field
READERS = {AGENCY: "tealText", INTERNAL: "muted", CITIZEN: "violetText"}
"""Tone of the words that say who reads it; the frame has the same colour."""


class Input(NamedTuple):
    """A field on the screen: reads, writes, and takes the focus."""

    field: Field
    widget: QWidget
    read: Callable[[], object]
    write: Callable[[object], None]


class Composer(QFrame):
    """`sent(values)` on Ctrl+Enter when nothing is missing; `dropped` on Esc; `edited` as one types;
    `case_named(number)` where one names another case, which `show_case_named` then tells in words.

    The pane keeps the words.
    """

    sent = Signal(dict)
    dropped = Signal()
    edited = Signal()
    case_named = Signal(str)

    def __init__(self, theme: Theme, act: Act, situation: Situation, values: Values) -> None:
        super().__init__()
        self.act, self._theme, self._at = act, theme, situation
        self.setProperty("fill", "canvas")
        self.setProperty("reader", act.to)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 10)
        self._column.setSpacing(6)
        self._head()
        self._entries: list[Entry] = []
        self._phrases: list[Phrases] = []
        self.named: QLabel = label("", "small", "muted", wrap=True)
        self.named.hide()
        self.inputs = [self._input(field) for field in act.fields]
        self.company: QLabel = label("", "small", "warnText", wrap=True)
        self.company.hide()
        self._column.addWidget(self.company)
        self.trouble: QLabel = label("", tone="warnText", wrap=True)
        self.trouble.hide()
        self._column.addWidget(self.trouble)
        self._foot()
        self.write(values)
        self.installEventFilter(self)

    # parts

    def _head(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label(t(f"act.{self.act.name}.title"), "section"))
        row.addStretch(1)
        row.addWidget(label(target_text(self.act, self._at), "small", READERS[self.act.to], strong=True))
        self._column.addLayout(row)

    def _foot(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.send = primary(self._theme, t(f"act.{self.act.name}.send"), "Ctrl Enter", "action.save")
        self.send.clicked.connect(self.submit)
        row.addWidget(self.send)
        self.templates = quiet(self._theme, t("act.templates"), "Ctrl /", "action.template")
        if not self._phrases:  # without a place yet it must not be shown: it would be a window
            self.templates.hide()
        self.templates.clicked.connect(self.open_templates)
        row.addWidget(self.templates)
        row.addStretch(1)
        back = quiet(self._theme, t("act.later"), "Esc")
        back.clicked.connect(self.dropped)
        row.addWidget(back)
        self._column.addLayout(row)

    def _input(self, field: Field) -> Input:
        if field.kind not in ("tick", "each_words", "reminder"):
            text = t(field.text)
            if not field.required and field.kind in ("text", "agencies"):
                text = f"{text} · {t('act.optional')}"
            self._column.addWidget(label(text, "label", "muted"))
        made = getattr(self, f"_make_{field.kind}")(field)
        made.widget.setAccessibleName(t(field.text))
        self._column.addWidget(made.widget)
        self._explain(field)
        return Input(field, made.widget, made.read, made.write)

    def _explain(self, field: Field) -> None:
        if field.kind == "case":
            self._column.addWidget(self.named)
        if field.kind == "agency" and self._at.proposal:
            self._column.addWidget(label(self._at.proposal, "small", "subtle", wrap=True))

    def _make_text(self, field: Field) -> Input:
        edit = QPlainTextEdit()
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(edit.fontMetrics().lineSpacing() * LINES + self._theme.px(16))
        edit.installEventFilter(self)
        edit.textChanged.connect(self.edited)
        if phrases := self._phrases_for(field):
            self._phrases.append(Phrases(edit, lambda: phrases, listed=False))
        return Input(field, edit, edit.toPlainText, lambda value: edit.setPlainText(str(value)))

    def _make_agency(self, field: Field) -> Input:
        picker = AgencyPicker(self._theme, self._agencies(), self._at.near)
        picker.edit.installEventFilter(self)
        picker.edit.textEdited.connect(lambda _text: self.edited.emit())
        return Input(field, picker, lambda: picker.chosen, lambda value: picker.choose(str(value)))

    def _make_agencies(self, field: Field) -> Input:
        picker = AgenciesPicker(self._theme, self._agencies(), self._at.near)
        picker.picker.edit.installEventFilter(self)
        return Input(
            field, picker, lambda: tuple(picker.chosen), lambda value: picker.set_chosen(_codes(value))
        )

    def _agencies(self) -> list[Entry]:
        if not self._entries:
            day = local(self._at.now).date()
            self._entries = entries(in_force(self._at.reference.agencies, day))
        return self._entries

    def _make_due(self, field: Field) -> Input:
        edit = DueEdit(self._theme, self._rule_text(), self._at.now + timedelta(days=1))
        return Input(
            field, edit, edit.value, lambda v: edit.set_value(v if isinstance(v, datetime) else None)
        )

    def _rule_text(self) -> str | None:
        case, at = self._at.case, self._at
        if case.deadline is not None and case.deadline.stage == RESOLVE:
            return t("act.due.running", time=moment_text(case.deadline.due, at.now))
        type_ = at.reference.type_of(case.type, local_day(case.happened_at))
        rule = deadline_for(type_, case.urgency, RESOLVE, at.now, at.reference) if type_ else None
        return t("act.due.rule", time=moment_text(rule.due, at.now)) if rule else None

    def _make_new_due(self, field: Field) -> Input:
        due = self._at.case.deadline.due if self._at.case.deadline else self._at.now
        edit = DueEdit(self._theme, None, max(due, self._at.now) + timedelta(days=1))
        return Input(
            field, edit, edit.value, lambda v: edit.set_value(v if isinstance(v, datetime) else None)
        )

    def _make_choice(self, field: Field) -> Input:
        choices = choices_of(field.choices, self._at)
        first = {"urgency": self._at.case.urgency.value}.get(field.choices, "")
        made = ChoiceList(self._theme, choices, first)
        made.installEventFilter(self)
        return Input(field, made, lambda: made.value, lambda value: made.set_value(str(value)))

    def _make_case(self, field: Field) -> Input:
        edit = QLineEdit()
        edit.setPlaceholderText(t("act.case.hint"))
        edit.installEventFilter(self)
        edit.textEdited.connect(lambda _text: self.edited.emit())
        edit.textChanged.connect(self._on_number)
        return Input(field, edit, edit.text, lambda value: edit.setText(str(value)))

    def _on_number(self, text: str) -> None:
        number = parse_number(text)
        self.named.hide()
        if not isinstance(number, BadNumber):
            self.case_named.emit(str(number))

    def show_case_named(self, number: str, text: str) -> None:
        """Which case that is, while it is still the one that is named."""
        typed = next((made.read() for made in self.inputs if made.field.kind == "case"), "")
        if str(parse_number(str(typed))) == number:
            flow(self.named, text)
            self.named.show()

    def _make_each_words(self, field: Field) -> Input:
        """What each supporting agency is asked for: it goes with the picker before it."""
        picker = next(part for part in self.findChildren(AgenciesPicker))
        made = EachWords({entry.agency.code: entry.agency.short for entry in self._agencies()}, self)
        made.show_for(picker.chosen)
        picker.changed.connect(lambda: made.show_for(picker.chosen))
        picker.replaced.connect(lambda: made.show_for(picker.chosen))
        made.edited.connect(self.edited)
        return Input(field, made, made.value, lambda value: made.set_value(_codes(value)))

    def _make_reminder(self, field: Field) -> Input:
        """Words of the lists by level, filled in from the case; the next level at first."""
        case, reference, now = self._at.case, self._at.reference, self._at.now
        fields, day = fields_of(case, reference, now), local(now).date()
        first = min(case.reminders + 1, max(BY_LEVEL))
        made = ReminderEdit(
            self._theme, first, lambda level: filled(reminder_text(reference, level, day), fields), self
        )
        made.edited.connect(self.edited)
        return Input(field, made, made.value, lambda value: made.set_value(_codes(value)))

    def _make_tick(self, field: Field) -> Input:
        made = TickBox(self._theme, t(field.text))
        made.installEventFilter(self)
        return Input(field, made, made.isChecked, lambda value: made.setChecked(bool(value)))

    # values

    def values(self) -> Values:
        """What stands in the fields now."""
        return {made.field.name: made.read() for made in self.inputs}

    def write(self, values: Values) -> None:
        """Put values into the fields."""
        for made in self.inputs:
            if made.field.name in values:
                made.write(values[made.field.name])

    def take_focus(self) -> None:
        """Into the first required field that is empty, otherwise the first of all."""
        empty = [made for made in self.inputs if made.field.required and not made.read()]
        (empty or self.inputs)[0].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Ctrl+Enter: what is missing is said and gets the cursor, otherwise it is sent."""
        QGuiApplication.inputMethod().commit()
        values = self.values()
        lacking = missing(self.act, values)
        for made in self.inputs:
            set_look(made.widget, "bad", "true" if made.field in lacking else "false")
        if lacking:
            self.say(t("intake.missing", fields=", ".join(t(field.text) for field in lacking)))
            next(made for made in self.inputs if made.field is lacking[0]).widget.setFocus()
            return
        if left := self._holes():
            self.say(t("act.holes", fields=", ".join(left)))
            return
        self.say("")
        self.set_busy(True)
        self.sent.emit(values)

    def _holes(self) -> list[str]:
        """Fields of a canned text that nobody has filled; the first gets the cursor."""
        for made in self.inputs:
            edit = made.widget
            if isinstance(edit, QPlainTextEdit) and (left := holes(edit.toPlainText())):
                set_look(edit, "bad", "true")
                edit.setFocus()
                edit.moveCursor(QTextCursor.MoveOperation.Start)
                edit.find(left[0])
                return left
        return []

    def set_busy(self, busy: bool) -> None:
        """While the desk stores it, it cannot be sent twice."""
        self.send.setEnabled(not busy)

    def say(self, text: str, tone: str = "warnText") -> None:
        """A sentence above the buttons; "" for none."""
        self.trouble.setText(text)
        set_tone(self.trouble, tone)
        self.trouble.setVisible(bool(text))

    def warn(self, text: str) -> None:
        """Who else is at this case; "" for nobody."""
        self.company.setText(text)
        self.company.setVisible(bool(text))

    # keys and canned texts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif control and event.key() == Qt.Key.Key_Slash:
            self.open_templates()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            return False
        return True

    def _phrases_for(self, field: Field) -> list[Phrase]:
        """Canned texts for a field, their own fields filled from the case."""
        if field.use is None:
            return []
        to_come = self.act.kind == "assign"
        canned = self._at.reference.canned_for(field.use, local(self._at.now).date())
        return [Phrase(one.short, one.title, fill(one.text, self._at, to_come)) for one in canned]

    def open_templates(self) -> None:
        """Ctrl+/: canned texts for this act, above their button."""
        if self._phrases:
            self._phrases[0].open_list(self.templates.mapToGlobal(QPoint(0, 0)))


def target_text(act: Act, at: Situation) -> str:
    """Whom the words go to, by name where there is one."""
    if act.name == "to_agency" and at.case.lead:
        agency = at.reference.agency(at.case.lead)
        return t("act.to_agency.target", agency=agency.short if agency else at.case.lead)
    if act.kind == "tell_citizen" and at.case.reporter is not None:
        return t("act.tell_citizen.target", phone=mask_phone(at.case.reporter.phone or ""))
    key = f"act.{act.name}.target"
    return t(key) if has(key) else ""


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, list | tuple) else ()
