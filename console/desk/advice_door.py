"""The desk's door to what past cases say of a report that is being typed."""

from datetime import date

from console.desk.holdings import Holdings
from console.domain.advice import Past, TypeGuess


class AdviceDoor:
    """A part of the desk."""

    _held: Holdings

    async def type_guesses(self, text: str, commune: str, day: date) -> tuple[TypeGuess, ...]:
        """Types in force that day which a text tells of, the likeliest three, best first; () where nothing in
        it tells anything. `commune` "": not known yet."""
        return await self._held.learning.types(text, commune, day)

    async def past(self, type: str, commune: str) -> Past:
        """What past cases of a type in a commune say of its agency and urgency, and how long they took."""
        return await self._held.learning.past(type, commune)

    async def keep_learning(self) -> None:
        """Learn from the cases that are here, then from those that come, in slices behind everything else,
        until cancelled."""
        await self._held.learning.keep()
