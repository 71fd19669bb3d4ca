"""Which names stand where: planned for more than the window, so that few frames have to plan."""

from collections.abc import Mapping

from console.geo.clusters import Level
from console.geo.mercator import Window
from console.geo.outlines import Outlines
from console.geo.surroundings import open_names
from console.ui.map.camera import Camera
from console.ui.map.labels import NO_FIGURES, Labels, Name, Placed, names_at
from console.ui.words import language


class NamePlan:
    """The plan of the last stretch; `forget` it when names, pins or colours changed."""

    def __init__(self) -> None:
        self.places: list[Name] = []  # to be read from near
        self.figures: Mapping[str, str] = NO_FIGURES  # by commune, beside its name
        self._plan: list[Placed] = []
        self._key: tuple[int, ...] = ()

    def forget(self) -> None:
        """Plan anew with the next frame."""
        self._key = ()

    def at(self, camera: Camera, labels: Labels, outlines: Outlines, level: Level) -> list[Placed]:
        """For twice the window and for half a window of panning."""
        window = camera.window
        half_x, half_y = max(1, window.width // 2), max(1, window.height // 2)
        column, row = window.left // half_x, window.top // half_y
        key = (camera.quarters, half_x, half_y, column, row)
        if key != self._key:
            middle = ((column + 1.5) * half_x / window.scale, (row + 1.5) * half_y / window.scale)
            wide = Window(*middle, window.zoom, half_x * 4, half_y * 4)
            names = names_at(outlines, open_names(), self.places, language(), window.zoom, self.figures)
            self._plan = labels.plan(names, wide, level)
            self._key = key
        return self._plan
