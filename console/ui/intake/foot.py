"""The foot of the intake: agency with its reason, deadline, what to read to the caller, and the ways out."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from console.domain.number import spoken_number
from console.ui.intake.agency_words import lead_words, why_words
from console.ui.intake.field_frame import field_label
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.suggestions import agency_suggestions
from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.suggest_box import SuggestBox
from console.ui.parts.text import OneLine, label, set_tone
from console.ui.parts.time_text import duration_text, moment_text
from console.ui.theme import Theme
from console.ui.words import t


class IntakeFoot(QWidget):
    """`forward`, `later`, `drop`: the three buttons; `picked(str)`: another agency was chosen."""

    forward = Signal()
    later = Signal()
    drop = Signal()
    picked = Signal(str)
    left_picker = Signal()

    def __init__(self, theme: Theme, state: IntakeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.state = theme, state
        self._make_agency()
        self._make_cells()
        self._make_buttons()
        self._lay()

    def _make_agency(self) -> None:
        self.lead = OneLine("bodyStrong")
        self.why = OneLine("small", "muted")
        self.picker = SuggestBox(self._theme, lambda text: agency_suggestions(self.state, text))
        self.picker.setPlaceholderText(t("intake.agency.find"))
        self.picker.setAccessibleName(t("intake.agency.find"))
        self.picker.chosen.connect(self._pick)
        self.picker.left.connect(lambda: self.close_picker(False))

    def _make_cells(self) -> None:
        self.due = label(type="bodyStrong")
        self.term = label(type="small", tone="muted")
        self.spoken = label(type="section", tone="text", wrap=True)
        self.message = label(type="small", tone="warnText", wrap=True)
        self.message.setVisible(False)

    def _make_buttons(self) -> None:
        theme = self._theme
        self.save = primary(theme, t("intake.saveAssign"), "Ctrl Enter", "action.save")
        self.save_later = secondary(theme, t("intake.saveLater"), "Ctrl S")
        self.discard = quiet(theme, t("intake.discard"), "Ctrl W")
        self.save.clicked.connect(self.forward)
        self.save_later.clicked.connect(self.later)
        self.discard.clicked.connect(self.drop)

    def _lay(self) -> None:
        cells = QHBoxLayout()
        cells.setSpacing(0)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.addWidget(self._agency_cell(), 12)
        cells.addWidget(
            _cell([label(t("intake.deadline"), "small", "muted"), self.due, self.term], "left"), 5
        )
        cells.addWidget(self._spoken_cell(), 12)
        bar = QWidget()
        bar.setProperty("fill", "canvas")
        bar.setProperty("edge", "top")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save, self.save_later):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.discard)
        column = QVBoxLayout(bar)
        column.setContentsMargins(18, 9, 18, 9)
        column.setSpacing(7)
        column.addWidget(self.message)
        column.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = QWidget()
        top.setProperty("edge", "top")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setLayout(cells)
        whole.addWidget(top)
        whole.addWidget(bar)

    def _agency_cell(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(field_label(t("intake.suggestedAgency"), "V"))
        head.addStretch(1)
        head.addWidget(label(t("intake.agency.other"), "small", "subtle"))
        head.addWidget(KeyCap(self._theme, "Alt V"))
        shown = QWidget()
        lines = QVBoxLayout(shown)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(self.lead)
        lines.addWidget(self.why)
        self._stack = QStackedLayout()
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(18, 9, 12, 9)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(self._stack)
        self._stack.addWidget(shown)  # it shows what it is given: as a window, where it has no place yet
        self._stack.addWidget(self.picker)
        return cell

    def _spoken_cell(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._speaker = QLabel()
        self._theme.changed.connect(self._draw_speaker)
        self._draw_speaker()
        row.addWidget(self._speaker)
        row.addWidget(label(t("intake.readAloud"), "small", "goodText"), 1)
        cell = _cell([head, self.spoken], "left")
        cell.setProperty("fill", "goodSoft")
        return cell

    def _draw_speaker(self) -> None:
        self._speaker.setPixmap(
            self._theme.pixmap("action.readAloud", "goodText", 15, self.devicePixelRatioF())
        )

    # -- showing --------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Agency, deadline and the number in words, as they follow from what was typed."""
        draft, reading = self.state.draft, self.state.reading
        self._show_agency()
        now = draft.opened_at
        deadline = reading.deadline
        self.due.setText(moment_text(deadline.due, now) if deadline else "–")
        urgency = t(f"urgency.{reading.urgency.value}")
        span = duration_text(deadline.due - deadline.start) if deadline else ""
        self.term.setText(t("intake.deadline.term", span=span, urgency=urgency) if deadline else "")
        usual = reading.past.usual_s if reading.past else None
        took = t("intake.deadline.usual", span=duration_text(timedelta(seconds=usual))) if usual else ""
        self.term.setToolTip(took)
        self.term.setAccessibleDescription(took)
        self.spoken.setText(f"“{spoken_number(draft.number)}”" if draft.number else t("intake.spoken.none"))
        set_tone(self.spoken, "text" if draft.number else "muted")
        until = moment_text(deadline.due, now) if deadline else ""
        whole = draft.number and deadline
        spoken = spoken_number(draft.number) if draft.number else ""
        self.spoken.setToolTip(t("intake.readAloud.text", spoken=spoken, time=until) if whole else "")
        self._show_rights()

    def _show_agency(self) -> None:
        self.lead.setText(lead_words(self.state))
        set_tone(self.lead, "text" if self.state.reading.lead else "muted")
        self.why.setText(why_words(self.state))

    def _show_rights(self) -> None:
        allowed = self.state.reading.no_forward is None
        self.save.setEnabled(allowed)
        self.save.setToolTip("" if allowed else t("intake.noForward"))

    def say(self, text: str) -> None:
        """Why saving has to wait; "" for nothing."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    # -- choosing another agency ----------------------------------------------------------------------

    def open_picker(self) -> None:
        """Find another agency by its name."""
        self._stack.setCurrentIndex(1)
        self.picker.clear()
        self.picker.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.picker.look("")

    def close_picker(self, back: bool = True) -> None:
        """Show the agency again; `back`: the cursor returns to where it was."""
        if self._stack.currentIndex() == 1:
            self._stack.setCurrentIndex(0)
            if back:
                self.left_picker.emit()

    def _pick(self, code: object) -> None:
        self.picked.emit(str(code))
        self.close_picker()


def _cell(parts: list[QWidget], edge: str) -> QWidget:
    cell = QWidget()
    cell.setProperty("edge", edge)
    cell.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(cell)
    column.setContentsMargins(14, 9, 12, 9)
    column.setSpacing(2)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return cell
