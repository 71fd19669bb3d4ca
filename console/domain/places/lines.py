"""What the index finds: one line for each name of a place, and what a typed text is taken for."""

from typing import NamedTuple

import msgspec

from console.domain.place import GazetteerKind, Place, Point, Unit
from console.domain.places.spelling import Words

TYPED_POINT_M = 10
STREET_M, HOUSE_M, HAMLET_M, NAMED_M, BESIDE_M = 500, 400, 500, 150, 250
"""Likely errors in metres. A street or a hamlet is one point in the lists, and is as long as it is."""
ERROR_M = {GazetteerKind.STREET: STREET_M, GazetteerKind.HAMLET: HAMLET_M, GazetteerKind.BEACH: STREET_M}


class PlaceHit(msgspec.Struct, frozen=True, kw_only=True):
    """`name` as listed, `label` with typed house number and commune, `place` ready to take; `listed`: it is
    more than the typed words with a commune."""

    name: str
    label: str
    place: Place
    score: float
    listed: bool = True


class Line(NamedTuple):
    """One spelling of a place's name. `key` is the same for all spellings of a place."""

    key: str
    said: Words
    name: str
    commune: str
    kind: GazetteerKind | None  # None: the commune itself
    point: Point | None
    accuracy_m: int


class Around(NamedTuple):
    """A commune with the words that tell it: `own` is its short name, `said` goes on to its district."""

    unit: Unit
    own: Words
    said: Words
    label: str


class Nearness(NamedTuple):
    """What speaks for a commune besides words: it is the chosen one, or one of the caller's earlier cases."""

    chosen: str = ""
    earlier: tuple[str, ...] = ()

    def of(self, commune: str) -> float:
        """A bonus for its places."""
        if commune == self.chosen:
            return 0.15
        return 0.08 if commune in self.earlier else 0.0
