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
    """The plan of the last stretch; `forget` it when names, pins or colours changed.

    A new plan takes as long as a frame: it is made after one, in which the old plan's names stand at the same
    distance from their points.
    """

    def __init__(self) -> None:
        self.places: list[Name] = []  # to be read from near
        self.figures: Mapping[str, str] = NO_FIGURES  # by commune, beside its name
        self._plan: list[Placed] = []
        self._key: tuple[int, ...] = ()
        self._scale = 0.0

    def forget(self) -> None:
        """Plan anew after the next frame."""
        self._key = ()

    def at(self, camera: Camera) -> list[Placed]:
        """What is planned, as it stands at the zoom of now."""
        scale = camera.window.scale
        if scale != self._scale:
            self._plan = [_moved(placed, self._scale, scale) for placed in self._plan]
            self._scale = scale
        return self._plan

    def for_paper(self) -> "NamePlan":
        """The same names, to be planned with other pictures."""
        made = NamePlan()
        made.places, made.figures = self.places, self.figures
        return made

    @property
    def empty(self) -> bool:
        """Whether nothing was planned yet."""
        return not self._plan

    def due(self, camera: Camera) -> bool:
        """Whether another plan is wanted here."""
        return self._key_of(camera) != self._key

    def _key_of(self, camera: Camera) -> tuple[int, ...]:
        window = camera.window
        half_x, half_y = max(1, window.width // 2), max(1, window.height // 2)
        return camera.quarters, half_x, half_y, window.left // half_x, window.top // half_y

    def make(self, camera: Camera, labels: Labels, outlines: Outlines, level: Level) -> None:
        """Plan for twice the window and for half a window of panning."""
        window = camera.window
        self._key = self._key_of(camera)
        _, half_x, half_y, column, row = self._key
        middle = ((column + 1.5) * half_x / window.scale, (row + 1.5) * half_y / window.scale)
        wide = Window(*middle, window.zoom, half_x * 4, half_y * 4)
        names = names_at(outlines, open_names(), self.places, language(), window.zoom, self.figures)
        self._plan = labels.plan(names, wide, level)
        self._scale = window.scale


def _moved(placed: Placed, old: float, new: float) -> Placed:
    """A name at another scale, as far from its point as before."""
    name, grown = placed.name, new - old
    return Placed(name, placed.left + round(name.x * grown), placed.top + round(name.y * grown))
