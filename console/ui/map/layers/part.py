"""What every part of the keeper has in common."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.changes import Changes
from console.desk.clock import Clock
from console.ui.map.layers.choices import Choices
from console.ui.map.layers.facts import LegendFacts


class HasClock(Protocol):
    """The centre's time."""

    @property
    def clock(self) -> Clock: ...


class Part(QObject):
    """One kind of layer: shows what is chosen of it, and says what it shows.

    `told`: its part of the legend changed. `trouble(sentence)`: what could not be shown; "": nothing.
    """

    told = Signal()
    trouble = Signal(str)

    def show(self, choices: Choices) -> None:
        """Show this, as far as it is one's own."""

    def on_changes(self, changes: Changes) -> None:
        """Something of the desk changed."""

    def on_reference(self) -> None:
        """The map took other boundaries."""

    def add_to(self, facts: LegendFacts) -> LegendFacts:
        """The legend's facts with one's own."""
        return facts

    def close(self) -> None:
        """Nothing of it may run any more."""


def ms(at: datetime) -> int:
    """UTC milliseconds, as the store keeps times."""
    return int(at.timestamp() * 1000)


def timer(parent: QObject, interval: int, act: Callable[[], None], once: bool = False) -> QTimer:
    """A timer that is not running yet."""
    made = QTimer(parent)
    made.setInterval(interval)
    made.setSingleShot(once)
    made.timeout.connect(act)
    return made
