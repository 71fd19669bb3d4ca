"""Web mercator: the world as a square from 0 to 1, x to the east, y to the south; and the window upon it."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

TILE_PX = 512  # one world at zoom 0
EARTH_M = 2 * math.pi * 6_378_137.0
MAX_LAT = 85.051129

Floats = NDArray[np.float64]


def to_world(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """World coordinates of WGS 84 degrees; latitudes beyond the square are held at its edge."""
    phi = np.radians(np.clip(lat, -MAX_LAT, MAX_LAT))
    return (lon + 180.0) / 360.0, 0.5 - np.arcsinh(np.tan(phi)) / (2 * np.pi)


def point_to_world(lon: float, lat: float) -> tuple[float, float]:
    """`to_world` of a single point."""
    x, y = to_world(np.array([lon]), np.array([lat]))
    return float(x[0]), float(y[0])


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """(lon, lat) in WGS 84 degrees of a world point."""
    return x * 360.0 - 180.0, math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))


def metres_to_world(metres: float, y: float) -> float:
    """How many world units a distance on the ground is, at the latitude of world row `y`."""
    return metres / EARTH_M * math.cosh((0.5 - y) * 2 * math.pi)


@dataclass(frozen=True)
class Window:
    """What of the world is seen: its middle, the zoom (one world is 512 * 2**zoom px), its size in px."""

    x: float
    y: float
    zoom: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels per world unit."""
        return float(TILE_PX * 2.0**self.zoom)

    @property
    def left(self) -> int:
        """World pixel of the left edge: whole, so that a pan never lands between pixels."""
        return round(self.x * self.scale - self.width / 2)

    @property
    def top(self) -> int:
        """World pixel of the upper edge."""
        return round(self.y * self.scale - self.height / 2)

    def bounds(self, margin_px: float = 0) -> tuple[float, float, float, float]:
        """World box (west, north, east, south) of the window, wider by `margin_px` on each side."""
        s = self.scale
        return (
            (self.left - margin_px) / s,
            (self.top - margin_px) / s,
            (self.left + self.width + margin_px) / s,
            (self.top + self.height + margin_px) / s,
        )

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Pixel of the window where a world point falls."""
        return x * self.scale - self.left, y * self.scale - self.top

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """World point under a pixel of the window."""
        return (px + self.left) / self.scale, (py + self.top) / self.scale

    def holds(self, x: float, y: float, inset_px: float = 0) -> bool:
        """Whether a world point is inside the window and `inset_px` away from its edge."""
        px, py = self.to_screen(x, y)
        return inset_px <= px < self.width - inset_px and inset_px <= py < self.height - inset_px

    def panned(self, dx: float, dy: float) -> "Window":
        """The window moved by pixels: positive looks further east and south."""
        return replace(self, x=self.x + dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, zoom: float, px: float, py: float) -> "Window":
        """Another zoom, with the world point under a pixel staying there."""
        x, y = self.to_world(px, py)
        scale = TILE_PX * 2.0**zoom
        return replace(
            self, zoom=zoom, x=x + (self.width / 2 - px) / scale, y=y + (self.height / 2 - py) / scale
        )


def zoom_to_fit(box: tuple[float, float, float, float], width: float, height: float) -> float:
    """The largest zoom at which a world box (west, north, east, south) fits into pixels."""
    wide, high = max(box[2] - box[0], 1e-9), max(box[3] - box[1], 1e-9)
    return math.log2(min(max(width, 1) / wide, max(height, 1) / high) / TILE_PX)
