"""The palette of one window: what it may do there, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from console.desk.errors import DeskError
from console.desk.rows import Filter, QueueRow
from console.desk.searching import Found
from console.domain.reference import Reference
from console.ui.memory import Memory
from console.ui.palette import entries as listed
from console.ui.palette.entries import Command, Entry
from console.ui.palette.palette import Answer, Palette
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import local
from console.ui.queue.queue_room import Clock
from console.ui.rooms import Rooms
from console.ui.shortcuts import EVERYWHERE
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

RECENT = 8
AROUND_M = 400.0


class PaletteDesk(Protocol):
    """What the palette asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def search(self, text: str, limit: int = 50) -> Found: ...
    async def search_centre(self, text: str) -> Found: ...
    async def fetch_case(self, case_id: str) -> None: ...


class PaletteKeeper:
    """Made when it is first asked for. Of what was opened it remembers ids alone."""

    def __init__(
        self,
        window: QWidget,
        desk: PaletteDesk,
        theme: Theme,
        tasks: Tasks,
        memory: Memory,
        rooms: Rooms,
        acts: dict[str, Callable[[], object]],
        show: Callable[[str], object],
    ) -> None:
        self._desk, self._memory, self._rooms, self._show = desk, memory, rooms, show
        self._tasks = tasks
        self._acts = {name: act for name, act in acts.items() if name != "palette"}
        self.palette = Palette(theme, tasks, window, self._near, self._far, desk.clock.now)

    def open(self) -> None:
        """Ctrl+K."""
        self.palette.open()

    # what an entry does

    def open_case(self, case: str) -> None:
        """Show it, and remember that it was."""
        self._keep_recent(case)
        self._show(case)

    def show_place(self, lon: float, lat: float) -> None:
        """On the map."""
        self._acts["map"]()
        self._rooms.map.view.show_around(lon, lat, AROUND_M)

    def list_agency(self, code: str) -> None:
        """Its cases, in the queue."""
        self._acts["queue"]()
        self._rooms.queue.bar.set_filter(Filter(leads=(code,)))

    def _keep_recent(self, case: str) -> None:
        ids = [case, *(one for one in self._recent() if one != case)]
        self._memory.keep("palette.recent", " ".join(ids[:RECENT]))

    def _recent(self) -> list[str]:
        return self._memory.text("palette.recent", "").split()

    # what it finds

    def _near(self, text: str) -> list[Entry]:
        commands = listed.command_entries(text, self._commands())
        if not text:
            return commands
        on, reference = local(self._desk.clock.now()).date(), self._desk.reference
        places = listed.place_entries(text, reference, on, self)
        return [*commands, *listed.agency_entries(text, reference, on, self), *places]

    async def _far(self, text: str) -> Answer:
        if not text:
            rows = await self._desk.rows(self._recent())
            return Answer(listed.recent_entries([rows[c] for c in self._recent() if c in rows], self))
        found = await self._desk.search(text, listed.OF_CASES)
        slips = ", ".join(f"{typed} → {meant}" for typed, meant in found.corrected)
        note = t("palette.corrected", slips=slips) if slips else ""
        if not found.hits:
            note = t("palette.nothing", q=text)
        more = [self._all_in_queue(text)] if found.more else []
        return Answer([*listed.case_entries(found, self), *more, self._ask_centre(text)], note)

    def _ask_centre(self, text: str) -> Entry:
        def ask() -> None:
            self._tasks.start(self._look_at_centre(text, self.palette.begin_more()))

        return Entry("centre", listed.CASES, t("palette.askCentre", q=text), ask, stays=True)

    async def _look_at_centre(self, text: str, told: Callable[[Answer], None]) -> None:
        """What this desk no longer keeps; where the centre is not reached, that is said in place."""
        try:
            found = await self._desk.search_centre(text)
        except DeskError as error:
            told(Answer([], failure_text(error)))
            return
        hits = listed.centre_entries(found, self._fetch, self)
        told(Answer(hits, t("palette.centreFound", n=len(hits)) if hits else t("palette.centreNothing")))

    def _fetch(self, case: str) -> None:
        self._tasks.start(self._bring_in(case))

    async def _bring_in(self, case: str) -> None:
        await self._desk.fetch_case(case)
        self.open_case(case)

    def _all_in_queue(self, text: str) -> Entry:
        """The rest of them, where there is room."""

        def list_all() -> None:
            self._acts["queue"]()
            self._rooms.queue.bar.set_filter(Filter(words=text))

        return Entry("all", listed.CASES, t("palette.all", q=text), list_all)

    def _commands(self) -> list[Command]:
        """All that can be done from anywhere, then with the chosen case."""
        found = [
            Command(key.name, _as_title(t(key.text)), key.cap, self._acts[key.name])
            for key in EVERYWHERE
            if key.name in self._acts
        ]
        case = self._rooms.queue.chosen
        if case:
            of_case = [(key, words) for key, words in self._rooms.case.all_keys() if len(key) == 1]
            found += [
                Command(f"case {key}", words, key, self._with_case(case, key)) for key, words in of_case
            ]
        return found

    def _with_case(self, case: str, key: str) -> Callable[[], object]:
        return lambda: self._rooms.queue.letter.emit(case, key)


def _as_title(words: str) -> str:
    """As it stands alone: the same words follow a key cap elsewhere."""
    return words[:1].upper() + words[1:]
