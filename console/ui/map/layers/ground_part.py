"""What lies under the boundaries: drawn land, pictures of a file, or pictures of an office's own server."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal

from console.desk.errors import DeskError
from console.geo.faults import MapFileFault
from console.geo.mbtiles import Mbtiles
from console.ui.map.layers.choices import Choices, Ground
from console.ui.map.layers.facts import LegendFacts
from console.ui.map.layers.fault_text import fault_text
from console.ui.map.layers.part import Part, timer
from console.ui.map.layers.raster_layer import PictureSource, RasterLayer
from console.ui.map.map_view import MapView
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

AGAIN_MS = 30_000  # what could not be fetched is asked for again

OpenServer = Callable[[str], PictureSource]
Wanted = tuple[Ground, str]
DRAWN: Wanted = (Ground.DRAWN, "")


class _File(Mbtiles):
    """A file as a source: one thread reads it, and it is never away."""

    hands = 1
    trouble = ""


class GroundPart(Part):
    """`usable(kind, place)`: the file or the address that was tried can be shown."""

    usable = Signal(object, str)

    def __init__(self, view: MapView, theme: Theme, tasks: Tasks, open_server: OpenServer) -> None:
        """`open_server`: opens an address; raises DeskError. It is called beside the interface."""
        super().__init__(view)
        self._view, self._tasks, self._open_server = view, tasks, open_server
        self._shown: Wanted = DRAWN
        self._attribution = ""
        self.layer = RasterLayer(theme, self)
        self.layer.changed.connect(view.update)
        self.layer.failed.connect(lambda fault: self.trouble.emit(fault_text(fault)))
        self.layer.troubled.connect(self._on_trouble)
        self._again = timer(self, AGAIN_MS, view.update)

    def show(self, choices: Choices) -> None:
        place = {Ground.FILE: choices.ground_file, Ground.ADDRESS: choices.address}.get(choices.ground, "")
        wanted = (choices.ground, place) if place else DRAWN
        if wanted == self._shown:
            return
        if wanted == DRAWN:
            self._apply(DRAWN, None)
        else:
            self.try_ground(*wanted)

    def try_ground(self, kind: Ground, place: str) -> None:
        """Open a file or an address; `usable` when that can be shown, a sentence otherwise, and the map stays
        as it is."""
        self._tasks.start(self._open(kind, place), self._not_opened)

    def _not_opened(self, error: DeskError) -> bool:
        if isinstance(error, MapFileFault):
            self.trouble.emit(fault_text(error))
            return True
        if error.code == "tile_address":
            self.trouble.emit(t("error.tile_address"))
            return True
        return False

    async def _open(self, kind: Ground, place: str) -> None:
        if (kind, place) == self._shown:
            return
        make: OpenServer = self._open_server if kind is Ground.ADDRESS else _open_file
        source = await asyncio.to_thread(make, place)
        self.trouble.emit("")
        self._apply((kind, place), source)
        self.usable.emit(kind, place)

    def _apply(self, wanted: Wanted, source: PictureSource | None) -> None:
        self._shown = wanted
        self._attribution = source.attribution if isinstance(source, _File) else ""
        self.layer.set_source(source)
        self._view.set_basement(self.layer.paint if source is not None else None)
        if wanted[0] is Ground.ADDRESS:
            self._again.start()
        else:
            self._again.stop()
        self.told.emit()

    def _on_trouble(self, word: str) -> None:
        self.trouble.emit(t(f"layers.trouble.{word}") if word else "")

    def add_to(self, facts: LegendFacts) -> LegendFacts:
        kind, place = self._shown
        name = Path(place).name if kind is Ground.FILE else place
        return msgspec.structs.replace(facts, ground=name, ground_by=self._attribution)

    def close(self) -> None:
        self._again.stop()
        self.layer.close()


def _open_file(path: str) -> PictureSource:
    return _File(Path(path))
