"""python -m console.desk.reports.counting_child: the figures of a period out of this desk's own cases.

A process of its own, for a year of them takes seconds of Python and the interface shares no lock with it. The
errand, with the key, comes over standard input; the figures go out over standard output.
"""

import gc
import os
import sys
from datetime import datetime

import msgspec

from console.domain.figures.counting import Counting, Districts
from console.domain.figures.fact import facts_of
from console.domain.figures.figures import Figures
from console.domain.figures.period import Period
from console.models.failures import StoreFailure
from console.models.period_facts import bodies_of
from console.models.times import to_ms

GIVES_WAY = 1  # to the interface, where both want the same core; somebody waits for it though


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What to count, where."""

    folder: str
    key: bytes
    period: Period
    districts: Districts
    as_of: datetime


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: figures, or the code of a known failure."""

    figures: Figures | None = None
    failure: str = ""


def count(errand: Errand) -> Figures:
    """All of it, here. Raises StoreCorrupt, …"""
    counting = Counting(errand.period, errand.districts, errand.as_of)
    start, end = to_ms(errand.period.start), to_ms(errand.period.end)
    for bodies in bodies_of(errand.folder, errand.key, start, end):
        counting.take(facts_of(bodies))
    return counting.figures()


def main() -> None:
    """One errand."""
    if sys.platform != "win32":
        os.nice(GIVES_WAY)
    gc.disable()  # facts are many and hold no cycles
    errand = msgspec.json.decode(sys.stdin.buffer.read(), type=Errand)
    try:
        said = Counted(figures=count(errand))
    except StoreFailure as failure:
        said = Counted(failure=failure.code)
    sys.stdout.buffer.write(msgspec.json.encode(said))


if __name__ == "__main__":
    main()
