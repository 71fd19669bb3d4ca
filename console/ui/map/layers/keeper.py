"""Keeps the chosen layers of a map: reads what they need, shows it, and remembers the choices."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer

from console.desk.changes import Changes
from console.desk.spots import Spots
from console.domain.case import Actor
from console.domain.zone import local_day
from console.ui.map.layers.choices import Choices, bounds, recall, remember
from console.ui.map.layers.facts import HeatFacts, LegendFacts
from console.ui.map.layers.heat_layer import HeatLayer
from console.ui.map.layers.layer_legend import LayerLegend
from console.ui.map.layers.sections import HeatSection
from console.ui.map.layers.sheet import LayersSheet
from console.ui.map.map_pane import MapPane
from console.ui.memory import Memory
from console.ui.parts.buttons import quiet
from console.ui.queue.queue_room import Clock
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

AGAIN_MS = 60_000  # the last 24 hours go on
NEWS_MS = 2_000  # between two readings for new reports


class LayersDesk(Protocol):
    """What the layers ask of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    async def spots(self, from_ms: int, until_ms: int, new_only: bool = False) -> Spots: ...


class LayerKeeper(QObject):
    """Made once for a map pane; puts its button into the pane's header and `L` beside it."""

    def __init__(
        self,
        pane: MapPane,
        desk: LayersDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        memory: Memory,
    ) -> None:
        super().__init__(pane)
        self._pane, self._desk, self._tasks, self._memory = pane, desk, tasks, memory
        self._user = desk.actor.user
        self.choices = Choices()
        view = pane.view
        self.heat = HeatLayer(theme, view.devicePixelRatioF, self)
        self.heat.changed.connect(view.update)
        self.heat.changed.connect(self._say)
        self._heat_of: HeatFacts | None = None
        view.layers.append(self.heat)
        self.legend = LayerLegend(theme, view)
        pane.add_legend(self.legend)
        self.sheet = LayersSheet(theme, view, self._sections(theme))
        self.sheet.chosen.connect(self._take)
        self._button = quiet(theme, t("layers.button"), icon="action.layers", parent=pane)
        self._button.setToolTip(t("layers.button.hint"))
        self._button.clicked.connect(self.toggle)
        pane.add_tool(self._button)
        pane.add_key(Qt.Key.Key_L, self.toggle)
        pane.facts_from(self.facts)
        pane.closing.connect(self._close)
        self._news = _timer(self, NEWS_MS, self._read_heat, once=True)
        self._again = _timer(self, AGAIN_MS, self._read_heat)
        signals.changed.connect(self._on_changes)

    def _sections(self, theme: Theme) -> list[tuple[str, HeatSection]]:
        today = local_day(self._desk.clock.now())
        return [("layers.shown", HeatSection(theme, today))]

    def start(self) -> None:
        """Show what this person saw last."""
        self._show(recall(self._memory, self._user))
        self._again.start()

    def toggle(self) -> None:
        """Open the sheet, or close it."""
        if self.sheet.isVisible():
            self.sheet.close_sheet()
        else:
            self.sheet.open_sheet()

    def facts(self, plain: LegendFacts) -> LegendFacts:
        """The legend's facts with those of the layers."""
        heat, scale = self._heat_of, self.heat.scale
        if heat is not None and scale is not None:
            heat = msgspec.structs.replace(heat, top=scale.top, within_m=scale.within_m)
        return msgspec.structs.replace(plain, pins=self.choices.pins, heat=heat)

    def _take(self, choices: Choices) -> None:
        remember(self._memory, self._user, choices)
        self._show(choices)

    def _show(self, choices: Choices) -> None:
        before, self.choices = self.choices, choices
        self.sheet.show_choices(choices)
        self._pane.view.set_pins(choices.pins)
        asked = (choices.heat, choices.period, choices.since, choices.until)
        if asked != (before.heat, before.period, before.since, before.until):
            self._read_heat()
        self._say()

    def _on_changes(self, changes: Changes) -> None:
        if (changes.cases or changes.filled) and self.choices.heat and not self._news.isActive():
            self._news.start()

    def _read_heat(self) -> None:
        if self.choices.heat:
            self._tasks.start(self._heat_up(self.choices))
        elif self._heat_of is not None:
            self._heat_of = None
            self.heat.clear()

    async def _heat_up(self, choices: Choices) -> None:
        since, until = bounds(choices, self._desk.clock.now())
        spots = await self._desk.spots(_ms(since), _ms(until), new_only=True)
        wanted = self.choices
        same = (wanted.period, wanted.since, wanted.until) == (choices.period, choices.since, choices.until)
        if not wanted.heat or not same:
            return  # chosen otherwise meanwhile
        self._heat_of = HeatFacts(period=choices.period, since=since, until=until, reports=len(spots))
        self.heat.set_points(spots.lon, spots.lat)

    def _say(self) -> None:
        self.legend.set_facts(self._pane.legend_facts())

    def _close(self) -> None:
        self._news.stop()
        self._again.stop()
        self.heat.close()


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _timer(parent: QObject, interval: int, act: Callable[[], None], once: bool = False) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(interval)
    timer.setSingleShot(once)
    timer.timeout.connect(act)
    return timer
