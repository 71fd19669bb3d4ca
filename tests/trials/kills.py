"""SIGKILL, half of them to consoles and half to central servers, at random moments under load.

A round is a fresh database, two servers, three desks; it ends with the audit of `tests.trials.books`.
"""

import asyncio
import random
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from console.desk.clock import Clock
from console.desk.desk import Desk
from console.desk.opening import open_desk
from console.domain.command import LogReport
from console.reference import bundled
from tests.desk.people import DISPATCHER, KEY
from tests.support.central import Cluster
from tests.trials.books import audit
from tests.trials.drafts import LOST_S, late_s, lost_s
from tests.trials.place import Console, Place

LOG = LogReport.__struct_config__.tag
LINES = {"log": (1, 120), "type": (10, 90)}
FIRST_LINES = 60  # the first life of a console ends after a few saved calls
AHEAD = 4  # consoles and servers die in step, but for so many


@dataclass
class Round:
    """What a round did. `drafts`: calls that a kill broke off while words were typed; `late_drafts`: of them,
    those that lost more than half a second, by no more than the machine let a bare write wait just then."""

    seed: int
    consoles: int
    servers: int
    drafts: int
    late_drafts: int
    most_lost_s: float
    saved: int
    cases: int
    accepted: int
    refused: int
    held_back: int
    seconds: float


class Turns:
    """How many have died on either side; neither gets far ahead of the other."""

    def __init__(self, each: int) -> None:
        self.each, self.done = each, {"console": 0, "server": 0}
        self._news = threading.Condition()
        self.failed: BaseException | None = None

    def may(self, side: str) -> bool:
        """Wait for this side's turn; False when it has had all, or something failed."""
        other = "server" if side == "console" else "console"

        def turn() -> bool:
            return self._over(side) or self.done[side] < self.done[other] + AHEAD

        with self._news:
            self._news.wait_for(turn)
            return not self._over(side)

    def _over(self, side: str) -> bool:
        return self.failed is not None or self.done[side] >= self.each

    def took(self, side: str) -> None:
        with self._news:
            self.done[side] += 1
            self._news.notify_all()

    def fail(self, error: BaseException) -> None:
        with self._news:
            self.failed = self.failed or error
            self._news.notify_all()


class Fire:
    """One round: a thread for each desk and one for the servers."""

    def __init__(self, place: Place, seed: int, each: int) -> None:
        self._place, self._seed = place, seed
        self.turns = Turns(each)
        self.losses: list[float] = []

    def run(self) -> None:
        """Raises the first thing that went wrong, when all threads have ended."""
        works: list[Callable[[], None]] = [self._servers]
        works += [lambda at=at: self._desk(at) for at in range(len(self._place.consoles))]  # type: ignore[misc]
        threads = [threading.Thread(target=self._guard, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.turns.failed is not None:
            raise self.turns.failed

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 told in the main thread
            self.turns.fail(error)

    def _servers(self) -> None:
        dice = random.Random(f"servers {self._seed}")
        servers = self._place.servers
        rest = threading.Event()
        while self.turns.may("server"):
            rest.wait(dice.uniform(0, 0.6))
            number = dice.randrange(len(servers.ports))
            servers.kill(number)
            self.turns.took("server")
            rest.wait(dice.uniform(0, 0.2))
            servers.start(number)
            if dice.random() < 0.7:  # otherwise the next kill finds both away, or one just beginning
                servers.wait_ready(number)

    def _desk(self, at: int) -> None:
        console = self._place.consoles[at]
        dice = random.Random(f"desk {at} {self._seed}")
        there: set[str] = set()
        lives = 0
        while self.turns.may("console"):
            how = dice.choice(("log", "log", "type")) if lives else "log"
            words, after = dice.randrange(*LINES[how]), dice.uniform(0, 0.1)
            words = words if lives else max(words, FIRST_LINES)  # also a short round has something to lose
            lives += 1
            said = console.driver.live_and_die(f"{how} {dice.randrange(1 << 30)}", words, after)
            self.turns.took("console")
            console.heard(said)
            where = f"{console.user}, seed {self._seed}"
            there = asyncio.run(self._check(console, there, said, where))

    async def _check(
        self, console: Console, before: set[str], said: list[dict[str, Any]], where: str
    ) -> set[str]:
        """What was reported saved is there, what was typed is, but for its last half second."""
        desk = await open_desk(console.folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock())
        try:
            logged = await self._letters(desk, console)
            for case in console.saved:
                assert await desk.case(case) is not None, f"{where}: a saved report is gone"
            if not logged - before - console.saved:
                self._weigh(console, said, [draft.description for draft in await desk.drafts()], where)
            for draft in await desk.drafts():
                await desk.discard_draft(draft.id)
            return logged
        finally:
            await asyncio.to_thread(desk.close)

    def _weigh(self, console: Console, said: list[dict[str, Any]], kept: list[str], where: str) -> None:
        lost = lost_s(said, kept)
        if lost is None:
            return
        self.losses.append(lost)
        if lost > LOST_S:
            late = late_s(console.beat, said[-1]["t"])
            assert lost <= LOST_S + late, f"{where}: lost {lost:.2f} s, the machine was {late:.2f} s late"

    async def _letters(self, desk: Desk, console: Console) -> set[str]:
        """Cases logged here, of those that the outbox still knows; its commands are noted as given."""
        held = desk._held
        rows = await held.call(lambda: held.store.read("SELECT id, case_id, kind FROM outbox"))
        console.given |= {str(row[0]) for row in rows}
        return {str(row[1]) for row in rows if row[2] == LOG}


def kill_round(cluster: Cluster, folder: Path, seed: int, kills: int, desks: int = 3) -> Round:
    """`kills` in all. Raises AssertionError where a promise was broken."""
    began = time.monotonic()
    with Place(cluster.database(), folder, desks) as place:
        fire = Fire(place, seed, kills // 2)
        fire.run()
        for number in range(len(place.servers.ports)):
            place.servers.wait_ready(number)
        found = audit(place)
        saved = sum(len(console.saved) for console in place.consoles)
    done = fire.turns.done
    return Round(
        seed=seed,
        consoles=done["console"],
        servers=done["server"],
        drafts=len(fire.losses),
        late_drafts=sum(lost > LOST_S for lost in fire.losses),
        most_lost_s=round(max(fire.losses, default=0.0), 2),
        saved=saved,
        seconds=round(time.monotonic() - began, 1),
        **asdict(found),
    )
