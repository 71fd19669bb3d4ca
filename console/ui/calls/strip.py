"""The call strip: up to four calls in places of their own, and what can be done with the one in hand.

Always there and always of one height: nothing on the screen moves when it rings.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.desk.call_rows import SLOTS, LiveCall
from console.domain.telephone import CallState, LineState, Offer
from console.ui.calls.chip import CallChip
from console.ui.calls.faces import Known, by_slot, face_of, first_ringing
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label, tip
from console.ui.theme import Theme
from console.ui.words import t

ROOMY = 1500  # pixels at 100 %: below it the buttons show their icon and key only
MOST_TOLD = 99  # waiting or missed calls for whose number there is room
WIDEST = 430  # pixels of a chip at 100 %


class _Places(QWidget):
    """Where the chips stand; says what is so where there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.said, self.tone = theme, "", "subtle"
        self.chips = [CallChip(theme) for _ in range(SLOTS)]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for chip in self.chips:
            self._row.addWidget(chip, 1)
            policy = chip.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            chip.setSizePolicy(policy)
            chip.hide()

    def say(self, words: str, tone: str) -> None:
        """The sentence where no call stands; "" for none."""
        if (words, tone) != (self.said, self.tone):
            self.said, self.tone = words, tone
            self.setAccessibleName(words)
            self.setToolTip(tip(words))
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        for chip in self.chips:
            chip.setMaximumWidth(self._theme.px(WIDEST))
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.said:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color(self.tone))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.said, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class CallStrip(QFrame):
    """`wanted(str)`: a call's id; the buttons are `missed`, `hold`, `transfer`, `end`."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._ids: dict[int, str] = {}
        self._held, self._missed, self._waiting = False, 0, 0
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label(t("call.strip"), tone="muted")
        self.places = _Places(theme)
        self.more = label(type="bodyStrong", tone="warnText")
        self.missed = self._button("call.missed", "Shift F9", "call.missed")
        self.hold = self._button("call.holdAction", "F8", "ph.pause")
        self.transfer = self._button("call.transfer", "F7", "call.transfer")
        self.end = self._button("call.end", "F12", "call.end")
        for place, chip in enumerate(self.places.chips):
            chip.clicked.connect(lambda _on=False, slot=place + 1: self._press(slot))
        self._lay()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _button(self, text: str, key: str, icon: str) -> KeyButton:
        made = KeyButton(self._theme, t(text), key, icon)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _lay(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addSpacing(4)
        row.addWidget(self.places, 1)
        for part in (self.more, self.missed, self.hold, self.transfer, self.end):
            row.addWidget(part)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("callStrip"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _roomy(self) -> bool:
        return self.width() >= self._theme.px(ROOMY)

    def _fit(self) -> None:
        """Words beside the keys where there is room for them; the key and the icon always."""
        self.heading.setVisible(self._roomy)
        self.more.setFixedWidth(self.more.fontMetrics().horizontalAdvance(self._more_text(MOST_TOLD)) + 2)
        for button, texts, short in (
            (self.missed, (t("call.missed"), t("call.missed.n", n=MOST_TOLD)), str(MOST_TOLD)),
            (self.hold, (t("call.resume"), t("call.holdAction")), ""),
            (self.transfer, (t("call.transfer"),), ""),
            (self.end, (t("call.end"),), ""),
        ):
            self._reserve(button, texts if self._roomy else (short,))
        self._tell_more()
        self._name_missed()
        self._name_hold()
        self._name(self.transfer, t("call.transfer"))
        self._name(self.end, t("call.end"))

    def _more_text(self, waiting: int) -> str:
        return t("call.more", n=waiting) if self._roomy else f"+{waiting}"

    def _tell_more(self) -> None:
        self.more.setText(self._more_text(self._waiting) if self._waiting else "")
        self.more.setToolTip(t("call.more", n=self._waiting) if self._waiting else "")

    def _reserve(self, button: KeyButton, texts: Sequence[str]) -> None:
        """Room for the longest of its texts: nothing moves when it says another."""
        button.setMinimumWidth(0)
        widths = []
        for text in texts:
            button.relabel(text)
            widths.append(button.sizeHint().width())
        button.setFixedWidth(max(widths))

    # what it shows

    def _hold_text(self) -> str:
        return t("call.resume" if self._held else "call.holdAction")

    def show_calls(
        self, calls: Sequence[LiveCall], known: Mapping[str, Known], draft: str, now: datetime
    ) -> None:
        """`known`: by phone; `draft`: the one on the screen, "" for none."""
        answers, placed = first_ringing(calls), by_slot(calls)
        self._ids = {slot: call.id for slot, call in placed.items()}
        for place, chip in enumerate(self.places.chips):
            call = placed.get(place + 1)
            face = None if call is None else face_of(call, known.get(call.phone or ""), call is answers)
            chip.show_face(face, bool(call and draft and call.draft == draft), now)
            chip.setVisible(face is not None)
        self._waiting = sum(not call.slot for call in calls)
        self._tell_more()

    def show_line(self, line: LineState, calls: int) -> None:
        """What is said where no call stands."""
        if calls:
            self.places.say("", "subtle")
        elif not line.up:
            self.places.say(_line_text(line), "warnText")
        else:
            self.places.say(t("call.none.manual" if line.kind == "manual" else "call.none"), "subtle")

    def show_hand(self, call: LiveCall | None, line: LineState) -> None:
        """What can be done with the call in hand; the reason in the tooltip where it cannot."""
        held = call is not None and call.state is CallState.HELD
        if held != self._held:
            self._held = held
            self._name_hold()
        talks = call is not None and call.state in (CallState.TALKING, CallState.HELD)
        for button, offer, fits, text in (
            (self.hold, Offer.HOLD, talks, self._hold_text()),
            (self.transfer, Offer.TRANSFER, talks, t("call.transfer")),
            (self.end, Offer.HANG_UP, call is not None, t("call.end")),
        ):
            offered = line.up and offer in line.offers
            button.setEnabled(fits and offered)
            why = "" if button.isEnabled() else t("call.noHand" if offered else "error.line_offers_not")
            button.setToolTip(f"{text}. {why}" if why else text)

    def _name_hold(self) -> None:
        self._name(self.hold, self._hold_text(), icon="ph.play" if self._held else "ph.pause")

    def _name(self, button: KeyButton, whole: str, short: str = "", icon: str | None = None) -> None:
        """`short`: what is drawn beside the key where there is no room."""
        button.relabel(whole if self._roomy else short, icon)
        button.setAccessibleName(f"{whole} ({button.key})")

    def show_missed(self, missed: int) -> None:
        """How many there are to call back."""
        self._missed = missed
        self._name_missed()

    def _name_missed(self) -> None:
        words = t("call.missed.n", n=self._missed) if self._missed else t("call.missed")
        self._name(self.missed, words, str(self._missed or ""))
        self.missed.setToolTip(words)

    def tick(self, now: datetime) -> None:
        """Once a second."""
        for chip in self.places.chips:
            chip.tick(now)

    def call_at(self, slot: int) -> str:
        """The id of the call in this place, 1 to 4; "" for none."""
        return self._ids.get(slot, "")

    def _press(self, slot: int) -> None:
        if self.call_at(slot):
            self.wanted.emit(self.call_at(slot))


def _line_text(line: LineState) -> str:
    known = {"starting", "refused", "no_login", "lost", "not_found", "not_set_up"}
    return t(f"call.line.{line.why if line.why in known else 'lost'}", detail=line.detail)
