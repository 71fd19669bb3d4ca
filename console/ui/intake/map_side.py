"""The right of the intake: the map with the report's pin, and the possible duplicates below it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.desk.rows import Suspect
from console.domain.places.index import warm
from console.domain.reference import Reference
from console.geo.outlines import outlines_on, places_on
from console.geo.states import PinState
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.suspects_pane import LETTERS, SuspectsPane
from console.ui.map.pin_map import PinMap
from console.ui.parts.time_text import due_of
from console.ui.theme import Theme

_STATES = {"over": PinState.OVERDUE, "soon": PinState.SOON, "paused": PinState.RESTING}


class MapSide(QWidget):
    """`map` and `suspects`, kept in step with the state."""

    def __init__(self, theme: Theme, state: IntakeState, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.state, self._now = state, now
        self._outlined: tuple[int, date] | None = None
        self._pinned: tuple[float, float] | None = None
        self.map = PinMap(theme)
        self.suspects = SuspectsPane(theme, now)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.map)
        split.addWidget(self.suspects)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 4)
        split.setSizes([520, 420])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)

    async def draw_province(self, reference: Reference, day: date) -> None:
        """Outlines of that day, and the index of its places; off the interface's thread, once per reference
        and day."""
        key = reference.version, day
        if self._outlined != key:
            self._outlined = key
            self.map.set_outlines(await asyncio.to_thread(outlines_on, reference, day))
            self.map.set_places(await asyncio.to_thread(places_on, reference, day))
            self._pinned = None
            self.show_pin()
            await asyncio.to_thread(warm, reference, day)

    def show_pin(self) -> None:
        """The pin where the state has it; the map moves only when it went there by other means."""
        place = self.state.draft.place
        at = (place.point.lon, place.point.lat) if place and place.point else None
        if at == self._pinned:
            return
        self._pinned = at
        if at is None:
            self.map.set_pin(None)
        else:
            self.map.set_pin(*at)
        self._circle()

    def pinned_by_hand(self, lon: float, lat: float) -> None:
        """The map itself put it there: nothing has to move."""
        self._pinned = (lon, lat)

    def _circle(self) -> None:
        self.map.set_radius(500.0 if self._pinned else 0.0)

    def show_suspects(self, suspects: tuple[Suspect, ...] | None) -> None:
        """The list, and its letters on the map."""
        unit = self.state.reading.commune
        self.suspects.show_suspects(suspects, unit.kind if unit else None)
        # one that has no pin would stand in the middle of its commune, where nothing happened
        pinned = [one.metres is not None or self._pinned is None for one in self.suspects.suspects]
        marks = [
            (letter, one.row.lon, one.row.lat, self._pin_state(one))
            for letter, one, shown in zip(LETTERS, self.suspects.suspects, pinned, strict=False)
            if shown and one.row.lon is not None and one.row.lat is not None
        ]
        self.map.set_suspects(marks)

    def _pin_state(self, one: Suspect) -> PinState:
        return _STATES.get(due_of(one.row, self._now()).kind, PinState.WITHIN)

    def start_pin(self) -> bool:
        """The cursor to the map, on a pin: where it stands, else in the middle of the chosen commune."""
        unit = self.state.reading.commune
        if self._pinned is None and unit is not None:
            self.state.pin_somewhere(unit)
        self.map.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self._pinned is not None
