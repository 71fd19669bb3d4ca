"""The sheets that carry an outbox: out to a stick, and in at another desk. They ask; the room acts."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.parcel import SHORTEST_PHRASE
from console.desk.rows import ParcelView
from console.ui.parts.buttons import KeyButton, primary, quiet, secondary
from console.ui.parts.text import flow, label, set_look, set_tone
from console.ui.parts.time_text import moment_text
from console.ui.theme import Theme
from console.ui.words import t

SHOWN_NUMBERS = 12
WIDTH = 560


class CarrySheet(QDialog):
    """What both have: a file, a passphrase, one line for what is wrong. `given` when Enter is pressed and
    nothing is missing."""

    given = Signal()

    def __init__(self, theme: Theme, kind: str, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.kind = theme, kind
        self.setWindowTitle(t(f"carry.{kind}.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.file, self.phrase, self.again = QLineEdit(file), QLineEdit(), QLineEdit()
        for edit in (self.phrase, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pick = secondary(theme, t("carry.pick"), "Ctrl O")
        self.pick.setShortcut("Ctrl+O")
        self.pick.clicked.connect(self.choose_file)
        self.words = label("", tone="muted", wrap=True)
        flow(self.words, t(f"carry.{kind}.words"))
        self.trouble = label("", tone="warnText", wrap=True)
        self.trouble.setMinimumHeight(theme.px(40))
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.go: KeyButton = primary(theme, t(f"carry.{kind}.go"), "Enter")
        self.go.clicked.connect(self.submit)
        self.shut = quiet(theme, t("conflict.later"), "Esc")
        self.shut.clicked.connect(self.reject)
        self._column = QVBoxLayout(self)
        self._lay()

    def _lay(self) -> None:
        px, grid = self._theme.px, QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(10))
        for row, (key, edit) in enumerate(self.rows()):
            edit.setAccessibleName(t(key))
            edit.returnPressed.connect(self.submit)
            grid.addWidget(label(t(key), tone="muted"), row, 0)
            grid.addWidget(edit, row, 1)
        grid.addWidget(self.pick, 0, 2)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        self._column.setContentsMargins(px(22), px(18), px(22), px(18))
        self._column.setSpacing(px(12))
        self._column.addWidget(label(t(f"carry.{self.kind}.title"), "title"))
        self._column.addWidget(self.words)
        self._column.addLayout(grid)
        self._column.addWidget(self.trouble)
        self._column.addLayout(foot)
        self.setFixedWidth(px(WIDTH))

    def rows(self) -> list[tuple[str, QLineEdit]]:
        """The fields, with the keys of their names."""
        return [("carry.file", self.file), ("carry.phrase", self.phrase)]

    def choose_file(self) -> None:
        """The system's own file window; it never blocks."""
        chooser = QFileDialog(self, t(f"carry.{self.kind}.title"), str(Path(self.file.text()).parent))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        saving = self.kind == "out"
        chooser.setAcceptMode(
            QFileDialog.AcceptMode.AcceptSave if saving else QFileDialog.AcceptMode.AcceptOpen
        )
        if saving:
            chooser.selectFile(Path(self.file.text()).name)
        chooser.fileSelected.connect(self.file.setText)
        chooser.open()

    def submit(self) -> None:
        """Enter: what is missing is said and gets the cursor, otherwise `given`."""
        QGuiApplication.inputMethod().commit()
        if not self.go.isEnabled():
            return
        lacking = [(key, edit) for key, edit in self.rows() if not edit.text()]
        for _, edit in self.rows():
            set_look(edit, "bad", "true" if any(edit is one for _, one in lacking) else "false")
        if lacking:
            self.say(t("intake.missing", fields=", ".join(t(key) for key, _ in lacking)))
            lacking[0][1].setFocus()
        elif problem := self.problem():
            self.say(problem)
            self.phrase.setFocus()
        else:
            self.say(t("carry.busy"), "muted")
            self.set_busy(True)
            self.given.emit()

    def problem(self) -> str:
        """What is wrong with what was typed; "" for nothing."""
        return ""

    def say(self, sentence: str, tone: str = "warnText") -> None:
        """One line above the buttons."""
        set_tone(self.trouble, tone)
        self.trouble.setText(sentence)

    def set_busy(self, busy: bool) -> None:
        """While the file is read or written, it is not asked for twice."""
        self.go.setEnabled(not busy)

    def failed(self, sentence: str) -> None:
        """It could not be done; everything typed stays."""
        self.set_busy(False)
        self.say(sentence)
        self.phrase.selectAll()
        self.phrase.setFocus()


class ExportSheet(CarrySheet):
    """Out to the stick: the passphrase is chosen here, and typed twice."""

    def __init__(self, theme: Theme, file: str, parent: QWidget) -> None:
        super().__init__(theme, "out", file, parent)
        self.phrase.setFocus()

    def rows(self) -> list[tuple[str, QLineEdit]]:
        return [*super().rows(), ("carry.again", self.again)]

    def problem(self) -> str:
        if len(self.phrase.text()) < SHORTEST_PHRASE:
            return t("carry.short", n=SHORTEST_PHRASE)
        return "" if self.phrase.text() == self.again.text() else t("carry.differs")


class ImportSheet(CarrySheet):
    """In from the stick, in two steps: open it and see what it holds, then take it in (`taken`)."""

    taken = Signal()

    def __init__(self, theme: Theme, file: str, parent: QWidget) -> None:
        super().__init__(theme, "in", file, parent)
        self._opened = False
        self.facts = QWidget()
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnMinimumWidth(0, theme.px(150))
        self._grid.setColumnStretch(1, 1)
        self.facts.hide()
        self._column.insertWidget(3, self.facts)
        (self.phrase if file else self.pick).setFocus()

    def show_view(self, view: ParcelView, now: datetime) -> None:
        """What the opened file holds: no words and no names."""
        self._opened = True
        self.set_busy(False)
        for edit in (self.file, self.phrase, self.pick):
            edit.setEnabled(False)
        for row, (name, text) in enumerate(facts(view, now)):
            self._grid.addWidget(
                label(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            )
            self._grid.addWidget(label(text, wrap=True), row, 1)
        self.facts.show()
        new = view.total - view.known
        self.go.relabel(t("carry.in.take", n=new))
        self.go.setEnabled(new > 0)
        self.go.setVisible(new > 0)
        self.say("" if new else t("carry.in.nothingNew"), "muted")
        (self.go if new else self.shut).setFocus()
        self._column.activate()
        self.adjustSize()

    def submit(self) -> None:
        if not self._opened:
            super().submit()
        elif self.go.isEnabled():
            self.set_busy(True)
            self.taken.emit()


def facts(view: ParcelView, now: datetime) -> list[tuple[str, str]]:
    """What is said of a parcel before it is taken in."""
    numbers = ", ".join(view.numbers[:SHOWN_NUMBERS])
    if (more := len(view.numbers) - SHOWN_NUMBERS) > 0:
        numbers = t("carry.numbersMore", numbers=numbers, n=more)
    span = t("carry.span", first=moment_text(view.first_at, now), last=moment_text(view.last_at, now))
    return [
        (t("carry.fact.station"), t("carry.station", station=view.station)),
        (t("carry.fact.made"), moment_text(view.made_at, now)),
        (t("carry.fact.total"), t("carry.total", n=view.total, known=view.known)),
        (t("carry.fact.span"), span),
        (t("carry.fact.numbers"), numbers),
    ]
