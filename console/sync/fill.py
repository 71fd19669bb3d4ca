"""The first fill: every case there is, newest first, from where it broke. No thread, no pause.

It runs in the thread that talks to the centre, or in a process of its own (`fill_apart`, `fill_child`): the
same lines, the same slices, the same rules.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from console.desk.sync_port import SnapshotState
from console.protocol.wire import CaseRecord
from console.sync.api import Api

SLICE = 50  # cases per transaction, where an operator may wait behind it

Told = Callable[[int, int], bool]
"""Cases done and cases in all, after each slice; False: leave the rest for now."""


class FillPort(Protocol):
    """What a fill asks of the store; a `SyncPort` is one."""

    def snapshot_state(self) -> SnapshotState:
        """Where it stands."""
        ...

    def apply_snapshot(
        self, records: Sequence[CaseRecord], next_token: str | None, cursor: int | None, total: int
    ) -> None:
        """Write a slice."""
        ...

    def finish_snapshot(self) -> None:
        """It is complete."""
        ...


def fill(api: Api, port: FillPort, told: Told, slice_: int = SLICE) -> bool:
    """Whether it is complete: False where `told` wanted no more. Raises WireError: go on later."""
    state = port.snapshot_state()
    if state.finished:
        return True
    with api.snapshot(state.next, state.closed_after) as lines:
        cursor, total, done, records = None, state.total, state.done, list[CaseRecord]()
        next_token = state.next
        for line in lines:
            if line.cursor is not None:
                cursor, total = line.cursor, line.total or total
            if line.record is not None:
                records.append(line.record)
                next_token = line.next
            if records and (line.end or len(records) >= slice_):
                port.apply_snapshot(records, next_token, cursor, total)
                done += len(records)
                records = []
                if not told(done, total) and not line.end:
                    return False
    port.finish_snapshot()
    return True
