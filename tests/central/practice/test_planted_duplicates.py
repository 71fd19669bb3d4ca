"""The search for duplicates, judged by those that the practice province plants and keeps the truth of."""

import math
from datetime import datetime

from console.central.practice import Told, generate
from console.domain.command import LogReport
from console.domain.duplicates import WITHIN, reach_m, score, telling_words
from console.domain.place import Point
from console.domain.zone import ZONE, local_day
from console.reference import bundled

REFERENCE = bundled()
METRES_PER_DEGREE = 111_320.0
PERIOD = datetime(2024, 9, 5, tzinfo=ZONE), datetime(2024, 11, 4, 14, tzinfo=ZONE)


class Heard:
    """A report as it came in."""

    def __init__(self, told: Told) -> None:
        command = told.commands[0]
        assert isinstance(command.body, LogReport)
        self.case, self.at, self.body = told.case, command.at, command.body
        self.unit = REFERENCE.unit(self.body.place.commune, local_day(self.at))
        assert self.unit is not None
        self.point = self.body.place.point or Point(self.unit.lon, self.unit.lat)
        self.type = REFERENCE.type(self.body.type)
        self.said = telling_words(self.body.description)
        self.all_words = frozenset(telling_words(f"{self.body.title}\n{self.body.description}"))


def alike(new: Heard, old: Heard) -> float:
    """0: not the same matter."""
    if new.at - old.at > WITHIN:
        return 0.0
    assert new.unit is not None
    east = (old.point.lon - new.point.lon) * math.cos(math.radians(new.point.lat))
    metres = math.hypot(east, old.point.lat - new.point.lat) * METRES_PER_DEGREE
    found = score(
        metres=metres,
        reach=reach_m(new.unit.kind),
        age=new.at - old.at,
        one=new.type,
        other=old.type,
        text=new.said,
        other_text=old.all_words,
    )
    return found.score if found else 0.0


def test_the_case_that_is_repeated_stands_first_or_nearly() -> None:
    heard, matter, places = list[Heard](), dict[str, str](), list[int]()
    for told in generate(REFERENCE, 7, 1_500, *PERIOD):
        new = Heard(told)
        of = told.duplicate_of
        matter[new.case] = matter.get(of, of) if of else new.case
        if of:
            ranked = sorted(heard, key=lambda old: -alike(new, old))
            places.append(next(n for n, old in enumerate(ranked) if matter[old.case] == matter[new.case]))
        heard.append(new)
    assert len(places) > 50
    assert sum(place == 0 for place in places) / len(places) > 0.9
    assert sum(place < 8 for place in places) / len(places) > 0.99
