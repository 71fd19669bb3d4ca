"""The desk's door to administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.holdings import Holdings

if TYPE_CHECKING:
    from console.desk.administration.administration import Administration


class AdministrationDoor:
    """A part of the desk."""

    _held: Holdings
    _administration: Administration | None = None

    @property
    def administration(self) -> Administration:
        """Made when first asked for: nothing at the start does."""
        if self._administration is None:
            from console.desk.administration.administration import Administration

            self._administration = Administration(self._held)
        return self._administration
