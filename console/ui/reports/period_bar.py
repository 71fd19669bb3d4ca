"""Which period: its length, a step back and forth, or two days of one's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.figures.period import PeriodKind
from console.ui.intake.segments import Segments
from console.ui.map.layers.sections import DayEdit
from console.ui.parts.buttons import KeyButton
from console.ui.parts.text import label
from console.ui.reports.numbers import period_name
from console.ui.reports.report_state import KINDS, ReportState
from console.ui.theme import Theme
from console.ui.words import t


class PeriodBar(QWidget):
    """`chosen`: the state has another period."""

    chosen = Signal()

    def __init__(self, theme: Theme, state: ReportState) -> None:
        super().__init__()
        self._theme, self._state = theme, state
        self.kinds = Segments(theme, [t(f"reports.kind.{kind.value}") for kind in KINDS], digits=False)
        self.kinds.set_name(t("reports.period"))
        self.kinds.chosen.connect(lambda index: self.choose(KINDS[index]))
        self.before = KeyButton(theme, "", icon="ph.caret-left", kind="quiet")
        self.after = KeyButton(theme, "", icon="ph.caret-right", kind="quiet")
        for button, words, key, by in (
            (self.before, t("reports.before"), "Alt+←", -1),
            (self.after, t("reports.after"), "Alt+→", 1),
        ):
            button.setToolTip(f"{words} ({key})")
            button.setAccessibleName(words)
            button.clicked.connect(lambda _=False, by=by: self.step(by))
        self.name = label("", "section")
        self.first = DayEdit(theme, t("reports.first"), self)
        self.last = DayEdit(theme, t("reports.last"), self)
        self.dash = label("–")
        for edit in (self.first, self.last):
            edit.editingFinished.connect(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.kinds, self.before, self.name, self.first, self.dash, self.last, self.after):
            row.addWidget(part)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._stand)
        self._stand()
        self.show_state()

    def _stand(self) -> None:
        """As high with days to type as without: nothing below it moves."""
        self.setMinimumHeight(self.first.sizeHint().height())
        self.name.setMinimumWidth(self._theme.px(140))

    def choose(self, kind: PeriodKind) -> None:
        """Another length."""
        self._state.choose(kind)
        self.show_state()
        self.chosen.emit()

    def step(self, by: int) -> None:
        """To the next one, or the one before."""
        if self._state.step(by):
            self.show_state()
            self.chosen.emit()

    def _typed(self) -> None:
        first, last = self.first.day(), self.last.day()
        if (first, last) != (self._state.period.first, self._state.period.last):
            self._state.set_days(first, last)
            self.show_state()
            self.chosen.emit()

    def show_state(self) -> None:
        """As it stands, also where another hand changed it."""
        state = self._state
        free = state.kind is PeriodKind.FREE
        self.kinds.show_choice(KINDS.index(state.kind))
        self.name.setText(period_name(state.period))
        self.name.setVisible(not free)
        for part in (self.first, self.dash, self.last):
            part.setVisible(free)
        self.first.set_day(state.period.first)
        self.last.set_day(state.period.last)
