"""The proposal for the report under the cursor, changed in its place by the intake's own fields."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.category import Urgency
from console.domain.suggest import PlaceHit
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.segments import Segments
from console.ui.intake.suggestions import (
    agency_suggestions,
    commune_suggestions,
    place_suggestions,
    type_suggestions,
    type_words,
)
from console.ui.parts.suggest_box import SuggestBox, Suggestion
from console.ui.theme import Theme
from console.ui.triage import proposal_words as said
from console.ui.triage.proposal_line import ProposalLine
from console.ui.triage.triage_state import TriageState
from console.ui.words import t

URGENCIES = tuple(Urgency)
Source = Callable[[IntakeState, str], list[Suggestion]]
_SOON = Qt.FocusReason.ShortcutFocusReason


class Proposals(QWidget):
    """`changed(bool)`: a field was; True: what follows from it must be asked anew. `left`: back to the list;
    `given`: Ctrl+Enter."""

    changed = Signal(bool)
    left = Signal()
    given = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.state: TriageState | None = None
        self.editing = False
        self.type = self._box(type_suggestions, "triage.type")
        self.place = self._box(place_suggestions, "triage.place")
        self.commune = self._box(commune_suggestions, "intake.commune")
        self.agency = self._box(agency_suggestions, "triage.lead")
        self.urgency = Segments(theme, [t(f"urgency.{one.value}") for one in URGENCIES], False)
        self.urgency.set_name(t("col.urgency"))
        self.fields: tuple[QWidget, ...] = (self.type, self.place, self.commune, self.urgency, self.agency)
        self.lines = {
            "type": ProposalLine(theme, t("triage.type"), ((self.type, 1),)),
            "place": ProposalLine(theme, t("triage.place"), ((self.place, 25), (self.commune, 16))),
            "urgency": ProposalLine(theme, t("col.urgency"), ((self.urgency, 1),)),
            "lead": ProposalLine(theme, t("triage.lead"), ((self.agency, 1),)),
            "due": ProposalLine(theme, t("triage.due")),
            "dup": ProposalLine(theme, t("triage.dup")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 6, 18, 6)
        column.setSpacing(0)
        for line in self.lines.values():
            column.addWidget(line)
        self._wire()

    def _box(self, source: Source, name: str) -> SuggestBox:
        def look(text: str) -> list[Suggestion]:
            return source(self.state.intake, text) if self.state is not None else []

        made = SuggestBox(self._theme, look)
        made.setAccessibleName(t(name))
        return made

    def _wire(self) -> None:
        self.type.typed.connect(lambda text: self._do(lambda s: s.intake.type_typed(text)))
        self.type.chosen.connect(lambda code: self._do(lambda s: s.intake.take_type(str(code)), self.place))
        self.place.typed.connect(lambda text: self._do(lambda s: s.intake.place_typed(text)))
        self.place.chosen.connect(self._take_place)
        self.commune.typed.connect(lambda text: self._do(lambda s: s.intake.commune_typed(text)))
        self.commune.chosen.connect(
            lambda code: self._do(lambda s: s.intake.take_commune(str(code)), self.urgency)
        )
        self.urgency.chosen.connect(self._take_urgency)
        self.urgency.went_on.connect(lambda: self.agency.setFocus(_SOON))
        self.agency.chosen.connect(self._take_agency)
        for box, following in (
            (self.type, self.place),
            (self.place, self.commune),
            (self.commune, self.urgency),
        ):
            box.passed.connect(lambda following=following: following.setFocus(_SOON))
        self.agency.passed.connect(self.left)
        for field in self.fields:
            field.installEventFilter(self)

    # changes

    def _do(
        self, change: Callable[[TriageState], object], following: QWidget | None = None, ask: bool = True
    ) -> None:
        if self.state is None:
            return
        change(self.state)
        self.state.edited = True
        self.show_fields()
        self.changed.emit(ask)
        if following is not None:
            following.setFocus(_SOON)

    def _take_place(self, hit: object) -> None:
        if isinstance(hit, PlaceHit):
            self._do(lambda s: s.intake.take_place(hit), self.urgency)

    def _take_urgency(self, index: int) -> None:
        self._do(lambda s: s.intake.take_urgency(URGENCIES[index]), ask=False)

    def _take_agency(self, code: object) -> None:
        self._do(lambda s: s.intake.take_agency(str(code)), ask=False)
        self.left.emit()

    # showing

    def show_state(self, state: TriageState | None, now: datetime) -> None:
        """Another report, or more of the same."""
        if state is not self.state:
            self.edit(False)
        self.state = state
        if state is None:
            for line in self.lines.values():
                line.say(said.Said(""))
            return
        words = {
            "type": said.type_said(state),
            "place": said.place_said(state),
            "urgency": said.urgency_said(state),
            "lead": said.lead_said(state),
            "due": said.due_said(state, now),
            "dup": said.duplicate_said(state, now),
        }
        for name, line in self.lines.items():
            line.say(words[name])
        if self.editing:
            self.show_fields()

    def show_fields(self) -> None:
        """The fields as the state has them; what is being typed stays."""
        if self.state is None:
            return
        intake = self.state.intake
        draft, reading = intake.draft, intake.reading
        self.type.show_text(type_words(reading.type) if reading.type else draft.type_text)
        self.place.show_text(draft.place_text)
        self.commune.show_text(draft.commune_text)
        self.urgency.show_choice(URGENCIES.index(reading.urgency))
        if not self.agency.hasFocus():
            self.agency.show_text(reading.lead.name if reading.lead else "")

    def edit(self, on: bool, first: str = "type") -> None:
        """The fields in the place of what they say; the cursor into one of them."""
        if self.editing and not on and self.state is not None:
            self.state.mend()
        self.editing = on
        for line in self.lines.values():
            line.edit(on)
        if on:
            self.show_fields()
            field = {"place": self.place, "urgency": self.urgency, "agency": self.agency}.get(
                first, self.type
            )
            field.setFocus(_SOON)
            if isinstance(field, SuggestBox):
                field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.agency:
            self.agency.selectAll()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit()
        elif key == Qt.Key.Key_Escape and not (isinstance(watched, SuggestBox) and watched.suggestions):
            self.left.emit()
        else:
            return False
        return True
