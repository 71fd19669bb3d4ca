"""What the map's names and pins stand on: land in squares, communes shaded or not, pictures beneath."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter

from console.geo import outlines as shapes
from console.geo.mercator import Window
from console.geo.outlines import Outlines
from console.geo.shading import NOT_SHADED
from console.geo.surroundings import neighbours
from console.ui.map import frame
from console.ui.map.tile_art import Ground, Ink
from console.ui.map.tiles import TileStore
from console.ui.theme import Theme

PaintPictures = Callable[[QPainter, Window], None]


class Backdrop(QObject):
    """`arrived`: another square can be shown."""

    arrived = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.outlines = shapes.build([])
        self._store = TileStore(self)
        self._store.arrived.connect(self.arrived)
        self._shades: Mapping[str, int] = {}
        self._pictures: PaintPictures | None = None
        self._ratio = 1.0

    def dress(self, outlines: Outlines, ratio: float) -> None:
        """Take boundaries, colours and pixel density anew."""
        self.outlines, self._ratio = outlines, ratio
        self._anew(meanwhile=False)

    def set_shades(self, classes: Mapping[str, int]) -> bool:
        """Shade communes by class (by code), {} for none. False: they are so already."""
        if classes == self._shades:
            return False
        self._shades = classes
        self._anew(meanwhile=True)
        return True

    def set_pictures(self, paint: PaintPictures | None) -> bool:
        """Have pictures painted beneath; None: the land is drawn. False: it is so already."""
        if paint == self._pictures:
            return False
        self._pictures = paint
        self._anew(meanwhile=False)
        return True

    def _anew(self, meanwhile: bool) -> None:
        shades = [self._shades.get(commune.code, NOT_SHADED) for commune in self.outlines.communes]
        classes = tuple(shades) if self._shades else ()
        bare = self._pictures is not None
        ink = Ink.of(self._theme)
        ground = Ground(self.outlines, neighbours(), ink, self._ratio, classes, bare)
        self._store.set_ground(ground, meanwhile)

    def paint(self, painter: QPainter, window: Window, quarters: int) -> None:
        """All of it, for one frame."""
        sea = self._theme.color("mapSea") if self._pictures is None else None
        if self._pictures is not None:
            self._pictures(painter, window)
        frame.paint_ground(painter, self._store, window, quarters, sea)

    def ground_for(self, theme: Theme, ratio: float) -> Ground:
        """What squares for paper are painted from."""
        shades = [self._shades.get(commune.code, NOT_SHADED) for commune in self.outlines.communes]
        classes = tuple(shades) if self._shades else ()
        return Ground(
            self.outlines, neighbours(), Ink.of(theme), ratio, classes, bare=self._pictures is not None
        )

    def paint_pictures(self, painter: QPainter, window: Window) -> None:
        """The pictures beneath alone, where there are any."""
        if self._pictures is not None:
            self._pictures(painter, window)

    def ready(self, window: Window, quarters: int) -> bool:
        """Whether every square in sight is painted."""
        return all(self._store.get(key) is not None for key in frame.tile_keys(window, quarters))

    def close(self) -> None:
        """Stop the worker that paints the squares."""
        self._store.close()
