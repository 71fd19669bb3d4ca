"""The desk's door to its own store: what runs long."""

from console.desk.holdings import Holdings
from console.desk.progress import Works


class StoreDoor:
    """A part of the desk."""

    _held: Holdings

    @property
    def works(self) -> Works:
        """What runs long, with how far it is."""
        return self._held.works
