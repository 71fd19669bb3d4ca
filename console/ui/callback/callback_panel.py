"""The panel of one call-back, under the call strip: never modal, so that every key of a call still holds."""

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from console.desk.telling import Telling
from console.domain.callbacks import FARTHEST_AGAIN
from console.domain.case import Reporter
from console.domain.zone import ZONE
from console.ui.callback.callback_words import note_text, said_text, tried_text, when_text, who_text
from console.ui.calls.panel import CallPanel
from console.ui.calls.times import read_time
from console.ui.parts.buttons import primary, quiet
from console.ui.parts.choice import ChoiceList, TickBox
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import flow, label
from console.ui.parts.time_text import local
from console.ui.theme import Theme
from console.ui.words import t

WIDTH, LINES = 600, 2
LATER, MISSED, TOLD = "later", "0", "reached"
UNHAPPY = ("1", "2")


class Outcome(NamedTuple):
    """What was chosen and typed. `value`: 1 to 5, told without a rating, to be called later, not reached;
    `reopen`: the case is to be taken up again."""

    value: str
    words: str
    again_at: datetime | None
    reopen: bool


class CallbackPanel(CallPanel):
    """`dialled`: G; `given(Outcome)`: Ctrl+Enter; `left`: put away, with what was typed."""

    dialled = Signal()
    given = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, strip: QWidget) -> None:
        super().__init__(theme, strip, t("callback.title"), WIDTH)
        self.telling: Telling | None = None
        self._now: datetime | None = None
        self._proposed: datetime | None = None
        self.who: QLabel = label("", "bodyStrong", strong=True)
        self.number = label("", "small", "muted")
        self.dial = primary(theme, t("callback.dial"), "G", "call.callBack")
        self.dial.clicked.connect(self.dialled)
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.who)
        names.addWidget(self.number)
        head.addLayout(names, 1)
        head.addWidget(self.dial)
        self.column.addLayout(head)
        self.tried = label("", "small", "muted", wrap=True)
        self.when = label("", "small", "muted", wrap=True)
        self.column.addWidget(self.tried)
        self.column.addWidget(self.when)
        self._make_spoken()
        choices = [(str(n), t(f"sat.{n}"), str(n)) for n in range(1, 6)]
        choices += [(TOLD, t("sat.notAsked"), "6"), (LATER, t("callback.choice.later"), "7")]
        choices += [(MISSED, t("sat.unreachable"), "0")]
        self.choice = ChoiceList(theme, choices)
        self.choice.setAccessibleName(t("callback.outcome"))
        self.choice.chosen.connect(lambda _value: self._follow())
        self.column.addWidget(self.choice)
        self._make_fields()
        self.save = primary(theme, t("callback.save"), "Ctrl Enter", "action.save")
        self.save.clicked.connect(self.submit)
        shut = quiet(theme, t("call.panel.back"), "Esc")
        shut.clicked.connect(self.shut)
        self.foot([self.save, shut])

    def _make_spoken(self) -> None:
        box = QWidget()
        box.setProperty("fill", "goodSoft")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(2)
        inside.addWidget(label(t("callback.read"), "small", "goodText"))
        self.spoken = label("", "body", wrap=True)
        self.spoken.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(self.spoken)
        self.column.addWidget(box)

    def _make_fields(self) -> None:
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(t("callback.words"))
        self.words.setAccessibleName(t("callback.words"))
        self.words.setFixedHeight(self.words.fontMetrics().lineSpacing() * LINES + self._theme.px(16))
        self.column.addWidget(self.words)
        self.again_at = TypedLine()
        self.again_at.setAccessibleName(t("callback.again"))
        self.again_at.setFixedWidth(self._theme.px(180))
        self.again_name = label(t("callback.again"), "label", "muted")
        self.again = TickBox(self._theme, t("callback.reopen"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.again_name)
        row.addWidget(self.again_at)
        row.addStretch(1)
        row.addWidget(self.again)
        self.column.addLayout(row)
        for field in (self.words, self.again_at):
            field.installEventFilter(self)

    # showing

    def begin(self, telling: Telling, proposed: datetime, now: datetime, again: str, why_not: str) -> None:
        """One reporter. `proposed`: when to try again if it fails now; `again`: what taking it up again is
        called; `why_not`: why that cannot be done here."""
        self.telling, self._now, self._proposed = telling, now, proposed
        self.show_who(telling.case.reporter, False)
        more = t("callback.others", n=len(telling.others)) if telling.others else ""
        facts = (telling.case.number, telling.case.title, more)
        self.number.setText(" · ".join(part for part in facts if part))
        self.tried.setText(tried_text(telling.tried, now))
        self.when.setText(when_text(telling, now))
        self.dial.setEnabled(bool(telling.case.reporter and telling.case.reporter.phone))
        self.choice.set_value("")
        self.words.setPlainText("")
        self.again_at.setText(_typed(proposed, now))
        self.again.setText(again)
        self.again.setChecked(False)
        self.again.setToolTip(why_not)
        self._why_not = why_not
        self._follow()
        self.say(note_text(telling), bad=True)
        self.open(self.choice)

    def show_who(self, reporter: Reporter | None, shown: bool) -> None:
        """The reporter; in full once it was logged."""
        assert self.telling is not None
        self.who.setText(who_text(reporter, shown))
        name = reporter.name if reporter is not None and shown else ""
        flow(self.spoken, said_text(self.telling, name))
        self.place()

    @property
    def typed(self) -> dict[str, str]:
        """What is chosen and typed, as it is kept."""
        return {"reached": self.choice.value, "words": self.words.toPlainText().strip()}

    def restore(self, value: str, words: str) -> None:
        """What was typed and not given."""
        self.choice.set_value(value)
        self.words.setPlainText(words)
        self._follow()

    def _follow(self) -> None:
        """The time is asked where they are to be called again, taking up again where they are not content.
        The places stay, so that nothing moves."""
        value = self.choice.value
        for part in (self.again_name, self.again_at):
            part.setEnabled(value in (LATER, MISSED))
        self.again.setEnabled(value in UNHAPPY and not self._why_not)
        if not self.again.isEnabled():
            self.again.setChecked(False)

    # giving

    def submit(self) -> None:
        """Ctrl+Enter: what is missing is said, and gets the cursor."""
        QGuiApplication.inputMethod().commit()
        value, words = self.choice.value, self.words.toPlainText().strip()
        again_at = self._again_at(value)
        if not value:
            self._ask(t("callback.need.outcome"), self.choice)
        elif value in (LATER, MISSED) and again_at is None:
            self._ask(t("callback.need.time"), self.again_at)
        elif self.again.isChecked() and not words:
            self._ask(t("callback.need.reason"), self.words)
        else:
            self.say("")
            self.save.setEnabled(False)
            self.given.emit(Outcome(value, words, again_at, self.again.isChecked()))

    def _again_at(self, value: str) -> datetime | None:
        assert self._now is not None
        if value not in (LATER, MISSED):
            return None
        return read_again(self.again_at.full_text(), self._now)

    def _ask(self, sentence: str, where: QWidget) -> None:
        self.say(sentence, bad=True)
        where.setFocus()

    def failed(self, sentence: str) -> None:
        """It could not be stored; everything still stands there."""
        self.save.setEnabled(True)
        self.say(sentence, bad=True)

    def shut(self) -> None:
        super().shut()
        self.save.setEnabled(True)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = watched in (self.words, self.again_at) and event.type() == QEvent.Type.KeyPress
        if typed and isinstance(event, QKeyEvent) and _gives(event):
            self.submit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _gives(event):
            self.submit()
        elif event.key() == Qt.Key.Key_G and not event.modifiers() and self.dial.isEnabled():
            self.dialled.emit()
        else:
            super().keyPressEvent(event)


def _gives(event: QKeyEvent) -> bool:
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _typed(at: datetime, now: datetime) -> str:
    """As it is typed: the time alone where it is today."""
    here = at.astimezone(ZONE)
    return f"{here:%H:%M}" if here.date() == local(now).date() else f"{here:%H:%M} {here:%d/%m}"


def read_again(text: str, now: datetime) -> datetime | None:
    """ "17:30", "8:00 5/11": the next such moment; None where it is none."""
    whole = read_time(text, now)
    time, _, day = text.strip().partition(" ")
    at = read_time(time, now)
    if whole is not None or at is None or not day.strip():
        return whole
    here = local(now)
    try:
        first, month = (int(part) for part in day.strip().split("/")[:2])
        meant = at.astimezone(ZONE).replace(year=here.year, month=month, day=first)
    except ValueError:
        return None
    if meant <= here - timedelta(days=1):
        meant = meant.replace(year=here.year + 1)
    return meant if here < meant <= here + FARTHEST_AGAIN else None
