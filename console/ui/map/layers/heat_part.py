"""The heat of the chosen period: reads its reports, and reads them again as time and reports come in."""

from typing import Protocol

import msgspec

from console.desk.changes import Changes
from console.desk.spots import Spots
from console.ui.map.layers.choices import Choices, bounds
from console.ui.map.layers.facts import HeatFacts, LegendFacts
from console.ui.map.layers.heat_layer import HeatLayer
from console.ui.map.layers.part import HasClock, Part, ms, timer
from console.ui.map.map_view import MapView
from console.ui.tasks import Tasks
from console.ui.theme import Theme

AGAIN_MS = 60_000  # the last 24 hours go on
NEWS_MS = 2_000  # between two readings for new reports


class HeatDesk(HasClock, Protocol):
    """What the heat asks of the desk."""

    async def spots(self, from_ms: int, until_ms: int, new_only: bool = False) -> Spots: ...


class HeatPart(Part):
    """`layer` is on the map from the beginning, and clear until it is chosen."""

    def __init__(self, view: MapView, desk: HeatDesk, theme: Theme, tasks: Tasks) -> None:
        super().__init__(view)
        self._desk, self._tasks = desk, tasks
        self.choices = Choices()
        self.layer = HeatLayer(theme, view.devicePixelRatioF, self)
        self.layer.changed.connect(view.update)
        self.layer.changed.connect(self.told)
        view.layers.append(self.layer)
        self._facts: HeatFacts | None = None
        self.news = timer(self, NEWS_MS, self._read, once=True)
        self._again = timer(self, AGAIN_MS, self._read)

    def show(self, choices: Choices) -> None:
        before, self.choices = self.choices, choices
        if _asked(choices) != _asked(before):
            self._read()

    def on_changes(self, changes: Changes) -> None:
        if (changes.cases or changes.filled) and self.choices.heat and not self.news.isActive():
            self.news.start()

    def _read(self) -> None:
        if self.choices.heat:
            self._tasks.start(self._warm(self.choices))
            self._again.start()
        else:
            self._again.stop()
            if self._facts is not None:
                self._facts = None
                self.layer.clear()

    async def _warm(self, choices: Choices) -> None:
        since, until = bounds(choices, self._desk.clock.now())
        spots = await self._desk.spots(ms(since), ms(until), new_only=True)
        if _asked(self.choices) != _asked(choices):
            return  # chosen otherwise meanwhile
        self._facts = HeatFacts(period=choices.period, since=since, until=until, reports=len(spots))
        self.layer.set_points(spots.lon, spots.lat)

    def add_to(self, facts: LegendFacts) -> LegendFacts:
        heat, scale = self._facts, self.layer.scale
        if heat is not None and scale is not None:
            heat = msgspec.structs.replace(heat, top=scale.top, within_m=scale.within_m)
        return msgspec.structs.replace(facts, heat=heat)

    def close(self) -> None:
        self.news.stop()
        self._again.stop()
        self.layer.close()


def _asked(choices: Choices) -> tuple[object, ...]:
    return choices.heat, choices.period, choices.since, choices.until
