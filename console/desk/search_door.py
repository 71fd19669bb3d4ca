"""The desk's door to search: what is kept here, as one types, and what only the centre keeps."""

import asyncio

from console.desk import callers, kept_search, searching, searching_centre
from console.desk.callers import Caller
from console.desk.holdings import Holdings
from console.desk.searching import Found


class SearchDoor:
    """A part of the desk."""

    _held: Holdings

    async def search(self, text: str, limit: int = 50) -> Found:
        """What a typed line finds among the cases kept here: all its words, in any order, slips forgiven.
        A newer question ends an older one, which then answers nothing."""
        return await searching.search(self._held, text, limit)

    async def callers(self, text: str, limit: int = 5) -> tuple[Caller, ...]:
        """People who called, by any words of their name or digits of their phone, masked but for those."""
        return await self._held.call(lambda: callers.find_callers(self._held, text, limit))

    async def search_centre(self, text: str) -> Found:
        """What the centre finds and this desk does not keep; `more`: others too. To open one of these,
        `fetch_case` first. Raises SearchOffline where the centre is not reached, and what else the line may
        raise (signed out, told to come later, too old)."""
        centre = searching_centre.reached(self._held)
        answer = await asyncio.to_thread(centre.search, text)
        return await self._held.call(lambda: searching_centre.found(self._held, answer, text))

    async def fetch_case(self, case_id: str) -> None:
        """Bring in a case that is not kept here, with its timeline; then it is here like any other. Raises
        NotHere where the centre shows no such case, SearchOffline, StoreFull, and what the line may raise."""
        centre = searching_centre.reached(self._held)
        record = await asyncio.to_thread(centre.case, case_id)
        changes = await self._held.call(lambda: searching_centre.bring_in(self._held, record))
        if changes is not None:
            self._held.tell(changes)

    async def rebuild_search(self, progress: kept_search.Progress) -> bool:
        """Read in anew what cases are found by, in slices behind everything else; meanwhile the rest is not
        found. `progress(done, total)` after each slice on the loop's thread; where it answers False it ends
        early, and the next start goes on. Whether all was read in. Raises StoreFull."""
        return await kept_search.rebuild(self._held, progress)
