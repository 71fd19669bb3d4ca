"""The palette of one window: what it may do there, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.desk.rows import Filter
from console.ui.memory import Memory
from console.ui.palette.entries import CASES, Command, Entry
from console.ui.palette.finding import Finding, PaletteDesk
from console.ui.palette.palette import Answer, Palette
from console.ui.rooms import Rooms
from console.ui.shortcuts import EVERYWHERE
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

RECENT = 8
AROUND_M = 400.0


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
        finding = self._finding = Finding(desk, self, self._commands, self._recent, self._ask_centre)
        self.palette = Palette(theme, tasks, window, finding.near, finding.far, desk.clock.now)

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

    def list_caller(self, number: str) -> None:
        """All that were reported by whoever called about this one, in the queue."""
        self._list_all(Filter(callers=(number,)))

    def list_words(self, text: str) -> None:
        """All that the words find, where there is room."""
        self._list_all(Filter(words=text))

    def _list_all(self, filter: Filter) -> None:
        self._acts["queue"]()
        self._rooms.queue.viewing.show_all(filter)

    def _keep_recent(self, case: str) -> None:
        ids = [case, *(one for one in self._recent() if one != case)]
        self._memory.keep("palette.recent", " ".join(ids[:RECENT]))

    def _recent(self) -> list[str]:
        return self._memory.text("palette.recent", "").split()

    # what it finds

    def _ask_centre(self, text: str) -> Entry:
        def ask() -> None:
            self._tasks.start(self._look_at_centre(text, self.palette.begin_more()))

        return Entry("centre", CASES, t("palette.askCentre", q=text), ask, stays=True)

    async def _look_at_centre(self, text: str, told: Callable[[Answer], None]) -> None:
        told(await self._finding.at_centre(text, self._fetch))

    def _fetch(self, case: str) -> None:
        self._tasks.start(self._bring_in(case))

    async def _bring_in(self, case: str) -> None:
        await self._desk.fetch_case(case)
        self.open_case(case)

    def _commands(self) -> list[Command]:
        """All that can be done from anywhere, then with the chosen case."""
        found = [
            Command(key.name, _as_title(t(key.text)), key.cap, self._acts[key.name])
            for key in EVERYWHERE
            if key.text and key.name in self._acts  # one line stands for the keys beside it
        ]
        if (pane := self._rooms.late_map.made) is not None:
            found += [
                Command(f"map {cap}", t("palette.ofMap", act=words), cap, self._on_map(act))
                for cap, words, act in pane.acts
            ]
        case = self._rooms.queue.chosen
        if case:
            of_case = [(key, words) for key, words in self._rooms.case.all_keys() if len(key) == 1]
            found += [
                Command(f"case {key}", words, key, self._with_case(case, key)) for key, words in of_case
            ]
        return found

    def _on_map(self, act: Callable[[], object]) -> Callable[[], object]:
        return lambda: (self._acts["map"](), act())

    def _with_case(self, case: str, key: str) -> Callable[[], object]:
        return lambda: self._rooms.queue.letter.emit(case, key)


def _as_title(words: str) -> str:
    """As it stands alone: the same words follow a key cap elsewhere."""
    return words[:1].upper() + words[1:]
