"""The head of the intake: the number from the first keystroke on, the progress line, the time taken."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.intake.fields import Field
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.steps import Steps
from console.ui.parts.text import label, set_tone
from console.ui.parts.time_text import stopwatch_text
from console.ui.theme import Theme
from console.ui.words import t


class IntakeHeader(QWidget):
    """Three columns: number, steps, time since the first keystroke."""

    def __init__(self, theme: Theme, state: IntakeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._answered: datetime | None = None
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(type="small", tone="muted")
        self.number = label(type="number")
        self.steps = Steps(theme)
        self.since = label(t("intake.since"), "small", "muted")
        self.elapsed = label(type="title")
        for part in (self.since, self.elapsed):
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 9, 20, 9)
        for parts in ((self.title, self.number), (self.since, self.elapsed)):
            column = QVBoxLayout()
            column.setSpacing(1)
            for part in parts:
                column.addWidget(part)
            row.addLayout(column)
            if parts[0] is self.title:
                row.addStretch(1)
                row.addWidget(self.steps)
                row.addStretch(1)

    def show_state(self, current: Field | None, now: datetime) -> None:
        """Number and steps."""
        draft = self.state.draft
        came = f" · {t('hand.from', desk=draft.handed_by)}" if draft.handed_by else ""
        title = t("intake.title.logged" if draft.logged else "intake.title")
        self.title.setText(f"{title} · {t('intake.number', desk=draft.station)}{came}")
        self.number.setText(draft.number or t("intake.number.none"))
        set_tone(self.number, "text" if draft.number else "subtle")
        reading = self.state.reading
        self.steps.show_steps(reading.done, current, reading.order)
        self.tick(now)

    def count_from(self, answered: datetime | None) -> None:
        """The time runs from when the call was answered; None: from when the draft was opened."""
        self._answered = answered
        self.since.setText(t("intake.since.call" if answered else "intake.since"))

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        draft = self.state.draft
        began = self._answered or (draft.opened_at if draft.id else now)
        self.elapsed.setText(stopwatch_text(now - began))
