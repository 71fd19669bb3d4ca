"""Placing a report's pin, and the possible duplicates around it. State only; the map paints it."""

from collections.abc import Sequence
from typing import NamedTuple

from console.geo.mercator import metres_to_world, point_to_world, to_degrees

STEP_M, STRIDE_M = 5.0, 25.0


class Marker(NamedTuple):
    """A possible duplicate: letter, world point, and its pin's state (PinState)."""

    letter: str
    x: float
    y: float
    state: int


class PinTool:
    """`at`: world point of the pin, None while there is none. `radius_m`: circle around it, 0 for none."""

    def __init__(self) -> None:
        self.active = False
        self.at: tuple[float, float] | None = None
        self.radius_m = 0.0
        self.markers: tuple[Marker, ...] = ()

    def put(self, lon: float, lat: float) -> tuple[float, float]:
        """Set the pin to WGS 84 degrees; its world point."""
        self.at = point_to_world(lon, lat)
        return self.at

    def degrees(self) -> tuple[float, float] | None:
        """(lon, lat) of the pin."""
        return None if self.at is None else to_degrees(*self.at)

    def shift(self, east: int, south: int, metres: float) -> None:
        """Move the pin on the ground; without a pin nothing happens."""
        if self.at is not None:
            x, y = self.at
            step = metres_to_world(metres, y)
            self.at = (x + east * step, y + south * step)

    def mark(self, suspects: Sequence[tuple[str, float, float, int]]) -> None:
        """Show these duplicates: (letter, lon, lat, state)."""
        self.markers = tuple(Marker(a, *point_to_world(lon, lat), state) for a, lon, lat, state in suspects)

    def radius_px(self, scale: float) -> float:
        """Radius of the circle in pixels, 0 without pin or circle. `scale`: pixels per world unit."""
        return 0.0 if self.at is None else metres_to_world(self.radius_m, self.at[1]) * scale
