"""Desks that go on working while something else is ended around them, and their books at the end."""

import time
from collections import Counter
from typing import Any

from tests.trials.books import Balance, audit
from tests.trials.place import Console, Place, until

RECOVER_S = 120.0


class Work:
    """Every desk of the place at work. `finish` waits until all have recovered by themselves, then audits."""

    def __init__(self, place: Place, seed: int) -> None:
        self._place, self.seed = place, seed
        self.said: Counter[str] = Counter()
        self.sentences: set[str] = set()
        for console in place.consoles:
            console.driver.begin(f"log {seed}")
        for console in place.consoles:
            console.driver.wait("ready")

    def more(self, saves: int) -> None:
        """Until each desk has saved so many more reports: whatever is away, a desk goes on."""
        before = {console.user: self._count(console, "saved") for console in self._place.consoles}
        for console in self._place.consoles:
            wanted = before[console.user] + saves
            reached = lambda c=console, n=wanted: self._count(c, "saved") >= n  # noqa: E731
            assert console.driver.until(reached, RECOVER_S), f"{console.user} no longer saves"
            assert not console.driver.gone, f"{console.user} ended by itself: see {console.complaints}"

    def until_all(self, **wanted: str) -> None:
        """Until every desk stands so, e.g. net="online"."""
        for console in self._place.consoles:
            stands = lambda c=console: wanted.items() <= self.standing(c).items()  # noqa: E731
            assert console.driver.until(stands, RECOVER_S), f"{console.user}: never {wanted}"

    def standing(self, console: Console) -> dict[str, Any]:
        """What it last said of its connection."""
        lines = [line for line in tuple(console.driver.lines) if "net" in line]
        return lines[-1] if lines else {}

    def _count(self, console: Console, what: str) -> int:
        return sum(what in line for line in tuple(console.driver.lines))

    def finish(self) -> Balance:
        """Everything is in order again, and nobody has touched the desks: they must find back alone."""
        for number in range(len(self._place.servers.ports)):
            self._place.servers.wait_ready(number)
        self.more(1)
        began = time.monotonic()
        for console in self._place.consoles:
            until(lambda c=console: self._came_back(c), f"{console.user} online again", RECOVER_S)  # type: ignore[misc]
        self.said["recovered_ms"] = int((time.monotonic() - began) * 1000)
        for console in self._place.consoles:
            said = console.driver.kill()
            console.heard(said)
            self.said.update(f"{line['net']} {line['reason']}".strip() for line in said if "net" in line)
            self.said.update(f"told {line['known']}" for line in said if "known" in line)
            self.sentences |= {line["trouble"] for line in said if "trouble" in line}
            self.said["told at a save"] += sum("trouble" in line for line in said)
        return audit(self._place)

    def _came_back(self, console: Console) -> bool:
        assert not console.driver.gone, f"{console.user} ended by itself: see {console.complaints}"
        return self.standing(console).get("net") == "online"
