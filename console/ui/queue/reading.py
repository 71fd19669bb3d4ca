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
FAR = 5  # pages to either side of its old place that an anchor is looked for in


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

    async def stretch(self, offset: int, limit: int = PAGE, answer: int | None = None) -> Page:
        """Rows of what is shown, out of the same answer as those that are here; or of another `answer`."""
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
        )

    async def anew(self, anchors: Sequence[Anchor]) -> list[Page]:
        """A new answer: its pages where the anchors are now, its first page where there are none."""
        self._wishes.clear()
        found: dict[int, Page] = {}
        for anchor in anchors or [Anchor("", 0)]:
            await self._look_for(anchor, found)
        return [found[offset] for offset in sorted(found)]

    async def _look_for(self, anchor: Anchor, found: dict[int, Page]) -> None:
        if any(row.id == anchor.case for page in found.values() for row in page.rows):
            return
        for offset in self._state.neighbours(anchor.place, FAR):
            if offset not in found:
                first = next(iter(found.values()), None)
                if first is not None and offset >= first.total:
                    continue
                found[offset] = await self.stretch(offset, answer=first.answer if first else 0)
            if not anchor.case or any(row.id == anchor.case for row in found[offset].rows):
                return
