"""Flood marks from a file of the user's own: read at the start and when chosen, shown or told."""

import asyncio
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal

from console.desk.errors import DeskError
from console.geo.faults import MapFileFault
from console.geo.marks import Mark, Marks, read_marks
from console.ui.map.layers.choices import Choices
from console.ui.map.layers.facts import LegendFacts
from console.ui.map.layers.fault_text import fault_text
from console.ui.map.layers.marks_layer import TONE, MarksLayer
from console.ui.map.layers.part import Part
from console.ui.map.layers.signs import Sign, SignLayer
from console.ui.map.map_view import MapView
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

ICON = "ph.waves"


class MarksPart(Part):
    """`usable(path)`: a file that was tried can be shown."""

    usable = Signal(str)

    def __init__(self, view: MapView, theme: Theme, tasks: Tasks) -> None:
        super().__init__(view)
        self._tasks = tasks
        self._wanted = ""  # path of the file that is to be seen
        self._held: Marks | None = None
        self.layer = MarksLayer(theme, view.devicePixelRatioF, self)
        self.signs = SignLayer(theme, TONE, self)
        for layer in (self.layer, self.signs):
            layer.changed.connect(view.update)
            view.layers.append(layer)
        view.hints.append(self.signs.words_at)

    def show(self, choices: Choices) -> None:
        wanted = choices.marks_file if choices.marks else ""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if wanted and (self._held is None or str(self._held.file) != wanted):
            self.try_file(wanted)
        else:
            self._apply()

    def try_file(self, path: str) -> None:
        """Read a file; `usable` when it can be shown, a sentence otherwise, and the map stays as it is."""
        self._tasks.start(self._read(path), self._not_read)

    def _not_read(self, error: DeskError) -> bool:
        if not isinstance(error, MapFileFault):
            return False
        self.trouble.emit(fault_text(error))
        return True

    async def _read(self, path: str) -> None:
        self._held = await asyncio.to_thread(read_marks, Path(path))
        self.trouble.emit("")
        self.usable.emit(path)
        self._apply()

    def _apply(self) -> None:
        shown = self._held.marks if self._held is not None and str(self._held.file) == self._wanted else ()
        self.layer.set_marks(shown)
        self.signs.set_signs([_sign(mark) for mark in shown])
        self.told.emit()

    def add_to(self, facts: LegendFacts) -> LegendFacts:
        held = self._held
        if held is None or str(held.file) != self._wanted:
            return facts
        return msgspec.structs.replace(facts, marks=held.file.name, marks_count=len(held.marks))

    def close(self) -> None:
        self.layer.close()


def _sign(mark: Mark) -> Sign:
    level = t("layers.mark.level", level=mark.level) if mark.level else ""
    time = t("layers.mark.time", time=time_text(mark.time)) if mark.time else ""
    told = " · ".join(part for part in (mark.name, level, time) if part)
    near = " · ".join(part for part in (mark.name, mark.level) if part)
    return Sign(*mark.anchor, ICON, near, told or t("layers.mark.bare"))


def time_text(text: str) -> str:
    """A time as people here read it, where the file has it in ISO 8601; otherwise as it stands there."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{at:%d/%m/%Y}" if len(text) <= 10 else f"{at:%H:%M %d/%m/%Y}"
