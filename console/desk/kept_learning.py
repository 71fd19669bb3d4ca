"""What was learnt from past cases: read in behind everything else at each start, then kept as cases come.

Nothing of it lies on the disk: reading forty thousand stories anew takes some seconds of spare time, and what
is learnt can neither be stale nor outlive a case that has left. Importing this module imports no numpy.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from console.desk.changes import Changes
from console.desk.giving_back import give_back
from console.domain.advice import Past, TypeGuess
from console.domain.reference import in_force

if TYPE_CHECKING:
    from datetime import date

    from console.desk.holdings import Holdings
    from console.desk.learning.features import Told
    from console.desk.learning.types import TypeModel
    from console.domain.reference import Reference

SAMPLE = 40_000
"""The newest cases that have been sorted; older ones would say the same once more."""
SLICE = 25  # cases at a time: some milliseconds of the database thread, and of Python beside the interface
REST = 3.0  # times as long as the slice
LATER_S = 2.0  # that new cases wait for others to come
_SQL = (
    "SELECT type, commune, title, body, entered_ms, closed_ms, outcome "
    "FROM case_row JOIN case_body USING (pk) WHERE triage = 0 AND pk IN "
)
_NEW = "SELECT pk FROM case_row WHERE pk > ? ORDER BY pk LIMIT ?"
_Row = tuple[str, str, str, bytes, int, int | None, str]


class _Story(msgspec.Struct):
    description: str = ""


_story = msgspec.json.Decoder(_Story)


class KeptLearning:
    """`keep` on the loop's thread; the model is touched on the database thread only."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._model: TypeModel | None = None
        self._of: Reference | None = None  # that the model is of
        self._sampled: Reference | None = None  # and that it was given the sample of
        self._until = 0  # keys up to here are learnt or left out
        self._news = asyncio.Event()
        self._gave_back = False
        self.up_to_date = asyncio.Event()
        """Set while there is nothing left to learn."""

    async def keep(self) -> None:
        """Learn what is here, then what comes, until cancelled. Raises StoreCorrupt, …"""
        await self._held.index.ready()
        unsubscribe = self._held.feed.subscribe(self._hear)
        try:
            while True:
                self._news.clear()
                await self.catch_up()
                self.up_to_date.set()
                if not self._gave_back:
                    self._gave_back = True
                    await asyncio.sleep(LATER_S)  # the last slices are let go of first
                    await asyncio.to_thread(give_back)
                await self._news.wait()
                self.up_to_date.clear()
                await asyncio.sleep(LATER_S)
        finally:
            unsubscribe()

    def _hear(self, changes: Changes) -> None:
        if changes.cases or changes.reference or changes.filled:
            self._news.set()

    async def catch_up(self) -> None:
        """Learn what is here and not learnt: at first, and after the reference has changed, the sample."""
        held = self._held
        if self._sampled is not held.reference or await held.call_later(self._emptied):
            self._model, self._sampled = None, held.reference
            await self._made()
            keys = await self._newest()
            for start in range(0, len(keys), SLICE):
                await self._learn(keys[start : start + SLICE])
        while keys := await held.call_later(self._new):
            await self._learn(keys)
            self._until = keys[-1]

    def _emptied(self) -> bool:
        """The cases were let go and are brought in anew."""
        return int(self._held.store.read("SELECT coalesce(max(pk), 0) FROM case_row")[0][0]) < self._until

    def _new(self) -> list[int]:
        return [row[0] for row in self._held.store.read(_NEW, (self._until, SLICE))]

    async def _newest(self) -> list[int]:
        """Keys of the sample, newest first, so that what is told now is learnt first."""
        finder = await self._held.index.ready()
        slots, entered = await self._held.call_later(
            lambda: (finder.columns.all(), finder.columns.entered[finder.columns.all()])
        )
        self._until = int(slots[-1]) if len(slots) else 0

        def newest() -> list[int]:
            import numpy as np

            found: list[int] = slots[np.argsort(-entered, kind="stable")[:SAMPLE]].tolist()
            return found

        return await asyncio.to_thread(newest)

    async def _learn(self, keys: list[int]) -> None:
        """One slice: read on the database thread, taken apart on another, counted on the first."""
        began = time.perf_counter()
        model = self._model
        rows = await self._held.call_later(partial(self._read, keys))
        told = await asyncio.to_thread(_told, rows)
        await self._held.call_later(lambda: _taught(model, told))
        await asyncio.sleep((time.perf_counter() - began) * REST)

    def _read(self, keys: list[int]) -> list[_Row]:
        found: list[_Row] = self._held.store.read(f"{_SQL}({', '.join('?' * len(keys))})", tuple(keys))
        return found

    async def _made(self) -> TypeModel:
        """The model of the reference in force: without any case it knows names and keywords of the types."""
        reference = self._held.reference
        if self._model is None or self._of is not reference:
            model = await asyncio.to_thread(_blank, reference)
            if self._model is None or self._of is not reference:  # nobody was faster
                self._model, self._of = model, reference
        return self._model

    # questions

    async def types(self, text: str, commune: str, day: date) -> tuple[TypeGuess, ...]:
        """The likeliest types in force that day, best first."""
        model, reference = await self._made(), self._held.reference
        among = frozenset(kind.code for kind in in_force(reference.types, day))
        held = self._held

        def look() -> tuple[TypeGuess, ...]:
            from console.desk.learning.past import lately_of

            finder = held.index.finder
            lately = lately_of(finder.columns, held.now_ms()) if finder is not None else {}
            return model.guesses(text, commune, among, lately)

        return await held.call(look)

    async def past(self, type_: str, commune: str) -> Past:
        """What past cases of a type say of agency, urgency and time."""
        model, finder = await self._made(), await self._held.index.ready()
        held = self._held

        def look() -> Past:
            from console.desk.learning.past import past_of

            found = past_of(finder.columns, held.reference, type_, commune, held.now_ms())
            return msgspec.structs.replace(found, usual_s=model.usual_s(type_))

        return await held.call(look)


def _blank(reference: Reference) -> TypeModel:
    from console.desk.learning.types import TypeModel

    return TypeModel(reference)


def _told(rows: list[_Row]) -> list[Told]:
    from console.desk.learning.features import Told, keys

    found = []
    for type_, commune, title, body, entered, closed, outcome in rows:
        text = f"{title}. {_story.decode(body).description}"
        lasted = (closed - entered) / 1000 if closed is not None and outcome else None
        found.append(Told(type_, commune, keys(text), lasted))
    return found


def _taught(model: TypeModel | None, told: list[Told]) -> None:
    if model is not None:
        model.make_room(sum(len(one.keys) for one in told))
        model.learn(told)
