"""The middle of the intake: it shows an IntakeState, tells it what is typed, and moves the cursor."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.suggest import PlaceHit
from console.ui.intake.content_edit import ContentEdit
from console.ui.intake.field_frame import FieldFrame, mark_bad
from console.ui.intake.fields import FIELDS, Field, Problem
from console.ui.intake.form_fields import URGENCIES, FormFields
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.suggestions import ROUGH_M, type_words
from console.ui.parts.time_text import clock_seconds_text
from console.ui.theme import Theme
from console.ui.words import t

_SOON = Qt.FocusReason.ShortcutFocusReason


class IntakeForm(FormFields):
    """`entered(Field)`: the cursor came; `left`: it went; `pin_wanted`: the pin shall be moved."""

    entered = Signal(object)
    left = Signal()
    pin_wanted = Signal()

    def __init__(self, theme: Theme, state: IntakeState, parent: QWidget | None = None) -> None:
        super().__init__(theme, state, parent)
        self._insisting = False
        self._last: tuple[Field, int] | None = None
        self._composed = self._ended = ""  # the word that an input method composes, and the last one
        self._wire()

    # -- from the fields to the state -----------------------------------------------------------------

    def _wire(self) -> None:
        self.type.typed.connect(lambda text: self.state.type_typed(text))
        self.type.chosen.connect(self._take_type)
        self.type.passed.connect(self._after_type)
        self.advice.wanted.connect(self.take_advised)
        self.questions.answered.connect(lambda q, a: self.state.answer(q, a))
        self.questions.finished.connect(lambda: self.go_on("questions"))
        self.content.typed.connect(lambda text: self.state.content_typed(text))
        self.place.typed.connect(lambda text: self.state.place_typed(text))
        self.place.chosen.connect(self._take_place)
        self.place.passed.connect(lambda: self.focus_field(Field.COMMUNE))
        self.commune.typed.connect(lambda text: self.state.commune_typed(text))
        self.commune.chosen.connect(self._take_commune)
        self.commune.passed.connect(lambda: self.go_on("place"))
        self.pin.clicked.connect(self.pin_wanted)
        self.as_pinned.clicked.connect(self.take_pins_commune)
        self.urgency.chosen.connect(lambda index: self.state.take_urgency(URGENCIES[index]))
        self.urgency.went_on.connect(lambda: self.go_on("urgency"))
        self._wire_reporter()
        for widget in (*self.widgets.values(), self.callback, self.anonymous):
            widget.installEventFilter(self)

    def _wire_reporter(self) -> None:
        self.phone.typed.connect(lambda text: self.state.phone_typed(text))
        self.name.typed.connect(lambda text: self.state.reporter(Field.NAME, name=text))
        self.address.typed.connect(lambda text: self.state.reporter(Field.ADDRESS, address=text))
        self.note.typed.connect(lambda text: self.state.note_typed(text))
        self.callback.clicked.connect(lambda on: self.state.reporter(Field.PHONE, callback=on))
        self.anonymous.clicked.connect(lambda on: self.state.reporter(Field.PHONE, anonymous=on))
        lines = (self.phone, self.name, self.address, self.note)
        for line in lines:
            line.returnPressed.connect(self.focusNextChild)

    def _take_type(self, code: object) -> None:
        self.state.take_type(str(code))
        self._after_type()

    def take_advised(self) -> None:
        """The type proposed by past cases, where there is one. Who is typing elsewhere goes on there."""
        guess = self.state.advised
        if guess is not None and self.type.hasFocus():
            self.type.close_list()
            self._take_type(guess.type)
        elif guess is not None:
            self.state.take_type(guess.type)

    def show_guesses(self) -> None:
        """Other types are proposed: in the line, and behind those that the open list has."""
        self.advice.show_state()
        self.type.refresh()

    def _after_type(self) -> None:
        if self.state.draft.type:
            self.go_on("type")

    def _take_place(self, hit: object) -> None:
        if isinstance(hit, PlaceHit):
            self.state.take_place(hit)
            self.placed()

    def take_pins_commune(self) -> None:
        """Alt+Y: the commune under the pin instead of the chosen one."""
        self.state.take_pins_commune()

    def _take_commune(self, code: object) -> None:
        self.state.take_commune(str(code))
        self.go_on("place")

    # -- the cursor -----------------------------------------------------------------------------------

    def go_on(self, frame: str, past: str = "") -> None:
        """The cursor into the frame behind this one; `past`: one that needs no look."""
        names = [one.name for one in self.state.frames]
        for name in names[names.index(frame) + 1 if frame in names else len(names) :]:
            if name != past and (name != "questions" or self.questions.rows):
                self.focus_field(FIELDS[name][0])
                return

    def placed(self) -> None:
        """The place is known to the point: on, past the urgency, which is proposed."""
        self.go_on("place", past="urgency")

    def focus_field(self, field: Field, caret: int | None = None) -> None:
        """The cursor to a field; `caret`: to that place in its text."""
        if field is Field.QUESTIONS:
            if not self.questions.focus_first():
                self.focus_field(Field.CONTENT)
            return
        widget = self.widgets.get(field, self.type)
        self._bring_in(field, widget)
        widget.setFocus(_SOON)
        if caret is not None and isinstance(widget, QLineEdit):
            widget.setCursorPosition(caret)
        elif caret is not None and isinstance(widget, ContentEdit):
            widget.put_caret(caret)

    def _bring_in(self, field: Field, widget: QWidget) -> None:
        """Who asks for a field that the form leaves out shall have it."""
        if widget.isVisibleTo(self):
            return
        self.frames.show_frame(next(name for name, fields in FIELDS.items() if field in fields), True)
        widget.setVisible(True)

    def focused(self) -> tuple[Field, int] | None:
        """The field with the cursor, and where in its text."""
        found = next((field for field, widget in self.widgets.items() if widget.hasFocus()), None)
        if found is not None:
            return found, self._caret(self.widgets[found])
        return (Field.QUESTIONS, 0) if any(row.hasFocus() for row in self.questions.rows) else None

    def last_focused(self) -> tuple[Field, int] | None:
        """The same; where the cursor is in none of them, the one that it left last."""
        return self.focused() or self._last

    def _caret(self, widget: QWidget) -> int:
        if isinstance(widget, QLineEdit):
            return widget.cursorPosition()
        return self.content.textCursor().position() if widget is self.content else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            if event.type() == QEvent.Type.FocusIn:
                self._came(watched)
            elif event.type() == QEvent.Type.FocusOut:
                self._last = self._field(watched), self._caret(watched)
                self.left.emit()
        return isinstance(event, QInputMethodEvent) and self._again(
            event.preeditString(), event.commitString()
        )

    def _again(self, composed: str, given: str) -> bool:
        """Whether an input method gives a word that has ended already. A slow one does so after the key that
        moved the cursor, at which Qt had put the word in by itself: it would stand in the next field, too."""
        if not composed and not given:
            return False
        again = bool(given) and given == self._ended and not self._composed
        self._ended = given if given == self._composed else ""
        self._composed = composed
        return again

    def _came(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget, 0, self.theme.px(60))
        self.entered.emit(self._field(widget))

    def _field(self, widget: QWidget) -> Field:
        other = Field.QUESTIONS if widget in self.questions.rows else Field.PHONE
        return next((f for f, w in self.widgets.items() if w is widget), other)

    # -- from the state to the fields -----------------------------------------------------------------

    def show_state(self) -> None:
        """Show everything as it stands; texts under the cursor are not touched."""
        draft, reading = self.state.draft, self.state.reading
        kind = reading.type
        self.type.show_text(type_words(kind) if kind else draft.type_text)
        new_questions = self.questions.ask(kind, reading.asked, draft.answers)
        self.arrange(self.state.frames, new_questions)
        self.content.show_text(draft.description)
        self.place.show_text(draft.place_text)
        self.commune.show_text(draft.commune_text)
        self.urgency.show_choice(URGENCIES.index(reading.urgency) if kind or draft.urgency else -1)
        self.phone.show_text(draft.phone_text)
        self.name.show_text(draft.reporter.name)
        self.address.show_text(draft.reporter.address)
        self.callback.setChecked(draft.reporter.callback)
        self.anonymous.setChecked(draft.reporter.anonymous)
        self.note.show_text(draft.note)
        self.advice.show_state()
        self.as_pinned.setVisible(reading.pinned_elsewhere is not None)
        self._say_below()

    def show_saved(self) -> None:
        """When the draft was last written to the disk."""
        saved = self.state.draft.saved_at if self.state.draft.id else None
        self.saved.setText(t("intake.draftSaved", time=clock_seconds_text(saved)) if saved else "")

    def insist(self, on: bool) -> None:
        """After a save that had to wait, sentences show under the field with the cursor too."""
        self._insisting = on

    def _due(self, problem: Problem) -> bool:
        """Nobody is told that half a phone number is none while typing it."""
        here = self.focused()
        return problem.at_once or self._insisting or here is None or here[0] is not problem.field

    def _say_below(self) -> None:
        wrong: dict[Field, str] = {}
        for problem in self.state.reading.problems:
            if self._due(problem):
                wrong.setdefault(problem.field, t(problem.key, **problem.values))
        if self._insisting:
            for field in self.state.reading.missing:
                wrong.setdefault(field, t(f"intake.need.{field.value}"))
        for field, widget in self.widgets.items():
            mark_bad(widget, wrong.get(field, ""))
        self.questions.say(wrong.get(Field.QUESTIONS, ""))
        for frame, fields, words in self._frames():
            sentence = next((wrong[field] for field in fields if field in wrong), "")
            frame.say(sentence or words[0], "warnText" if sentence else words[1])

    def _frames(self) -> tuple[tuple[FieldFrame, tuple[Field, ...], tuple[str, str]], ...]:
        nothing = ("", "muted")
        return (
            (self.f_type, (Field.TYPE,), nothing),
            (self.f_content, (Field.CONTENT,), nothing),
            (self.f_place, (Field.PLACE, Field.COMMUNE), self._pin_line()),
            (self.f_urgency, (Field.URGENCY,), self._urgency_line()),
            (self.f_reporter, (Field.PHONE, Field.NAME, Field.ADDRESS), nothing),
            (self.f_note, (Field.NOTE,), nothing),
        )

    def _pin_line(self) -> tuple[str, str]:
        place = self.state.draft.place
        if place is not None and place.point is not None:
            metres = place.accuracy_m or 0
            if metres >= ROUGH_M:
                return t("intake.pinnedRoughly", m=round(metres, -2)), "muted"
            return t("intake.pinned", m=metres), "goodText"
        asked = self.state.draft.commune and self.pin.isVisibleTo(self)
        return (t("intake.unpinned"), "subtle") if asked else ("", "muted")

    def _urgency_line(self) -> tuple[str, str]:
        reading = self.state.reading
        if reading.type is None:
            return "", "muted"
        words = t(f"urgency.{reading.proposed_urgency.value}")
        why = reading.urgency_why or t("intake.urgency.ofType")
        if reading.past is not None and reading.urgency_by_past:
            reached, of = reading.past.at_least(reading.proposed_urgency)
            why = t("intake.urgency.past", n=reached, total=of)
        return t("intake.urgency.proposed", urgency=words, reason=why), "muted"
