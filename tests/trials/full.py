"""Disks that run full under working desks, on either side, and have room again a little later."""

import random
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from console.ui.words import speak, t
from tests.support.central import Cluster
from tests.trials.disk import SmallDisk, may_mount
from tests.trials.place import Console, Place
from tests.trials.postgres import Keeper, Postgres
from tests.trials.work import Work

NOTICED_S = 60.0
LIMIT = 64 * 1024
FULL = {"tmpfs": "store_full", "rlimit": "store_unwritable"}


@dataclass
class FullRound:
    """What a round did. `by`: how the desks' disk was filled; `restarts`: of a PostgreSQL that gave up."""

    seed: int
    by: str
    desk_full: int
    server_full: int
    restarts: int
    heard: dict[str, int]
    cases: int
    accepted: int
    refused: int
    held_back: int
    seconds: float


def full_desks(cluster: Cluster, folder: Path, seed: int, times: int, desks: int = 2) -> FullRound:
    """The desks' disk is full so often. Raises AssertionError where a desk does not say so, loses what was
    typed, does not go on by itself, or the books do not balance."""
    began, dice = time.monotonic(), random.Random(seed)
    with (
        desks_disk(folder / "disk") as (by, fill),
        Place(cluster.database(), folder / "disk", desks, logs=folder) as place,
    ):
        work = Work(place, seed)
        fill_desks(place, work, dice, fill, times)
        found = work.finish()
        sentences_are(work, by)
    return FullRound(
        seed=seed,
        by=by,
        desk_full=times,
        server_full=0,
        restarts=0,
        heard=dict(work.said),
        seconds=round(time.monotonic() - began, 1),
        **asdict(found),
    )


def fill_desks(place: Place, work: Work, dice: random.Random, fill: "Fill", times: int) -> None:
    """Full at a random moment, until every desk has said so at a save; then there is room again."""
    for _ in range(times):
        work.more(1)
        threading.Event().wait(dice.uniform(0, 0.5))
        empty = fill(place, dice.choice((0, 0, 4096, 40_000)))
        for console in place.consoles:
            _tells(console)
        threading.Event().wait(dice.uniform(0, 0.5))
        empty()


Fill = Callable[[Place, int], Callable[[], None]]


@contextmanager
def desks_disk(folder: Path) -> Iterator[tuple[str, Fill]]:
    """How the disk is filled, and the act of it, which answers how to empty it."""
    if may_mount():
        with SmallDisk(folder, 48) as disk:

            def fill(place: Place, spare: int) -> Callable[[], None]:
                disk.fill(spare)
                return disk.free

            yield "tmpfs", fill
    else:
        yield "rlimit", lambda place, spare: _limit(place, spare)


def _limit(place: Place, spare: int) -> Callable[[], None]:
    """No console may write a file beyond so many bytes: its journal is longer, its own complaints are not."""
    pids = [int(console.driver.wait("pid")["pid"]) for console in place.consoles]
    for pid in pids:
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (LIMIT + spare, hard))

    def lift() -> None:
        for pid in pids:
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))

    return lift


def _tells(console: Console) -> None:
    """The operator is told at a save."""
    before = len(console.driver.lines)
    told = lambda: any("trouble" in line for line in tuple(console.driver.lines)[before:])  # noqa: E731
    assert console.driver.until(told, NOTICED_S), f"{console.user}: nobody said that the disk is full"


def full_server(folder: Path, seed: int, times: int, desks: int = 2) -> FullRound:
    """The disk of PostgreSQL is full so often; where it gives up it is started again, as on duty. Needs root
    for a disk of its own. Raises AssertionError as `full_desks`."""
    began, dice = time.monotonic(), random.Random(seed)
    with SmallDisk(folder / "pg-disk", 320) as disk:
        postgres = Postgres(disk.folder / "pg")
        postgres.keep_small()
        keeper = Keeper(postgres)
        keeper.start()
        try:
            with Place(postgres.database(), folder, desks) as place:
                work = Work(place, seed)
                for _ in range(times):
                    work.more(1)
                    threading.Event().wait(dice.uniform(0, 0.5))
                    disk.fill(dice.choice((0, 0, 8192, 100_000)))
                    _all_refused(work, place)
                    threading.Event().wait(dice.uniform(0, 1.0))
                    disk.free()
                found = work.finish()
                log = "".join(file.read_text("utf-8") for file in folder.glob("central-*.log"))
                assert "Traceback" not in log, f"a bug at the centre: see {folder}"
        finally:
            keeper.end()
            postgres.close()
    return FullRound(
        seed=seed,
        by="tmpfs",
        desk_full=0,
        server_full=times,
        restarts=keeper.starts,
        heard=dict(work.said),
        seconds=round(time.monotonic() - began, 1),
        **asdict(found),
    )


def sentences_are(work: Work, by: str) -> None:
    """What the desks said at a save that failed is that the disk is full, and nothing else."""
    speak("vi")
    full = t(f"error.{FULL[by]}")
    assert work.sentences, "nobody was told at a save"
    assert all(full in sentence for sentence in work.sentences), f"told otherwise: {work.sentences}"


def _all_refused(work: Work, place: Place) -> None:
    """Each desk has heard that the centre takes nothing, while it goes on saving."""
    for console in place.consoles:
        offline = lambda c=console: work.standing(c).get("net") == "offline"  # noqa: E731
        assert console.driver.until(offline, NOTICED_S), f"{console.user}: the centre's full disk unnoticed"
