"""PostgreSQL killed under working desks: single backends, its head, and how long it stays away."""

import random
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from tests.trials.place import Place
from tests.trials.postgres import Postgres
from tests.trials.work import Work


@dataclass
class DatabaseRound:
    """What a round did. `heard`: what the desks said of connection and failures meanwhile."""

    seed: int
    backends: int
    heads: int
    heard: dict[str, int]
    cases: int
    accepted: int
    refused: int
    held_back: int
    seconds: float


def database_round(postgres: Postgres, folder: Path, seed: int, kills: int, desks: int = 3) -> DatabaseRound:
    """Raises AssertionError where a desk does not recover by itself, or the books do not balance."""
    began, dice = time.monotonic(), random.Random(seed)
    with Place(postgres.database(), folder, desks) as place:
        work = Work(place, seed)
        killed = kill_database(postgres, work, dice, kills)
        found = work.finish()
        log = "".join(file.read_text("utf-8") for file in folder.glob("central-*.log"))
        assert "database_away" in log, "the centre never noticed"
        assert "Traceback" not in log, f"a bug at the centre: see {folder}"
    return DatabaseRound(
        seed=seed,
        backends=killed["backend"],
        heads=killed["head"],
        heard=dict(work.said),
        seconds=round(time.monotonic() - began, 1),
        **asdict(found),
    )


def kill_database(postgres: Postgres, work: Work, dice: random.Random, kills: int) -> Counter[str]:
    """Head and backends by turns, with desks that go on meanwhile; how many of either."""
    killed = Counter[str]()
    for turn in range(kills):
        threading.Event().wait(dice.uniform(0, 0.5))
        head = turn % 2 == 0
        killed["head" if head else "backend"] += _kill(postgres, dice, head=head)
        if head:
            work.until_all(net="offline")
            threading.Event().wait(dice.uniform(0, 1.0))
            postgres.start_again()
        work.more(1)
    return killed


def _kill(postgres: Postgres, dice: random.Random, *, head: bool) -> int:
    """How many were killed: a backend may end by itself just then."""
    if head:
        postgres.kill_postmaster()
        return 1
    postgres.start_again()
    while not (backends := postgres.backends()):
        threading.Event().wait(0.05)
    try:
        postgres.kill_backend(dice.choice(backends))
    except psutil.NoSuchProcess:
        return 0
    return 1
