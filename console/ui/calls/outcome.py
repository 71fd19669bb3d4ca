"""Ctrl+Shift+W: what a call was that leads to no report, or when its caller shall be called back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from console.domain.telephone import CallKind
from console.domain.zone import ZONE
from console.ui.calls.panel import CallPanel, NumberedLines
from console.ui.calls.times import read_time
from console.ui.parts.buttons import primary, quiet
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

KINDS = (
    CallKind.WRONG_NUMBER,
    CallKind.ENQUIRY,
    CallKind.HANG_UP,
    CallKind.PRANK,
    CallKind.EMERGENCY,
)
PROMISE = "promise"
LONGEST_NOTE = 500
LATER = timedelta(minutes=30)


class OutcomePanel(CallPanel):
    """`settle(kind, note)` and `promise(when, note)`; a digit chooses, Enter does it."""

    def __init__(
        self,
        theme: Theme,
        strip: QWidget,
        settle: Callable[[CallKind, str], None],
        promise: Callable[[datetime, str], None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(theme, strip, t("call.outcome"), 460)
        self._settle, self._promise, self._now = settle, promise, now
        self.kinds = NumberedLines(theme, self._take)
        self.kinds.setAccessibleName(t("call.outcome"))
        self.when = _line(t("call.outcome.when"))
        self.note = _line(t("call.outcome.note"))
        self.when_name = label(t("call.outcome.when"), "small", "muted")
        for part in (self.kinds, self.when_name, self.when):
            self.column.addWidget(part)
        self.column.addWidget(label(t("call.outcome.note"), "small", "muted"))
        self.column.addWidget(self.note)
        for box in (self.when, self.note):
            box.returnPressed.connect(self._take)
        self.kinds.currentRowChanged.connect(lambda _row: self._follow())
        done = primary(theme, t("call.outcome.do"), "Enter")
        done.clicked.connect(self._take)
        shut = quiet(theme, t("call.panel.back"), "Esc")
        shut.clicked.connect(self.shut)
        self.foot([done, shut])

    def begin(self, who: str, can_promise: bool) -> None:
        """Ask what the call of `who` was."""
        self.title.setText(t("call.outcome.title", who=who))
        self.note.clear()
        self.when.setText(f"{(self._now() + LATER).astimezone(ZONE):%H:%M}")
        lines: list[tuple[str, object]] = [
            (f"{place + 1}   {t(f'call.kind.{kind.value}')}", kind) for place, kind in enumerate(KINDS)
        ]
        if can_promise:
            lines.append((f"{len(lines) + 1}   {t('call.outcome.promise')}", PROMISE))
        self.kinds.fill(lines)
        self._follow()
        self.say("")
        self.open(self.kinds)

    def _follow(self) -> None:
        """The time is asked only where a call is promised."""
        promises = self.kinds.value() == PROMISE
        self.when.setVisible(promises)
        self.when_name.setVisible(promises)
        if self.isVisible():
            self.place()

    def _take(self) -> None:
        value, note = self.kinds.value(), self.note.full_text().strip()
        if value == PROMISE:
            when = read_time(self.when.full_text(), self._now())
            if when is None:
                self.say(t("call.outcome.badTime"), bad=True)
                self.when.setFocus()
                return
            self.shut()
            self._promise(when, note)
        elif isinstance(value, CallKind):
            self.shut()
            self._settle(value, note)


def _line(name: str) -> TypedLine:
    made = TypedLine()
    made.setMaxLength(LONGEST_NOTE)
    made.setAccessibleName(name)
    return made
