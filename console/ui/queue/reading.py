"""Pages of the queue as they are read: the newest wish first, and after F5 those where the anchors are."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject

from console.desk.errors import DeskError
from console.desk.rows import Filter, Page, Sort, View
from console.ui.queue.model import QueueModel
from console.ui.queue.state import PAGE, QueueState

WISHES = 6
"""Pages waited for at most: who drags the scroll bar over a million rows wants only the last of them."""


class PageDesk(Protocol):
    """What reading asks of the desk."""

    async def queue(
        self,
        view: View,
        filter: Filter,
        sort: Sort,
        offset: int,
        limit: int,
        *,
        reverse: bool,
        answer: int | None,
        around: str,
    ) -> Page: ...


class Anchor(NamedTuple):
    """A case that shall stand where it stood, and its row before."""

    case: str
    place: int


class PageReader(QObject):
    """`start`: runs a coroutine under the screens' door for failures."""

    def __init__(
        self,
        desk: PageDesk,
        model: QueueModel,
        start: Callable[[Coroutine[Any, Any, Any]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._model, self._start = desk, model, start
        self._wishes: list[int] = []
        self._reading = False
        model.wanted.connect(self.want)

    @property
    def _state(self) -> QueueState:
        return self._model.state

    def want(self, number: int) -> None:
        """A page is looked at."""
        self._wishes.append(number)
        while len(self._wishes) > WISHES:
            self._state.failed(self._wishes.pop(0))
        if not self._reading:
            self._reading = True
            self._start(self._read_wishes())

    async def _read_wishes(self) -> None:
        try:
            while self._wishes:
                await self._read(self._wishes.pop())
        finally:
            self._reading = False
            while self._wishes:
                self._state.failed(self._wishes.pop())

    async def _read(self, number: int) -> None:
        generation = self._state.generation
        try:
            page = await self.stretch(number * PAGE)
        except DeskError:
            self._state.failed(number)
            raise
        if generation == self._state.generation:
            self._model.take(page)

    async def stretch(
        self, offset: int, limit: int = PAGE, answer: int | None = None, around: str = ""
    ) -> Page:
        """Rows of what is shown, out of the same answer as those that are here; or of another `answer`.
        `around`: see `Desk.queue`."""
        state = self._state
        known = state.answer if answer is None else answer
        return await self._desk.queue(
            state.view,
            state.filter,
            state.sort,
            offset,
            limit,
            reverse=state.reverse,
            answer=known or None,
            around=around,
        )

    async def anew(self, anchors: Sequence[Anchor]) -> list[Page]:
        """A new answer: its pages where the anchors are now, wherever that is, and where one was that is in
        it no more; its first page where there are none."""
        self._wishes.clear()
        found: dict[int, Page] = {}
        for anchor in anchors or [Anchor("", 0)]:
            if not any(row.id == anchor.case for page in found.values() for row in page.rows):
                answer = next((page.answer for page in found.values()), 0)
                page = await self.stretch(anchor.place // PAGE * PAGE, PAGE, answer, anchor.case)
                found[page.offset] = page
        return [found[offset] for offset in sorted(found)]
