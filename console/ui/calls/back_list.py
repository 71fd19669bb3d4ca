"""Shift+F9: who rang in vain or was promised a call. Enter calls them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.desk.call_rows import MissedCall
from console.ui.calls.faces import told_number
from console.ui.calls.panel import CallPanel, Lines
from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.time_text import short_moment_text
from console.ui.theme import Theme
from console.ui.words import t

Act = Callable[[MissedCall], object]


class BackPanel(CallPanel):
    """What `call`, `reached`, `tried` and `drop` do with an entry. The list stays while it is worked on."""

    def __init__(
        self,
        theme: Theme,
        strip: QWidget,
        now: Callable[[], datetime],
        *,
        call: Act,
        reached: Act,
        tried: Act,
        drop: Act,
    ) -> None:
        super().__init__(theme, strip, t("call.back"), 760)
        self._now = now
        keys = {
            Qt.Key.Key_Return: call,
            Qt.Key.Key_Enter: call,
            Qt.Key.Key_D: reached,
            Qt.Key.Key_L: tried,
            Qt.Key.Key_Delete: drop,
        }
        self.lines = _Entries(theme, {key: self._of(act) for key, act in keys.items()})
        self.lines.setAccessibleName(t("call.back"))
        self.column.addWidget(self.lines)
        self.dial = primary(theme, t("call.back.call"), "Enter", "call.callBack")
        self._acts = [
            self.dial,
            secondary(theme, t("call.back.reached"), "D"),
            secondary(theme, t("call.back.tried"), "L"),
            quiet(theme, t("call.back.drop"), "Del"),
        ]
        for button, act in zip(self._acts, (call, reached, tried, drop), strict=True):
            button.clicked.connect(self._of(act))
        self.foot([*self._acts, quiet(theme, t("call.panel.back"), "Esc")])
        self.lines.itemDoubleClicked.connect(self._of(call))

    def _of(self, act: Act) -> Callable[..., None]:
        def on_marked(*_signal: object) -> None:
            entry = self.lines.value()
            if isinstance(entry, MissedCall):
                act(entry)

        return on_marked

    def begin(self, entries: Sequence[MissedCall], dials: bool) -> None:
        """Show the list; `dials`: the line can call out from here."""
        self.dial.setEnabled(dials)
        self.fill(entries)
        self.open(self.lines if entries else self)

    def fill(self, entries: Sequence[MissedCall]) -> None:
        """The list as it stands now; the mark stays at its place."""
        at = max(0, self.lines.currentRow())
        self.lines.fill([(entry_text(entry, self._now()), entry) for entry in entries], at)
        for button in self._acts:
            button.setVisible(bool(entries))
        self.say("" if entries else t("call.back.none"))
        if not entries and self.isVisible():
            self.setFocus()


class _Entries(Lines):
    def __init__(self, theme: Theme, acts: dict[Qt.Key, Callable[[], None]]) -> None:
        super().__init__(theme)
        self._acts = acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts.get(Qt.Key(event.key())) if not event.modifiers() else None
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)


def entry_text(entry: MissedCall, now: datetime) -> str:
    """ "0905 217 384 · N. V. An · gọi nhỡ 3 lần, 14:05 · hẹn 17:30 · đã gọi 1 lần": one line."""
    at = short_moment_text(entry.last_at, now)
    parts = [told_number(entry), entry.reporter or entry.name]
    if entry.due is not None:
        parts.append(t("call.back.due", time=short_moment_text(entry.due, now)))
    elif entry.rings:
        parts.append(t("call.back.rings", n=entry.rings, time=at))
    if entry.tried:
        parts.append(t("call.back.triedTimes", n=entry.tried))
    parts.append(entry.note)
    return " · ".join(part for part in parts if part)
