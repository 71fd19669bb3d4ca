"""Points that are typed or pasted: coordinates, links to maps, Plus Codes."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from console.domain.area import Area
from console.domain.place import Point
from console.domain.places.coordinates import read_coordinates
from console.domain.places.lines import TYPED_POINT_M
from console.domain.places.links import Link, read_link
from console.domain.places.plus_code import Cell, cell_of, find_code, is_full, nearest_cell
from console.domain.reference import Reference

LONGEST = 200
"""Characters of a text that may hold a Plus Code."""
WhereIs = Callable[[str], Point | None]
"""Where the place of these words lies."""


class TypedPoint(NamedTuple):
    """A point with its likely error; `name`: what it is to be called, shorter than a link."""

    point: Point
    accuracy_m: int
    name: str


def read_point(
    reference: Reference, text: str, on: date, where: WhereIs, chosen: Point | None
) -> TypedPoint | None:
    """The point that a text is; None where it is words. `chosen`: the middle of the chosen commune."""
    point = read_coordinates(text)
    if point is not None:
        return TypedPoint(point, TYPED_POINT_M, " ".join(text.split()))
    link = read_link(text)
    if link is not None:
        return _of_link(reference, link, on, where, chosen)
    return _of_code(reference, text, on, where, chosen)


def _of_link(
    reference: Reference, link: Link, on: date, where: WhereIs, chosen: Point | None
) -> TypedPoint | None:
    if link.point is not None:
        name = link.rest or link.name or f"{link.point.lat:.6f}, {link.point.lon:.6f}"
        return TypedPoint(link.point, link.accuracy_m, name)
    return _of_code(reference, link.name, on, where, chosen) if link.name else None


def _of_code(
    reference: Reference, text: str, on: date, where: WhereIs, chosen: Point | None
) -> TypedPoint | None:
    found = find_code(text[:LONGEST])
    if found is None:
        return None
    code, rest = found
    if is_full(code):
        cell: Cell | None = cell_of(code)
    else:
        beside = (where(rest) if rest else None) or chosen
        cell = nearest_cell(code, beside) if beside else only_cell(reference, code, on)
    return TypedPoint(cell.middle, cell.accuracy_m, " ".join(text.split())) if cell else None


def only_cell(reference: Reference, code: str, on: date) -> Cell | None:
    """The one rectangle of a short code in the province; None where several are, or none."""
    area = reference.built(Area)
    cells = {nearest_cell(code, Point(unit.lon, unit.lat)) for unit in reference.communes(on)}
    apart = {(round(cell.south, 6), round(cell.west, 6)): cell for cell in cells}
    inside = [cell for cell in apart.values() if area.commune_at(cell.middle.lon, cell.middle.lat, on)]
    return inside[0] if len(inside) == 1 else None
