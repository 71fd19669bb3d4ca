"""What of all cases is kept on this workstation: open ones, and closed ones for some months."""

from datetime import timedelta

from console.desk.holdings import Holdings
from console.domain.reference import in_force
from console.domain.retention import USUAL, kept_from
from console.domain.zone import local_day
from console.models.times import to_ms

PUT_AWAY = "keep.put_away"
"""In `meta`: the latest moment before which ended cases were left out here (UTC ms)."""
FILLED_FROM = "fill.closed_after"
"""In `meta` while a first fill runs: what it was begun with, for all of it must ask the same."""


def months(held: Holdings) -> int:
    """For how long closed ones are kept, by the reference in force."""
    found = in_force(held.reference.retention, local_day(held.clock.now()))
    return found[0].closed_months if found else USUAL


def keep_from_ms(held: Holdings) -> int:
    """Cases ended before that are outside of the window."""
    return to_ms(kept_from(held.clock.now(), months(held)))


def fill_from(held: Holdings) -> int:
    """What a first fill asks for. On the database thread."""
    begun = held.meta.get(FILLED_FROM)
    return int(begun) if begun is not None else keep_from_ms(held)


def put_away_before(held: Holdings) -> int:
    """Cases entered before that may be missing here; 0: none is. On the database thread."""
    return int(held.meta.get(PUT_AWAY) or 0)


def left_out(held: Holdings, before_ms: int) -> None:
    """Cases ended before that are not here any more. Inside a transaction."""
    if before_ms > put_away_before(held):
        held.meta.set(PUT_AWAY, str(before_ms))


def wider(held: Holdings) -> bool:
    """Whether the window now reaches further back than what was left out. On the database thread."""
    left = put_away_before(held)
    return bool(left) and keep_from_ms(held) < left - timedelta(days=1) // timedelta(milliseconds=1)
