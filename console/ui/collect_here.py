"""Python's cycle collector, run by the interface thread alone.

Left to itself it runs in whichever thread happens to allocate, and would destroy Qt objects (their timers
with them) in the database's or the wire's thread, which Qt does not allow.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 250


class CollectHere(QObject):
    """From `start` until `stop` nothing else collects cycles. Make it in the interface thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(collect_due)

    def start(self) -> None:
        """Take the collector over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.enable()


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
