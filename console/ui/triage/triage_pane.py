"""The right of the triage room: what the citizen sent, what is proposed, and the five keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from console.domain.reference import Reference
from console.ui.case.composer import Composer
from console.ui.parts.buttons import KeyButton, primary, secondary
from console.ui.parts.text import label, set_look, set_tone
from console.ui.queue.queue_room import Clock
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.triage.citizen import Citizen
from console.ui.triage.place_map import PlaceMap
from console.ui.triage.proposals import Proposals
from console.ui.triage.triage_state import TriageState
from console.ui.words import t

KEYS = (
    ("Enter", "triage.take", "action.approve"),
    ("E", "triage.edit", "ph.pencil-simple"),
    ("U", "triage.ask", "ph.question"),
    ("X", "triage.refuse", "action.reject"),
    ("M", "triage.merge", "action.merge"),
)


ROOMY, TIGHT, LOW = 860, 700, 520
"""Pixels at 100 %: from so many on the map stands beside the words; below, the buttons have no icons, and of
that height the proposal no reasons: the citizen's words keep their room."""


class TriagePane(QWidget):
    """`pressed(key)`: a button, as if its key were."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, clock: Clock) -> None:
        super().__init__()
        self._theme, self._clock = theme, clock
        self.composer: Composer | None = None
        self._shown: tuple[TriageState | None, Reference] | None = None
        self._fitted = (False, False)
        self.setProperty("fill", "surface")
        self.setProperty("edge", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.citizen, self.proposals = Citizen(theme), Proposals(theme)
        self.map = PlaceMap(theme, tasks, clock.now)
        self.map.hide()
        self.line: QLabel = label("", "small", "warnText", wrap=True)
        self.line.setContentsMargins(18, 6, 16, 6)
        self.line.setProperty("fill", "warnSoft")
        self.line.hide()
        self.blank: QLabel = label(t("triage.empty"), tone="muted", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.blank.setMargin(theme.px(32))
        self.buttons = {key: self._button(key, words, icon) for key, words, icon in KEYS}
        below = self.below = QWidget()
        below.setProperty("fill", "canvas")
        below.setProperty("edge", "top")
        below.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 4, 16, 10)
        foot.setSpacing(6)
        for button in self.buttons.values():
            foot.addWidget(button)
        foot.addStretch(1)
        self._lower = QVBoxLayout(below)
        self._lower.setContentsMargins(0, 0, 0, 0)
        self._lower.setSpacing(0)
        self._lower.addWidget(self.proposals)
        self._lower.addLayout(foot)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.citizen, 3)
        upper.addWidget(self.map, 2)
        self._column.addLayout(upper, 1)
        self._column.addWidget(self.line)
        self._column.addWidget(below)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.blank)
        self._stack.addWidget(whole)

    def _button(self, key: str, words: str, icon: str) -> KeyButton:
        made = (primary if key == "Enter" else secondary)(self._theme, t(words), key, icon)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self.pressed.emit(key))
        return made

    def show_state(self, state: TriageState | None, reference: Reference) -> None:
        """The report under the cursor; None: none, or it is being read."""
        now = self._clock.now()
        self._shown = state, reference
        self.proposals.show_state(state, now)
        for button in self.buttons.values():
            button.setEnabled(state is not None and state.waits)
        self._stack.setCurrentIndex(0 if state is None else 1)
        if state is not None:
            self.citizen.show_view(state.view, reference, now)
        self.map.set_pin_mode(self.proposals.editing)
        self.map.show_state(state, reference)
        self.buttons["M"].setEnabled(state is not None and state.waits and state.duplicate is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width() < self._theme.px(TIGHT), self.height() < self._theme.px(LOW))
        roomy = self.width() >= self._theme.px(ROOMY)
        if roomy == self.map.isHidden():
            self.map.setVisible(roomy)
            if self._shown is not None:
                self.map.show_state(*self._shown)

    def _fit(self, tight: bool, low: bool) -> None:
        if (tight, low) == self._fitted:
            return
        self._fitted = tight, low
        for key, words, icon in KEYS:
            short = t("triage.take.short") if key == "Enter" and tight else t(words)
            self.buttons[key].relabel(short, "" if tight else icon)
        for line in self.proposals.lines.values():
            line.set_low(low)

    def say(self, text: str, tone: str = "warnText") -> None:
        """A sentence above the proposal; "" for none."""
        self.line.setText(text)
        set_tone(self.line, tone)
        set_look(self.line, "fill", "warnSoft" if tone == "warnText" else "neutralSoft")
        self.line.setVisible(bool(text))

    def write(self, composer: Composer) -> None:
        """An act is written in the place of the proposal."""
        self.composer = composer
        self.below.hide()
        self._column.addWidget(composer)
        composer.show()
        composer.take_focus()

    def put_away(self) -> None:
        """The proposal again."""
        if self.composer is not None:
            self._column.removeWidget(self.composer)
            self.composer.hide()
            self.composer.deleteLater()
            self.composer = None
            self.below.show()
