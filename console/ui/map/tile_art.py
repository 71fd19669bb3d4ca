"""Paints one square of the map's background. Runs beside the interface's thread: images only, no widgets."""

import zlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF
from shiboken6 import VoidPtr

from console.geo.mercator import TILE_PX
from console.geo.outlines import Box, Edge, Outlines, overlapping
from console.geo.shading import NOT_SHADED
from console.ui.map.courtesy import stand_back
from console.ui.theme import Theme

Floats = NDArray[np.float64]
QUARTERS = 4  # zooms are whole quarters, so that every zoom has tiles of its own and stays sharp
SHADES = ("shade1", "shade2", "shade3", "shade4", "shade5")
HATCHES = (  # of each class, so that classes are told apart without colours as well
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.Dense7Pattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.Dense5Pattern,
)
HATCH_ALPHA = 0.34
OVER_PICTURES = 0.62  # opacity of the shading where a picture lies beneath
_BEYOND_PX = 8  # what lies this far outside may still reach in with its line


class TileKey(NamedTuple):
    """Zoom in quarters, column and row of a square of TILE_PX pixels."""

    quarters: int
    column: int
    row: int

    @property
    def scale(self) -> float:
        """Pixels per world unit."""
        return float(TILE_PX * 2.0 ** (self.quarters / QUARTERS))

    def box(self, margin_px: float = 0) -> Box:
        """World box of the square."""
        s = self.scale
        west, north = self.column * TILE_PX, self.row * TILE_PX
        return (
            (west - margin_px) / s,
            (north - margin_px) / s,
            (west + TILE_PX + margin_px) / s,
            (north + TILE_PX + margin_px) / s,
        )


@dataclass(frozen=True)
class Ink:
    """The colours of the background, taken once on the interface's thread."""

    sea: QColor
    out: QColor
    land: QColor
    land_alt: QColor
    line: QColor
    district: QColor
    shades: tuple[QColor, ...]
    hatch: QColor

    @classmethod
    def of(cls, theme: Theme) -> "Ink":
        """Those of a theme as it stands."""
        names = ("mapSea", "mapOut", "mapLand", "mapLandAlt", "mapLine", "mapDistrict")
        shades = tuple(theme.color(name) for name in SHADES)
        sea, out, land, land_alt, line, district = (theme.color(name) for name in names)
        hatch = theme.color("shadeInk", HATCH_ALPHA)
        return cls(sea, out, land, land_alt, line, district, shades, hatch)


@dataclass(frozen=True)
class Ground:
    """What a square is painted from. `shades`: class of each commune, NOT_SHADED for none; () for no shading.
    `bare`: boundaries alone, to lie over pictures."""

    province: Outlines
    around: Outlines
    ink: Ink
    ratio: float
    shades: tuple[int, ...] = ()
    bare: bool = False


def paint_tile(ground: Ground, key: TileKey) -> QImage:
    """The square as an image with the ground's device pixel ratio."""
    side = round(TILE_PX * ground.ratio)
    kind = QImage.Format.Format_ARGB32_Premultiplied if ground.bare else QImage.Format.Format_RGB32
    image = QImage(side, side, kind)
    image.setDevicePixelRatio(ground.ratio)
    image.fill(Qt.GlobalColor.transparent if ground.bare else ground.ink.sea)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not ground.bare:
        _fill_around(painter, ground, key)
    _fill_communes(painter, ground, key)
    _draw_borders(painter, ground, key)
    painter.end()
    return image


def _fill_around(painter: QPainter, ground: Ground, key: TileKey) -> None:
    painter.setPen(QPen(ground.ink.out, 0.5))  # closes the hair between neighbours
    painter.setBrush(ground.ink.out)
    for path in _paths(ground.around, key).values():
        stand_back()
        painter.drawPath(path)
    _draw_kind(painter, ground.around, key, Edge.COMMUNE, _pen(ground.ink.line, 1.2))


def _fill_communes(painter: QPainter, ground: Ground, key: TileKey) -> None:
    for unit, path in _paths(ground.province, key).items():
        stand_back()
        number = ground.shades[unit] if ground.shades else NOT_SHADED
        if number != NOT_SHADED:
            _shade(painter, ground, number, path)
        elif not ground.bare:
            alt = _is_alt(ground.province.communes[unit].code)
            _fill(painter, path, ground.ink.land_alt if alt else ground.ink.land)


def _fill(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    painter.setPen(QPen(color, 0.5))
    painter.setBrush(color)
    painter.drawPath(path)


def _shade(painter: QPainter, ground: Ground, number: int, path: QPainterPath) -> None:
    color = QColor(ground.ink.shades[number])
    color.setAlphaF(OVER_PICTURES if ground.bare else 1.0)
    _fill(painter, path, color)
    painter.fillPath(path, QBrush(ground.ink.hatch, HATCHES[number]))


def _is_alt(code: str) -> bool:
    """Some in the other shade, always the same ones: the eye tells neighbours apart."""
    return zlib.crc32(code.encode()) % 5 < 2


def _draw_borders(painter: QPainter, ground: Ground, key: TileKey) -> None:
    near = max(0.0, min(1.0, (key.quarters / QUARTERS - 9) / 4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw_kind(painter, ground.province, key, Edge.COMMUNE, _pen(ground.ink.line, 1.0 + near * 0.6))
    _draw_kind(painter, ground.province, key, Edge.DISTRICT, _pen(ground.ink.district, 1.1 + near))
    _draw_kind(painter, ground.province, key, Edge.PROVINCE, _pen(ground.ink.district, 1.6 + near))


def _pen(color: QColor, width: float) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(color, width, Qt.PenStyle.SolidLine, cap, join)


def _draw_kind(painter: QPainter, outlines: Outlines, key: TileKey, kind: Edge, pen: QPen) -> None:
    painter.setPen(pen)
    seen = overlapping(outlines.chain_boxes, key.box(_BEYOND_PX))
    for chain in seen[outlines.kind[seen] == kind]:
        stand_back()
        edges = outlines.edges[outlines.chain[chain] : outlines.chain[chain + 1]]
        painter.drawPolyline(_polygon(np.vstack([edges[:, :2], edges[-1:, 2:]]), key))


def _paths(outlines: Outlines, key: TileKey) -> dict[int, QPainterPath]:
    """The area of each unit that touches the square; holes are left out by the even-odd rule."""
    paths: dict[int, QPainterPath] = {}
    for ring in overlapping(outlines.ring_boxes, key.box(_BEYOND_PX)):
        stand_back()
        xy = outlines.xy[outlines.start[ring] : outlines.start[ring + 1]]
        path = paths.setdefault(int(outlines.unit[ring]), QPainterPath())
        path.addPolygon(_polygon(xy, key))
    return paths


def _polygon(xy: Floats, key: TileKey) -> QPolygonF:
    px = xy * key.scale - (key.column * TILE_PX, key.row * TILE_PX)
    return polygon_of(thinned(px))


def thinned(px: Floats) -> Floats:
    """The line without the corners that fall into the half pixel of the one before; both ends stay."""
    grid = np.round(px * 2)
    keep = np.ones(len(px), dtype=bool)
    keep[1:-1] = np.any(grid[1:-1] != grid[:-2], axis=1)
    return px[keep]


def polygon_of(px: Floats) -> QPolygonF:
    """A polygon of the points, copied in one piece instead of point by point."""
    polygon = QPolygonF()
    if not len(px):
        return polygon
    polygon.resize(len(px))
    memory = np.frombuffer(_memory_of(polygon), dtype=np.float64)
    memory.reshape(-1, 2)[:] = px
    return polygon


def _memory_of(polygon: QPolygonF) -> memoryview:
    # The stubs know VoidPtr by address only; it also takes an object, with size and right to write.
    pointer: Any = VoidPtr
    return memoryview(pointer(polygon.data(), polygon.size() * 16, True))
