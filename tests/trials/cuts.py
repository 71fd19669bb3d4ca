"""Lines between desks and centre that break below HTTP: at any byte, by an end, a reset, or silence."""

import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support.central import Cluster
from tests.support.tcp_cable import UNHARMED, harms
from tests.trials.place import Place
from tests.trials.work import Work


@dataclass
class CutsRound:
    """What a round did. `suffered`: connections by what befell them; `heard`: what the desks said of it."""

    seed: int
    suffered: dict[str, int]
    heard: dict[str, int]
    cases: int
    accepted: int
    refused: int
    held_back: int
    seconds: float


def cuts_round(cluster: Cluster, folder: Path, seed: int, cuts: int, desks: int = 3) -> CutsRound:
    """Until so many connections have suffered. Raises AssertionError where a desk does not recover by itself,
    or the books do not balance."""
    began = time.monotonic()
    with Place(cluster.database(), folder, desks) as place:
        work = Work(place, seed)
        suffered = break_lines(place, work, random.Random(seed), cuts)
        found = work.finish()
    return CutsRound(
        seed=seed,
        suffered=suffered,
        heard=dict(work.said),
        seconds=round(time.monotonic() - began, 1),
        **asdict(found),
    )


def break_lines(place: Place, work: Work, dice: random.Random, cuts: int) -> dict[str, int]:
    """Until so many connections have suffered; what befell them. Those half open at the end stay so: the
    desks must notice by themselves."""
    cable = place.servers.cable
    cable.harm = harms(dice)
    while sum(cable.suffered.values()) < cuts:
        work.more(1)
        cable.cut_some(random.Random(dice.random()))
    cable.harm = lambda: UNHARMED
    return dict(cable.suffered)
