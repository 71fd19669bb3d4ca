"""Where the map looks: moved by hands only. Pure numbers, no widget."""

from console.geo.clusters import MERGE_PX
from console.geo.mercator import TILE_PX, Window, zoom_to_fit
from console.geo.outlines import Box
from console.ui.map.tile_art import QUARTERS

NEAREST, FARTHEST = 18 * QUARTERS, 6 * QUARTERS  # zooms in quarters
STREETS = 14 * QUARTERS
EDGE_PX = 40  # what is nearer to the edge than this is not yet in sight


class Camera:
    """The middle of what is seen, in world coordinates, and the zoom in quarters.

    `whole`: nobody has moved it yet, or it was sent back: it keeps the whole province in sight.
    """

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.quarters = 8 * QUARTERS
        self.whole = True
        self.box: Box | None = None
        self.width, self.height = 1, 1

    @property
    def window(self) -> Window:
        """What is seen now."""
        return Window(self.x, self.y, self.quarters / QUARTERS, self.width, self.height)

    def resize(self, width: int, height: int) -> None:
        """Another size in px; the middle stays, or the whole province does."""
        self.width, self.height = max(1, width), max(1, height)
        if self.whole:
            self.show_all()

    def set_province(self, box: Box | None) -> None:
        """The world box that is the whole."""
        self.box = box
        if self.whole:
            self.show_all()

    def show_all(self) -> None:
        """Look at the whole province, and go on doing so when the size changes."""
        self.whole = True
        if self.box is not None:
            self._frame(self.box, 10)

    def show_box(self, box: Box, margin_px: int = 24) -> None:
        """Look at a world box, as near as it fits."""
        self.whole = False
        self._frame(box, margin_px)

    def _frame(self, box: Box, margin_px: int) -> None:
        zoom = zoom_to_fit(box, self.width - 2 * margin_px, self.height - 2 * margin_px)
        self.quarters = min(NEAREST, max(FARTHEST, int(zoom * QUARTERS)))
        self._stand((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)

    def _stand(self, x: float, y: float) -> None:
        if self.box is not None:  # nobody gets lost: the middle stays within twice the province
            west, north, east, south = self.box
            wide, high = (east - west) / 2, (south - north) / 2
            x = min(max(x, west - wide), east + wide)
            y = min(max(y, north - high), south + high)
        self.x, self.y = x, y

    def pan(self, dx: float, dy: float) -> None:
        """Look further by pixels."""
        self.whole = False
        moved = self.window.panned(dx, dy)
        self._stand(moved.x, moved.y)

    def zoom_by(self, quarters: int, px: float | None = None, py: float | None = None) -> bool:
        """Nearer by quarters, the world under a pixel (the middle) staying there; False at the limit."""
        wanted = min(NEAREST, max(FARTHEST, self.quarters + quarters))
        if wanted == self.quarters:
            return False
        self.whole = False
        at = (self.width / 2 if px is None else px, self.height / 2 if py is None else py)
        window = self.window.zoomed(wanted / QUARTERS, *at)
        self.quarters = wanted
        self._stand(window.x, window.y)
        return True

    def look_into(self, box: Box) -> bool:
        """Look at what a bubble holds, at least half a zoom nearer; False when no zoom parts it."""
        spread_px = max(box[2] - box[0], box[3] - box[1]) * TILE_PX * 2.0 ** (NEAREST / QUARTERS)
        if spread_px < MERGE_PX or self.quarters >= NEAREST:
            return False
        before = self.quarters
        self.show_box(box, 60)
        self.zoom_by(max(0, before + 2 - self.quarters))
        return True

    def bring_in(self, x: float, y: float, at_least: int = 0) -> bool:
        """Have a world point in sight, at no smaller zoom than `at_least`; False when it already was."""
        if self.quarters >= at_least and self.window.holds(x, y, EDGE_PX):
            return False
        self.whole = False
        self.quarters = max(self.quarters, at_least)
        self._stand(x, y)
        return True
