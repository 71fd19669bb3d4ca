"""Ctrl+Shift+B: to which desk the draft shall go, and what of earlier ones nobody has taken yet."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from console.desk.handing import HandedOn
from console.protocol.wire import OtherDesk
from console.ui.calls.panel import CallPanel, NumberedLines
from console.ui.parts.buttons import primary, quiet
from console.ui.theme import Theme
from console.ui.words import t


class HandPanel(CallPanel):
    """`hand(station)` and `back(draft)`; a digit chooses, Enter does it."""

    def __init__(
        self, theme: Theme, head: QWidget, hand: Callable[[str], None], back: Callable[[str], None]
    ) -> None:
        super().__init__(theme, head, t("hand.title"), 520)
        self._hand, self._back = hand, back
        self.lines = NumberedLines(theme, self._take)
        self.lines.setAccessibleName(t("hand.desks"))
        self.lines.itemDoubleClicked.connect(lambda _item: self._take())
        self.column.addWidget(self.lines)
        self.do = primary(theme, t("hand.do"), "Enter")
        self.do.clicked.connect(self._take)
        self.lines.currentRowChanged.connect(lambda _row: self._follow())
        shut = quiet(theme, t("call.panel.back"), "Esc")
        shut.clicked.connect(self.shut)
        self.foot([self.do, shut])

    def begin(self) -> None:
        """Show it as it was filled."""
        self.open(self.lines if self.lines.count() else self)

    def fill(
        self, number: str, desks: Sequence[OtherDesk], waiting: Sequence[HandedOn], sentence: str
    ) -> None:
        """`number`: of the draft on the screen, "" where there is none to hand on. The mark stays on what it
        is on."""
        marked, empty = _key(self.lines.value()), not self.lines.count()
        self.title.setText(t("hand.titleOf", number=number) if number else t("hand.title"))
        lines: list[tuple[str, object]] = [(desk_text(desk), desk) for desk in desks if number]
        lines += [(waiting_text(one), one) for one in waiting]
        at = next((place for place, (_, value) in enumerate(lines) if _key(value) == marked), 0)
        self.lines.fill([(f"{place + 1}   {text}", value) for place, (text, value) in enumerate(lines)], at)
        self.do.setVisible(bool(lines))
        self._follow()
        self.say(sentence, bad=not lines)
        if self.isVisible() and empty and lines:
            self.lines.setFocus()

    def _follow(self) -> None:
        self.do.relabel(t("hand.back" if isinstance(self.lines.value(), HandedOn) else "hand.do"))

    def _take(self) -> None:
        value = self.lines.value()
        if isinstance(value, OtherDesk):
            self.leave()
            self._hand(value.station)
        elif isinstance(value, HandedOn):
            self.shut()
            self._back(value.draft)


def _key(value: object) -> str:
    """What a line is about, whatever else it says now."""
    return (
        value.station if isinstance(value, OtherDesk) else value.draft if isinstance(value, HandedOn) else ""
    )


def desk_text(desk: OtherDesk) -> str:
    """The desk, and who sits there."""
    name = desk.name or t("hand.nobody")
    return t("hand.desk", desk=desk.station, name=name)


def waiting_text(one: HandedOn) -> str:
    """A draft that no other desk has taken."""
    key = "hand.recalling" if one.recalled else "hand.waiting"
    return t(key, number=one.number, desk=one.station)
