"""The map with what belongs to it: header, age of the data, buttons, legend, and the table beneath."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.rows import DistrictRow, Points
from console.domain.reference import Reference
from console.geo.outlines import Outlines, UnitName, outlines_on, places_on
from console.ui.map.district_table import DistrictTable
from console.ui.map.layers.facts import LegendFacts
from console.ui.map.legend import AsOf, Legend
from console.ui.map.map_header import MapHeader
from console.ui.map.map_view import MapView
from console.ui.map.overlay import lay_above, lay_over, zoom_buttons
from console.ui.parts.buttons import quiet
from console.ui.parts.text import rule
from console.ui.theme import Theme
from console.ui.words import t


class MapPane(QWidget):
    """`picked`: selected by hand on the map; `opened`: to be shown; `follow_changed`: the toggle;
    `closing`: whoever works for it beside the interface stops now."""

    picked = Signal(str)
    opened = Signal(str)
    follow_changed = Signal(bool)
    closing = Signal()
    bounded = Signal()  # the boundaries of a day were taken

    def __init__(self, theme: Theme, parent: QWidget | None = None, header: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self.view = MapView(theme, self)
        self.table = DistrictTable(theme, self)
        self._follow = quiet(theme, t("map.follow"), icon="ph.link-simple", parent=self)
        self._follow.setCheckable(True)
        self._follow.setToolTip(t("map.follow.hint"))
        self.header = MapHeader(theme, self._follow, self)
        self.as_of = AsOf(theme, self.view)
        lay_over(self.view, self.as_of, zoom_buttons(theme, self.view), Legend(theme, self.view))
        self._waiting_time: datetime | None = None
        self._shown_time: datetime | None = None
        self._selected: str | None = None
        self._day: date | None = None
        self._keys: dict[Qt.Key, Callable[[], None]] = {}
        self._caps: list[tuple[str, str]] = []
        self.acts: list[tuple[str, str, Callable[[], object]]] = []
        """What can be done here by key: its cap, its words, the act."""
        self._facts: Callable[[LegendFacts], LegendFacts] = lambda plain: plain
        self._lay_out(header)
        self._connect()

    def _lay_out(self, header: bool) -> None:
        self.header.setVisible(header)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, rule(self), self.view, rule(self), self.table):
            column.addWidget(part, 1 if part is self.view else 0)

    def _connect(self) -> None:
        self.view.picked.connect(self._pick)
        self.view.opened.connect(self.opened)
        self.view.shown.connect(self._seen)
        self.table.area_chosen.connect(self.view.show_unit)
        self._follow.toggled.connect(self._toggle)

    @property
    def theme(self) -> Theme:
        """Its looks."""
        return self._theme

    @property
    def day(self) -> date | None:
        """The day whose boundaries are shown; None before there are any."""
        return self._day

    @property
    def follows(self) -> bool:
        """Whether the map goes where the list's selection is."""
        return self._follow.isChecked()

    def set_follow(self, on: bool) -> None:
        """Set the toggle, as remembered."""
        self._follow.setChecked(on)

    def set_reference(self, reference: Reference, day: date) -> None:
        """Take the boundaries in force on a day."""
        self.set_bounds(outlines_on(reference, day), places_on(reference, day), day)

    def set_bounds(self, outlines: Outlines, places: Sequence[UnitName], day: date) -> None:
        """Take boundaries and places that were made already."""
        self._day = day
        self.view.set_outlines(outlines)
        self.view.set_places(places)
        self.bounded.emit()

    def set_points(self, points: Points, at: datetime) -> None:
        """Take all open cases as they stood at `at`, UTC."""
        self._waiting_time = at
        self.view.set_points(points, _ms(at))

    def update_points(self, changed: Points, gone: Iterable[str], at: datetime) -> None:
        """Take a few that changed."""
        self._waiting_time = at
        self.view.update_points(changed, gone, _ms(at))

    def set_districts(self, rows: Sequence[DistrictRow]) -> None:
        """Take the figures of the table."""
        self.table.set_rows(rows)

    def tick(self, now: datetime) -> None:
        """Once a minute."""
        self.view.tick(_ms(now))

    def select(self, case: str | None) -> None:
        """The list's selection; the map goes there only when it follows the list."""
        follow = self.follows and case != self._selected  # what was picked here is in sight already
        self._selected = case
        self.view.select(case, follow=follow)

    def close_map(self) -> None:
        """Stop all workers before the program ends."""
        self.closing.emit()
        self.view.close_map()

    # -- what others add ----------------------------------------------------------------------------

    def add_tool(self, tool: QWidget) -> None:
        """Put a button into the header, left of those that are there."""
        self.header.add_tool(tool)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar between the map and its table."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.view) + 1, bar)

    def add_note(self, note: QWidget) -> None:
        """Lay a sentence below the age of the data."""
        lay_above(self.view, note, top=True)

    def add_legend(self, legend: QWidget) -> None:
        """Lay a legend above that of the pins."""
        lay_above(self.view, legend)

    def add_key(self, key: Qt.Key, act: Callable[[], None], cap: str, words: str) -> None:
        """A key of the whole pane, for which there is a button as well; `cap`, `words`: for lists of keys."""
        self._keys[key] = act
        self.tell_key(cap, words, act)

    def tell_key(self, cap: str, words: str, act: Callable[[], object] | None = None) -> None:
        """A key that holds here and is bound elsewhere."""
        self._caps.append((cap, words))
        if act is not None:
            self.acts.append((cap, words, act))

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar, which shows as many as it has room for."""
        return [
            ("+", ""),
            ("-", t("key.zoom")),
            ("0", t("key.whole")),
            (",", ""),
            (".", t("key.pin")),
            ("Enter", t("key.open")),
            *sorted(self._caps, key=_short_first),
            ("F1", t("key.keys")),
        ]

    def all_keys(self) -> list[tuple[str, str]]:
        """Every key of the map, for the key sheet."""
        return [
            ("← ↑ ↓ →", t("key.pan")),
            ("+ / -", t("key.zoom")),
            ("0", t("key.whole")),
            (", / .", t("key.pin")),
            ("Enter", t("key.open")),
            *sorted(self._caps, key=_short_first),
        ]

    def facts_from(self, add: Callable[[LegendFacts], LegendFacts]) -> None:
        """Whose layers the legend's facts speak of: `add` completes the plain ones."""
        self._facts = add

    def legend_facts(self) -> LegendFacts:
        """What the map shows now, for its legend on the screen and on paper."""
        cases, at = len(self.view.board), self._shown_time
        return self._facts(LegendFacts(at=at, cases=cases, pins=True, day=self._day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys.get(Qt.Key(event.key()))
        if act is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            act()

    def _pick(self, case: str) -> None:
        self._selected = case
        self.picked.emit(case)

    def _toggle(self, on: bool) -> None:
        if on:
            self.view.select(self._selected, follow=True)
        self.follow_changed.emit(on)

    def _seen(self) -> None:
        self.header.set_count(len(self.view.board))
        self._shown_time = self._waiting_time
        if self._waiting_time is not None:
            self.as_of.set_time(self._waiting_time)


def _short_first(key: tuple[str, str]) -> int:
    return len(key[0])


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
