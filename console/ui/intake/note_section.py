"""What colleagues know of the number that calls, and the place to write it: needs, or a habit of calling in
jest. What is typed and not saved waits with its number until the program ends."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.number_notes import NumberNoteView
from console.domain.number_note import TEXT_MOST, NoteKind
from console.ui.intake.draft_keeper import commit_preedit
from console.ui.parts.buttons import quiet, secondary
from console.ui.parts.choice import TickBox
from console.ui.parts.number_note_text import note_text
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label, set_look
from console.ui.theme import Theme
from console.ui.words import t


class Typed(NamedTuple):
    """A note as it is being written."""

    kinds: tuple[str, ...] = ()
    text: str = ""


class NoteSection(QWidget):
    """`written(str, Typed)`: the note on this number is to be this; `left`: the cursor is no longer wanted
    here. Hidden while no number is known."""

    written = Signal(str, object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.phone = ""
        self._note: NumberNoteView | None = None
        self._unsaved: dict[str, Typed] = {}
        self._judges = False
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.told = label(wrap=True)
        set_look(self.told, "fill", "warnSoft")
        self.told.setContentsMargins(8, 6, 8, 6)
        self.edit = quiet(theme, t("intake.note.new"), "Alt O", "action.note")
        self.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit.clicked.connect(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 14, 8)
        column.setSpacing(6)
        for part in (self.told, self.edit, self._editor(theme)):
            column.addWidget(part)
        self.show_note("", None, 0, False)

    def _editor(self, theme: Theme) -> QWidget:
        self.editor = QWidget()
        self.boxes = {kind: TickBox(theme, t(f"intake.note.{kind.value}")) for kind in NoteKind}
        self.line = TypedLine()
        self.line.setMaxLength(TEXT_MOST)
        self.line.setPlaceholderText(t("intake.note.text"))
        self.line.setAccessibleName(t("intake.note.text"))
        self.who = label(type="small", tone="subtle", wrap=True)
        self.answer = label(type="small", tone="warnText", wrap=True)
        self.save = secondary(theme, t("intake.note.save"), "Enter")
        self.drop = quiet(theme, t("intake.note.drop"), "Esc")
        self.save.clicked.connect(self._save)
        self.drop.clicked.connect(self._drop)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.drop)
        row.addStretch(1)
        column = QVBoxLayout(self.editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for box in self.boxes.values():
            column.addWidget(box)
        for part in (self.line, self.who, self.answer):
            column.addWidget(part)
        column.addLayout(row)
        return self.editor

    # -- showing --------------------------------------------------------------------------------------

    def show_note(self, phone: str, note: NumberNoteView | None, months: int, judges: bool) -> None:
        """What is known of `phone` ("": no number yet). `months`: how long it stays; `judges`: whether this
        person may say that somebody calls in jest."""
        other = phone != self.phone
        if other:
            self._put_aside()
        self.phone, self._note, self._judges = phone, note, judges
        self.setVisible(bool(phone))
        self.told.setText(note_text(note) if note is not None else "")
        self.told.setVisible(note is not None)
        self.edit.relabel(t("intake.note.edit" if note is not None else "intake.note.new"), "action.note")
        self.who.setText(t("intake.note.who", months=months))
        if other:
            self._fill()

    def _put_aside(self) -> None:
        if not self.editor.isHidden():
            self._unsaved[self.phone] = self.typed

    def _fill(self) -> None:
        """The editor as it was left with this number, else away."""
        left = self._unsaved.pop(self.phone, None)
        self.editor.setVisible(left is not None)
        self.edit.setVisible(left is None)
        if left is not None:
            self._put_in(left)

    def _put_in(self, typed: Typed) -> None:
        for kind, box in self.boxes.items():
            box.setChecked(kind.value in typed.kinds)
        judged = self.boxes[NoteKind.PRANK]
        judged.setEnabled(self._judges)
        judged.setToolTip("" if self._judges else t("error.note_not_yours"))
        self.line.show_text(typed.text)
        self.say("")

    def say(self, sentence: str) -> None:
        """Why it is not saved; "" for nothing."""
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))

    # -- writing --------------------------------------------------------------------------------------

    @property
    def typed(self) -> Typed:
        """As it stands; what a newer program noted besides stays."""
        known = {kind.value for kind in NoteKind}
        other = [kind for kind in (self._note.kinds if self._note else ()) if kind not in known]
        ticked = [kind.value for kind, box in self.boxes.items() if box.isChecked()]
        return Typed((*ticked, *other), self.line.full_text())

    def begin(self) -> None:
        """The cursor into the note."""
        if not self.phone:
            return
        if self.editor.isHidden():
            note = self._note
            self._put_in(Typed(note.kinds, note.text) if note is not None else Typed())
            self.editor.show()
            self.edit.hide()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def saved(self) -> None:
        """It is on disk."""
        self.editor.hide()
        self.edit.show()
        self.left.emit()

    def _save(self) -> None:
        commit_preedit()
        self.written.emit(self.phone, self.typed)

    def _drop(self) -> None:
        self._unsaved.pop(self.phone, None)
        self.saved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc leaves it, from any of its parts."""
        if self.editor.isHidden():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)
