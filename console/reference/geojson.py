"""Boundaries out of GeoJSON (RFC 7946): Polygon and MultiPolygon, longitude first, WGS 84 degrees."""

from typing import Any

Polygons = tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


class BadGeometry(ValueError):
    """What is wrong with a geometry, as a sentence that says what to do."""


def polygons_of(geometry: Any) -> Polygons:
    """The polygons of a geometry. Raises BadGeometry."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        parts = [parts]
    elif kind != "MultiPolygon":
        raise BadGeometry(f"hình học là {kind!r}; cần Polygon hoặc MultiPolygon")
    if not isinstance(parts, list) or not parts:
        raise BadGeometry("không có toạ độ; hãy xuất lại tệp kèm hình học")
    return tuple(_polygon(part) for part in parts)


def _polygon(rings: Any) -> tuple[tuple[tuple[float, float], ...], ...]:
    if not isinstance(rings, list) or not rings:
        raise BadGeometry("đa giác rỗng; hãy bỏ nó hoặc vẽ lại")
    return tuple(_ring(ring) for ring in rings)


def _ring(ring: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(ring, list) or len(ring) < 4 or ring[0] != ring[-1]:
        raise BadGeometry("đường bao phải có ít nhất 4 điểm và khép kín (điểm cuối trùng điểm đầu)")
    return tuple(_position(position) for position in ring)


def _position(position: Any) -> tuple[float, float]:
    numbers = isinstance(position, list) and len(position) >= 2
    if not numbers or not all(isinstance(n, int | float) for n in position[:2]):
        raise BadGeometry("toạ độ phải là [kinh độ, vĩ độ] bằng số")
    lon, lat = float(position[0]), float(position[1])
    if not (102 <= lon <= 118 and 6 <= lat <= 24):
        raise BadGeometry(
            f"toạ độ [{lon:g}, {lat:g}] nằm ngoài Việt Nam; "
            "cần WGS 84, kinh độ trước vĩ độ sau (không phải VN-2000)"
        )
    return lon, lat
