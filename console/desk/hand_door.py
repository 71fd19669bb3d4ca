"""The desk's door to drafts that are handed from desk to desk."""

from console.desk import handing
from console.desk.files_port import FilesPort
from console.desk.handing import HandedOn
from console.desk.holdings import Holdings
from console.desk.rows import Draft
from console.protocol.wire import OtherDesk


class HandDoor:
    """A part of the desk. One that comes is among `drafts()`, with `handed_by`."""

    _held: Holdings
    files_port: FilesPort

    async def other_desks(self) -> tuple[OtherDesk, ...]:
        """Desks to which a draft may be handed, as the centre last told; it is asked for newer ones, which
        `Changes.drafts` tells."""
        return await self._held.call(lambda: handing.other_desks(self._held))

    async def hand_on(self, draft: Draft, station: str) -> None:
        """Hand it to another desk, as it stands in `draft`: it leaves `drafts()` now, and goes when the line
        allows. Raises HandNotNew, NotHere, StoreFull: it stays then."""
        await self._held.call(lambda: handing.hand_on(self._held, draft, station))
        self.files_port.ring()

    async def take_back_handed(self, draft_id: str) -> bool:
        """True: it is among `drafts()` again; False: it will be (or not) when the centre has answered. Raises
        HandTaken, NotHere."""
        return await self._held.call(lambda: handing.take_back(self._held, draft_id))

    async def handed_on(self) -> tuple[HandedOn, ...]:
        """Those that no other desk has taken yet."""
        return await self._held.call(lambda: handing.handed_on(self._held))
