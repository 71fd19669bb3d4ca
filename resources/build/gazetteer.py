"""Place names: real streets and sights, and the schools, stations, offices and hamlets each commune has.

Points are composed: drawn inside the approximate commune, from the entry's own code, so that a new
line moves no other point.
"""

from collections.abc import Iterator
from random import Random

import msgspec

from console.domain.area import Outline
from console.domain.place import GazetteerEntry, GazetteerKind, Unit, UnitKind
from console.reference.inside import drawn_inside
from resources.build.places import SOURCE, SPANS, boundaries, units
from resources.build.roads import road_points
from resources.build.types import rows

KIND_WORD = {UnitKind.WARD: "phường", UnitKind.COMMUNE: "xã", UnitKind.TOWNSHIP: "thị trấn"}
Draft = tuple[GazetteerKind, str, tuple[str, ...]]


def _streets() -> Iterator[tuple[str, Draft]]:
    for commune, names in rows(SOURCE / "streets.txt"):
        for name in names.split("; "):
            yield commune, (GazetteerKind.STREET, f"Đường {name}", (name,))


def _sights() -> Iterator[tuple[str, Draft]]:
    for commune, kind, name, also in rows(SOURCE / "sights.txt"):
        yield commune, (GazetteerKind(kind), name, tuple(also.split("; ")) if also else ())


def _usual(unit: Unit) -> Iterator[Draft]:
    """What every commune has: an office, schools, a health station, mostly a market."""
    word, short = KIND_WORD[unit.kind], unit.short
    yield GazetteerKind.LANDMARK, f"Trụ sở UBND {word} {short}", (f"ủy ban {word} {short}",)
    yield GazetteerKind.HOSPITAL, f"Trạm Y tế {word} {short}", (f"trạm xá {short}",)
    yield GazetteerKind.SCHOOL, f"Trường Tiểu học {short}", (f"cấp 1 {short}",)
    yield GazetteerKind.SCHOOL, f"Trường THCS {short}", (f"cấp 2 {short}",)
    yield GazetteerKind.SCHOOL, f"Trường Mầm non {short}", (f"mẫu giáo {short}",)
    if unit.kind == UnitKind.COMMUNE and int(unit.code) % 3:
        yield GazetteerKind.MARKET, f"Chợ {short}", (f"chợ xã {short}",)


def _hamlets(unit: Unit, names: list[str]) -> Iterator[Draft]:
    """Numbered groups in towns; in communes numbered or named hamlets."""
    if unit.kind != UnitKind.COMMUNE:
        for number in range(1, 7):
            also = (f"TDP {number} {unit.short}", f"tổ {number} {unit.short}")
            yield GazetteerKind.HAMLET, f"Tổ dân phố {number}, {unit.short}", also
        return
    for number in range(1, 4):
        yield GazetteerKind.HAMLET, f"Thôn {number}, {unit.short}", (f"thôn {number} {unit.short}",)
    for name in Random(f"hamlets {unit.code}").sample(sorted(set(names)), 2):
        yield GazetteerKind.HAMLET, f"Thôn {name}, {unit.short}", (name,)


def _drafts(communes: dict[str, Unit]) -> Iterator[tuple[str, Draft]]:
    yield from _streets()
    yield from _sights()
    names = rows(SOURCE / "hamlets.txt")[0][0].split("; ")
    for unit in communes.values():
        for draft in (*_usual(unit), *_hamlets(unit, names)):
            yield unit.code, draft


def _entries(outlines: dict[str, Outline]) -> Iterator[GazetteerEntry]:
    """All places of the list of 2023, one for each name in a commune."""
    communes = {u.code: u for u in units("2023") if u.kind.is_commune}
    seen: set[tuple[str, str]] = set()
    counts: dict[tuple[str, str], int] = {}
    for commune, (kind, name, also) in _drafts(communes):
        if (commune, name) in seen:
            continue
        seen.add((commune, name))
        counts[commune, kind] = counts.get((commune, kind), 0) + 1
        code = f"{commune}.{kind}.{counts[commune, kind]:02d}"
        lon, lat = drawn_inside(outlines[commune], Random(code))
        yield GazetteerEntry(
            code=code, kind=kind, name=name, commune=commune, lon=lon, lat=lat, also=also, **SPANS["2023"]
        )
    yield from road_points(communes, outlines)


def _after_merger(
    entry: GazetteerEntry, heir: dict[str, str], outlines: dict[str, Outline]
) -> GazetteerEntry:
    """The same place in the list of 2025; its point is drawn anew where the rough outlines disagree."""
    outline = outlines[heir[entry.commune]]
    lon, lat = entry.lon, entry.lat
    if not outline.holds(lon, lat):
        lon, lat = drawn_inside(outline, Random(f"{entry.code} 2025"))
    return msgspec.structs.replace(entry, commune=outline.code, lon=lon, lat=lat, **SPANS["2025"])


def gazetteer() -> list[GazetteerEntry]:
    """All places of both lists."""
    old = list(_entries({b.code: Outline(b) for b in boundaries("2023")}))
    heir = {was: unit.code for unit in units("2025") for was in unit.predecessors}
    new = {b.code: Outline(b) for b in boundaries("2025")}
    offices = "Trụ sở UBND "
    kept = [e for e in old if not e.name.startswith(offices)]
    return old + [_after_merger(entry, heir, new) for entry in kept if entry.commune in heir]
