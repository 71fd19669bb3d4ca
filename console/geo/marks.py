"""Flood marks out of a GeoJSON file (RFC 7946): read whole or not at all."""

import json
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.geo.faults import MapFileFault
from console.geo.mercator import to_world

Floats = NDArray[np.float64]

MOST_BYTES = 20 << 20
MOST_FEATURES = 20_000
MOST_CORNERS = 500_000
MOST_LETTERS = 120  # of a property
_WGS_84 = ("CRS84", "EPSG::4326", "EPSG:4326", "WGS84")
_VIETNAM = (102.0, 7.0, 118.0, 24.0)  # west, south, east, north


class Shape(IntEnum):
    """What a mark is on the ground."""

    POINT = 0
    LINE = 1
    AREA = 2


_SHAPES = {
    "Point": (Shape.POINT, 0),
    "MultiPoint": (Shape.POINT, 1),
    "LineString": (Shape.LINE, 1),
    "MultiLineString": (Shape.LINE, 2),
    "Polygon": (Shape.AREA, 2),
    "MultiPolygon": (Shape.AREA, 3),
}  # kind, and how deep its positions lie


@dataclass(frozen=True)
class Mark:
    """`parts`: points, lines or rings, world coordinates (n, 2). The words are the file's own, "": none."""

    shape: Shape
    parts: tuple[Floats, ...]
    name: str
    level: str
    time: str

    @property
    def anchor(self) -> tuple[float, float]:
        """World point at which its words stand."""
        part = self.parts[0]
        middle = part[len(part) // 2] if self.shape is Shape.LINE else part.mean(axis=0)
        return float(middle[0]), float(middle[1])


@dataclass(frozen=True)
class Marks:
    """All marks of a file, in its order."""

    file: Path
    marks: tuple[Mark, ...]


def read_marks(file: Path) -> Marks:
    """Read the file. Touches the disk. Raises MapFileFault: says at which line or feature."""
    return Marks(file, tuple(_Reader(file).features()))


class _Reader:
    """Knows the file's name and how much of it was read."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._corners = 0

    def _fault(self, why: str, **where: object) -> MapFileFault:
        return MapFileFault(self._file, why, **where)

    def features(self) -> list[Mark]:
        """The marks of all features."""
        found = self._json(self._text())
        if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
            raise self._fault("no_collection")
        self._check_crs(found.get("crs"))
        features = found.get("features")
        if not isinstance(features, list):
            raise self._fault("no_collection")
        if not features:
            raise self._fault("empty")
        if len(features) > MOST_FEATURES:
            raise self._fault("too_many", n=MOST_FEATURES)
        return [self._mark(number, feature) for number, feature in enumerate(features, 1)]

    def _text(self) -> str:
        try:
            if self._file.stat().st_size > MOST_BYTES:
                raise self._fault("too_big", n=MOST_BYTES >> 20)
            data = self._file.read_bytes()
        except FileNotFoundError as error:
            raise self._fault("gone") from error
        except OSError as error:
            raise self._fault("unreadable") from error
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self._fault("not_utf8", line=data.count(b"\n", 0, error.start) + 1) from error

    def _json(self, text: str) -> Any:
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise self._fault("not_json", line=error.lineno, column=error.colno) from error
        except (RecursionError, ValueError) as error:  # too deep, or a number of thousands of digits
            raise self._fault("no_collection") from error

    def _check_crs(self, crs: Any) -> None:
        """A file of before 2016 may name its coordinates: only longitude and latitude in WGS 84 will do."""
        if crs is None:
            return
        properties = crs.get("properties") if isinstance(crs, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if not isinstance(name, str) or not name.upper().endswith(_WGS_84):
            raise self._fault("projected", feature=0, crs=str(name)[:MOST_LETTERS])

    def _mark(self, number: int, feature: Any) -> Mark:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in _SHAPES:
            raise self._fault("geometry", feature=number, kind=str(kind)[:MOST_LETTERS])
        shape, depth = _SHAPES[kind]
        parts = tuple(self._parts(number, geometry.get("coordinates"), depth, shape))
        if not parts:
            raise self._fault("coordinates", feature=number)
        words = feature.get("properties")
        words = words if isinstance(words, dict) else {}
        return Mark(shape, parts, *(_word(words.get(name)) for name in ("name", "level", "time")))

    def _parts(self, number: int, found: Any, depth: int, shape: Shape) -> list[Floats]:
        if depth == 0:
            return [self._positions(number, [found], 1)]
        if not isinstance(found, list):
            raise self._fault("coordinates", feature=number)
        if depth == 1:
            least = {Shape.POINT: 1, Shape.LINE: 2, Shape.AREA: 4}[shape]
            return [self._positions(number, found, least)]
        return [part for one in found for part in self._parts(number, one, depth - 1, shape)]

    def _positions(self, number: int, found: list[Any], least: int) -> Floats:
        self._corners += len(found)
        if self._corners > MOST_CORNERS:
            raise self._fault("too_many_corners", n=MOST_CORNERS, feature=number)
        if len(found) < least or not all(map(_is_position, found)):
            raise self._fault("coordinates", feature=number)
        degrees = np.array([position[:2] for position in found], dtype=np.float64)
        self._check_degrees(number, degrees)
        return np.stack(to_world(degrees[:, 0], degrees[:, 1]), axis=1)

    def _check_degrees(self, number: int, degrees: Floats) -> None:
        beyond = np.abs(degrees) > (180.0, 90.0)
        west, south, east, north = _VIETNAM
        if beyond.any() and np.abs(degrees).max() > 1000:
            raise self._fault("projected", feature=number, crs="")
        lon, lat = degrees[:, 0], degrees[:, 1]
        if np.all((lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)):
            raise self._fault("swapped", feature=number)
        if beyond.any():
            raise self._fault("out_of_range", feature=number)


def _is_position(found: Any) -> bool:
    return isinstance(found, list) and len(found) >= 2 and all(map(_is_number, found[:2]))


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and -1e12 < found < 1e12


def _word(value: Any) -> str:
    """A property as it is shown; what is neither text nor number is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())[:MOST_LETTERS]
