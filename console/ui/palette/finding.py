"""What a line of the palette finds: what this window knows at once, and what the desk answers."""

from collections.abc import Callable, Sequence
from typing import Protocol

from console.desk.callers import Caller
from console.desk.errors import DeskError
from console.desk.rows import CaseView, QueueRow
from console.desk.searching import Found, Hit
from console.domain.number import BadNumber, parse_number
from console.domain.reference import Reference
from console.ui.palette import entries as listed
from console.ui.palette.entries import Command, Entry, Reach
from console.ui.palette.palette import Answer
from console.ui.palette.scope import Asked, Scope, read_line
from console.ui.parts.failure_text import failure_text
from console.ui.parts.time_text import local
from console.ui.queue.queue_room import Clock
from console.ui.words import t

CALLERS, CALLERS_ALONE = 3, 12
NUMBERS_AMONG = 50  # cases found by digits, of which those are shown that have them in their number
OF_NUMBER = 3  # digits


class PaletteDesk(Protocol):
    """What the palette asks of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def reference(self) -> Reference: ...
    async def rows(self, ids: Sequence[str]) -> dict[str, QueueRow]: ...
    async def case_by_number(self, number: str) -> CaseView | None: ...
    async def search(self, text: str, limit: int = 50) -> Found: ...
    async def callers(self, text: str, limit: int = 5) -> tuple[Caller, ...]: ...
    async def search_centre(self, text: str) -> Found: ...
    async def fetch_case(self, case_id: str) -> None: ...


class Finding:
    """`commands`, `recent`: of now. `ask_centre`: the entry that goes on there."""

    def __init__(
        self,
        desk: PaletteDesk,
        reach: Reach,
        commands: Callable[[], list[Command]],
        recent: Callable[[], list[str]],
        ask_centre: Callable[[str], Entry],
    ) -> None:
        self._desk, self._reach = desk, reach
        self._commands, self._recent, self._ask_centre = commands, recent, ask_centre

    def near(self, text: str) -> list[Entry]:
        """At once."""
        asked = read_line(text)
        match asked.scope:
            case Scope.COMMANDS:
                return listed.command_entries(asked.words, self._commands(), alone=True)
            case Scope.PEOPLE:
                return self._named(asked.words, listed.ALONE)
            case Scope.NUMBERS:
                return []
        commands = listed.command_entries(asked.words, self._commands())
        return [*commands, *self._named(asked.words, listed.OF_OTHERS)] if asked.words else commands

    def _named(self, words: str, most: int) -> list[Entry]:
        on, reference = local(self._desk.clock.now()).date(), self._desk.reference
        agencies = listed.agency_entries(words, reference, on, self._reach)
        return [*agencies[:most], *listed.place_entries(words, reference, on, self._reach)[:most]]

    async def far(self, text: str) -> Answer:
        """From the desk."""
        asked = read_line(text)
        match asked.scope:
            case Scope.COMMANDS:
                none = not self.near(text)
                return Answer([], t("palette.noCommand", q=asked.words) if none else "")
            case Scope.PEOPLE:
                return await self._people(asked)
            case Scope.NUMBERS:
                return await self._numbers(asked.words)
        return await (self._all(asked.words) if asked.words else self._opened())

    async def _opened(self, note: str = "") -> Answer:
        rows = await self._desk.rows(self._recent())
        return Answer(
            listed.recent_entries([rows[c] for c in self._recent() if c in rows], self._reach), note
        )

    async def _all(self, text: str) -> Answer:
        found = await self._desk.search(text, listed.OF_CASES)
        callers = await self._desk.callers(text, CALLERS)
        people = listed.caller_entries(callers, self._reach, self._desk.clock.now())
        more = [listed.rest_entry(text, self._reach)] if found.more else []
        cases = [*listed.case_entries(found, self._reach), *more, self._ask_centre(text)]
        entries = [*people, *cases] if _means_people(text, found) else [*cases, *people]
        return Answer(entries, _note(text, found, bool(people)))

    async def _people(self, asked: Asked) -> Answer:
        if not asked.words:
            return Answer([], t("palette.people.how"))
        callers = await self._desk.callers(asked.words, CALLERS_ALONE)
        found = listed.caller_entries(callers, self._reach, self._desk.clock.now())
        none = not found and not self._named(asked.words, 1)
        return Answer(found, t("palette.people.none", q=asked.words) if none else "")

    async def _numbers(self, text: str) -> Answer:
        number, digits = parse_number(text), "".join(letter for letter in text if letter.isdecimal())
        if number is BadNumber.CHECK:
            return Answer([], t("search.badCheck", text=text))
        if not isinstance(number, BadNumber):
            view = await self._desk.case_by_number(str(number))
            hits: tuple[Hit, ...] = (Hit(view.row, ()),) if view else ()
        elif len(digits) < OF_NUMBER:
            return await self._opened(t("palette.numbers.how"))
        else:
            found = await self._desk.search(digits, NUMBERS_AMONG)
            hits = tuple(hit for hit in found.hits if digits in hit.row.number.replace("-", ""))
        note = "" if hits else t("palette.nothing", q=text)
        cases = listed.case_entries(Found(hits), self._reach)
        return Answer([*cases, self._ask_centre(text)], note)

    async def at_centre(self, text: str, fetch: Callable[[str], object]) -> Answer:
        """What this desk no longer keeps; where the centre is not reached, that is said in place."""
        try:
            found = await self._desk.search_centre(text)
        except DeskError as error:
            return Answer([], failure_text(error))
        hits = listed.centre_entries(found, fetch, self._reach)
        return Answer(hits, t("palette.centreFound", n=len(hits)) if hits else t("palette.centreNothing"))


def _means_people(text: str, found: Found) -> bool:
    """Whether callers come before cases: several words of a name, or digits that are in no case's number."""
    if any(letter.isalpha() for letter in text):
        return len(text.split()) > 1
    return not any(passage.where == "number" for hit in found.hits for passage in hit.found)


def _note(text: str, found: Found, others: bool) -> str:
    if not found.hits and not others:
        return t("palette.nothing", q=text)
    slips = ", ".join(f"{typed} → {meant}" for typed, meant in found.corrected)
    return t("palette.corrected", slips=slips) if slips else ""
