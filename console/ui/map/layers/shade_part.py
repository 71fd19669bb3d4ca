"""Communes shaded by a measure, and the same figures in the table under the map."""

from datetime import date
from typing import Protocol

import msgspec
from PySide6.QtCore import Signal

from console.desk.changes import Changes
from console.desk.communes import CommuneRow, Communes
from console.desk.rows import DistrictRow
from console.domain.reference import Reference
from console.geo.shading import Shading, shade
from console.ui.map.district_model import Level
from console.ui.map.layers.choices import Choices, Measure
from console.ui.map.layers.facts import LegendFacts, ShadeFacts
from console.ui.map.layers.legend_words import figure_text, level_text
from console.ui.map.layers.part import HasClock, Part, timer
from console.ui.map.map_pane import MapPane
from console.ui.tasks import Tasks
from console.ui.words import t

AGAIN_MS = 30_000  # deadlines pass
NEWS_MS = 1_000  # between two readings for changed cases


class ShadeDesk(HasClock, Protocol):
    """What the shading asks of the desk."""

    @property
    def reference(self) -> Reference: ...
    async def communes(self, day: date) -> Communes: ...


class ShadePart(Part):
    """`offered(measures)`: those for which there are figures."""

    offered = Signal(object)

    def __init__(self, pane: MapPane, desk: ShadeDesk, tasks: Tasks) -> None:
        super().__init__(pane)
        self._pane, self._desk, self._tasks = pane, desk, tasks
        self._measure = Measure.NONE
        self._inside = ""  # the district whose communes the table shows
        self._found: Communes | None = None
        self._facts: ShadeFacts | None = None
        self.news = timer(self, NEWS_MS, self._read, once=True)
        self._again = timer(self, AGAIN_MS, self._read)
        pane.table.area_chosen.connect(self._choose_area)
        pane.table.left_inside.connect(self._leave)

    @property
    def _day(self) -> date | None:
        return self._pane.day

    @property
    def _wanted(self) -> bool:
        """Whether anybody sees figures by commune: the map, or the table (always where districts end)."""
        return self._measure is not Measure.NONE or bool(self._inside) or self._no_districts()

    def _no_districts(self) -> bool:
        return self._day is not None and not self._pane.view.outlines.districts

    def show(self, choices: Choices) -> None:
        self.offered.emit(self._offered())
        if choices.measure is not self._measure:
            self._measure = choices.measure
            self._apply()
            self._read()

    def on_changes(self, changes: Changes) -> None:
        if (changes.cases or changes.filled) and self._wanted and not self.news.isActive():
            self.news.start()

    def on_reference(self) -> None:
        self._inside = self._inside if self._district() is not None else ""
        self._found = None
        self.offered.emit(self._offered())
        self._read()

    def _offered(self) -> tuple[Measure, ...]:
        """The figures per 1,000 people only where some commune's inhabitants are known."""
        units = self._desk.reference.communes(self._day) if self._day is not None else []
        known = any(unit.people for unit in units)
        return tuple(m for m in Measure if known or m is not Measure.PER_1000)

    def _choose_area(self, code: str) -> None:
        if any(unit.code == code for unit in self._pane.view.outlines.districts):
            self._inside = code
            self._read()

    def _leave(self) -> None:
        self._inside = ""
        self._apply()

    def _read(self) -> None:
        if self._wanted and self._day is not None:
            self._tasks.start(self._take(self._day))
            self._again.start()
        else:
            self._again.stop()
            self._apply()

    async def _take(self, day: date) -> None:
        found = await self._desk.communes(day)
        if day == self._day:
            self._found = found
            self._apply()

    def _apply(self) -> None:
        found = self._found if self._wanted else None
        shaded = self._measure is not Measure.NONE and found is not None
        figures = {row.code: _figure(self._measure, row) for row in found.rows} if found and shaded else {}
        shading = shade(figures)
        self._pane.view.set_shading(
            shading.of, {c: figure_text(self._measure, f or 0) for c, f in figures.items() if f}
        )
        self._facts = None
        if found is not None and shaded:
            self._facts = ShadeFacts(
                measure=self._measure,
                classes=shading.classes,
                nothing=sum(figure == 0 for figure in figures.values()),
                unknown=sum(figure is None for figure in figures.values()),
                unplaced=found.unplaced,
            )
        self._fill_table(found, shading if shaded else None, figures)
        self.told.emit()

    def _district(self) -> DistrictRow | None:
        return next((row for row in self._pane.table.districts if row.code == self._inside), None)

    def _fill_table(
        self, found: Communes | None, shading: Shading | None, figures: dict[str, float | None]
    ) -> None:
        within = self._district()
        if found is None or (within is None and not self._no_districts()):
            self._pane.table.show_districts()
            return
        rows = [row for row in found.rows if within is None or row.district == within.code]
        levels = None
        if shading is not None:
            levels = {code: _level(self._measure, shading, code, figures[code]) for code in shading.of}
        self._pane.table.show_inside([_as_area(row) for row in rows], within, levels)

    def add_to(self, facts: LegendFacts) -> LegendFacts:
        return msgspec.structs.replace(facts, shade=self._facts)

    def close(self) -> None:
        self.news.stop()
        self._again.stop()


def _figure(measure: Measure, row: CommuneRow) -> float | None:
    if measure is Measure.OPEN:
        return row.open
    if measure is Measure.OVERDUE:
        return row.overdue
    return row.open * 1000 / row.people if row.people else None


def _level(measure: Measure, shading: Shading, code: str, figure: float | None) -> Level:
    number = shading.of[code]
    one = next(c for c in shading.classes if c.number == number)
    least, most = figure_text(measure, one.least), figure_text(measure, one.most)
    spoken = t(
        "map.level", level=level_text(number), word=t(f"layers.shade.{number}"), least=least, most=most
    )
    if measure is not Measure.PER_1000:
        return Level(level_text(number), spoken)
    shown = figure_text(measure, figure or 0)
    return Level(f"{shown} · {level_text(number)}", f"{shown}, {spoken}")


def _as_area(row: CommuneRow) -> DistrictRow:
    return DistrictRow(code=row.code, name=row.name, open=row.open, soon=row.soon, overdue=row.overdue)
