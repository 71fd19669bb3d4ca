"""Where: administrative units, gazetteer entries and the place of a report."""

from datetime import date
from enum import StrEnum

import msgspec


class UnitKind(StrEnum):
    """Kinds of administrative unit, of both lists (until and from 1 July 2025)."""

    PROVINCE = "province"
    CITY = "city"
    TOWN = "town"
    DISTRICT = "district"
    WARD = "ward"
    COMMUNE = "commune"
    TOWNSHIP = "township"
    SPECIAL = "special"

    @property
    def is_district(self) -> bool:
        """True for the middle level: city, town, district."""
        return self in (UnitKind.CITY, UnitKind.TOWN, UnitKind.DISTRICT)

    @property
    def is_commune(self) -> bool:
        """True for the lowest level, which has polygons."""
        return self in (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.TOWNSHIP, UnitKind.SPECIAL)


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """An administrative unit. `lon`, `lat`: centre, WGS 84 degrees. `people`: inhabitants, where known."""

    code: str
    kind: UnitKind
    name: str
    short: str
    parent: str | None
    lon: float
    lat: float
    predecessors: tuple[str, ...] = ()
    people: int | None = None
    valid_from: date
    valid_to: date | None = None


class Boundary(msgspec.Struct, frozen=True, kw_only=True):
    """A commune's outline: polygons, each a tuple of rings (first outer, then holes) of (lon, lat)."""

    code: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    approximate: bool = True
    valid_from: date
    valid_to: date | None = None


class GazetteerKind(StrEnum):
    """What a place name stands for."""

    STREET = "street"
    MARKET = "market"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    BRIDGE = "bridge"
    BEACH = "beach"
    HAMLET = "hamlet"
    ROAD_KM = "road_km"
    LANDMARK = "landmark"


class GazetteerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A named place with a point inside its commune (unit code of the list in force at `valid_from`)."""

    code: str
    kind: GazetteerKind
    name: str
    commune: str
    lon: float
    lat: float
    also: tuple[str, ...] = ()  # other names and spellings
    valid_from: date
    valid_to: date | None = None


class PostKind(StrEnum):
    """Who is on duty at a post."""

    COMMITTEE = "committee"  # a People's Committee
    POLICE = "police"
    FIRE = "fire"  # fire and rescue
    HEALTH = "health"
    RESCUE = "rescue"  # border guard, boats, volunteers
    UTILITY = "utility"  # electricity, water


class DutyPost(msgspec.Struct, frozen=True, kw_only=True):
    """A place where somebody is on duty: an agency's seat, a station. Degrees WGS 84.

    `agency`: whose it is, "" where it belongs to none that reports are forwarded to.
    """

    code: str
    kind: PostKind
    name: str
    lon: float
    lat: float
    agency: str = ""
    phone: str = ""  # the post's own line
    valid_from: date
    valid_to: date | None = None


class Point(msgspec.Struct, frozen=True):
    """WGS 84 degrees."""

    lon: float
    lat: float


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report is. `commune` is the unit it was logged under and stays so after mergers.

    `point` may be missing (shown "about here" at the commune's centre); `accuracy_m` is its
    likely error in metres.
    """

    commune: str
    text: str = ""
    point: Point | None = None
    accuracy_m: int | None = None
