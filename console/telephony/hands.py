"""What the desk does on a line, in a thread that may wait: the interface's never does."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from console.domain.telephone import CallId
from console.telephony.line import TelephoneLine

T = TypeVar("T")


class Hands:
    """The desk's `LineHands`. One act after another; `close` when the line has stopped."""

    def __init__(self, line: TelephoneLine) -> None:
        self._line = line
        self._thread = ThreadPoolExecutor(1, "telephone")

    async def answer(self, call: CallId) -> None:
        """Raises LineError, as all of them."""
        await self._do(lambda: self._line.answer(call))

    async def hold(self, call: CallId) -> None:
        """Music for the other side."""
        await self._do(lambda: self._line.hold(call))

    async def resume(self, call: CallId) -> None:
        """Talk again."""
        await self._do(lambda: self._line.resume(call))

    async def transfer(self, call: CallId, number: str) -> None:
        """Hand it on."""
        await self._do(lambda: self._line.transfer(call, number))

    async def hang_up(self, call: CallId) -> None:
        """End it."""
        await self._do(lambda: self._line.hang_up(call))

    async def dial(self, number: str) -> CallId:
        """Call out."""
        return await self._do(lambda: self._line.dial(number))

    async def rest(self, on: bool) -> None:
        """Calls go to others, or come here again."""
        await self._do(lambda: self._line.rest(on))

    def close(self) -> None:
        """End the thread. Blocks until the act that runs is done."""
        self._thread.shutdown()

    async def _do(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, act)
