"""Python's cycle collector, run by the interface thread alone.

Left to itself it runs in whichever thread happens to allocate, and would destroy Qt objects (their timers
with them) in the database's or the wire's thread, which Qt does not allow.

To look through all that a console holds takes longer than two frames. So what has outlived a full collection
is set apart from the next ones, until it has grown by half: then one looks through all of it again.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 250
OLDEST = 2
GROWN = 1.5


class CollectHere(QObject):
    """From `start` until `stop` nothing else collects cycles. Make it in the interface thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._thorough_from = 0  # so many set apart are looked through again

    def start(self) -> None:
        """Take the collector over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect(self) -> None:
        """What is due. After a full collection, what it left alive is set apart."""
        if collect_due() != OLDEST:
            return
        thorough = gc.get_freeze_count() >= self._thorough_from
        if thorough and gc.get_freeze_count():
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        if thorough:
            self._thorough_from = int(gc.get_freeze_count() * GROWN)


def collect_due() -> int | None:
    """Collect the oldest generation that is due by Python's own thresholds; returns it, None for none."""
    due = [
        at
        for at, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > limit
    ]
    if not due:
        return None
    gc.collect(due[-1])
    return due[-1]
