"""Where it is: the report's pin on a map, with its probable duplicate; in a wide window beside the words."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.rows import Suspect
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.geo.outlines import outlines_on, places_on
from console.geo.states import PinState
from console.ui.map.pin_map import PinMap
from console.ui.parts.time_text import due_of
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.triage.triage_state import TriageState
from console.ui.words import t

_STATES = {"over": PinState.OVERDUE, "soon": PinState.SOON, "paused": PinState.RESTING}
CLOSE_M = 500.0


class PlaceMap(QWidget):
    """`pinned(lon, lat)`: put or moved by hand, which goes only while the proposal is changed; `settled`:
    Enter; `left`: Esc."""

    pinned = Signal(float, float)
    settled = Signal()
    left = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._tasks, self._now = tasks, now
        self._drawn: tuple[int, date] | None = None
        self._at: tuple[float, float] | None = None
        self.map = PinMap(theme)
        self.map.set_pin_mode(False)
        self.map.setAccessibleName(t("triage.map"))
        self.map.point_chosen.connect(self._on_chosen)
        self.map.pin_settled.connect(self.settled)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setProperty("edge", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self.map)

    def show_state(self, state: TriageState | None, reference: Reference) -> None:
        """This report, or none."""
        if state is None or self.isHidden():
            return
        self._draw(reference, local_day(state.case.entered_at))
        place = state.intake.draft.place
        at = (place.point.lon, place.point.lat) if place and place.point else None
        if at != self._at:
            self._at = at
            self.map.set_pin(*at) if at else self.map.set_pin(None)
            self.map.set_radius(CLOSE_M if at else 0.0)
        self.map.set_suspects(self._marks(state.duplicate, at is not None))

    def _marks(self, one: Suspect | None, pinned: bool) -> list[tuple[str, float, float, int]]:
        """The duplicate, where it has a pin of its own."""
        if one is None or one.row.lon is None or one.row.lat is None or (one.metres is None and pinned):
            return []
        state = _STATES.get(due_of(one.row, self._now()).kind, PinState.WITHIN)
        return [("A", one.row.lon, one.row.lat, state)]

    def set_pin_mode(self, on: bool) -> None:
        """Whether a hand may put the pin."""
        if self.map.tool.active != on:
            self.map.set_pin_mode(on)

    def _on_chosen(self, lon: float, lat: float) -> None:
        self._at = (lon, lat)  # the map shows it already
        self.pinned.emit(lon, lat)

    def _draw(self, reference: Reference, day: date) -> None:
        key = reference.version, day
        if key != self._drawn:
            self._drawn = key
            self._tasks.start(self._drawing(reference, day))

    async def _drawing(self, reference: Reference, day: date) -> None:
        self.map.set_outlines(await asyncio.to_thread(outlines_on, reference, day))
        self.map.set_places(await asyncio.to_thread(places_on, reference, day))
