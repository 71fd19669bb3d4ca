"""Units and approximate boundaries of both lists, from resources/build/source (made by vietnamadminunits
and Natural Earth; see the notice of sources)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from console.domain.place import Boundary, Unit, UnitKind
from console.reference.geojson import polygons_of

SOURCE = Path(__file__).parent / "source"
START = date(2023, 7, 1)  # the list of 2023 taken back to before the practice period
MERGED = date(2025, 7, 1)
LAST_OLD = date(2025, 6, 30)
SPANS: dict[str, dict[str, Any]] = {
    "2023": {"valid_from": START, "valid_to": LAST_OLD},
    "2025": {"valid_from": MERGED, "valid_to": None},
}


def units(edition: str) -> list[Unit]:
    """All units of one list ("2023" or "2025")."""
    raw = json.loads((SOURCE / f"units-{edition}.json").read_text(encoding="utf-8"))["units"]
    return [
        Unit(
            code=u["code"],
            kind=UnitKind(u["kind"]),
            name=u["name"],
            short=u["short"],
            parent=u["parent"],
            lon=u["lon"],
            lat=u["lat"],
            predecessors=tuple(u.get("predecessors", ())),
            **SPANS[edition],
        )
        for u in raw
    ]


def boundaries(edition: str) -> list[Boundary]:
    """A polygon for each commune of one list."""
    raw = json.loads((SOURCE / f"boundaries-{edition}-approx.geojson").read_text(encoding="utf-8"))
    return [
        Boundary(
            code=f["properties"]["code"],
            polygons=polygons_of(f["geometry"]),
            approximate=True,
            **SPANS[edition],
        )
        for f in raw["features"]
    ]
