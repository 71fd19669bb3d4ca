"""What lies around the province: land of the neighbours and names in the open, from `resources/map/`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.geo.mercator import point_to_world
from console.geo.outlines import CommuneOutline, Outlines, build

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "map"


@dataclass(frozen=True)
class OpenName:
    """A name written in the open. `kind`: "sea", "province" or "country"; `words` by language code."""

    words: dict[str, str]
    kind: str
    x: float
    y: float


@cache
def neighbours(folder: Path = FOLDER) -> Outlines:
    """Land on which the province lies, each country or island as one unit without a name."""
    held = json.loads((folder / "surroundings.json").read_text(encoding="utf-8"))
    return build([CommuneOutline(str(i), "", "", [part["polygon"]]) for i, part in enumerate(held["land"])])


@cache
def open_names(folder: Path = FOLDER) -> tuple[OpenName, ...]:
    """The sea and the neighbours by name."""
    held = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    return tuple(
        OpenName({"vi": n["vi"], "en": n["en"]}, n["kind"], *point_to_world(n["lon"], n["lat"]))
        for n in held["names"]
    )
