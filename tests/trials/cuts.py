"""Lines between desks and centre that break below HTTP: at any byte, by an end, a reset, or silence."""

import random
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support.central import Cluster
from tests.support.tcp_cable import UNHARMED, harms
from tests.trials.island import Island
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


def pulls_round(cluster: Cluster, folder: Path, seed: int, pulls: int, desks: int = 3) -> CutsRound:
    """The network cable of a namespace with all desks in it, pulled so often: for moments that nobody
    notices, and until everybody has. Raises AssertionError as `cuts_round`."""
    began, dice = time.monotonic(), random.Random(seed)
    with Island() as island, Place(cluster.database(), folder, desks, island=island) as place:
        work = Work(place, seed)
        short = 0
        for turn in range(pulls):
            island.pull()
            if turn % 3:
                short += 1
                threading.Event().wait(dice.uniform(0.05, 3.0))
            else:
                work.until_all(net="offline")
            island.plug()
            work.more(1)
        found = work.finish()
    return CutsRound(
        seed=seed,
        suffered={"pulled for moments": short, "pulled until all were offline": pulls - short},
        heard=dict(work.said),
        seconds=round(time.monotonic() - began, 1),
        **asdict(found),
    )
